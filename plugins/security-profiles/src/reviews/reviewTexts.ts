import type { Review } from '@security-profiles/backstage-plugin-security-profiles-common';
import { formatDate, formatList, formatMoment } from '../texts/formatTime';
import { shortDigest } from '../texts/shortDigest';
import type { TextParams, Texts } from '../texts/useTexts';

/** What a reader may decide. */
export type Decision = 'approve' | 'request-changes' | 'reject';

/** In the order in which they are offered. */
export const DECISIONS: readonly Decision[] = [
  'approve',
  'request-changes',
  'reject',
];

/** States in which a review can still be decided. */
const OPEN = new Set(['pending', 'changes-requested', 'approved-emergency']);

/** Whether a review can still be decided. */
export function isOpen(state: string): boolean {
  return OPEN.has(state);
}

/** The name in a ref, by which people know each other. */
export function nameInRef(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

/** Places of a quorum in words, as "1 owner, 1 from security". */
export function slotsText(
  texts: Texts,
  slots: readonly { slot: string; count: number }[],
): string {
  return formatList(
    slots.map(
      ({ slot, count }) =>
        texts.maybe(`review.votes.slot.${slot}`, { count }) ??
        texts.t('review.votes.other', { slot, count }),
    ),
  );
}

/** How many votes count, and how many there must be. */
export function quorumCounts(review: Review): { given: number; count: number } {
  const sum = (slots: readonly { count: number }[]) =>
    slots.reduce((total, { count }) => total + count, 0);
  const count = sum(review.quorum);
  return { given: Math.max(0, count - sum(review.missing)), count };
}

/** Options of {@link effectText}. */
export interface EffectTextOptions {
  /** The time that days are written against, in milliseconds. */
  now: number;
}

/**
 * What a vote will do, in the sentences of the server.
 *
 * @remarks
 * The server says it, since only it counts votes. A sentence that this version does not know is left out.
 */
export function effectText(
  texts: Texts,
  sentences: readonly { key: string; params: TextParams }[],
  options: EffectTextOptions,
): string {
  const { maybe } = texts;
  return sentences
    .map(({ key, params }) => {
      const words: TextParams = { ...params };
      if (params.until !== undefined) {
        words.until = formatDate(texts, String(params.until), options.now);
      }
      if (params.at !== undefined) {
        words.at = formatMoment(texts, String(params.at), options.now);
      }
      for (const name of ['from', 'to']) {
        words[name] =
          maybe(`effectOfVote.word.${params[name]}`) ?? params[name];
      }
      if (params.services !== undefined) {
        words.services = texts.t('reviews.services', {
          count: Number(params.services),
        });
      }
      if (params.pods !== undefined) {
        words.pods = texts.t('reviews.pods', { count: Number(params.pods) });
      }
      return maybe(key, words);
    })
    .filter(Boolean)
    .join(' ');
}

/** Where a review stands after a vote, or for good, in one sentence. */
export function decidedText(
  texts: Texts,
  review: Review,
  options: EffectTextOptions,
): string {
  const { t, maybe } = texts;
  const { state, expiresAt, environment, digest } = review;
  const params = {
    digest: shortDigest(digest),
    environment,
    requester: nameInRef(review.requestedBy),
    date: expiresAt ? formatDate(texts, expiresAt, options.now) : '',
  };
  if (state === 'approved') {
    return [
      t(
        expiresAt ? 'review.decided.approved' : 'review.decided.approvedOpen',
        params,
      ),
      t('review.decided.changesNothing'),
    ].join(' ');
  }
  if (state === 'expired' && !expiresAt) {
    return t('review.decided.expiredOpen');
  }
  if (state === 'pending') {
    return review.missing.length > 0
      ? t('review.decided.pending', {
          missing: slotsText(texts, review.missing),
        })
      : t('review.decided.pendingNone');
  }
  return (
    maybe(`review.decided.${state}`, params) ??
    maybe(`reviewPage.decided.${state}`, params) ??
    maybe(`approval.state.${state}`) ??
    state
  );
}

const DAY = 24 * 60 * 60 * 1000;

/** How close an end is that makes it urgent, in days. */
const SOON = 2;

/** When a request dies unanswered. */
export interface Due {
  text: string;
  urgency: 'soon' | 'later';
}

/** When a request dies unanswered, in days where it is near. */
export function dueOf(texts: Texts, iso: string, now: number): Due {
  const { t } = texts;
  const left = Date.parse(iso) - now;
  if (Number.isNaN(left)) {
    return { text: iso, urgency: 'later' };
  }
  const days = Math.floor(Math.abs(left) / DAY);
  if (left < 0) {
    return {
      text: t('reviews.due.over', { count: Math.max(1, days) }),
      urgency: 'soon',
    };
  }
  if (days > SOON) {
    return { text: formatDate(texts, iso, now), urgency: 'later' };
  }
  return {
    text:
      days === 0
        ? t('reviews.due.today')
        : t('reviews.due.in', { count: days }),
    urgency: 'soon',
  };
}

/** How many services run under a profile, as "1 service"; the list of names ends at 20. */
export function servicesText(texts: Texts, touches: Review['touches']): string {
  const { t } = texts;
  const { entities, hidden } = touches;
  const isWhole = entities.length < 20;
  return formatList([
    ...(entities.length > 0 || hidden === 0
      ? [
          t(isWhole ? 'reviews.services' : 'reviews.servicesAtLeast', {
            count: entities.length,
          }),
        ]
      : []),
    ...(hidden > 0 ? [t('reviews.hidden', { count: hidden })] : []),
  ]);
}

/** Who and what runs under a profile, as "1 service, 10 pods". */
export function touchesText(texts: Texts, touches: Review['touches']): string {
  const { t } = texts;
  const { entities, hidden, pods } = touches;
  if (entities.length === 0 && hidden === 0 && pods === 0) {
    return t('reviews.touchesNobody');
  }
  return formatList([
    servicesText(texts, touches),
    t('reviews.pods', { count: pods }),
  ]);
}
