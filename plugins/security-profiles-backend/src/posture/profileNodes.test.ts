import { collectedNode } from '../testing/collectedFacts';
import { countStates, profileNodes } from './profileNodes';

describe('the states of a profile on the nodes', () => {
  const nodes = ['a', 'b', 'c', 'd', 'e'].map(name =>
    collectedNode(name, name === 'e' ? { spo: 'not-served' } : {}),
  );
  const states = {
    a: 'Installed',
    b: 'ERROR',
    d: 'Reticulating',
    e: 'Installed',
    vanished: 'Installed',
  };

  it('put what is wrong first, and say of the operator’s own words only those that are not known', () => {
    expect(profileNodes(nodes, { states, pods: { c: 3 } })).toMatchObject([
      { name: 'b', state: 'error' },
      { name: 'c', state: 'missing', pods: 3 },
      { name: 'd', state: 'other', reported: 'Reticulating' },
      { name: 'a', state: 'installed' },
      { name: 'e', state: 'no-operator' },
    ]);
  });

  it('are counted over all nodes that exist', () => {
    expect(countStates(profileNodes(nodes, { states, pods: {} }))).toEqual([
      { state: 'error', nodes: 1 },
      { state: 'missing', nodes: 1 },
      { state: 'other', nodes: 1 },
      { state: 'installed', nodes: 1 },
      { state: 'no-operator', nodes: 1 },
    ]);
  });

  it('are what is reported, where no daemon of the operator is seen', () => {
    const unseen = nodes.map(node => ({ ...node, spo: 'not-served' as const }));
    expect(
      countStates(profileNodes(unseen, { states, pods: {} })).map(
        ({ state }) => state,
      ),
    ).toEqual(['error', 'other', 'installed', 'no-operator']);
  });
});
