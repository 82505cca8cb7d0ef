import { isNarrowed, readScorecardQuery } from './scorecardQuery';

function addressOf(search: string) {
  const params = new URLSearchParams(search);
  return {
    get: (name: string) => params.get(name) ?? undefined,
    getAll: (name: string) => params.getAll(name),
  };
}

describe('the address of a scorecard', () => {
  it('begins with the groups of owners and no filter', () => {
    const { view, by, filter, ignored } = readScorecardQuery(addressOf(''));
    expect({ view, by, ignored }).toEqual({
      view: 'groups',
      by: 'owner',
      ignored: [],
    });
    expect(Object.values(filter).filter(Boolean)).toEqual([]);
  });

  it('begins with the entities on the page of a group', () => {
    const { view, filter } = readScorecardQuery(addressOf(''), {
      owner: 'group:default/checkout',
    });
    expect(view).toBe('entities');
    expect(filter.owner).toBe('group:default/checkout');
  });

  it('takes several levels, in one value or in several', () => {
    expect(
      readScorecardQuery(addressOf('level=exposed,unknown&level=baseline'))
        .filter.level,
    ).toEqual(['exposed', 'unknown', 'baseline']);
  });

  it('leaves out what it does not know, and lists it', () => {
    const { view, filter, ignored } = readScorecardQuery(
      addressOf('view=pies&level=levle&target=no'),
    );
    expect(view).toBe('groups');
    expect(filter.level).toBeUndefined();
    expect(filter.target).toEqual(['no']);
    expect(ignored).toEqual(['pies', 'levle']);
  });

  it('is narrowed by a filter, not by the choice of a table', () => {
    expect(isNarrowed(addressOf('view=entities&by=class'))).toBe('no');
    expect(isNarrowed(addressOf('env=production'))).toBe('yes');
  });

  it('can be narrowed no further than the page of a group allows', () => {
    const { filter } = readScorecardQuery(
      addressOf('owner=group:default/other'),
      { owner: 'group:default/checkout' },
    );
    expect(filter.owner).toBe('group:default/checkout');
  });
});
