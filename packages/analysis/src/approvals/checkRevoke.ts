import { isPerson } from './approvalIdentities';
import { EvaluationInput } from './evaluationInput';
import { hasEnded } from './lifetime';
import { listReviews } from './listReviews';
import { timeInWords } from '../words';

/** Somebody is about to end an approval before its time. @public */
export interface RevokeAttempt
  extends Pick<EvaluationInput, 'events' | 'rules' | 'identities' | 'now'> {
  reviewId: string;
  /** Ref of who revokes. */
  actor: string;
  principal: 'user' | 'service';
}

/** Whether an approval can be revoked; the message says what happened and what to do, in English. @public */
export type RevokeCheck =
  | { allowed: 'yes' }
  | { allowed: 'no'; code: 'service' | 'not-approved'; message: string };

/**
 * Whether an approval can be ended before its time: one that holds, or broken glass.
 *
 * @remarks
 * Who may revoke is for the permission policy to say; only people do. Whoever asked may too: it only takes away.
 * @public
 */
export function checkRevoke(attempt: RevokeAttempt): RevokeCheck {
  const { events, rules, identities, now, reviewId, actor } = attempt;
  if (attempt.principal !== 'user' || !isPerson(actor)) {
    return {
      allowed: 'no',
      code: 'service',
      message: 'Only signed-in people revoke an approval.',
    };
  }
  const review = listReviews(events, rules, identities, now).find(
    one => one.reviewId === reviewId,
  );
  const { emergency } = review ?? {};
  const glassHolds =
    emergency !== undefined &&
    emergency.endedAt === undefined &&
    !hasEnded(emergency.until, now);
  if (
    glassHolds ||
    (review?.state === 'approved' && !hasEnded(review.expiresAt ?? '', now))
  ) {
    return { allowed: 'yes' };
  }
  return {
    allowed: 'no',
    code: 'not-approved',
    message:
      review?.state === 'approved'
        ? `This approval ended at ${timeInWords(
            review.expiresAt ?? '',
          )}, so there is nothing to revoke.`
        : `This review is ${
            review?.state ?? 'unknown'
          }, so there is no approval to revoke.`,
  };
}
