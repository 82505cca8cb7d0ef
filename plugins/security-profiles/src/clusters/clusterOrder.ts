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

/** What the list of clusters can be ordered by. */
export const CLUSTER_COLUMNS = [
  'cluster',
  'cilium',
  'line',
  'patches',
  'advisories',
  'kernel',
  'kubernetes',
  'services',
  'facts',
] as const;

/** An order of the list of clusters, as in the address: `patches` or `-patches`. */
export interface ClusterSort {
  column: (typeof CLUSTER_COLUMNS)[number];
  direction: 'ascending' | 'descending';
}

/** Reads an order from the address; undefined where this version knows none of that name. */
export function readClusterSort(
  value: string | undefined,
): ClusterSort | undefined {
  const column = CLUSTER_COLUMNS.find(
    name => name === value?.replace(/^-/, ''),
  );
  return (
    column && {
      column,
      direction: value?.startsWith('-') ? 'descending' : 'ascending',
    }
  );
}

const KERNEL_ORDER = ['fits', 'known-bad', 'unfit'];

/** Versions are ordered number by number, names by letter. */
function compare(a: string | number, b: string | number): number {
  return typeof a === 'number' && typeof b === 'number'
    ? a - b
    : String(a).localeCompare(String(b), 'en', { numeric: true });
}

/** What a cluster is ordered by in a column; undefined where it is not known. */
function valueIn(
  { name, cilium, kubernetes, services, asOf }: Cluster,
  column: ClusterSort['column'],
): string | number | undefined {
  switch (column) {
    case 'cilium': {
      const [oldest] = cilium.versions
        .map(({ version }) => version)
        .filter(version => version !== 'unknown')
        .sort(compare);
      return oldest;
    }
    case 'line':
      return cilium.line.name || undefined;
    case 'patches':
      return cilium.patchesBehind ?? undefined;
    case 'advisories':
      return cilium.advisories?.applies;
    case 'kernel': {
      const rank = KERNEL_ORDER.indexOf(cilium.kernel ?? '');
      return rank < 0 ? undefined : rank;
    }
    case 'kubernetes':
      return kubernetes ?? undefined;
    case 'services':
      return services;
    case 'facts':
      return asOf;
    default:
      return name;
  }
}

/** Clusters by one column; those of which it is not known are last, whichever way. */
export function sortClustersBy(
  clusters: readonly Cluster[],
  { column, direction }: ClusterSort,
): Cluster[] {
  const way = direction === 'ascending' ? 1 : -1;
  return [...clusters].sort((a, b) => {
    const left = valueIn(a, column);
    const right = valueIn(b, column);
    if (left === undefined || right === undefined) {
      return Number(left === undefined) - Number(right === undefined);
    }
    return way * compare(left, right) || a.name.localeCompare(b.name);
  });
}
