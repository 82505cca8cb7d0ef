import { WorkloadClassName } from '../elevation/classifyWorkload';
import { EntityFacts } from './entityFacts';
import { nameList } from './findings/nameList';
import { ApprovalIndex, JudgedContainer, workloadName } from './judgedEntity';
import { reaches, worstLevel } from './level';
import { Posture } from './posture';
import { defaultTarget, grantsAsked, Ruleset, Target } from './ruleset';
import { UsedApproval, usedApprovals } from './usedApprovals';
import { trustedClass } from './trustedClass';

/** An environment with the containers of the entity in it. */
export interface ScopeContainers {
  environment: string;
  containers: JudgedContainer[];
}

/** Most reasons that are listed. */
const mostReasons = 5;

/**
 * Whether an entity reaches what it is asked for, in every environment that counts and for every class of its workloads.
 *
 * @remarks
 * A guessed class counts as ordinary. A target of `profiled`, or one that says so, asks for approval of the profiles too, each in its own
 * environment, as far as approvals are known. Grants are not decided yet: where a target asks for approved grants of what
 * a container asks of the kernel, the most that can be said is `unknown`.
 */
export function judgeTarget(
  entity: EntityFacts['entity'],
  scopes: readonly ScopeContainers[],
  options: { ruleset: Ruleset; approvals: ApprovalIndex | undefined },
): Posture['target'] {
  const { ruleset, approvals } = options;
  const because: string[] = [];
  const asked = new Set<'baseline' | 'profiled'>();
  const answers = new Set<'yes' | 'no' | 'unknown'>();
  for (const { environment, containers } of scopes) {
    for (const [workloadClass, ofClass] of byClass(containers)) {
      const { level, approval } = targetFor(
        entity,
        environment,
        workloadClass,
        ruleset,
      );
      if (level === 'none') {
        continue;
      }
      asked.add(level);
      const answer = judgeGroup({
        environment,
        level,
        approval,
        workloadClass,
        ofClass,
        approvals,
      });
      answers.add(answer.met);
      because.push(...answer.because);
    }
  }
  if (asked.size === 0) {
    return { level: null, met: 'unknown', because: [] };
  }
  const met = (['no', 'unknown', 'yes'] as const).find(one => answers.has(one));
  return {
    level: asked.has('profiled') ? 'profiled' : 'baseline',
    met: met ?? 'unknown',
    because: [...new Set(because)].slice(0, mostReasons),
  };
}

function byClass(
  containers: readonly JudgedContainer[],
): Map<WorkloadClassName, JudgedContainer[]> {
  const groups = new Map<WorkloadClassName, JudgedContainer[]>();
  for (const container of containers) {
    const workloadClass = trustedClass(container);
    groups.set(workloadClass, [
      ...(groups.get(workloadClass) ?? []),
      container,
    ]);
  }
  // Nothing found is judged as an ordinary service of which nothing is known.
  return groups.size > 0 ? groups : new Map([['ordinary', []]]);
}

function targetFor(
  entity: EntityFacts['entity'],
  environment: string,
  workloadClass: WorkloadClassName,
  ruleset: Ruleset,
): Required<Pick<Target, 'level' | 'approval'>> {
  const found = ruleset.targets.find(
    target =>
      (target.environment ?? environment) === environment &&
      (target.class ?? workloadClass) === workloadClass &&
      (target.lifecycle === undefined ||
        target.lifecycle === entity.lifecycle) &&
      (target.tag === undefined || entity.tags.includes(target.tag)),
  );
  const level = found?.level ?? defaultTarget(workloadClass);
  return {
    level,
    approval:
      level === 'profiled' ? 'required' : found?.approval ?? 'not-required',
  };
}

function judgeGroup(options: {
  environment: string;
  level: 'baseline' | 'profiled';
  approval: 'required' | 'not-required';
  workloadClass: WorkloadClassName;
  ofClass: JudgedContainer[];
  approvals: ApprovalIndex | undefined;
}): GroupAnswer {
  const byLevel = judgeLevel(options);
  if (options.approval === 'not-required') {
    return byLevel;
  }
  const byApproval = judgeApproval(options);
  return {
    met:
      (['no', 'unknown'] as const).find(one =>
        [byLevel.met, byApproval.met].includes(one),
      ) ?? 'yes',
    // What is not decided yet is only worth saying where nothing else is short.
    because: [
      ...byLevel.because,
      ...(byApproval.met === 'no' || byLevel.met === 'yes'
        ? byApproval.because
        : []),
    ],
  };
}

interface GroupAnswer {
  met: 'yes' | 'no' | 'unknown';
  because: string[];
}

function judgeApproval(options: {
  environment: string;
  workloadClass: WorkloadClassName;
  ofClass: JudgedContainer[];
  approvals: ApprovalIndex | undefined;
}): GroupAnswer {
  const { environment, workloadClass, ofClass, approvals } = options;
  const asksForGrants = grantsAsked(workloadClass) === 'yes';
  if (!approvals) {
    return asksForGrants
      ? {
          met: 'unknown',
          because: [
            `${environment}: the target asks for approved profiles and grants, and approvals are not decided yet`,
          ],
        }
      : { met: 'yes', because: [] };
  }
  const short = usedApprovals(ofClass, approvals).filter(
    ({ standing }) => standing !== 'approved',
  );
  if (short.length > 0) {
    return { met: 'no', because: whyUnapproved(short) };
  }
  const elevated = asksForGrants
    ? ofClass.filter(({ elevations }) =>
        elevations.some(({ risk }) => risk !== 'low'),
      )
    : [];
  return {
    met: elevated.length > 0 ? 'unknown' : 'yes',
    because: elevated.map(
      ({ facts, workload, cluster, elevations }) =>
        `${facts.container.name} of ${workloadName(workload)} in ${
          cluster.name
        } asks for ${nameList(
          elevations.map(({ value, field }) =>
            value === 'true' ? field.split('.').at(-1) ?? field : value,
          ),
        )}, and grants are not decided yet`,
    ),
  };
}

/** `ledger-api in eu and us is not reviewed`: one reason for all clusters that it holds in. */
function inClusters(
  reasons: readonly { place: string; cluster: string; cause: string }[],
): string[] {
  const grouped = new Map<
    string,
    { place: string; cause: string; clusters: Set<string> }
  >();
  for (const { place, cluster, cause } of reasons) {
    const key = JSON.stringify([place, cause]);
    const group = grouped.get(key) ?? { place, cause, clusters: new Set() };
    group.clusters.add(cluster);
    grouped.set(key, group);
  }
  return Array.from(
    grouped.values(),
    ({ place, cause, clusters }) =>
      `${place} in ${nameList([...clusters])}${cause}`,
  );
}

function whyUnapproved(short: readonly UsedApproval[]): string[] {
  return inClusters(
    short.map(one => ({
      place: one.used.profile.name,
      cluster: one.cluster.name,
      cause: ` ${standingInWords(one)}`,
    })),
  );
}

function standingInWords(one: UsedApproval): string {
  if (one.changed === 'yes') {
    return 'changed after its approval';
  }
  switch (one.decision?.state) {
    case 'pending':
    case 'changes-requested':
      return 'waits for approval';
    case 'rejected':
      return 'was rejected';
    case 'expired':
      return 'has no approval any more';
    default:
      return 'is not reviewed';
  }
}

function judgeLevel(options: {
  environment: string;
  level: 'baseline' | 'profiled';
  ofClass: JudgedContainer[];
}): GroupAnswer {
  const { environment, level, ofClass } = options;
  const judged = ofClass.filter(container => container.judged === 'yes');
  const reached = reaches(
    worstLevel(judged.map(container => container.level)),
    level,
  );
  if (reached === 'yes') {
    return { met: 'yes', because: [] };
  }
  const short = judged.filter(
    container => reaches(container.level, level) !== 'yes',
  );
  if (short.length === 0) {
    return {
      met: 'unknown',
      because: [`${environment}: no container to judge`],
    };
  }
  const missed = short.some(
    container => reaches(container.level, level) === 'no',
  );
  return {
    met: missed ? 'no' : 'unknown',
    because: whyShort(short),
  };
}

function whyShort(containers: readonly JudgedContainer[]): string[] {
  return inClusters(
    containers.map(container => ({
      place: `${container.facts.container.name} of ${workloadName(
        container.workload,
      )}`,
      cluster: container.cluster.name,
      cause: shortBy(container),
    })),
  );
}

function shortBy(container: JudgedContainer): string {
  const { causes, level, confinement } = container;
  const [cause] = causes;
  if (cause) {
    return ` runs ${cause.text}`;
  }
  return level === 'unknown'
    ? `: ${confinement.seccomp.because ?? 'not known'}`
    : ` is at ${level}`;
}
