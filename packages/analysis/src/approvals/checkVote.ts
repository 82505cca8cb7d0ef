import { VotedEvent, VoteDecision, VoterSlot } from './approvalEvent';
import {
  EligibleVoter,
  ExcludedVoter,
  foldAliases,
  isPerson,
} from './approvalIdentities';
import { QuorumSlot } from './approvalRules';
import { EvaluationInput } from './evaluationInput';
import { listReviews, Review } from './listReviews';
import { standIns } from './standIns';
import { shortDigest, timeInWords } from '../words';

/** A vote that somebody is about to cast. @public */
export interface VoteAttempt extends EvaluationInput {
  reviewId: string;
  /** Ref of who votes. */
  voter: string;
  /** How the caller signed in: only people decide. */
  principal: 'user' | 'service';
  decision: VoteDecision;
  /** The digest that the voter read. */
  expectedDigest: string;
  /** What the reader knows the subject by, for messages: the profile's name. */
  name: string;
}

/** A vote that would count, and what it would do. @public */
export interface AllowedVote {
  allowed: 'yes';
  effect: 'completes' | 'counts' | 'rejects' | 'requests-changes';
  /** To be recorded with the vote. */
  slot: VoterSlot;
  /** To be recorded with the vote. */
  groupPath: string[];
  /** ISO time until which it would be approved, when it completes the quorum. */
  until?: string;
  /** What would still be missing afterwards. */
  missing: QuorumSlot[];
  /** Lower-cased refs of those whose request for changes would still stand afterwards. */
  waitingFor: string[];
  /** The same person's vote that this one replaces. */
  replaces?: { decision: VoteDecision; at: string };
}

/** Why a vote can't be cast. @public */
export type VoteRefusalCode =
  | 'digest-changed'
  | 'own-review'
  | 'not-eligible'
  | 'closed'
  | 'service';

/** A vote that would not count. @public */
export interface RefusedVote {
  allowed: 'no';
  code: VoteRefusalCode;
  /** What happened, what holds and what to do, in English. */
  message: string;
  /** The review that took this one's place. */
  supersededBy?: string;
}

/**
 * Whether a vote would count, and what it would do. Cast it in the transaction that read the events.
 *
 * @remarks
 * Who may not vote learns nothing about the state of the review: capacity is checked first. The effect comes from
 * counting the vote as {@link listReviews} would, so what is announced is what happens. Of several slots that a person may
 * vote in, the one that leaves the fewest places open is taken. A review that doesn't exist is answered like one that the
 * caller may not decide on.
 * @public
 */
export function checkVote(attempt: VoteAttempt): AllowedVote | RefusedVote {
  const { events, rules, identities, now } = attempt;
  const review = listReviews(events, rules, identities, now).find(
    ({ reviewId }) => reviewId === attempt.reviewId,
  );
  const refused =
    refusalByVoter(attempt, review) ??
    (review && (refusalByState(review) ?? refusalByDigest(attempt, review)));
  return refused ?? bestOutcome(attempt, review);
}

/** Places in which somebody may vote. */
function slotsOf(
  { identities, voter }: VoteAttempt,
  review: Review | undefined,
): EligibleVoter[] {
  const personOf = foldAliases(identities.aliases);
  return standIns(identities.eligible, review?.quorum ?? []).filter(
    ({ ref }) => personOf(ref) === personOf(voter),
  );
}

function refusalByVoter(
  attempt: VoteAttempt,
  review: Review | undefined,
): RefusedVote | undefined {
  const personOf = foldAliases(attempt.identities.aliases);
  const voter = personOf(attempt.voter);
  if (attempt.principal !== 'user' || !isPerson(voter)) {
    return refuse(
      'service',
      'Only signed-in people vote. A service may ask and comment.',
    );
  }
  if (review && voter === personOf(review.request.actor)) {
    return refuse(
      'own-review',
      'You asked for this review, so someone else must vote.',
    );
  }
  const excluded = [
    ...(attempt.identities.excluded ?? []),
    ...(review?.excluded ?? []),
  ].find(({ ref }) => personOf(ref) === voter);
  if (excluded) {
    return refuse('not-eligible', `You can't vote: ${excludedBy(excluded)}.`);
  }
  return review && slotsOf(attempt, review).length > 0
    ? undefined
    : refuse('not-eligible', onlyOthers(attempt));
}

function excludedBy({ why }: ExcludedVoter): string {
  switch (why) {
    case 'author':
      return 'you wrote what is asked for';
    case 'broke the glass':
      return 'you broke the glass, so others decide';
    default:
      return why;
  }
}

function onlyOthers({ identities }: VoteAttempt): string {
  const words: Record<VoterSlot, string> = {
    owner: 'owners',
    security: 'people in security',
  };
  const slots = new Set(identities.eligible.map(({ slot }) => slot));
  const who = Array.from(slots, slot => words[slot]).sort();
  return who.length > 0
    ? `Only ${who.join(' and ')} can vote here.`
    : 'No one can vote here: nobody is eligible. Your administrator has to name an owner or reviewers.';
}

function refusalByState(review: Review): RefusedVote | undefined {
  const at = timeInWords(review.closedAt ?? '');
  switch (review.state) {
    case 'pending':
    case 'changes-requested':
      return undefined;
    case 'lapsed':
      return refuse(
        'closed',
        `This review ended at ${at} without a decision. Ask again to open a new one.`,
      );
    case 'superseded':
      if (review.supersededBy === undefined) {
        return refuse(
          'digest-changed',
          `What was asked for is no longer in force since ${at}. Your vote was not cast.`,
        );
      }
      return {
        ...refuse(
          'closed',
          `This review was superseded at ${at} by a newer one. Open that one.`,
        ),
        ...(review.supersededBy !== undefined && {
          supersededBy: review.supersededBy,
        }),
      };
    default:
      return refuse('closed', `This review was ${review.state} at ${at}.`);
  }
}

function refusalByDigest(
  attempt: VoteAttempt,
  { request }: Review,
): RefusedVote | undefined {
  const { observed, name, expectedDigest } = attempt;
  if (observed.resolution === 'unresolved' || observed.digest === null) {
    return refuse(
      'digest-changed',
      `What ${name} allows can't be told at the moment, so nobody can decide on it. Your vote was not cast.`,
    );
  }
  return observed.digest === request.digest && expectedDigest === request.digest
    ? undefined
    : refuse(
        'digest-changed',
        `${name} changed while you were reading: now ${shortDigest(
          observed.digest,
        )}. Your vote was not cast.`,
      );
}

function bestOutcome(
  attempt: VoteAttempt,
  review: Review | undefined,
): AllowedVote | RefusedVote {
  const outcomes = slotsOf(attempt, review)
    .map(place => outcome(attempt, place, review))
    .filter(one => one !== undefined);
  const places = ({ missing }: AllowedVote) =>
    missing.reduce((sum, { count }) => sum + count, 0);
  const [best] = outcomes.sort((a, b) => places(a) - places(b));
  return best ?? refuse('not-eligible', onlyOthers(attempt));
}

/** Counts the vote as if it had been cast; undefined where it would not count. */
function outcome(
  attempt: VoteAttempt,
  { slot, groupPath }: EligibleVoter,
  before: Review | undefined,
): AllowedVote | undefined {
  const { events, rules, identities, now, reviewId, decision } = attempt;
  const cast: VotedEvent = {
    type: 'voted',
    seq: events.reduce((last, { seq }) => Math.max(last, seq), 0) + 1,
    at: now,
    reviewId,
    voteId: '',
    voter: attempt.voter,
    decision,
    slot,
    groupPath,
    expectedDigest: attempt.expectedDigest,
  };
  const after = listReviews([...events, cast], rules, identities, now).find(
    one => one.reviewId === reviewId,
  );
  if (after?.votes.at(-1)?.standing !== 'counts') {
    return undefined;
  }
  const personOf = foldAliases(identities.aliases);
  const replaced = before?.votes.find(
    one =>
      personOf(one.voter) === personOf(attempt.voter) &&
      one.standing === 'counts',
  );
  const waitingFor = after.votes.filter(
    one => one.standing === 'counts' && one.decision === 'request-changes',
  );
  return {
    allowed: 'yes',
    effect: effectOf(decision, after),
    slot,
    groupPath,
    ...(after.expiresAt !== undefined && { until: after.expiresAt }),
    missing: after.missing,
    waitingFor: waitingFor.map(one => one.voter),
    ...(replaced && {
      replaces: { decision: replaced.decision, at: replaced.at },
    }),
  };
}

function effectOf(
  decision: VoteDecision,
  after: Review,
): AllowedVote['effect'] {
  switch (decision) {
    case 'reject':
      return 'rejects';
    case 'request-changes':
      return 'requests-changes';
    default:
      return after.state === 'approved' ? 'completes' : 'counts';
  }
}

function refuse(code: VoteRefusalCode, message: string): RefusedVote {
  return { allowed: 'no', code, message };
}
