import fc from 'fast-check';
import { GroupMembership, rollUpGroups } from './rollUpGroups';

/** `child < parent` for each pair. */
function part(...pairs: string[]): GroupMembership[] {
  return pairs.map(pair => {
    const [member, group] = pair.split(' < ');
    return { member, group };
  });
}

describe('The tree of owners', () => {
  // engineering
  //   checkout   platform
  //                tools
  const company = part(
    'checkout < engineering',
    'platform < engineering',
    'tools < platform',
    'marketing < everybody',
  );

  it('opens from the top group down to those that own something', () => {
    const tree = rollUpGroups(['checkout', 'tools'], company);
    expect(tree.roots).toEqual(['engineering']);
    expect(tree.nodes.get('engineering')?.children).toEqual([
      'checkout',
      'platform',
    ]);
    expect(tree.nodes.get('platform')?.reached).toEqual(['platform', 'tools']);
  });

  it('leaves out groups that own nothing and lead to nothing', () => {
    const tree = rollUpGroups(['checkout'], company);
    expect([...tree.nodes.keys()]).toEqual(['checkout', 'engineering']);
  });

  it('lists an owner that is part of no group on its own', () => {
    expect(rollUpGroups(['user:default/tamsin'], company).roots).toEqual([
      'user:default/tamsin',
    ]);
  });

  it('counts a group once below a group that it reaches in two ways', () => {
    const tree = rollUpGroups(
      ['leaf'],
      part('leaf < left', 'leaf < right', 'left < top', 'right < top'),
    );
    expect(tree.nodes.get('top')?.reached).toEqual([
      'leaf',
      'left',
      'right',
      'top',
    ]);
  });

  it('enters a circle of groups at the first by name', () => {
    const tree = rollUpGroups(['b'], part('a < b', 'b < c', 'c < a'));
    expect(tree.roots).toEqual(['a']);
    expect(tree.nodes.get('a')?.reached).toEqual(['a', 'b', 'c']);
  });

  it('does not list a group as part of itself', () => {
    const tree = rollUpGroups(['a'], part('a < a'));
    expect(tree.roots).toEqual(['a']);
    expect(tree.nodes.get('a')?.children).toEqual([]);
  });

  it('reaches every owner from a root, whatever the memberships', () => {
    const ref = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f');
    fc.assert(
      fc.property(
        fc.array(ref),
        fc.array(fc.record({ member: ref, group: ref })),
        (owners, memberships) => {
          const { roots, nodes } = rollUpGroups(owners, memberships);
          const reached = new Set(
            roots.flatMap(root => nodes.get(root)?.reached ?? []),
          );
          expect([...reached].sort()).toEqual([...nodes.keys()].sort());
          expect(owners.filter(owner => !reached.has(owner))).toEqual([]);
        },
      ),
    );
  });
});
