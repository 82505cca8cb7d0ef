import { Decision, isApprovedState } from '../approvals/evaluate';
import { ClusterFacts, ProfileApprovalFacts } from './entityFacts';
import { ApprovalIndex, JudgedContainer, UsedProfile } from './judgedEntity';
import { ApprovalSummary, Level } from './posture';

/** A profile that containers name in an environment, with what was decided on it there. */
export interface UsedApproval {
  environment: string;
  cluster: ClusterFacts;
  used: UsedProfile;
  /** Absent where nobody has asked. */
  decision?: Decision;
  standing: ApprovalStanding;
  /** Whether something else was approved before the content changed. */
  changed: 'yes' | 'no';
  /** `injected`: only containers that the platform injects name it. */
  origin: 'declared' | 'injected';
}

/** A decision as far as targets and summaries tell decisions apart. */
export type ApprovalStanding = 'approved' | 'pending' | 'stale' | 'missing';

/** Decisions for look-up; undefined where approvals are not known at all. */
export function indexApprovals(
  approvals: readonly ProfileApprovalFacts[] | undefined,
): ApprovalIndex | undefined {
  return (
    approvals &&
    new Map(
      approvals.map(({ environment, profileId, decision }) => [
        approvalKey(environment, profileId),
        decision,
      ]),
    )
  );
}

/**
 * Each profile that judged containers name, once per cluster, with the decision of that cluster's environment.
 *
 * @remarks
 * A decision of another environment doesn't count. An approval of other content than the facts hold is stale, whatever it
 * was computed from.
 */
export function usedApprovals(
  containers: readonly JudgedContainer[],
  approvals: ApprovalIndex,
): UsedApproval[] {
  const found = new Map<string, UsedApproval>();
  for (const { environment, cluster, used, judged, facts } of containers) {
    for (const one of judged === 'yes' ? used : []) {
      const key = JSON.stringify([cluster.id, one.profile.id]);
      const held = found.get(key);
      if (!held) {
        const decision = approvals.get(
          approvalKey(environment, one.profile.id),
        );
        found.set(key, {
          environment,
          cluster,
          used: one,
          ...(decision && { decision }),
          standing: standingOf(decision, one),
          changed: hasChanged(decision, one) ? 'yes' : 'no',
          origin: facts.origin,
        });
      } else if (facts.origin === 'declared') {
        held.origin = 'declared';
      }
    }
  }
  return [...found.values()];
}

/** The state to show for a profile: the decision's, unless that is about other content than the facts hold. */
export function shownState({ decision, standing }: UsedApproval): string {
  return decision && isApprovedState(decision.state) && standing !== 'approved'
    ? standing
    : decision?.state ?? 'unreviewed';
}

/**
 * All approvals in one word. A change after an approval speaks first; then what nobody has agreed to (`partly` where
 * something else is approved); then what waits.
 */
export function approvalSummary(
  containers: readonly JudgedContainer[],
  options: { level: Level; approvals: ApprovalIndex | undefined },
): ApprovalSummary {
  const { level, approvals } = options;
  if (!containers.some(({ used }) => used.length > 0)) {
    return level === 'unknown' ? 'unknown' : 'not-required';
  }
  if (!approvals) {
    return 'unknown';
  }
  const standings = new Set(
    usedApprovals(containers, approvals).map(({ standing }) => standing),
  );
  if (standings.has('stale')) {
    return 'stale';
  }
  if (standings.has('missing')) {
    return standings.has('approved') ? 'partly' : 'missing';
  }
  return standings.has('pending') ? 'pending' : 'approved';
}

function approvalKey(environment: string, profileId: string): string {
  return JSON.stringify([environment, profileId]);
}

function standingOf(
  decision: Decision | undefined,
  used: UsedProfile,
): ApprovalStanding {
  switch (decision?.state) {
    case 'approved':
    case 'approved-renewing':
    case 'approved-emergency':
      return isAboutFacts(decision, used) ? 'approved' : 'stale';
    case 'pending':
    case 'changes-requested':
      return 'pending';
    case 'stale':
      return 'stale';
    case 'unproven':
    case 'revoked':
    case 'rejected':
      return hasChanged(decision, used) ? 'stale' : 'missing';
    default:
      return 'missing';
  }
}

function hasChanged(
  decision: Decision | undefined,
  used: UsedProfile,
): boolean {
  if (!decision) {
    return false;
  }
  const { approvedDigest, digest, state } = decision;
  return (
    state === 'stale' ||
    (isApprovedState(state) && !isAboutFacts(decision, used)) ||
    (approvedDigest !== undefined && approvedDigest.digest !== digest)
  );
}

function isAboutFacts(decision: Decision, { effective }: UsedProfile): boolean {
  return (
    decision.digest !== null && decision.digest === effective.effectiveDigest
  );
}
