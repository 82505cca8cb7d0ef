import { normalRef } from './approvalIdentities';
import { canBeFilled } from './canBeFilled';
import { evaluate } from './evaluate';
import { EvaluationInput } from './evaluationInput';
import { earlierEnd, endOf, hasEnded } from './lifetime';
import { shortDigest, timeInWords } from '../words';

/** A request that somebody is about to make. @public */
export interface RequestAttempt extends EvaluationInput {
  /** Ref of who asks, a person or a service. */
  requester: string;
  /** The digest that the requester read. */
  expectedDigest: string;
  /** ISO time. */
  wantedExpiry?: string;
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
 * with that review. After a reject, a withdrawal or an end, a new request is possible.
 * @public
 */
export function checkRequest(
  attempt: RequestAttempt,
): AllowedRequest | RefusedRequest {
  const { events, observed, rules, identities, now, name } = attempt;
  const decision = evaluate(events, observed, rules, identities, now);
  const { digest, state, reviewId, expiresAt } = decision;
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
  if (state === 'pending' || state === 'changes-requested') {
    return refuse(
      'already-open',
      `A review of ${shortDigest(digest)} is open already. Open that one.`,
      reviewId,
    );
  }
  if (state === 'approved') {
    return refuse(
      'already-approved',
      `${shortDigest(digest)} is approved until ${timeInWords(
        expiresAt ?? '',
      )}.`,
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
  const filled = canBeFilled({
    places: rules.quorum,
    eligible: identities.eligible,
    without: [
      normalRef(attempt.requester),
      ...(identities.excluded ?? []).map(({ ref }) => normalRef(ref)),
    ],
  });
  return {
    allowed: 'yes',
    requestExpiresAt: endOf(now, rules.requestLife),
    until: earlierEnd(endOf(now, rules.grantLife), attempt.wantedExpiry),
    unsatisfiable: filled ? 'no' : 'yes',
  };
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
