import { VoteDecision } from './approvalEvent';
import { AllowedVote, checkVote, RefusedVote, VoteAttempt } from './checkVote';
import { evaluate } from './evaluate';
import { listReviews, Review } from './listReviews';
import { nameInRef, shortDigest } from '../words';

/** A sentence as a key of the translation and its parameters. @public */
export interface EffectSentence {
  key: string;
  params: Record<string, string | number>;
}

/** What a vote would do, in sentences to be read one after the other; or why it can't be cast. @public */
export type VoteEffect =
  | (AllowedVote & { sentences: EffectSentence[] })
  | RefusedVote;

/** Before a viewer votes: what each vote would do. @public */
export interface EffectOfVote {
  approve: VoteEffect;
  reject: VoteEffect;
  requestChanges: VoteEffect;
}

/** A viewer who reads a review. @public */
export interface EffectOfVoteOptions
  extends Omit<VoteAttempt, 'decision' | 'expectedDigest'> {
  /** Who runs under the subject, where it is known. */
  reach?: { services: number; pods: number };
}

/**
 * What each vote of this viewer would do, to be said before it is cast.
 *
 * @remarks
 * Keys start with `effectOfVote.`: `completes` {digest, environment, until} with `reach` {services, pods} after it where
 * known, `counts` {slot, missing}, `waits` {slot, by}, `rejects` and `rejects.stale` {name}, `requestsChanges` {requester,
 * name}, `replaces` {from, at, to}, `changesNothing`. `until` and `at` are ISO times, `missing` reads "1 from security".
 * @public
 */
export function effectOfVote(options: EffectOfVoteOptions): EffectOfVote {
  const { events, observed, rules, identities, now, reviewId } = options;
  const review = listReviews(events, rules, identities, now).find(
    one => one.reviewId === reviewId,
  );
  const { approvedDigest } = evaluate(events, observed, rules, identities, now);
  const effect = (decision: VoteDecision): VoteEffect => {
    const check = checkVote({
      ...options,
      decision,
      expectedDigest: review?.request.digest ?? '',
    });
    return check.allowed === 'no' || !review
      ? (check as RefusedVote)
      : {
          ...check,
          sentences: sentencesFor({
            decision,
            check,
            review,
            options,
            approvedBefore: approvedDigest ? 'yes' : 'no',
          }),
        };
  };
  return {
    approve: effect('approve'),
    reject: effect('reject'),
    requestChanges: effect('request-changes'),
  };
}

function sentencesFor(context: {
  decision: VoteDecision;
  check: AllowedVote;
  review: Review;
  options: EffectOfVoteOptions;
  approvedBefore: 'yes' | 'no';
}): EffectSentence[] {
  const { decision, check, options } = context;
  const sentences: EffectSentence[] = [];
  if (check.replaces && check.replaces.decision !== decision) {
    sentences.push(
      say('replaces', {
        from: check.replaces.decision,
        at: check.replaces.at,
        to: decision,
      }),
    );
  }
  sentences.push(mainSentence(context));
  if (check.effect === 'completes' && options.reach) {
    sentences.push(say('reach', { ...options.reach }));
  }
  if (decision === 'approve') {
    sentences.push(say('changesNothing'));
  }
  return sentences;
}

function mainSentence(context: {
  check: AllowedVote;
  review: Review;
  options: EffectOfVoteOptions;
  approvedBefore: 'yes' | 'no';
}): EffectSentence {
  const { check, review, options, approvedBefore } = context;
  const { name } = options;
  const { request } = review;
  switch (check.effect) {
    case 'completes':
      return say('completes', {
        digest: shortDigest(request.digest),
        environment: request.environment,
        until: check.until ?? '',
      });
    case 'rejects':
      return say(approvedBefore === 'yes' ? 'rejects.stale' : 'rejects', {
        name,
      });
    case 'requests-changes':
      return say('requestsChanges', {
        requester: nameInRef(request.actor),
        name,
      });
    default:
      return check.missing.length > 0
        ? say('counts', {
            slot: check.slot,
            missing: check.missing
              .map(({ slot, count }) => `${count} from ${slot}`)
              .join(', '),
          })
        : say('waits', {
            slot: check.slot,
            by: check.waitingFor.map(nameInRef).join(', '),
          });
  }
}

function say(
  key: string,
  params: EffectSentence['params'] = {},
): EffectSentence {
  return { key: `effectOfVote.${key}`, params };
}
