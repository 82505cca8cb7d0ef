import type {
  Cluster,
  ReleaseLine,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { hasCilium } from './clusterOrder';

/** One line of the picture with the clusters on it. */
export interface LineRow {
  line: ReleaseLine;
  clusters: { name: string; versions: string }[];
}

/** Lines that end longer ago than this are shown only where a cluster is on them. */
function isWanted({ state }: ReleaseLine): boolean {
  return state !== 'ended';
}

/**
 * The lines in use and the maintained ones, oldest first, and the clusters that are on none of them: other network
 * plugins, vendors' builds, and those of which the version is not known.
 */
export function rowsOfLines(
  lines: readonly ReleaseLine[],
  clusters: readonly Cluster[],
): { rows: LineRow[]; others: Cluster[] } {
  const placed = new Map<string, LineRow['clusters']>();
  const others: Cluster[] = [];
  for (const cluster of clusters) {
    const { line, versions } = cluster.cilium;
    const known = lines.some(({ name }) => name === line.name);
    if (hasCilium(cluster) && known && line.state !== 'vendor') {
      placed.set(line.name, [
        ...(placed.get(line.name) ?? []),
        {
          name: cluster.name,
          versions: versions.map(({ version }) => version).join(' \u2192 '),
        },
      ]);
    } else {
      others.push(cluster);
    }
  }
  return {
    rows: lines
      .filter(line => isWanted(line) || placed.has(line.name))
      .map(line => ({ line, clusters: placed.get(line.name) ?? [] }))
      .reverse(),
    others,
  };
}
