import type { ProfileContent } from '@security-profiles/analysis';
import { contentHash } from './ids';

type Rule = NonNullable<ProfileContent['seccomp']>['rules'][number];

/** Rules that differ in their call alone, in the order of the calls. */
interface RuleGroup extends Omit<Rule, 'name' | 'broughtBy'> {
  names: string[];
  /** Calls by the base that brought them. */
  broughtBy: [base: string, names: string[]][];
}

/** What a revision enforces as it is stored: far smaller, since most rules differ in their call alone. */
export function packContent(content: ProfileContent): {
  hash: string;
  text: string;
} {
  const { seccomp, ...rest } = content;
  const groups: RuleGroup[] = [];
  let last = '';
  for (const { name, broughtBy, ...shared } of seccomp?.rules ?? []) {
    const key = JSON.stringify(shared);
    if (groups.length === 0 || key !== last) {
      groups.push({ ...shared, names: [], broughtBy: [] });
      last = key;
    }
    const group = groups[groups.length - 1];
    group.names.push(name);
    if (broughtBy !== undefined) {
      const held = group.broughtBy.find(([base]) => base === broughtBy);
      if (held) {
        held[1].push(name);
      } else {
        group.broughtBy.push([broughtBy, [name]]);
      }
    }
  }
  const packed = {
    ...rest,
    ...(seccomp ? { seccomp: { ...seccomp, rules: groups } } : {}),
  };
  return { hash: contentHash(packed), text: JSON.stringify(packed) };
}

/** The counterpart of {@link packContent}. */
export function unpackContent(text: string): ProfileContent {
  const { seccomp, ...rest } = JSON.parse(text);
  return {
    ...rest,
    ...(seccomp
      ? {
          seccomp: {
            ...seccomp,
            rules: (seccomp.rules as RuleGroup[]).flatMap(unpackGroup),
          },
        }
      : {}),
  };
}

function unpackGroup({ names, broughtBy, ...shared }: RuleGroup): Rule[] {
  const bases = new Map(
    broughtBy.flatMap(([base, calls]) =>
      calls.map(name => [name, base] as const),
    ),
  );
  return names.map(name => {
    const base = bases.get(name);
    return {
      name,
      ...shared,
      ...(base === undefined ? {} : { broughtBy: base }),
    };
  });
}
