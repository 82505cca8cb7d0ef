import { JudgedEntity } from '../judgedEntity';
import { UsedApproval, usedApprovals } from '../usedApprovals';
import { FindingVerdict, Step } from './finding';

/** What a check says of one profile in one environment; undefined where it has nothing to say against it. */
export interface ApprovalProblem {
  status: 'warn' | 'fail';
  /** What is the case, as `waits for 1 from owner`. */
  value: string;
  step: Step;
}

/** Most next steps and fixes of one finding. */
const mostSteps = 3;

/** Judges every profile that containers name, once per cluster. */
export function judgeApprovals(
  entity: JudgedEntity,
  rule: {
    judge(one: UsedApproval): ApprovalProblem | undefined;
    pass: string;
  },
): FindingVerdict {
  if (!entity.approvals) {
    return nothing('Approvals are not known here.');
  }
  const approvals = usedApprovals(entity.containers, entity.approvals);
  if (approvals.length === 0) {
    return nothing('No container names a profile.');
  }
  const problems = approvals
    .map(one => ({ one, problem: rule.judge(one) }))
    .filter(({ problem }) => problem !== undefined) as {
    one: UsedApproval;
    problem: ApprovalProblem;
  }[];
  if (problems.length === 0) {
    return { ...nothing(rule.pass), status: 'pass' };
  }
  const steps = problems.map(({ problem }) => problem.step);
  return {
    status: problems.some(({ problem }) => problem.status === 'fail')
      ? 'fail'
      : 'warn',
    reason: `${problems
      .slice(0, mostSteps)
      .map(({ one, problem }) => `${placeOf(one)} ${problem.value}`)
      .join('; ')}${
      problems.length > mostSteps
        ? ` and ${problems.length - mostSteps} more`
        : ''
    }.`,
    evidence: problems.map(({ one, problem }) => ({
      cluster: one.cluster.name,
      ...(one.used.profile.namespace && {
        namespace: one.used.profile.namespace,
      }),
      field: `${one.used.profile.kind} ${one.used.profile.name}`,
      value: problem.value,
    })),
    fixes: steps.slice(0, mostSteps).map(({ text }) => ({ text })),
    steps: steps.slice(0, mostSteps),
    ...(problems.every(({ one }) => one.origin === 'injected') && {
      responsible: 'platform' as const,
    }),
  };
}

/** Profile, cluster and environment, as `cart-api in eu (production)`. */
export function placeOf({ used, cluster, environment }: UsedApproval): string {
  return `${used.profile.name} in ${cluster.name} (${environment})`;
}

/** The action that opens the review that speaks, else the profile. */
export function openAction({ decision, used }: UsedApproval): Step['action'] {
  return {
    kind: 'open',
    ref:
      decision?.reviewId === undefined
        ? `profile:${used.profile.id}`
        : `review:${decision.reviewId}`,
  };
}

/** The action that asks for approval of a profile. */
export function askAction({ used }: UsedApproval): Step['action'] {
  return { kind: 'request-review', ref: `profile:${used.profile.id}` };
}

/** The action that votes in the open review. */
export function voteAction({ decision }: UsedApproval): Step['action'] {
  return { kind: 'vote', ref: `review:${decision?.reviewId ?? ''}` };
}

/** What is still to be filled, as `1 from owner and 2 from security`. */
export function missingText({ decision }: UsedApproval): string {
  return (decision?.missing ?? [])
    .map(({ slot, count }) => `${count} from ${slot}`)
    .join(' and ');
}

/** Whether the content in force can't be told, so that nobody can ask for it. */
export function isUnresolved({ decision, used }: UsedApproval): boolean {
  return (
    used.effective.effectiveDigest === null ||
    decision?.limitations.includes('unresolved') === true
  );
}

function nothing(reason: string): FindingVerdict {
  return {
    status: 'not-applicable',
    reason,
    evidence: [],
    fixes: [],
    steps: [],
  };
}
