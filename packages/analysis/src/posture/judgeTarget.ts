import { WorkloadClassName } from '../elevation/classifyWorkload';
import { EntityFacts } from './entityFacts';
import { JudgedContainer, workloadName } from './judgedEntity';
import { reaches, worstLevel } from './level';
import { Posture } from './posture';
import { defaultTarget, grantsAsked, Ruleset } from './ruleset';

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
 * A guessed class counts as ordinary. Approvals are not decided yet: where a target asks for approved grants, the most
 * that can be said is `unknown`.
 */
export function judgeTarget(
  entity: EntityFacts['entity'],
  scopes: readonly ScopeContainers[],
  ruleset: Ruleset,
): Posture['target'] {
  const because: string[] = [];
  const asked = new Set<'baseline' | 'profiled'>();
  const answers = new Set<'yes' | 'no' | 'unknown'>();
  for (const { environment, containers } of scopes) {
    for (const [workloadClass, ofClass] of byClass(containers)) {
      const level = targetFor(entity, environment, workloadClass, ruleset);
      if (level === 'none') {
        continue;
      }
      asked.add(level);
      const answer = judgeGroup({ environment, level, workloadClass, ofClass });
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

/** Class that levels and targets may depend on. */
export function trustedClass(container: JudgedContainer): WorkloadClassName {
  const { value, confidence } = container.class;
  return confidence === 'guess' ? 'ordinary' : value;
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
): 'baseline' | 'profiled' | 'none' {
  const found = ruleset.targets.find(
    target =>
      (target.environment ?? environment) === environment &&
      (target.class ?? workloadClass) === workloadClass &&
      (target.lifecycle === undefined ||
        target.lifecycle === entity.lifecycle) &&
      (target.tag === undefined || entity.tags.includes(target.tag)),
  );
  return found?.level ?? defaultTarget(workloadClass);
}

function judgeGroup(options: {
  environment: string;
  level: 'baseline' | 'profiled';
  workloadClass: WorkloadClassName;
  ofClass: JudgedContainer[];
}): { met: 'yes' | 'no' | 'unknown'; because: string[] } {
  const { environment, level, workloadClass, ofClass } = options;
  const judged = ofClass.filter(container => container.judged === 'yes');
  const reached = reaches(
    worstLevel(judged.map(container => container.level)),
    level,
  );
  if (reached === 'yes') {
    return level === 'profiled' && grantsAsked(workloadClass) === 'yes'
      ? {
          met: 'unknown',
          because: [
            `${environment}: the target asks for approved profiles and grants, and approvals are not decided yet`,
          ],
        }
      : { met: 'yes', because: [] };
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
    because: short.map(container => whyShort(container)),
  };
}

function whyShort(container: JudgedContainer): string {
  const { causes, level, facts, workload, cluster, confinement } = container;
  const place = `${facts.container.name} of ${workloadName(workload)} in ${
    cluster.name
  }`;
  const [cause] = causes;
  if (cause) {
    return `${place} runs ${cause.text}`;
  }
  return level === 'unknown'
    ? `${place}: ${confinement.seccomp.because ?? 'not known'}`
    : `${place} is at ${level}`;
}
