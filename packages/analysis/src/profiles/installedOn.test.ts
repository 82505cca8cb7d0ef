import { installedOn } from './installedOn';

describe('where a profile is installed', () => {
  it('counts nodes with the daemon that report Installed', () => {
    expect(
      installedOn({
        nodeStates: {
          a: 'Installed',
          b: 'Pending',
          gone: 'Installed',
          d: 'INSTALLED',
        },
        operatorNodes: ['c', 'b', 'a', 'd'],
      }),
    ).toEqual({ nodes: 2, of: 4, missingTotal: 2, missing: ['b', 'c'] });
  });

  it('takes the reporting nodes for the whole when no daemon is known', () => {
    expect(
      installedOn({
        nodeStates: { a: 'Installed', b: 'Error' },
        operatorNodes: [],
      }),
    ).toEqual({ nodes: 1, of: 2, missingTotal: 1, missing: ['b'] });
  });

  it('names at most 20 nodes', () => {
    const operatorNodes = Array.from({ length: 30 }, (_, at) => `n${at}`);
    const { missing, missingTotal } = installedOn({
      nodeStates: {},
      operatorNodes,
    });
    expect([missing.length, missingTotal]).toEqual([20, 30]);
  });
});
