import { JudgedContainer, JudgedEntity } from '../judgedEntity';
import { Evidence, FindingStatus, Fix } from '../posture';
import { FindingVerdict, Step } from './finding';
import { nameList } from './nameList';

/** What a check says of one container. */
export type ContainerVerdict =
  | { status: 'pass' | 'not-applicable' }
  | { status: 'unknown'; because: string }
  | {
      status: 'warn' | 'fail';
      evidence: Evidence[];
      fix?: Fix;
      step?: Step;
    };

/** Worst first; missing facts come before pass. */
const order: FindingStatus[] = [
  'fail',
  'warn',
  'unknown',
  'pass',
  'not-applicable',
];

/** Stands in a text for the clusters that it holds for: the same step in three clusters is one step. */
export const clustersPlace = '{clusters}';

/** Most next steps and fixes of one finding. */
const mostSteps = 3;

/**
 * Judges every container of an entity by one rule. The worst verdict speaks; nothing to judge is not applicable, and one
 * container that can't be judged keeps the whole from passing.
 */
export function judgeContainers(
  entity: JudgedEntity,
  rule: {
    judge(container: JudgedContainer): ContainerVerdict;
    /** Ends "2 of 5 containers …". */
    problem: string;
    pass: string;
    notApplicable: string;
  },
): FindingVerdict {
  const verdicts = distinct(entity.containers).map(container => ({
    container,
    verdict:
      container.judged === 'yes'
        ? rule.judge(container)
        : { status: 'not-applicable' as const },
  }));
  const judged = verdicts.filter(
    ({ verdict }) => verdict.status !== 'not-applicable',
  );
  const status =
    order.find(one => verdicts.some(({ verdict }) => verdict.status === one)) ??
    'not-applicable';
  const evidence: Evidence[] = [];
  const fixes: Fix[] = [];
  const steps: Step[] = [];
  const bad: JudgedContainer[] = [];
  const unknown: string[] = [];
  const clustersOf = new Map<string, Set<string>>();
  const inWords = <T extends { text: string }>(item: T): T => ({
    ...item,
    text: item.text.replace(
      clustersPlace,
      nameList([...(clustersOf.get(item.text) ?? [])]),
    ),
  });
  for (const { container, verdict } of verdicts) {
    if (verdict.status === 'warn' || verdict.status === 'fail') {
      bad.push(container);
      evidence.push(...verdict.evidence);
      for (const template of [verdict.fix?.text, verdict.step?.text]) {
        if (template !== undefined) {
          const clusters = clustersOf.get(template) ?? new Set();
          clustersOf.set(template, clusters.add(container.cluster.name));
        }
      }
      if (verdict.fix) {
        fixes.push(verdict.fix);
      }
      if (verdict.step) {
        steps.push(verdict.step);
      }
    } else if (verdict.status === 'unknown') {
      unknown.push(verdict.because);
    }
  }
  const injected =
    bad.length > 0 && bad.every(({ facts }) => facts.origin === 'injected');
  return {
    status,
    reason: reasonFor({
      status,
      rule,
      bad: bad.length,
      judged: judged.length,
      unknown,
    }),
    evidence: unique(evidence, one => JSON.stringify(one)),
    fixes: unique(fixes, fix => `${fix.text} ${fix.patch?.body ?? ''}`)
      .slice(0, mostSteps)
      .map(inWords),
    steps: unique(steps, step => step.text)
      .slice(0, mostSteps)
      .map(inWords),
    ...(injected && { responsible: 'platform' as const }),
  };
}

function reasonFor(options: {
  status: FindingStatus;
  rule: { problem: string; pass: string; notApplicable: string };
  bad: number;
  judged: number;
  unknown: string[];
}): string {
  const { status, rule, bad, judged, unknown } = options;
  switch (status) {
    case 'pass':
      return rule.pass;
    case 'not-applicable':
      return rule.notApplicable;
    case 'unknown':
      return `Can't tell for ${unknown.length} of ${judged} containers: ${unknown[0]}.`;
    default:
      return `${bad} of ${judged} containers ${rule.problem}.`;
  }
}

/** One container per workload and name is judged once, however many groups of pods it stands in. */
function distinct(containers: JudgedContainer[]): JudgedContainer[] {
  return unique(containers, ({ signature }) => signature);
}

function unique<T>(items: T[], key: (item: T) => string): T[] {
  const byKey = new Map<string, T>();
  for (const item of items) {
    const name = key(item);
    if (!byKey.has(name)) {
      byKey.set(name, item);
    }
  }
  return [...byKey.values()];
}
