import type { ScorecardGroup } from '@security-profiles/backstage-plugin-security-profiles-common';

/** A visible row of the tree of groups. */
export interface GroupRow {
  /** Path of the row: a group may stand below several. */
  id: string;
  depth: number;
  state: 'open' | 'closed';
  group: ScorecardGroup;
}

/**
 * The rows that are visible: the groups at the top, and below each open one its own.
 *
 * @param open - groups below each open group, by its key
 */
export function flattenGroups(
  groups: readonly ScorecardGroup[],
  open: ReadonlyMap<string, readonly ScorecardGroup[]>,
): GroupRow[] {
  const rows: GroupRow[] = [];
  const add = (group: ScorecardGroup, path: string[]) => {
    const key = group.key ?? (group.hidden === undefined ? 'none:' : 'hidden:');
    // Groups can be part of each other in a circle: a group is not shown below itself.
    const children = path.includes(key) ? undefined : open.get(key);
    const own = [...path, key];
    rows.push({
      id: own.join(' '),
      depth: path.length,
      state: children ? 'open' : 'closed',
      group,
    });
    for (const child of children ?? []) {
      add(child, own);
    }
  };
  for (const group of groups) {
    add(group, []);
  }
  return rows;
}
