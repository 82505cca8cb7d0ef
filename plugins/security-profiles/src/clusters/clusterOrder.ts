import type { Cluster } from '@security-profiles/backstage-plugin-security-profiles-common';
import { isInRollOut } from './cilium';

/** What can be wrong with a cluster; also a filter in the address. */
export type ClusterConcern = 'ended' | 'roll-out' | 'behind' | 'unread';

/** Every concern, the most urgent first. */
export const CLUSTER_CONCERNS: readonly ClusterConcern[] = [
  'ended',
  'roll-out',
  'behind',
  'unread',
];

const UNREAD_STATES = new Set([
  'unreachable',
  'failed',
  'not-collected',
  'stale',
  'forbidden',
]);

/** Whether Cilium runs in a cluster, as far as is known. */
export function hasCilium(cluster: Cluster): boolean {
  return cluster.cilium.versions.length > 0;
}

/** What is wrong with a cluster, most urgent first. */
export function concernsOf(cluster: Cluster): ClusterConcern[] {
  const { cilium } = cluster;
  return CLUSTER_CONCERNS.filter(concern => {
    switch (concern) {
      case 'ended':
        return hasCilium(cluster) && cilium.line.state === 'ended';
      case 'roll-out':
        return isInRollOut(cilium);
      case 'behind':
        return (cilium.patchesBehind ?? 0) > 0;
      default:
        return UNREAD_STATES.has(cluster.state);
    }
  });
}

function urgency(cluster: Cluster): number[] {
  const concerns = concernsOf(cluster);
  return [
    Number(concerns.includes('ended')),
    cluster.cilium.advisories?.applies ?? 0,
    cluster.cilium.patchesBehind ?? 0,
    Number(concerns.includes('unread')),
    Number(concerns.includes('roll-out')),
  ];
}

/** Ended lines first, then advisories that apply, patches behind, clusters that were not read, and names. */
export function sortClusters(clusters: readonly Cluster[]): Cluster[] {
  return [...clusters].sort((a, b) => {
    const left = urgency(a);
    const right = urgency(b);
    for (const [index, value] of left.entries()) {
      if (value !== right[index]) {
        return right[index] - value;
      }
    }
    return a.name.localeCompare(b.name);
  });
}
