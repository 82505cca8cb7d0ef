import type { ProfileNode } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { CollectedNode, NodeStates } from '../facts/CollectedFacts';

/** How many nodes have a state. */
export interface ProfileNodeCount {
  state: string;
  nodes: number;
}

/** What the operator's labels say, without case, and what a list shows; what is wrong comes first. */
const statesByReport = new Map([
  ['error', 'error'],
  ['pending', 'pending'],
  ['inprogress', 'in-progress'],
  ['terminating', 'terminating'],
  ['partial', 'partial'],
  ['disabled', 'disabled'],
  ['installed', 'installed'],
]);

/** Order of a list: what someone must look at first. */
const statesInOrder = [
  'error',
  'missing',
  'pending',
  'in-progress',
  'terminating',
  'partial',
  'disabled',
  'other',
  'installed',
  'no-operator',
];

/**
 * The state of one profile on every node of its cluster.
 *
 * @remarks
 * A node that the operator serves and that reports nothing lacks the profile. One without the operator's daemon never
 * gets it, whatever a status that was left behind says. Source: SPO v1.0.0, internal/pkg/nodestatus/nodestatus.go.
 */
export function profileNodes(
  nodes: readonly CollectedNode[],
  options: {
    states: NodeStates;
    /** Pods that name the profile, by node. */
    pods: Record<string, number>;
  },
): ProfileNode[] {
  // Where no daemon is seen at all, its pods can't be read or run elsewhere, and what is reported is all that is known.
  const daemons = nodes.some(node => node.spo === 'served')
    ? 'known'
    : 'unknown';
  return nodes
    .map(node => ({
      name: node.name,
      ...stateOn(node, options.states[node.name], daemons),
      ready: node.ready,
      pods: options.pods[node.name] ?? 0,
    }))
    .sort(
      (a, b) =>
        statesInOrder.indexOf(a.state) - statesInOrder.indexOf(b.state) ||
        (a.name < b.name ? -1 : 1),
    );
}

/** How many of the nodes have each state, in the order of the list. */
export function countStates(nodes: readonly ProfileNode[]): ProfileNodeCount[] {
  return statesInOrder
    .map(state => ({
      state,
      nodes: nodes.filter(node => node.state === state).length,
    }))
    .filter(count => count.nodes > 0);
}

function stateOn(
  node: CollectedNode,
  reported: string | undefined,
  daemons: 'known' | 'unknown',
): { state: string; reported?: string } {
  if (daemons === 'known' && node.spo === 'not-served') {
    return { state: 'no-operator' };
  }
  if (reported === undefined) {
    return { state: daemons === 'known' ? 'missing' : 'no-operator' };
  }
  const state = statesByReport.get(reported.toLocaleLowerCase('en-US'));
  return state ? { state } : { state: 'other', reported };
}
