import { Confinement } from '../confinement/resolveConfinement';
import { classifyWorkload, WorkloadClass } from '../elevation/classifyWorkload';
import { compareCodeUnits } from '../profiles/canonicalJson';
import { installedOn } from '../profiles/installedOn';
import { sourceDigest } from '../profiles/sourceDigest';
import { ClusterContexts } from './ClusterContexts';
import { ClusterFacts, EntityFacts, WorkloadFacts } from './entityFacts';
import { countOf, headline } from './headline';
import { ClusterContext, judgeContainer } from './judgeContainer';
import { ApprovalIndex, JudgedContainer, JudgedEntity } from './judgedEntity';
import {
  isScheduled,
  JudgedFindings,
  judgeFindings,
  lowestScoreOf,
  scoreOf,
} from './judgeFindings';
import { judgeTarget } from './judgeTarget';
import { worstLevel } from './level';
import {
  Finding,
  Level,
  Posture,
  PostureConfinement,
  PostureContainer,
  PostureDataplane,
  PostureProfile,
  PostureScope,
  PostureWorkload,
} from './posture';
import { Ruleset } from './ruleset';
import { clusterFreshness } from './sourceOf';
import {
  approvalSummary,
  indexApprovals,
  shownState,
  UsedApproval,
  usedApprovals,
} from './usedApprovals';

/**
 * The posture of one entity: what each of its containers runs under, every finding, the level, the target and what to do
 * next.
 *
 * @remarks
 * Every container of every workload counts, injected ones too: the level says what the kernel enforces. The entity has
 * the level of its worst counted environment, of its worst environment where none counts. A cluster whose facts are old
 * keeps its level; one that was never read is coverage, unless nothing else is known. Decisions
 * on profiles are passed in and count in their own environment only.
 * @param facts - as held by collection; nothing is read here
 * @param now - ISO time of the assessment
 * @param clusterContexts - the same for many entities, so that what is true of a cluster is worked out once
 * @public
 */
export function judgeEntity(
  facts: EntityFacts,
  ruleset: Ruleset,
  now: string,
  clusterContexts: ClusterContexts = new ClusterContexts(),
): Posture {
  const contexts = new Map(
    facts.clusters.map(cluster => [cluster.id, clusterContexts.of(cluster)]),
  );
  const judged: { workload: WorkloadFacts; containers: JudgedContainer[] }[] =
    [];
  for (const workload of facts.workloads) {
    const cluster = contexts.get(workload.clusterId);
    if (cluster) {
      judged.push({
        workload,
        containers: judgeWorkload(facts, workload, { cluster, ruleset }),
      });
    }
  }
  const containers = judged.flatMap(one => one.containers);
  const approvals = indexApprovals(facts.approvals);
  const whole = partOf(facts, containers, facts.clusters);
  const scopes = environmentsOf(facts, containers);
  const counted = scopes.filter(scope => scope.counted);
  const deciding = counted.length > 0 ? counted : scopes;
  const decidingPart = partOf(
    facts,
    deciding.flatMap(scope => scope.containers),
    deciding.flatMap(scope => scope.clusters),
  );
  const level = levelOf(decidingPart.containers);
  const judgePart = onceEach(part => judgeFindings(part, ruleset, now));
  const { findings, nextSteps } = judgePart(whole);
  const charged = judgePart(decidingPart);
  const urgent = new Set(charged.nextSteps.map(({ text }) => text));
  const counting = findings.filter(one => !isScheduled(one));
  const judgedOnes = containers.filter(one => one.judged === 'yes');
  return {
    entityRef: facts.entity.ref,
    assessedAt: now,
    rules: ruleset.id,
    level,
    score: level === 'unknown' ? null : scoreOf(charged.scoreParts),
    lowestScore: level === 'unknown' ? null : lowestScoreOf(charged.scoreParts),
    approval: approvalSummary(decidingPart.containers, { level, approvals }),
    target: judgeTarget(facts.entity, counted, { ruleset, approvals }),
    headline: headline(decidingPart, { level, name: facts.entity.name }),
    counts: {
      pass: count(findings, 'pass'),
      warn: count(counting, 'warn'),
      fail: count(counting, 'fail'),
      unknown: count(findings, 'unknown'),
      notApplicable: count(findings, 'not-applicable'),
      waived: 0,
      scheduled: findings.filter(
        one =>
          isScheduled(one) && (one.status === 'warn' || one.status === 'fail'),
      ).length,
      containers: countOf(containers),
      containersWithProblems: countOf(judgedOnes.filter(hasProblem)),
    },
    scoreParts: charged.scoreParts,
    scopes: scopes.map(scope => scopeOf(facts, scope, judgePart)),
    coverage: coverageOf(facts, containers),
    findings,
    // What decides the level comes first; environments that do not count come after.
    nextSteps: [
      ...charged.nextSteps,
      ...nextSteps.filter(({ text }) => !urgent.has(text)),
    ],
    profiles: profilesOf(containers, approvals),
    workloads: judged.map(({ workload, containers: own }) =>
      servedWorkload(workload, own, {
        context: contexts.get(workload.clusterId),
        class: classOf(facts, workload, {
          cluster: contexts.get(workload.clusterId)?.cluster.name ?? '',
          ruleset,
        }),
      }),
    ),
    dataplane: whole.matchedClusters.map(dataplaneOf),
    sources: facts.clusters.flatMap(cluster => cluster.sources),
    matching: facts.matching,
  };
}

interface Scope {
  environment: string;
  counted: boolean;
  clusters: ClusterFacts[];
  containers: JudgedContainer[];
}

function judgeWorkload(
  facts: EntityFacts,
  workload: WorkloadFacts,
  options: { cluster: ClusterContext; ruleset: Ruleset },
): JudgedContainer[] {
  const { cluster } = options;
  const workloadClass = classOf(facts, workload, {
    cluster: cluster.cluster.name,
    ruleset: options.ruleset,
  });
  return workload.containers.map(container =>
    judgeContainer({
      workload,
      facts: container,
      environment: cluster.cluster.environment,
      class: workloadClass,
      cluster,
    }),
  );
}

function classOf(
  facts: EntityFacts,
  workload: WorkloadFacts,
  options: { cluster: string; ruleset: Ruleset },
) {
  const traits = {
    kind: workload.kind,
    ...(workload.apiGroup !== undefined && { apiGroup: workload.apiGroup }),
    labels: workload.labels,
    images: workload.containers.map(({ container }) => container.image),
    ...(facts.entity.type !== undefined && { entityType: facts.entity.type }),
    entityTags: facts.entity.tags,
    ...(facts.entity.class !== undefined && {
      entityClass: facts.entity.class,
    }),
    place: {
      entityRef: facts.entity.ref,
      cluster: options.cluster,
      namespace: workload.namespace,
      name: workload.name,
    },
  };
  return classifyWorkload(traits, options.ruleset.classes);
}

/** A part of the entity: some of its containers, with the clusters that they are in. */
function partOf(
  facts: EntityFacts,
  containers: JudgedContainer[],
  clusters: ClusterFacts[],
): JudgedEntity {
  const matched = new Set(containers.map(({ cluster }) => cluster.id));
  return {
    name: facts.entity.name,
    containers,
    clusters,
    matchedClusters: clusters.filter(({ id }) => matched.has(id)),
    ...(facts.approvals && { approvals: indexApprovals(facts.approvals) }),
  };
}

/**
 * One scope per environment in which the entity runs or could not be looked for; without any, all in which it was looked
 * for. A cluster of an environment that is not listed counts.
 */
function environmentsOf(
  facts: EntityFacts,
  containers: JudgedContainer[],
): Scope[] {
  const listed = new Map(facts.environments.map(one => [one.name, one]));
  const names = new Set([
    ...listed.keys(),
    ...facts.clusters.map(({ environment }) => environment),
  ]);
  const scopes: Scope[] = [];
  for (const environment of names) {
    const clusters = facts.clusters.filter(
      cluster => cluster.environment === environment,
    );
    if (clusters.length > 0) {
      scopes.push({
        environment,
        counted: listed.get(environment)?.counted ?? true,
        clusters,
        containers: containers.filter(one => one.environment === environment),
      });
    }
  }
  const known = scopes.filter(
    scope =>
      scope.containers.length > 0 ||
      scope.clusters.some(
        cluster => clusterFreshness(cluster) === 'not-collected',
      ),
  );
  return known.length > 0 ? known : scopes;
}

/** The worst of the containers that are judged; a container that is not (Windows) has no part in it. */
function levelOf(containers: readonly JudgedContainer[]): Level {
  return worstLevel(
    containers.filter(one => one.judged === 'yes').map(one => one.level),
  );
}

function scopeOf(
  facts: EntityFacts,
  scope: Scope,
  judgePart: (part: JudgedEntity) => JudgedFindings,
): PostureScope {
  const level = levelOf(scope.containers);
  const part = partOf(facts, scope.containers, scope.clusters);
  return {
    environment: scope.environment,
    clusters: (part.matchedClusters.length > 0
      ? part.matchedClusters
      : scope.clusters
    ).map(({ name }) => name),
    level,
    approval: approvalSummary(scope.containers, {
      level,
      approvals: part.approvals,
    }),
    score: level === 'unknown' ? null : scoreOf(judgePart(part).scoreParts),
    counted: scope.counted,
  };
}

/** Judges parts of an entity, once those that are the same: most entities are in one environment. */
function onceEach(
  judge: (part: JudgedEntity) => JudgedFindings,
): (part: JudgedEntity) => JudgedFindings {
  const known: { part: JudgedEntity; findings: JudgedFindings }[] = [];
  return part => {
    const held = known.find(
      one =>
        haveSameItems(one.part.containers, part.containers) &&
        haveSameItems(one.part.clusters, part.clusters),
    );
    if (held) {
      return held.findings;
    }
    const findings = judge(part);
    known.push({ part, findings });
    return findings;
  };
}

function haveSameItems<T>(some: readonly T[], others: readonly T[]): boolean {
  return (
    some.length === others.length &&
    some.every((item, at) => item === others[at])
  );
}

function coverageOf(
  facts: EntityFacts,
  containers: JudgedContainer[],
): Posture['coverage'] {
  const matched = new Set(containers.map(({ cluster }) => cluster.id));
  const freshness = facts.clusters.map(clusterFreshness);
  const bases = new Set(containers.map(({ facts: one }) => one.basis));
  const [only] = bases;
  return {
    clusters: {
      matched: matched.size,
      fresh: freshness.filter(one => one === 'fresh').length,
      stale: freshness.filter(one => one === 'stale').length,
      notCollected: freshness.filter(one => one === 'not-collected').length,
    },
    basis: bases.size > 1 ? 'mixed' : only ?? 'none',
  };
}

/** A container that an owner would look at first. */
function hasProblem(container: JudgedContainer): boolean {
  const { level, elevations, confinement, used } = container;
  return (
    level === 'exposed' ||
    level === 'unknown' ||
    elevations.some(({ risk }) => risk === 'high') ||
    used.some(
      ({ effective, beyond }) =>
        effective.mode !== 'enforcing' || beyond.length > 0,
    ) ||
    Object.values(confinement).some(
      one =>
        one.inForce === 'will-not-start' ||
        one.missingOn !== undefined ||
        one.state === 'ambiguous' ||
        one.state === 'unconfined',
    )
  );
}

function profilesOf(
  containers: readonly JudgedContainer[],
  approvals: ApprovalIndex | undefined,
): PostureProfile[] {
  const decided = new Map(
    usedApprovals(containers, approvals ?? new Map()).map(one => [
      `${one.cluster.id} ${one.used.profile.id}`,
      one,
    ]),
  );
  const served = new Map<string, PostureProfile>();
  for (const { cluster, used } of containers) {
    for (const { profile, effective } of used) {
      if (served.has(`${cluster.id} ${profile.id}`)) {
        continue;
      }
      const held = cluster.profiles.find(one => one.profile.id === profile.id);
      served.set(`${cluster.id} ${profile.id}`, {
        id: profile.id,
        cluster: cluster.name,
        ...(profile.namespace && { namespace: profile.namespace }),
        kind: profile.kind,
        name: profile.name,
        mode: effective.mode,
        sourceDigest: sourceDigest(profile),
        effectiveDigest: effective.effectiveDigest,
        resolution: effective.resolution,
        installed: installedOn({
          nodeStates: held?.nodeStates ?? {},
          operatorNodes: cluster.operatorNodes,
        }),
        approval: servedApproval(decided.get(`${cluster.id} ${profile.id}`)),
      });
    }
  }
  return [...served.values()].sort(
    (a, b) =>
      compareCodeUnits(a.cluster, b.cluster) ||
      compareCodeUnits(a.kind, b.kind) ||
      compareCodeUnits(a.name, b.name),
  );
}

function servedApproval(
  one: UsedApproval | undefined,
): PostureProfile['approval'] {
  const decision = one?.decision;
  if (!one || !decision) {
    return { state: 'unreviewed', viewerMay: [] };
  }
  const reviewId = decision.reviewId ?? decision.approvedDigest?.reviewId;
  return {
    state: shownState(one),
    ...(reviewId !== undefined && { reviewId }),
    // The end of an open request is not the end of an approval.
    ...(decision.effectiveFrom !== undefined &&
      decision.expiresAt !== undefined && { expiresAt: decision.expiresAt }),
    viewerMay: [],
  };
}

function servedWorkload(
  workload: WorkloadFacts,
  containers: JudgedContainer[],
  options: { context: ClusterContext | undefined; class: WorkloadClass },
): PostureWorkload {
  const { context } = options;
  const bases = new Set(workload.containers.map(({ basis }) => basis));
  return {
    id: workload.id,
    cluster: context?.cluster.name ?? workload.clusterId,
    environment: context?.cluster.environment ?? '',
    namespace: workload.namespace,
    kind: workload.kind,
    name: workload.name,
    class: options.class,
    basis: bases.has('live') ? 'live' : 'template',
    pods: podsOf(workload),
    claim: workload.claim,
    claimedByOthers: workload.claimedByOthers,
    containers: containers.map(servedContainer),
  };
}

/** Groups of one container add up; the container that is in most pods tells how many there are. */
function podsOf(workload: WorkloadFacts): number {
  const byName = new Map<string, number>();
  for (const { container, pods } of workload.containers) {
    const key = `${container.type} ${container.name}`;
    byName.set(key, (byName.get(key) ?? 0) + pods);
  }
  return Math.max(0, ...byName.values());
}

function servedContainer(container: JudgedContainer): PostureContainer {
  const { facts, confinement, elevations, runtime, level } = container;
  const [recording] = container.recordings;
  const { revision, grantDigest, collector } = container;
  return {
    name: facts.container.name,
    type: facts.container.type,
    origin: facts.origin,
    image: facts.container.image,
    pods: facts.pods,
    level,
    ...(runtime && { runtime }),
    confinement: {
      seccomp: servedConfinement(confinement.seccomp),
      appArmor: servedConfinement(confinement.appArmor),
      seLinux: servedConfinement(confinement.seLinux),
    },
    elevations,
    ...(collector && {
      collector: {
        name: collector.name,
        verdict: collector.verdict,
        extras: collector.extras.map(({ value, field }) => ({ value, field })),
        ...(collector.how !== undefined && { how: collector.how }),
        source: collector.source,
      },
    }),
    // Nothing decides on grants yet, so every one is missing.
    ...(grantDigest !== undefined && {
      grant: { digest: grantDigest, approval: 'missing' },
    }),
    ...(recording && {
      recording: {
        name: recording.name,
        mechanism: recording.mechanism,
        recorder: recording.recorder,
      },
    }),
    ...(revision && {
      revision: {
        state: revision.state,
        ...(facts.startedAt !== undefined && { startedAt: facts.startedAt }),
        ...(revision.state === 'unknown' && { because: revision.because }),
      },
    }),
  };
}

/** Most nodes named in one confinement. */
const mostMissing = 20;

function servedConfinement(confinement: Confinement): PostureConfinement {
  const { missingOn } = confinement;
  return {
    ...confinement,
    ...(missingOn && {
      missingOn: missingOn.slice(0, mostMissing),
      missingTotal: missingOn.length,
    }),
  };
}

function dataplaneOf(cluster: ClusterFacts): PostureDataplane {
  return {
    cluster: cluster.name,
    clusterId: cluster.id,
    cilium: ciliumOf(cluster),
    ...(cluster.ciliumReason !== undefined && {
      reason: cluster.ciliumReason,
    }),
    ...(cluster.releasesAsOf !== undefined && {
      releasesAsOf: cluster.releasesAsOf,
    }),
  };
}

/** What a service's page shows of a dataplane; the rest is on the cluster's. */
function ciliumOf({
  cilium,
  dataplane,
}: ClusterFacts): PostureDataplane['cilium'] {
  if (!cilium) {
    return null;
  }
  const { versions, nodesWithout, line, patchesBehind } = cilium;
  const applying = dataplane?.advisories.flatMap(({ id, verdict }) =>
    verdict === 'applies' ? [id] : [],
  );
  return {
    versions,
    nodesWithout,
    line,
    patchesBehind,
    ...(dataplane && {
      advisories: dataplane.advisoryCounts,
      applying: applying?.slice(0, 5),
      auditMode: dataplane.auditMode,
    }),
    ...(dataplane?.rollOut && { rollOut: dataplane.rollOut }),
    ...(dataplane?.plan && { plan: dataplane.plan }),
  };
}

function count(
  findings: readonly Finding[],
  status: Finding['status'],
): number {
  return findings.filter(finding => finding.status === status).length;
}
