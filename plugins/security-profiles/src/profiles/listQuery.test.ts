import { isFiltered, readListQuery } from './listQuery';

function read(search: string) {
  const params = new URLSearchParams(search);
  return readListQuery({ get: name => params.get(name) ?? undefined });
}

describe('readListQuery', () => {
  it('sorts by name unless asked otherwise', () => {
    expect(read('').sort).toEqual({ column: 'name', direction: 'up' });
    expect(read('sort=-beyond').sort).toEqual({
      column: 'beyond',
      direction: 'down',
    });
  });

  it('reads every filter', () => {
    expect(
      read(
        'q=api&kind=SeccompProfile&cluster=c-1&mode=disabled&beyond=true&use=unused',
      ),
    ).toMatchObject({
      q: 'api',
      kind: 'SeccompProfile',
      clusterId: 'c-1',
      mode: 'disabled',
      beyond: 'some',
      use: 'unused',
      ignored: [],
    });
  });

  it('names what it does not understand, and asks the server for none of it', () => {
    const query = read('kind=Karate&mode=x&beyond=much&use=y&sort=-moon');
    expect(query.ignored).toEqual(['Karate', 'x', 'much', 'y', '-moon']);
    expect(isFiltered(query)).toBe(false);
    expect(query.sort).toEqual({ column: 'name', direction: 'up' });
  });
});

describe('isFiltered', () => {
  it.each(['q=a', 'kind=SeccompProfile', 'cluster=c', 'beyond=false'])(
    'is true of %s',
    search => {
      expect(isFiltered(read(search))).toBe(true);
    },
  );

  it('is not true of an order', () => {
    expect(isFiltered(read('sort=users'))).toBe(false);
  });
});
