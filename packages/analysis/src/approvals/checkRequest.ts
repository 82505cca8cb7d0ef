import { RequestedEvent } from './approvalEvent';
import { foldAliases } from './approvalIdentities';
import { QuorumSlot, termsOf } from './approvalRules';
import { canBeFilled } from './canBeFilled';
import { Decision, evaluate } from './evaluate';
import { EvaluationInput } from './evaluationInput';
import { earlierEnd, endOf, hasEnded } from './lifetime';
import { standIns } from './standIns';
import { shortDigest, timeInWords } from '../words';

/** A request that somebody is about to make. @public */
export interface RequestAttempt extends EvaluationInput {
  /** Ref of who asks, a person or a service. */
  requester: string;
  /** The digest that the requester read. */
  expectedDigest: string;
  /** ISO time. */
  wantedExpiry?: string;
  /** What is known of the request besides, and will be recorded with it. */
  terms?: Pick<
    RequestedEvent,
    'kind' | 'tier' | 'changeClass' | 'classes' | 'authors'
  >;
  /** What the reader knows the subject by, for messages: the profile's name. */
  name: string;
}

/** A request that can be made. @public */
export interface AllowedRequest {
  allowed: 'yes';
  /** To be recorded with the request: ISO time at which it dies unanswered. */
  requestExpiresAt: string;
  /** ISO time until which it would be approved if the last vote came now. */
  until: string;
  /** Who has to agree. Empty where the rules decide. */
  quorum: readonly QuorumSlot[];
  /** `yes`: nobody who may vote now could complete it; it would wait for the people to change. */
  unsatisfiable: 'yes' | 'no';
}

/** Why a request can't be made. @public */
export type RequestRefusalCode =
  | 'unresolved'
  | 'digest-changed'
  | 'already-open'
  | 'already-approved'
  | 'expiry-passed';

/** A request that can't be made. @public */
export interface RefusedRequest {
  allowed: 'no';
  code: RequestRefusalCode;
  /** What happened and what to do, in English. */
  message: string;
  /** The open review, or the one that approved. */
  reviewId?: string;
}

/**
 * Whether somebody can ask to decide on a subject. Ask in the transaction that read the events.
 *
 * @remarks
 * Content that can't be told can't be approved, so nobody can ask for it. What is open or approved already is answered
 * with that review; a renewal can be asked for once most of an approval's life has passed. After a reject, a withdrawal, a
 * revoke or an end, a new request is possible, and where more is at stake than those who agreed are enough for.
 * @public
 */
export function checkRequest(
  attempt: RequestAttempt,
): AllowedRequest | RefusedRequest {
  const { events, observed, rules, identities, now, name } = attempt;
  const decision = evaluate(events, observed, rules, identities, now);
  const { digest, state, reviewId, expiresAt, renewFrom } = decision;
  if (digest === null) {
    return refuse(
      'unresolved',
      `What ${name} allows can't be told, so nobody can approve it. Pin its base to a digest or make it readable, then ask again.`,
    );
  }
  if (attempt.expectedDigest !== digest) {
    return refuse(
      'digest-changed',
      `${name} changed while you were reading: now ${shortDigest(
        digest,
      )}. Nothing was asked.`,
    );
  }
  const openReview = openOn(decision);
  if (openReview !== undefined) {
    return refuse(
      'already-open',
      `A review of ${shortDigest(digest)} is open already. Open that one.`,
      openReview,
    );
  }
  if (
    state === 'approved' &&
    renewFrom !== undefined &&
    !hasEnded(renewFrom, now)
  ) {
    return refuse(
      'already-approved',
      `${shortDigest(digest)} is approved until ${timeInWords(
        expiresAt ?? '',
      )}. A renewal can be asked for from ${timeInWords(renewFrom)}.`,
      reviewId,
    );
  }
  if (
    attempt.wantedExpiry !== undefined &&
    hasEnded(attempt.wantedExpiry, now)
  ) {
    return refuse(
      'expiry-passed',
      `wantedExpiry is ${JSON.stringify(
        attempt.wantedExpiry,
      )}; expected a time in the future.`,
    );
  }
  const { quorum, grantLife } = termsOf(
    attempt.terms ?? { kind: 'content', tier: observed.tier },
    rules,
  );
  const personOf = foldAliases(identities.aliases);
  const filled = canBeFilled({
    places: quorum,
    eligible: standIns(identities.eligible, quorum),
    without: [
      attempt.requester,
      ...(attempt.terms?.authors ?? []),
      ...(identities.excluded ?? []).map(({ ref }) => ref),
    ].map(personOf),
    personOf,
  });
  return {
    allowed: 'yes',
    requestExpiresAt: endOf(now, rules.requestLife),
    until: earlierEnd(endOf(now, grantLife), attempt.wantedExpiry),
    quorum,
    unsatisfiable: filled ? 'no' : 'yes',
  };
}

/** The open review on the content in force. */
function openOn(decision: Decision): string | undefined {
  switch (decision.state) {
    case 'pending':
    case 'changes-requested':
      return decision.reviewId;
    case 'approved-emergency':
      // Ended reviews of broken glass can be asked for again.
      return decision.missing.length > 0 ? decision.reviewId : undefined;
    case 'approved-renewing':
      return decision.renewalId;
    default:
      return undefined;
  }
}

function refuse(
  code: RequestRefusalCode,
  message: string,
  reviewId?: string,
): RefusedRequest {
  return {
    allowed: 'no',
    code,
    message,
    ...(reviewId !== undefined && { reviewId }),
  };
}
