import { nameList } from './findings/nameList';
import { isMissingEverywhere } from './findings/missingProfile';
import { JudgedContainer, JudgedEntity } from './judgedEntity';
import { bestLevel, worstLevel } from './level';
import { Headline, Level, Source } from './posture';
import { clusterFreshness, sourceOf } from './sourceOf';
import { UsedApproval, usedApprovals } from './usedApprovals';

/** The worst problem first: what the sentence speaks of. */
const severityOfCause = [
  'privileged',
  'unconfined',
  'unset',
  'recording',
  'allows-by-default',
  'foreign',
  'elevation',
];

/**
 * The sentence at the top: level and worst cause, as a key of the translation with its parameters. Keys with `count` have
 * a form for one and one for more.
 */
export function headline(
  entity: JudgedEntity,
  options: { level: Level; name: string },
): Headline {
  const { level, name } = options;
  const judged = entity.containers.filter(({ judged: one }) => one === 'yes');
  const asOf = staleness(entity);
  const say = (key: string, params: Headline['params'] = {}): Headline => ({
    key,
    params: { name, ...params, ...asOf },
  });
  if (level === 'exposed') {
    return say(...exposed(judged));
  }
  const blocked = judged.find(container => blockedBy(container));
  if (blocked) {
    return say(...willNotStart(blocked));
  }
  if (level === 'unknown') {
    return say(...unknown(entity, judged));
  }
  const perCluster = levelsByCluster(judged);
  const levels = [...perCluster.values()];
  if (new Set(levels).size > 1) {
    const [worst, best] = [worstLevel(levels), bestLevel(levels)];
    const lagging = judged.filter(
      ({ cluster }) => perCluster.get(cluster.name) === worst,
    );
    return {
      ...say('mixed', {
        worstLevel: worst,
        worstClusters: clustersAt(perCluster, worst),
        bestLevel: best,
        bestClusters: clustersAt(perCluster, best),
      }),
      ...(worst === 'baseline' && causeOf(say(...baseline(entity, lagging)))),
    };
  }
  return level === 'profiled'
    ? say(...profiled(entity, judged))
    : say(...baseline(entity, judged));
}

/** The plain sentence about a level says nothing that the comparison does not. */
function causeOf(cause: Headline): Pick<Headline, 'cause'> {
  return cause.key === 'baseline' ? {} : { cause };
}

type KeyAndParams = [key: string, params?: Headline['params']];

function exposed(judged: JudgedContainer[]): KeyAndParams {
  const affected = judged
    .filter(({ causes }) => causes.length > 0)
    .sort((a, b) => causeRank(a) - causeRank(b));
  const [first] = affected;
  const [cause] = sortedCauses(first);
  const container = first.facts.container.name;
  const clusters = nameList([
    ...new Set(affected.map(({ cluster }) => cluster.name)),
  ]);
  if (cause.id === 'privileged') {
    return ['exposed.privileged', { container, clusters }];
  }
  return [
    'exposed',
    {
      container,
      cause: cause.text,
      count: countOf(affected),
      total: countOf(judged),
      clusters,
    },
  ];
}

function sortedCauses({ causes }: JudgedContainer) {
  return [...causes].sort(
    (a, b) => severityOfCause.indexOf(a.id) - severityOfCause.indexOf(b.id),
  );
}

function causeRank(container: JudgedContainer): number {
  return severityOfCause.indexOf(sortedCauses(container)[0].id);
}

/** The setting because of which no node can start the container. */
function blockedBy(container: JudgedContainer) {
  return Object.values(container.confinement).find(
    confinement =>
      confinement.state === 'dangling' ||
      isMissingEverywhere(container, confinement),
  );
}

function willNotStart(container: JudgedContainer): KeyAndParams {
  const confinement = blockedBy(container);
  const params = {
    container: container.facts.container.name,
    value: (confinement?.value ?? '').replace(/^Localhost /, ''),
    cluster: container.cluster.name,
  };
  if (confinement?.state === 'dangling') {
    return ['will-not-start', params];
  }
  return confinement?.missingOn === undefined
    ? ['will-not-start.disabled', params]
    : ['will-not-start.missing', params];
}

function unknown(
  entity: JudgedEntity,
  judged: JudgedContainer[],
): KeyAndParams {
  const gap = firstGap(entity, judged);
  if (!gap) {
    return [
      entity.containers.length > 0
        ? 'unknown.not-applicable'
        : 'unknown.nothing-counted',
      { clusters: entity.clusters.length },
    ];
  }
  const known = judged
    .map(({ level }) => level)
    .filter(level => level !== 'unknown');
  return [
    known.length > 0 ? 'unknown.partly' : 'unknown',
    {
      resource: gap.resource,
      cluster: gap.cluster,
      time: gap.since,
      ...(known.length > 0 && { level: worstLevel(known) }),
    },
  ];
}

/** The source that keeps a container or the whole entity unknown. */
function firstGap(
  entity: JudgedEntity,
  judged: JudgedContainer[],
): Pick<Source, 'resource' | 'cluster' | 'since'> | undefined {
  const lost = judged.find(({ level }) => level === 'unknown');
  if (lost) {
    const source = sourceOf(lost.cluster, 'seccompprofiles');
    return {
      resource: source?.resource ?? 'seccompprofiles',
      cluster: lost.cluster.name,
      since: source?.since ?? '',
    };
  }
  for (const cluster of entity.clusters) {
    const source = sourceOf(cluster, 'pods');
    if (clusterFreshness(cluster) === 'not-collected') {
      return {
        resource: source?.resource ?? 'pods',
        cluster: cluster.name,
        since: source?.since ?? '',
      };
    }
  }
  return undefined;
}

function profiled(
  entity: JudgedEntity,
  judged: JudgedContainer[],
): KeyAndParams {
  const origin = originOf(judged);
  if (!entity.approvals) {
    return ['profiled.unreviewed', { origin }];
  }
  const approvals = usedApprovals(judged, entity.approvals);
  const stale = approvals.filter(({ changed }) => changed === 'yes');
  if (stale.length > 0) {
    return ['profiled.stale', profilesIn(stale)];
  }
  const missing = approvals.filter(({ standing }) => standing === 'missing');
  const refused = missing.filter(
    ({ decision }) =>
      decision?.state === 'rejected' || decision?.state === 'expired',
  );
  if (refused.length > 0) {
    return ['profiled.unapproved', profilesIn(refused)];
  }
  if (missing.length > 0) {
    return ['profiled.unreviewed', { origin, ...profilesIn(missing) }];
  }
  const pending = approvals.filter(({ standing }) => standing === 'pending');
  return pending.length > 0
    ? ['profiled.pending', profilesIn(pending)]
    : ['profiled'];
}

/** A profile of one name in several clusters is one to the reader. */
function profilesIn(approvals: UsedApproval[]): {
  count: number;
  profiles: string;
} {
  const byName = new Map(
    approvals.map(({ used: { profile } }) => [
      `${profile.kind} ${profile.namespace ?? ''}/${profile.name}`,
      profile.name,
    ]),
  );
  return { count: byName.size, profiles: nameList([...byName.values()]) };
}

function baseline(
  entity: JudgedEntity,
  judged: JudgedContainer[],
): KeyAndParams {
  const missing = judged.find(
    ({ confinement }) => confinement.seccomp.missingOn !== undefined,
  );
  if (missing) {
    const { seccomp } = missing.confinement;
    return [
      'baseline.missing',
      {
        profile: seccomp.profileName ?? '',
        count: seccomp.missingOn?.length ?? 0,
        nodes: missing.candidateNodes.length,
        cluster: missing.cluster.name,
      },
    ];
  }
  for (const { elevations } of judged) {
    // Calls beyond RuntimeDefault have a sentence of their own below.
    const [high] = elevations.filter(
      ({ id, risk }) => risk === 'high' && !id.startsWith('syscalls-'),
    );
    if (high) {
      return [
        'baseline.elevated',
        {
          elevation:
            high.value === 'true'
              ? high.field.split('.').at(-1) ?? high.id
              : high.value,
        },
      ];
    }
  }
  const stale = usedApprovals(judged, entity.approvals ?? new Map()).filter(
    ({ changed }) => changed === 'yes',
  );
  if (stale.length > 0) {
    return ['baseline.stale', profilesIn(stale)];
  }
  const wide = judged
    .flatMap(({ used }) => used)
    .find(one => one.beyond.length > 0);
  if (wide) {
    return [
      'baseline.beyond',
      {
        profile: wide.profile.name,
        count: wide.beyond.length,
        syscalls: nameList(wide.beyond.map(({ name }) => name)),
      },
    ];
  }
  const own = judged.filter(
    ({ confinement }) => confinement.seccomp.state === 'profile',
  );
  if (own.length > 0) {
    return own.length < judged.length
      ? ['baseline.mixed', { own: countOf(own), count: countOf(judged) }]
      : ['baseline.own'];
  }
  const boxed = judged.filter(
    ({ confinement }) => confinement.seccomp.state === 'sandboxed',
  );
  return boxed.length === judged.length
    ? ['baseline.sandboxed', { runtime: boxed[0]?.runtime?.class ?? '' }]
    : ['baseline'];
}

/** Containers by workload and name, however many groups of pods and clusters they stand in. */
export function countOf(containers: readonly JudgedContainer[]): number {
  return new Set(
    containers.map(({ cluster, workload, facts }) =>
      JSON.stringify([
        cluster.id,
        workload.id,
        facts.container.type,
        facts.container.name,
      ]),
    ),
  ).size;
}

function levelsByCluster(judged: JudgedContainer[]): Map<string, Level> {
  const levels = new Map<string, Level>();
  for (const { cluster, level } of judged) {
    const held = levels.get(cluster.name);
    levels.set(cluster.name, held ? worstLevel([held, level]) : level);
  }
  return levels;
}

function clustersAt(levels: Map<string, Level>, level: Level): string {
  const names = [...levels].filter(([, one]) => one === level);
  return nameList(names.map(([name]) => name));
}

/** Where the first own profile comes from: labels of a recording tell. */
function originOf(judged: JudgedContainer[]): string {
  const used = judged.flatMap(container => container.used);
  return used.some(({ profile }) =>
    Object.hasOwn(profile.labels ?? {}, 'spo.x-k8s.io/recording-id'),
  )
    ? 'recorded'
    : 'written';
}

/** Since when the oldest of the clusters in question doesn't answer. */
function staleness(entity: JudgedEntity): Headline['params'] {
  const stale = entity.matchedClusters
    .filter(cluster => clusterFreshness(cluster) === 'stale')
    .map(cluster => ({
      cluster: cluster.name,
      asOf:
        sourceOf(cluster, 'pods')?.lastFresh ??
        sourceOf(cluster, 'pods')?.since ??
        '',
    }))
    .sort((a, b) => (a.asOf < b.asOf ? -1 : 1));
  const [oldest] = stale;
  return oldest ? { asOf: oldest.asOf, staleCluster: oldest.cluster } : {};
}
