import {
  canonicalJson,
  compareCodeUnits,
  toCanonical,
} from '../profiles/canonicalJson';
import {
  ApprovalEvent,
  RequestedEvent,
  VotedEvent,
  VoteDecision,
  VoterSlot,
  WithdrawnEvent,
} from './approvalEvent';
import { ApprovalRules, QuorumSlot } from './approvalRules';
import {
  ApprovalIdentities,
  ExcludedVoter,
  isPerson,
  normalRef,
} from './approvalIdentities';
import { earlierEnd, endOf, hasEnded } from './lifetime';

/**
 * What became of a vote.
 *
 * @remarks
 * `counts`: it is its voter's say. `replaced`: the same person voted again. `other-digest`: cast on other content than
 * the review asks for. `own-review`: by who asked. `excluded`, `not-eligible`: by who may not vote. `closed`: after the
 * review was decided, withdrawn, superseded or had lapsed.
 * @public
 */
export type VoteStanding =
  | 'counts'
  | 'replaced'
  | 'other-digest'
  | 'own-review'
  | 'excluded'
  | 'not-eligible'
  | 'closed';

/** One vote with what became of it. @public */
export interface ReviewVote {
  voteId: string;
  seq: number;
  at: string;
  /** Lower-cased ref. */
  voter: string;
  decision: VoteDecision;
  slot: VoterSlot;
  groupPath: string[];
  expectedDigest: string;
  comment?: string;
  standing: VoteStanding;
}

/** A vote that fills a place of the quorum. @public */
export interface SatisfiedSlot {
  slot: VoterSlot;
  voter: string;
  at: string;
}

/** Where a review stands; `lapsed` when nobody decided in time, `superseded` when a newer request took its place. @public */
export type ReviewState =
  | 'pending'
  | 'changes-requested'
  | 'approved'
  | 'rejected'
  | 'withdrawn'
  | 'superseded'
  | 'lapsed';

/** One review, added up. @public */
export interface Review {
  reviewId: string;
  request: RequestedEvent;
  state: ReviewState;
  /** When it was decided, withdrawn, superseded or lapsed. */
  closedAt?: string;
  /** The newer review. */
  supersededBy?: string;
  /** When its approval ends, for approved ones; whether it has is for the clock to say. */
  expiresAt?: string;
  satisfied: SatisfiedSlot[];
  missing: QuorumSlot[];
  excluded: ExcludedVoter[];
  votes: ReviewVote[];
}

/**
 * Every review of one subject in one environment, oldest first, with its votes added up.
 *
 * @remarks
 * Only `seq` orders events, so replicas that read the same events agree, and of two last votes the lower one decides.
 * A vote counts when it names the review's digest, was cast before the review closed, and its voter is a person, did not
 * ask, is not excluded, and is eligible: either by the group path recorded with the vote, or by `identities`. What was
 * recorded stays valid: leaving the group later doesn't undo a vote. One reject rejects. A request for changes blocks
 * until the same person votes again: somebody else's approval can't outvote it. A newer request supersedes an open one.
 * Votes are added up by the rules that are passed, those of now.
 * Source of the binding: GitLab's merge request approval takes the head SHA for the same reason.
 * @param now - ISO time; only lapses requests
 * @public
 */
export function listReviews(
  events: readonly ApprovalEvent[],
  rules: ApprovalRules,
  identities: ApprovalIdentities,
  now: string,
): Review[] {
  const electorate = electorateOf(identities);
  const folds = new Map<string, Fold>();
  let newest: Fold | undefined;
  for (const event of inOrder(events)) {
    if (event.type === 'requested') {
      if (!folds.has(event.reviewId)) {
        if (newest) {
          supersede(newest, event);
        }
        newest = { request: event, votes: [], tally: tallyOf([], rules) };
        folds.set(event.reviewId, newest);
      }
    } else {
      const fold = folds.get(event.reviewId);
      if (fold && event.type === 'voted') {
        vote(fold, event, rules, electorate);
      } else if (fold && event.type === 'withdrawn') {
        withdraw(fold, event);
      }
    }
  }
  return Array.from(folds.values(), fold => reviewOf(fold, electorate, now));
}

interface Tally {
  satisfied: SatisfiedSlot[];
  missing: QuorumSlot[];
  changesAsked: 'yes' | 'no';
}

interface Fold {
  request: RequestedEvent;
  votes: ReviewVote[];
  tally: Tally;
  closed?: Pick<Review, 'state' | 'closedAt' | 'supersededBy' | 'expiresAt'>;
}

interface Electorate {
  /** `slot ref` of everybody who is eligible. */
  eligible: ReadonlySet<string>;
  excluded: ReadonlySet<string>;
  /** As given. */
  listed: readonly ExcludedVoter[];
}

function electorateOf(identities: ApprovalIdentities): Electorate {
  const listed = identities.excluded ?? [];
  return {
    eligible: new Set(
      identities.eligible.map(({ slot, ref }) => `${slot} ${normalRef(ref)}`),
    ),
    excluded: new Set(listed.map(({ ref }) => normalRef(ref))),
    listed,
  };
}

/** By seq; the store gives no number twice, but if it did, the order of arrival must not decide. */
function inOrder(events: readonly ApprovalEvent[]): ApprovalEvent[] {
  return [...events].sort(
    (a, b) => a.seq - b.seq || compareCodeUnits(textOf(a), textOf(b)),
  );
}

function textOf(event: ApprovalEvent): string {
  return canonicalJson(toCanonical(event) ?? '');
}

function lapse(fold: Fold, at: string): void {
  const { requestExpiresAt } = fold.request;
  if (!fold.closed && hasEnded(requestExpiresAt, at)) {
    fold.closed = { state: 'lapsed', closedAt: requestExpiresAt };
  }
}

function supersede(fold: Fold, by: RequestedEvent): void {
  lapse(fold, by.at);
  fold.closed ??= {
    state: 'superseded',
    closedAt: by.at,
    supersededBy: by.reviewId,
  };
}

function withdraw(fold: Fold, event: WithdrawnEvent): void {
  lapse(fold, event.at);
  fold.closed ??= { state: 'withdrawn', closedAt: event.at };
}

function vote(
  fold: Fold,
  event: VotedEvent,
  rules: ApprovalRules,
  electorate: Electorate,
): void {
  const standing = standingOf(fold, event, electorate);
  const voter = normalRef(event.voter);
  if (standing === 'counts') {
    const former = fold.votes.find(
      one => one.voter === voter && one.standing === 'counts',
    );
    if (former) {
      former.standing = 'replaced';
    }
  }
  fold.votes.push({
    voteId: event.voteId,
    seq: event.seq,
    at: event.at,
    voter,
    decision: event.decision,
    slot: event.slot,
    groupPath: event.groupPath,
    expectedDigest: event.expectedDigest,
    ...(event.comment !== undefined && { comment: event.comment }),
    standing,
  });
  if (standing !== 'counts') {
    return;
  }
  fold.tally = tallyOf(fold.votes, rules);
  if (event.decision === 'reject') {
    fold.closed = { state: 'rejected', closedAt: event.at };
  } else if (
    fold.tally.changesAsked === 'no' &&
    fold.tally.missing.length === 0
  ) {
    fold.closed = {
      state: 'approved',
      closedAt: event.at,
      expiresAt: earlierEnd(
        endOf(event.at, rules.grantLife),
        fold.request.wantedExpiry,
      ),
    };
  }
}

function standingOf(
  fold: Fold,
  event: VotedEvent,
  electorate: Electorate,
): VoteStanding {
  const voter = normalRef(event.voter);
  if (voter === normalRef(fold.request.actor)) {
    return 'own-review';
  }
  if (electorate.excluded.has(voter)) {
    return 'excluded';
  }
  const recorded = event.groupPath.length > 0;
  const listed = electorate.eligible.has(`${event.slot} ${voter}`);
  if (!isPerson(voter) || !(recorded || listed)) {
    return 'not-eligible';
  }
  if (fold.closed || hasEnded(fold.request.requestExpiresAt, event.at)) {
    return 'closed';
  }
  return event.expectedDigest === fold.request.digest
    ? 'counts'
    : 'other-digest';
}

function tallyOf(votes: readonly ReviewVote[], rules: ApprovalRules): Tally {
  const counting = votes.filter(({ standing }) => standing === 'counts');
  const satisfied: SatisfiedSlot[] = [];
  const missing: QuorumSlot[] = [];
  for (const { slot, count } of rules.quorum) {
    const filled = counting
      .filter(one => one.decision === 'approve' && one.slot === slot)
      .slice(0, count);
    for (const { voter, at } of filled) {
      satisfied.push({ slot, voter, at });
    }
    if (filled.length < count) {
      missing.push({ slot, count: count - filled.length });
    }
  }
  return {
    satisfied,
    missing,
    changesAsked: counting.some(one => one.decision === 'request-changes')
      ? 'yes'
      : 'no',
  };
}

function reviewOf(fold: Fold, electorate: Electorate, now: string): Review {
  const { request, votes, tally } = fold;
  lapse(fold, now);
  const requester = normalRef(request.actor);
  return {
    reviewId: request.reviewId,
    request,
    ...(fold.closed ?? {
      state: tally.changesAsked === 'yes' ? 'changes-requested' : 'pending',
    }),
    satisfied: tally.satisfied,
    missing: tally.missing,
    excluded: [
      { ref: requester, why: 'requester' },
      ...electorate.listed
        .map(({ ref, why }) => ({ ref: normalRef(ref), why }))
        .filter(({ ref }) => ref !== requester),
    ],
    votes,
  };
}
