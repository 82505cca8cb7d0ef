import {
  canonicalJson,
  compareCodeUnits,
  toCanonical,
} from '../profiles/canonicalJson';
import {
  ApprovalEvent,
  ApprovalTier,
  BrokeGlassEvent,
  CarriedEvent,
  PolicyApprovedEvent,
  RequestedEvent,
  RevokedEvent,
  SupersededEvent,
  VotedEvent,
  VoteDecision,
  VoterSlot,
  WithdrawnEvent,
} from './approvalEvent';
import {
  ApprovalRules,
  QuorumSlot,
  RequestTerms,
  termsOf,
} from './approvalRules';
import {
  ApprovalIdentities,
  ExcludedVoter,
  foldAliases,
  isPerson,
  normalRef,
  PersonOf,
} from './approvalIdentities';
import { standIns } from './standIns';
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

/**
 * Where a review stands; `lapsed` when nobody decided in time, `superseded` when a newer request took its place or what
 * was asked for is no longer in force.
 *
 * @public
 */
export type ReviewState =
  | 'pending'
  | 'changes-requested'
  | 'approved'
  | 'rejected'
  | 'revoked'
  | 'withdrawn'
  | 'superseded'
  | 'lapsed';

/** Content that was put in force before others could decide. @public */
export interface Emergency {
  /** Lower-cased ref of who broke the glass. */
  by: string;
  at: string;
  until: string;
  reviewDueAt: string;
  reason: string;
  incident: string;
  /** ISO time at which somebody ended it, or rejected the review. */
  endedAt?: string;
}

/** The end of an approval before its time. @public */
export interface Revocation {
  at: string;
  /** Lower-cased ref. */
  by: string;
  reason: string;
}

/** One review, added up. @public */
export interface Review {
  reviewId: string;
  request: RequestedEvent;
  state: ReviewState;
  tier: ApprovalTier;
  /** Who has to agree. */
  quorum: readonly QuorumSlot[];
  /** `policy` where the rules approved by themselves. */
  decidedBy?: 'policy';
  /** Other digests that its approval holds for, each with why. */
  carried: { digest: string; at: string; reason: string }[];
  emergency?: Emergency;
  revoked?: Revocation;
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
 * Votes are added up by the rules that are passed, those of now, in the tier that was recorded with the request. Aliases
 * of one human are one voter, in one place. Who wrote the content or broke the glass takes no part.
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
        newest = openFold(event, rules, electorate);
        folds.set(event.reviewId, newest);
      }
    } else {
      const fold = folds.get(event.reviewId);
      if (fold) {
        apply(fold, event);
      }
    }
  }
  return Array.from(folds.values(), fold => reviewOf(fold, now));
}

interface Tally {
  satisfied: SatisfiedSlot[];
  missing: QuorumSlot[];
  changesAsked: 'yes' | 'no';
}

interface Fold {
  request: RequestedEvent;
  terms: RequestTerms;
  electorate: FoldElectorate;
  votes: ReviewVote[];
  tally: Tally;
  carried: Review['carried'];
  decidedBy?: 'policy';
  emergency?: Emergency;
  revoked?: Revocation;
  closed?: Pick<Review, 'state' | 'closedAt' | 'supersededBy' | 'expiresAt'>;
}

interface Electorate {
  personOf: PersonOf;
  identities: ApprovalIdentities;
  excluded: ReadonlySet<string>;
  /** As given. */
  listed: readonly ExcludedVoter[];
}

/** Who may vote in one review. */
interface FoldElectorate extends Electorate {
  requester: string;
  /** Besides the requester: with why. */
  takeNoPart: Map<string, string>;
  /** `slot ref` of everybody who is eligible. */
  eligible: ReadonlySet<string>;
}

function electorateOf(identities: ApprovalIdentities): Electorate {
  const listed = identities.excluded ?? [];
  const personOf = foldAliases(identities.aliases);
  return {
    personOf,
    identities,
    excluded: new Set(listed.map(({ ref }) => personOf(ref))),
    listed,
  };
}

function openFold(
  request: RequestedEvent,
  rules: ApprovalRules,
  electorate: Electorate,
): Fold {
  const terms = termsOf(request, rules);
  const { personOf, identities } = electorate;
  return {
    request,
    terms,
    electorate: {
      ...electorate,
      requester: personOf(request.actor),
      takeNoPart: new Map(
        (request.authors ?? []).map(ref => [personOf(ref), 'author']),
      ),
      eligible: new Set(
        standIns(identities.eligible, terms.quorum).map(
          ({ slot, ref }) => `${slot} ${personOf(ref)}`,
        ),
      ),
    },
    votes: [],
    tally: tallyOf([], terms, personOf),
    carried: [],
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

function apply(fold: Fold, event: ApprovalEvent): void {
  switch (event.type) {
    case 'voted':
      vote(fold, event);
      break;
    case 'withdrawn':
      withdraw(fold, event);
      break;
    case 'policy-approved':
      approveByPolicy(fold, event);
      break;
    case 'revoked':
      revoke(fold, event);
      break;
    case 'carried':
      carry(fold, event);
      break;
    case 'superseded':
      supersedeByChange(fold, event);
      break;
    case 'broke-glass':
      breakGlass(fold, event);
      break;
    default:
  }
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
  if (fold.closed.state === 'superseded') {
    // By a change in the cluster, before somebody asked for the new content.
    fold.closed.supersededBy ??= by.reviewId;
  }
}

function supersedeByChange(fold: Fold, event: SupersededEvent): void {
  lapse(fold, event.at);
  fold.closed ??= { state: 'superseded', closedAt: event.at };
}

function withdraw(fold: Fold, event: WithdrawnEvent): void {
  lapse(fold, event.at);
  fold.closed ??= { state: 'withdrawn', closedAt: event.at };
  if (fold.emergency && fold.closed.state === 'withdrawn') {
    // Without its review after the fact there is no emergency.
    fold.emergency.endedAt ??= event.at;
  }
}

/** Only while the rules of now leave it to nobody. */
function approveByPolicy(fold: Fold, event: PolicyApprovedEvent): void {
  lapse(fold, event.at);
  if (!fold.closed && fold.terms.quorum.length === 0) {
    fold.closed = approvedAt(fold, event.at);
    fold.decidedBy = 'policy';
  }
}

function revoke(fold: Fold, event: RevokedEvent): void {
  const { closed, emergency } = fold;
  if (emergency && !hasEnded(emergency.until, event.at)) {
    emergency.endedAt ??= event.at;
  }
  if (
    closed?.state === 'approved' &&
    !hasEnded(closed.expiresAt ?? '', event.at)
  ) {
    fold.closed = { ...closed, state: 'revoked' };
    fold.revoked = {
      at: event.at,
      by: normalRef(event.actor),
      reason: event.reason,
    };
  }
}

function carry(fold: Fold, event: CarriedEvent): void {
  const { changeClass, digest, at, reason } = event;
  if (
    fold.closed?.state === 'approved' &&
    (changeClass === 'identical' || changeClass === 'cosmetic')
  ) {
    fold.carried.push({ digest, at, reason });
  }
}

/** Once per review, while it is open, by a person: there is no renewal. */
function breakGlass(fold: Fold, event: BrokeGlassEvent): void {
  lapse(fold, event.at);
  const by = fold.electorate.personOf(event.actor);
  if (
    fold.closed ||
    fold.emergency ||
    !isPerson(by) ||
    event.digest !== fold.request.digest
  ) {
    return;
  }
  const { at, until, reviewDueAt, reason, incident } = event;
  fold.emergency = { by, at, until, reviewDueAt, reason, incident };
  fold.electorate.takeNoPart.set(by, 'broke the glass');
  for (const one of fold.votes) {
    if (
      one.standing === 'counts' &&
      fold.electorate.personOf(one.voter) === by
    ) {
      one.standing = 'excluded';
    }
  }
  fold.tally = tallyOf(fold.votes, fold.terms, fold.electorate.personOf);
}

function vote(fold: Fold, event: VotedEvent): void {
  const { personOf } = fold.electorate;
  const standing = standingOf(fold, event);
  const voter = normalRef(event.voter);
  if (standing === 'counts') {
    const former = fold.votes.find(
      one =>
        personOf(one.voter) === personOf(voter) && one.standing === 'counts',
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
  fold.tally = tallyOf(fold.votes, fold.terms, personOf);
  if (event.decision === 'reject') {
    fold.closed = { state: 'rejected', closedAt: event.at };
    if (fold.emergency) {
      fold.emergency.endedAt ??= event.at;
    }
  } else if (
    fold.terms.quorum.length > 0 &&
    fold.tally.changesAsked === 'no' &&
    fold.tally.missing.length === 0
  ) {
    fold.closed = approvedAt(fold, event.at);
  }
}

function approvedAt(fold: Fold, at: string): NonNullable<Fold['closed']> {
  return {
    state: 'approved',
    closedAt: at,
    expiresAt: earlierEnd(
      endOf(at, fold.terms.grantLife),
      fold.request.wantedExpiry,
    ),
  };
}

function standingOf(fold: Fold, event: VotedEvent): VoteStanding {
  const { electorate } = fold;
  const voter = electorate.personOf(event.voter);
  if (voter === electorate.requester) {
    return 'own-review';
  }
  if (electorate.excluded.has(voter) || electorate.takeNoPart.has(voter)) {
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

function tallyOf(
  votes: readonly ReviewVote[],
  terms: RequestTerms,
  personOf: PersonOf,
): Tally {
  const counting = votes.filter(({ standing }) => standing === 'counts');
  const satisfied: SatisfiedSlot[] = [];
  const missing: QuorumSlot[] = [];
  for (const { slot, count } of terms.quorum) {
    const filled = counting
      .filter(one => one.decision === 'approve' && one.slot === slot)
      .slice(0, count);
    for (const { voter, at } of filled) {
      satisfied.push({ slot, voter: personOf(voter), at });
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

function reviewOf(fold: Fold, now: string): Review {
  const { request, votes, tally, electorate } = fold;
  lapse(fold, now);
  const excluded = new Map<string, string>([
    [electorate.requester, 'requester'],
  ]);
  for (const [ref, why] of [
    ...electorate.takeNoPart,
    ...electorate.listed.map(
      one => [electorate.personOf(one.ref), one.why] as const,
    ),
  ]) {
    if (!excluded.has(ref)) {
      excluded.set(ref, why);
    }
  }
  return {
    reviewId: request.reviewId,
    request,
    tier: fold.terms.tier,
    quorum: fold.terms.quorum,
    ...(fold.closed ?? {
      state: tally.changesAsked === 'yes' ? 'changes-requested' : 'pending',
    }),
    ...(fold.decidedBy && { decidedBy: fold.decidedBy }),
    ...(fold.emergency && { emergency: fold.emergency }),
    ...(fold.revoked && { revoked: fold.revoked }),
    carried: fold.carried,
    satisfied: tally.satisfied,
    missing: tally.missing,
    excluded: Array.from(excluded, ([ref, why]) => ({ ref, why })),
    votes,
  };
}
