import type {
  Confinement,
  Posture,
  PostureContainer,
  PostureProfile,
  PostureWorkload,
} from '@security-profiles/backstage-plugin-security-profiles-common';

/** The three mechanisms, by their name on the wire and in the address. */
export const MECHANISMS = ['seccomp', 'appArmor', 'seLinux'] as const;

/** One mechanism that confines a container. */
export type Mechanism = (typeof MECHANISMS)[number];

/** One container of one workload in one cluster. */
export interface ContainerPlace {
  /** As `prod-eu/shop/Deployment/cart/api`; stands in the address. */
  key: string;
  workload: PostureWorkload;
  container: PostureContainer;
}

/** Places that run the same container under the same confinement; one row of the table. */
export interface ContainerRow {
  id: string;
  container: PostureContainer;
  workload: PostureWorkload;
  places: ContainerPlace[];
  clusters: string[];
  /** Another row holds the same container of the same workload, in more clusters. */
  differs: 'yes' | 'no';
  hasProblem: boolean;
}

/** How rows are put together, by their name in the address. */
export const GROUPINGS = ['workload', 'cluster', 'none'] as const;

/** How rows are put together. */
export type Grouping = (typeof GROUPINGS)[number];

/** Rows below one heading. */
export interface ContainerGroup {
  id: string;
  /** What the rows have in common, by the grouping that was asked for. */
  workload: PostureWorkload;
  rows: ContainerRow[];
}

const LEVEL_ORDER = ['exposed', 'unknown', 'accepted', 'baseline', 'profiled'];

const TROUBLED_STATES = new Set([
  'unconfined',
  'dangling',
  'foreign',
  'ambiguous',
  'unknown',
]);

function levelRank(level: string): number {
  const rank = LEVEL_ORDER.indexOf(level);
  return rank === -1 ? 1 : rank;
}

function isTroubled(confinement: Confinement, mechanism: Mechanism): boolean {
  if (confinement.state === 'not-applicable') {
    return false;
  }
  const isUnsetSeccomp =
    mechanism === 'seccomp' && confinement.state === 'unset';
  return (
    isUnsetSeccomp ||
    TROUBLED_STATES.has(confinement.state) ||
    (confinement.state !== 'unset' && confinement.inForce !== 'yes') ||
    (confinement.missingOn?.length ?? 0) > 0
  );
}

/**
 * Whether the reader should look at a container: it is exposed, something is unknown, it is recorded or runs under an
 * older revision, or an elevation has no grant.
 */
export function hasProblem(container: PostureContainer): boolean {
  return (
    container.level === 'exposed' ||
    container.level === 'unknown' ||
    container.recording !== undefined ||
    container.revision?.state === 'older' ||
    MECHANISMS.some(mechanism =>
      isTroubled(container.confinement[mechanism], mechanism),
    ) ||
    (container.grant?.approval !== 'approved' &&
      container.elevations.some(
        elevation => elevation.risk === 'critical' || elevation.risk === 'high',
      ))
  );
}

/** The key of a container in the address. */
export function placeKey(
  workload: Pick<PostureWorkload, 'cluster' | 'namespace' | 'kind' | 'name'>,
  container: Pick<PostureContainer, 'name'>,
): string {
  return [
    workload.cluster,
    workload.namespace,
    workload.kind,
    workload.name,
    container.name,
  ].join('/');
}

function confinementSignature(confinement: Confinement): string {
  return JSON.stringify([
    confinement.state,
    confinement.value,
    confinement.profileName,
    confinement.inForce,
    confinement.because,
    confinement.binding,
    (confinement.missingOn?.length ?? 0) > 0,
  ]);
}

function signatureOf(container: PostureContainer): string {
  return JSON.stringify([
    container.level,
    ...MECHANISMS.map(mechanism =>
      confinementSignature(container.confinement[mechanism]),
    ),
    container.elevations.map(({ id, value }) => [id, value]),
    container.grant?.approval,
    container.recording,
    container.revision?.state,
  ]);
}

function identityOf(place: ContainerPlace): string {
  const { workload, container } = place;
  return JSON.stringify([
    workload.namespace,
    workload.kind,
    workload.name,
    container.type,
    container.name,
  ]);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) {
    list.push(value);
  } else {
    map.set(key, [value]);
  }
}

function toRow(places: ContainerPlace[], differs: 'yes' | 'no'): ContainerRow {
  const [first] = places;
  return {
    id: first.key,
    container: first.container,
    workload: first.workload,
    places,
    clusters: [...new Set(places.map(place => place.workload.cluster))],
    differs,
    hasProblem: hasProblem(first.container),
  };
}

function compareRows(a: ContainerRow, b: ContainerRow): number {
  return (
    levelRank(a.container.level) - levelRank(b.container.level) ||
    Number(b.hasProblem) - Number(a.hasProblem) ||
    a.workload.name.localeCompare(b.workload.name) ||
    a.container.name.localeCompare(b.container.name) ||
    (a.differs === b.differs ? 0 : Number(a.differs === 'yes') * 2 - 1)
  );
}

/**
 * The rows of the table of containers, worst first.
 *
 * @remarks
 * By workload, clusters where a container looks the same share a row, and a cluster where it looks different gets a row
 * of its own, marked as differing from the row that most clusters share. By cluster, and ungrouped, every place is a row.
 */
export function containerRows(
  workloads: readonly PostureWorkload[],
  grouping: Grouping,
): ContainerRow[] {
  const places: ContainerPlace[] = workloads.flatMap(workload =>
    workload.containers.map(container => ({
      key: placeKey(workload, container),
      workload,
      container,
    })),
  );
  if (grouping !== 'workload') {
    const byCluster = (a: ContainerRow, b: ContainerRow) =>
      a.workload.cluster.localeCompare(b.workload.cluster);
    return places
      .map(place => toRow([place], 'no'))
      .sort((a, b) =>
        grouping === 'cluster'
          ? byCluster(a, b) || compareRows(a, b)
          : compareRows(a, b) || byCluster(a, b),
      );
  }
  const byIdentity = new Map<string, ContainerPlace[]>();
  for (const place of places) {
    push(byIdentity, identityOf(place), place);
  }
  const rows: ContainerRow[] = [];
  for (const same of byIdentity.values()) {
    const bySignature = new Map<string, ContainerPlace[]>();
    for (const place of same) {
      push(bySignature, signatureOf(place.container), place);
    }
    const groups = [...bySignature.values()].sort(
      (a, b) => b.length - a.length,
    );
    for (const [index, group] of groups.entries()) {
      rows.push(toRow(group, index === 0 ? 'no' : 'yes'));
    }
  }
  return rows.sort(compareRows);
}

/** From this many rows on, rows stand below headings. */
const GROUP_FROM = 12;

/**
 * The rows below their headings, in the order of each group's worst row.
 *
 * @remarks
 * One group, whose id is empty, where headings would not help: few rows, or hardly more rows than workloads.
 */
export function containerGroups(
  rows: readonly ContainerRow[],
  grouping: Grouping,
): ContainerGroup[] {
  const groups = new Map<string, ContainerRow[]>();
  for (const row of rows) {
    const { cluster, namespace, kind, name } = row.workload;
    const id =
      grouping === 'cluster' ? cluster : [namespace, kind, name].join('/');
    push(groups, grouping === 'none' ? '' : id, row);
  }
  const isHelpful =
    grouping === 'cluster' ||
    (rows.length > GROUP_FROM && groups.size * 2 <= rows.length);
  return isHelpful
    ? [...groups].map(([id, inGroup]) => ({
        id,
        workload: inGroup[0].workload,
        rows: inGroup,
      }))
    : rows
        .slice(0, 1)
        .map(({ workload }) => ({ id: '', workload, rows: [...rows] }));
}

/** The profiles that the places of a row name for a mechanism. */
export function profilesOf(
  row: ContainerRow,
  mechanism: Mechanism,
  posture: Posture,
): PostureProfile[] {
  const ids = new Set(
    row.places.map(place => place.container.confinement[mechanism].profileId),
  );
  return posture.profiles.filter(profile => ids.has(profile.id));
}
