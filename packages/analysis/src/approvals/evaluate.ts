import { ApprovalEvent } from './approvalEvent';
import { ApprovalRules, QuorumSlot } from './approvalRules';
import { canBeFilled } from './canBeFilled';
import {
  ApprovalIdentities,
  ExcludedVoter,
  normalRef,
} from './approvalIdentities';
import { hasEnded } from './lifetime';
import { listReviews, Review, ReviewVote, SatisfiedSlot } from './listReviews';

/** What the cluster enforces now. @public */
export interface ObservedContent {
  /** The effective digest; null where it can't be told. */
  digest: string | null;
  /** As in {@link EffectiveProfile}; `unresolved` can't be approved. */
  resolution: string;
}

/** Where a subject stands. Open: clients accept words that they don't know. @public */
export type ApprovalState =
  | 'unreviewed'
  | 'pending'
  | 'changes-requested'
  | 'approved'
  | 'rejected'
  | 'expired'
  | 'stale'
  | 'withdrawn';

/**
 * What limits a decision. `unresolved`: the content in force can't be told. `request-expired`: what expired is a request
 * that nobody decided, not an approval.
 *
 * @public
 */
export type DecisionLimitation = 'unresolved' | 'request-expired';

/** An approval of some content. @public */
export interface ApprovedDigest {
  digest: string;
  reviewId: string;
  /** ISO time of the vote that completed it. */
  from: string;
  /** ISO time of its end, which may have passed. */
  until: string;
}

/** What the votes on a subject add up to. @public */
export interface Decision {
  state: ApprovalState;
  /** The content that this is about: what the cluster enforces now. */
  digest: string | null;
  /** The review that speaks; absent for unreviewed and stale. */
  reviewId?: string;
  /** ISO time of the vote that completed the approval, for approved and expired ones. */
  effectiveFrom?: string;
  /** ISO time: at this millisecond the approval has ended; for an open review, the request. */
  expiresAt?: string;
  /** Lower-cased ref of who asked. */
  requestedBy?: string;
  satisfied: SatisfiedSlot[];
  /** What is still to be filled; all of the quorum where nothing is open. */
  missing: QuorumSlot[];
  excluded: ExcludedVoter[];
  /** All votes of the review that speaks, in order, each with what became of it; `counts` is a person's current vote. */
  votes: ReviewVote[];
  /** The last approval, where it is not the one that speaks: of other content, or ended. */
  approvedDigest?: ApprovedDigest;
  ruleSetDigest: string;
  /** `yes`: with the people who may vote now, nobody can complete what is missing. */
  unsatisfiable: 'yes' | 'no';
  limitations: DecisionLimitation[];
}

/**
 * What the votes on one subject in one environment add up to, for the content that the cluster enforces now.
 *
 * @remarks
 * Bound to content, not to names: an approval holds while the digest that was voted on is the digest in force, however
 * the content came to be. It is `stale` when the content in force is other content that nobody has asked for, or can't
 * be told; it holds again when the approved content returns. State is computed and never stored, so nothing has to run
 * when time passes. On one digest the last decision speaks: an approval that holds goes on while a newer request waits,
 * an open request goes before an ended approval and before a rejection. How votes are counted: {@link listReviews}.
 * @param events - of one subject in one environment, in any order
 * @param now - ISO time
 * @public
 */
export function evaluate(
  events: readonly ApprovalEvent[],
  observed: ObservedContent,
  rules: ApprovalRules,
  identities: ApprovalIdentities,
  now: string,
): Decision {
  const reviews = listReviews(events, rules, identities, now);
  const digest = observed.resolution === 'unresolved' ? null : observed.digest;
  const lastApproved = reviews.findLast(({ state }) => state === 'approved');
  const { state, review, limitation } = speaking(
    reviews.filter(({ request }) => request.digest === digest),
    { approvedBefore: lastApproved ? 'yes' : 'no', now },
  );
  const limitations: DecisionLimitation[] = [
    ...(digest === null ? (['unresolved'] as const) : []),
    ...(limitation ? [limitation] : []),
  ];
  const excluded =
    review?.excluded ??
    (identities.excluded ?? []).map(({ ref, why }) => ({
      ref: normalRef(ref),
      why,
    }));
  const open = state === 'pending' || state === 'changes-requested';
  const missing = missingIn(state, review, rules);
  const approval = review?.state === 'approved' ? review : undefined;
  const satisfied =
    open || approval || state === 'rejected' ? review?.satisfied ?? [] : [];
  const expiresAt =
    approval?.expiresAt ??
    (open ? review?.request.requestExpiresAt : undefined);
  return {
    state,
    digest,
    ...(review && {
      reviewId: review.reviewId,
      requestedBy: normalRef(review.request.actor),
    }),
    ...(approval?.closedAt !== undefined && {
      effectiveFrom: approval.closedAt,
    }),
    ...(expiresAt !== undefined && { expiresAt }),
    satisfied,
    missing,
    excluded,
    votes: review?.votes ?? [],
    ...(lastApproved &&
      lastApproved !== approval && {
        approvedDigest: approvedDigestOf(lastApproved),
      }),
    ruleSetDigest: rules.digest,
    unsatisfiable: canBeFilled({
      places: missing,
      eligible: identities.eligible,
      without: [
        ...excluded.map(({ ref }) => ref),
        ...satisfied.map(({ voter }) => voter),
      ],
    })
      ? 'no'
      : 'yes',
    limitations,
  };
}

interface Speaking {
  state: ApprovalState;
  review?: Review;
  limitation?: DecisionLimitation;
}

/** Which of the reviews on the content in force speaks. */
function speaking(
  onDigest: readonly Review[],
  options: { approvedBefore: 'yes' | 'no'; now: string },
): Speaking {
  const newest = onDigest.at(-1);
  const decided = onDigest.findLast(
    ({ state }) => state === 'approved' || state === 'rejected',
  );
  const ended =
    decided?.state === 'approved' &&
    hasEnded(decided.expiresAt ?? '', options.now);
  if (decided?.state === 'approved' && !ended) {
    return { state: 'approved', review: decided };
  }
  if (newest?.state === 'pending' || newest?.state === 'changes-requested') {
    return { state: newest.state, review: newest };
  }
  if (decided) {
    return { state: ended ? 'expired' : 'rejected', review: decided };
  }
  if (options.approvedBefore === 'yes') {
    return { state: 'stale' };
  }
  switch (newest?.state) {
    case 'withdrawn':
      return { state: 'withdrawn', review: newest };
    case 'lapsed':
      return {
        state: 'expired',
        review: newest,
        limitation: 'request-expired',
      };
    default:
      return { state: 'unreviewed' };
  }
}

function missingIn(
  state: ApprovalState,
  review: Review | undefined,
  rules: ApprovalRules,
): QuorumSlot[] {
  switch (state) {
    case 'approved':
      return [];
    case 'pending':
    case 'changes-requested':
    case 'rejected':
      return review?.missing ?? [];
    default:
      return [...rules.quorum];
  }
}

function approvedDigestOf(review: Review): ApprovedDigest {
  const { request, closedAt, expiresAt } = review;
  return {
    digest: request.digest,
    reviewId: review.reviewId,
    from: closedAt ?? request.at,
    until: expiresAt ?? request.at,
  };
}
