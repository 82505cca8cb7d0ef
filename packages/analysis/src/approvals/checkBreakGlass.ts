import { isPerson } from './approvalIdentities';
import { EvaluationInput } from './evaluationInput';
import { earlierEnd, endOf } from './lifetime';
import { listReviews } from './listReviews';
import { shortDigest } from '../words';

/** Somebody is about to put content in force before others could decide. @public */
export interface BreakGlassAttempt extends EvaluationInput {
  reviewId: string;
  /** Ref of who breaks the glass. */
  actor: string;
  principal: 'user' | 'service';
  /** The digest that the actor read. */
  expectedDigest: string;
  /** ISO time; never later than the rules allow. */
  wantedUntil?: string;
  /** What the reader knows the subject by, for messages: the profile's name. */
  name: string;
}

/** Why the glass can't be broken. @public */
export type BreakGlassRefusalCode =
  | 'service'
  | 'closed'
  | 'digest-changed'
  | 'already-broken';

/** Whether the glass can be broken; the message says what happened and what to do, in English. @public */
export type BreakGlassCheck =
  | {
      allowed: 'yes';
      /** ISO time at which it ends. */
      until: string;
      /** ISO time by which others should have decided. */
      reviewDueAt: string;
    }
  | { allowed: 'no'; code: BreakGlassRefusalCode; message: string };

/**
 * Whether somebody can put content in force before others could decide. Ask in the transaction that read the events.
 *
 * @remarks
 * Only on an open review, which is then the review after the fact; only once on the same content, so that an emergency
 * doesn't become a way of life; and never for longer than a day. Who may is for the permission policy to say. A rejection
 * on the same content stands: what others said no to is not an emergency.
 * @public
 */
export function checkBreakGlass(attempt: BreakGlassAttempt): BreakGlassCheck {
  const { events, observed, rules, identities, now, name } = attempt;
  if (attempt.principal !== 'user' || !isPerson(attempt.actor)) {
    return refuse('service', 'Only signed-in people break the glass.');
  }
  const reviews = listReviews(events, rules, identities, now);
  const review = reviews.find(one => one.reviewId === attempt.reviewId);
  if (
    !review ||
    (review.state !== 'pending' && review.state !== 'changes-requested')
  ) {
    return refuse(
      'closed',
      `This review is ${
        review?.state ?? 'unknown'
      }. The glass is broken on an open review, which others decide afterwards: ask for approval first.`,
    );
  }
  const { digest } = review.request;
  if (
    observed.resolution === 'unresolved' ||
    observed.digest !== digest ||
    attempt.expectedDigest !== digest
  ) {
    return refuse(
      'digest-changed',
      observed.digest === null || observed.resolution === 'unresolved'
        ? `What ${name} allows can't be told at the moment, so the glass stays whole.`
        : `${name} changed while you were reading: now ${shortDigest(
            observed.digest,
          )}. The glass stays whole.`,
    );
  }
  const before = reviews.find(
    one => one.emergency && one.request.digest === digest,
  );
  if (before?.emergency) {
    return refuse(
      'already-broken',
      `The glass was broken for ${shortDigest(digest)} before, until ${
        before.emergency.until
      }. There is no renewal: others have to decide now.`,
    );
  }
  return {
    allowed: 'yes',
    until: earlierEnd(endOf(now, rules.emergencyLife), attempt.wantedUntil),
    reviewDueAt: endOf(now, rules.reviewDue),
  };
}

function refuse(code: BreakGlassRefusalCode, message: string): BreakGlassCheck {
  return { allowed: 'no', code, message };
}
