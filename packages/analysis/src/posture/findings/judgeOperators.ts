import { judgeOperator, OperatorJudgement } from '../../operator/judgeOperator';
import { ClusterFacts } from '../entityFacts';
import { JudgedContainer, JudgedEntity } from '../judgedEntity';
import { Evidence, Fix } from '../posture';
import { FindingVerdict, Step } from './finding';

/** What a check says of the operator of one cluster. */
export type OperatorVerdict =
  | { status: 'pass' | 'not-applicable' }
  | { status: 'unknown'; because: string }
  | {
      status: 'warn' | 'fail';
      /** Ends the sentence "<cluster>: …". */
      because: string;
      evidence: { field?: string; value: string }[];
      text: string;
    };

const order = ['fail', 'warn', 'unknown', 'pass', 'not-applicable'] as const;

/**
 * Judges the operator of every cluster in which the entity rests on it: once per cluster. Whoever uses no profile of the
 * operator there has nothing to fear from it.
 */
export function judgeOperators(
  entity: JudgedEntity,
  rule: {
    judge(
      operator: OperatorJudgement,
      cluster: ClusterFacts,
      containers: JudgedContainer[],
    ): OperatorVerdict;
    pass: string;
    notApplicable: string;
    /** `none`: nothing that the owner of a service should be sent to do. */
    nextSteps: 'given' | 'none';
  },
): FindingVerdict {
  const evidence: Evidence[] = [];
  const fixes: Fix[] = [];
  const steps: Step[] = [];
  const problems: string[] = [];
  const unknown: string[] = [];
  const statuses = new Set<OperatorVerdict['status']>();
  for (const cluster of entity.matchedClusters) {
    const resting = entity.containers.filter(
      one => one.cluster.id === cluster.id && restsOnOperator(one),
    );
    const verdict: OperatorVerdict =
      resting.length === 0
        ? { status: 'not-applicable' }
        : rule.judge(operatorOf(cluster), cluster, resting);
    statuses.add(verdict.status);
    if (verdict.status === 'unknown') {
      unknown.push(`${cluster.name}: ${verdict.because}`);
    } else if ('text' in verdict) {
      problems.push(`${cluster.name}: ${verdict.because}`);
      evidence.push(
        ...verdict.evidence.map(one => ({ cluster: cluster.name, ...one })),
      );
      fixes.push({ text: verdict.text });
      if (rule.nextSteps === 'given') {
        steps.push({
          text: verdict.text,
          action: { kind: 'open', ref: `cluster:${cluster.id}` },
        });
      }
    }
  }
  const status = order.find(one => statuses.has(one)) ?? 'not-applicable';
  const reasons = {
    fail: `${problems.join('; ')}.`,
    warn: `${problems.join('; ')}.`,
    unknown: `Can't tell for ${unknown.join('; ')}.`,
    pass: rule.pass,
    'not-applicable': rule.notApplicable,
  };
  return { status, reason: reasons[status], evidence, fixes, steps };
}

/** What is to be said of the operator of a cluster. */
function operatorOf(cluster: ClusterFacts): OperatorJudgement {
  return judgeOperator(cluster.operator, {
    installed: cluster.operatorInstalled,
    ...(cluster.webhooks && { webhooks: cluster.webhooks }),
  });
}

/** Whether a container has, names or is promised a profile of the operator. */
function restsOnOperator(container: JudgedContainer): boolean {
  const { used, confinement, bindings } = container;
  return (
    used.length > 0 ||
    bindings.length > 0 ||
    Object.values(confinement).some(({ state }) => state === 'dangling')
  );
}
