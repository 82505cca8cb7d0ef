import { ApprovalEvent, ApprovalTier } from './approvalEvent';
import {
  ApprovalRules,
  isHigherTier,
  QuorumSlot,
  unrecordedTier,
} from './approvalRules';
import { canBeFilled } from './canBeFilled';
import {
  ApprovalIdentities,
  ExcludedVoter,
  foldAliases,
} from './approvalIdentities';
import { hasEnded, partOfLife } from './lifetime';
import {
  Emergency,
  listReviews,
  Review,
  ReviewVote,
  Revocation,
  SatisfiedSlot,
} from './listReviews';
import { standIns } from './standIns';

/** What the cluster enforces now. @public */
export interface ObservedContent {
  /** The effective digest; null where it can't be told. */
  digest: string | null;
  /** As in {@link EffectiveProfile}; `unresolved` can't be approved. */
  resolution: string;
  /** How much is at stake by the facts of now; T1 where nothing is known. */
  tier?: ApprovalTier;
}

/** Where a subject stands. Open: clients accept words that they don't know. @public */
export type ApprovalState =
  | 'unreviewed'
  | 'pending'
  | 'changes-requested'
  | 'approved'
  | 'approved-renewing'
  | 'approved-emergency'
  | 'rejected'
  | 'revoked'
  | 'expired'
  | 'stale'
  | 'unproven'
  | 'withdrawn';

/** Whether a state lets content run with everybody's agreement, or for now with one person's. @public */
export function isApprovedState(state: string): boolean {
  return (
    state === 'approved' ||
    state === 'approved-renewing' ||
    state === 'approved-emergency'
  );
}

/**
 * What limits a decision. `unresolved`: the content in force can't be told. `request-expired`: what expired is a request
 * that nobody decided, not an approval. `tier-raised`: more is at stake now than when it was approved, and those who
 * agreed are too few for it. `review-overdue`: the glass was broken, and others have not decided in time.
 *
 * @public
 */
export type DecisionLimitation =
  | 'unresolved'
  | 'request-expired'
  | 'tier-raised'
  | 'review-overdue';

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
  /** ISO time from which a renewal may be asked for, for approved ones. */
  renewFrom?: string;
  /** The open request for a renewal. */
  renewalId?: string;
  /** Tier of the review that speaks; else the tier that a request would have. */
  tier: ApprovalTier;
  /** Content in force before others decided. */
  emergency?: Emergency;
  /** For revoked ones. */
  revoked?: Revocation;
  /** The digest that was voted on, where the approval was carried to the one in force. */
  carriedFrom?: string;
  /** The environment whose approval holds here by a rule. */
  inheritedFrom?: string;
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
 * when time passes. On one digest the last decision speaks: an approval that holds goes on while a newer request waits
 * (`approved-renewing`), broken glass goes before an open request, and that before an ended approval and before a
 * rejection. An approval is `unproven` where more is at stake now than those who agreed are enough for. How votes are
 * counted: {@link listReviews}.
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
  const tier = observed.tier ?? unrecordedTier;
  const { state, review, renewal, limitations } = speaking(
    reviews.filter(one => isOn(one, digest)),
    {
      approvedBefore: lastApproved ? 'yes' : 'no',
      now,
      resolved: digest === null ? 'no' : 'yes',
      // Where nothing is known of now, what was recorded holds.
      enough: one =>
        observed.tier === undefined || isEnough(one, observed.tier, rules),
    },
  );
  const personOf = foldAliases(identities.aliases);
  const excluded =
    review?.excluded ??
    (identities.excluded ?? []).map(({ ref, why }) => ({
      ref: personOf(ref),
      why,
    }));
  const open = state === 'pending' || state === 'changes-requested';
  const quorum = rules.tiers[tier].quorum;
  const missing = missingIn(state, review, quorum);
  const approval = review?.state === 'approved' ? review : undefined;
  const expiresAt = endIn(state, review);
  const asked = open || state === 'rejected' ? review?.quorum : undefined;
  const satisfied =
    open || approval || state === 'rejected' || state === 'approved-emergency'
      ? review?.satisfied ?? []
      : [];
  const carried = approval?.request.digest !== digest;
  return {
    state,
    digest,
    ...(review && {
      reviewId: review.reviewId,
      requestedBy: personOf(review.request.actor),
    }),
    ...(approval?.closedAt !== undefined && {
      effectiveFrom: approval.closedAt,
    }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(approval?.closedAt !== undefined &&
      isApprovedState(state) && {
        renewFrom: partOfLife(
          approval.closedAt,
          approval.expiresAt ?? '',
          rules.renewAt,
        ),
      }),
    ...(renewal && { renewalId: renewal.reviewId }),
    tier: review?.tier ?? tier,
    ...(review?.emergency && { emergency: review.emergency }),
    ...(state === 'revoked' && review?.revoked && { revoked: review.revoked }),
    ...(approval && carried && { carriedFrom: approval.request.digest }),
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
      eligible: standIns(identities.eligible, asked ?? quorum),
      without: [
        ...excluded.map(({ ref }) => ref),
        ...satisfied.map(({ voter }) => voter),
      ],
      personOf,
    })
      ? 'no'
      : 'yes',
    limitations,
  };
}

/** Whether a review is about some content: what was asked for, or what its approval was carried to. */
function isOn({ request, carried }: Review, digest: string | null): boolean {
  return (
    request.digest === digest || carried.some(one => one.digest === digest)
  );
}

/** Whether those who agreed are enough for what is at stake now. */
function isEnough(
  { tier, satisfied, request }: Review,
  needed: ApprovalTier,
  rules: ApprovalRules,
): boolean {
  return (
    !isHigherTier(needed, tier) ||
    request.changeClass === 'narrower' ||
    rules.tiers[needed].quorum.every(
      ({ slot, count }) =>
        satisfied.filter(one => one.slot === slot).length >= count,
    )
  );
}

interface Speaking {
  state: ApprovalState;
  review?: Review;
  renewal?: Review;
  limitations: DecisionLimitation[];
}

/** Which of the reviews on the content in force speaks. */
function speaking(
  onDigest: readonly Review[],
  options: {
    approvedBefore: 'yes' | 'no';
    now: string;
    resolved: 'yes' | 'no';
    enough: (review: Review) => boolean;
  },
): Speaking {
  const { now, enough } = options;
  const newest = onDigest.at(-1);
  const openOne =
    newest?.state === 'pending' || newest?.state === 'changes-requested'
      ? newest
      : undefined;
  const decided = onDigest.findLast(({ state }) =>
    ['approved', 'rejected', 'revoked'].includes(state),
  );
  const ended =
    decided?.state === 'approved' && hasEnded(decided.expiresAt ?? '', now);
  const holds = decided?.state === 'approved' && !ended;
  if (holds && enough(decided)) {
    return openOne
      ? {
          state: 'approved-renewing',
          review: decided,
          renewal: openOne,
          limitations: [],
        }
      : { state: 'approved', review: decided, limitations: [] };
  }
  const glass = onDigest.findLast(({ emergency }) => emergency);
  if (glass && isAlive(glass.emergency, now)) {
    return {
      state: 'approved-emergency',
      review: glass,
      limitations: overdue(glass, now),
    };
  }
  if (openOne) {
    return {
      state: openOne.state as ApprovalState,
      review: openOne,
      limitations: overdue(openOne, now),
    };
  }
  if (holds) {
    return {
      state: 'unproven',
      review: decided,
      limitations: ['tier-raised'],
    };
  }
  if (decided) {
    return {
      state: ended ? 'expired' : (decided.state as ApprovalState),
      review: decided,
      limitations: [],
    };
  }
  const unresolved: DecisionLimitation[] =
    options.resolved === 'no' ? ['unresolved'] : [];
  if (options.approvedBefore === 'yes') {
    return { state: 'stale', limitations: unresolved };
  }
  if (options.resolved === 'no') {
    return { state: 'unproven', limitations: unresolved };
  }
  switch (newest?.state) {
    case 'withdrawn':
      return { state: 'withdrawn', review: newest, limitations: [] };
    case 'lapsed':
      return {
        state: 'expired',
        review: newest,
        limitations: ['request-expired', ...overdue(newest, now)],
      };
    default:
      return { state: 'unreviewed', limitations: [] };
  }
}

function isAlive(emergency: Emergency | undefined, now: string): boolean {
  return (
    emergency !== undefined &&
    emergency.endedAt === undefined &&
    !hasEnded(emergency.until, now)
  );
}

function overdue(
  { emergency, state }: Review,
  now: string,
): DecisionLimitation[] {
  const undecided = ['pending', 'changes-requested', 'lapsed'].includes(state);
  return emergency && undecided && hasEnded(emergency.reviewDueAt, now)
    ? ['review-overdue']
    : [];
}

function endIn(
  state: ApprovalState,
  review: Review | undefined,
): string | undefined {
  switch (state) {
    case 'approved-emergency':
      return review?.emergency?.until;
    case 'pending':
    case 'changes-requested':
      return review?.request.requestExpiresAt;
    case 'revoked':
      return undefined;
    default:
      return review?.state === 'approved' ? review.expiresAt : undefined;
  }
}

function missingIn(
  state: ApprovalState,
  review: Review | undefined,
  quorum: readonly QuorumSlot[],
): QuorumSlot[] {
  switch (state) {
    case 'approved':
    case 'approved-renewing':
      return [];
    case 'pending':
    case 'changes-requested':
    case 'approved-emergency':
    case 'rejected':
      return review?.missing ?? [];
    default:
      return [...quorum];
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
