import { createGroup } from '../fixtures/scorecards';
import { flattenGroups } from './flattenGroups';

const company = createGroup('company', { children: 2 });
const checkout = createGroup('checkout', { children: 1 });
const tools = createGroup('tools');

describe('the rows of the tree of groups', () => {
  it('are the groups at the top while nothing is open', () => {
    expect(flattenGroups([company, tools], new Map())).toMatchObject([
      { id: 'company', depth: 0, state: 'closed' },
      { id: 'tools', depth: 0, state: 'closed' },
    ]);
  });

  it('show below an open group what is part of it', () => {
    const open = new Map([
      ['company', [checkout, tools]],
      ['checkout', [tools]],
    ]);
    expect(
      flattenGroups([company], open).map(({ id, depth }) => [id, depth]),
    ).toEqual([
      ['company', 0],
      ['company checkout', 1],
      ['company checkout tools', 2],
      ['company tools', 1],
    ]);
  });

  it('end where groups are part of each other', () => {
    const open = new Map([
      ['company', [checkout]],
      ['checkout', [company]],
    ]);
    expect(flattenGroups([company], open).map(({ id }) => id)).toEqual([
      'company',
      'company checkout',
      'company checkout company',
    ]);
  });

  it('tell apart what has no owner from owners that are not named', () => {
    const rows = flattenGroups(
      [createGroup(null), createGroup(null, { hidden: 3 })],
      new Map(),
    );
    expect(rows.map(({ id }) => id)).toEqual(['none:', 'hidden:']);
  });
});
