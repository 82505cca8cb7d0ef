import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import { formatMoment } from '../texts/formatTime';
import type { TextParams, Texts } from '../texts/useTexts';

/** What {@link headlineText} needs of a posture. */
export type HeadlineSource = Pick<
  Posture,
  'approval' | 'counts' | 'headline' | 'level' | 'target' | 'workloads'
>;

/** Options of {@link headlineText}. */
export interface HeadlineTextOptions {
  /** How the entity is called. */
  name: string;
  /** The time that days are written against, in milliseconds. */
  now: number;
}

const LEVEL_PARAMS = ['level', 'worstLevel', 'bestLevel'];
const TIME_PARAMS = ['time', 'asOf'];

/** The server sends levels, moments and origins as values; here they become words. */
function inWords(
  texts: Texts,
  params: TextParams,
  options: HeadlineTextOptions,
): TextParams {
  const words: TextParams = { name: options.name, ...params };
  for (const key of LEVEL_PARAMS) {
    if (words[key] !== undefined) {
      words[key] = texts.maybe(`level.${words[key]}`) ?? words[key];
    }
  }
  for (const key of TIME_PARAMS) {
    if (words[key] !== undefined) {
      words[key] = formatMoment(texts, String(words[key]), options.now);
    }
  }
  if (words.origin !== undefined) {
    words.origin =
      texts.maybe(`headline.origin.${words.origin}`) ?? words.origin;
  }
  return words;
}

function sentence(
  texts: Texts,
  posture: HeadlineSource,
  params: TextParams,
): string {
  const { headline, level, target, workloads } = posture;
  const isPlainBaseline =
    headline.key === 'baseline' &&
    target.level === 'baseline' &&
    target.met === 'yes';
  const isApproved =
    headline.key === 'profiled' &&
    posture.approval === 'approved' &&
    target.level === 'profiled' &&
    target.met === 'yes';
  const known = isApproved
    ? texts.maybe('headline.target.met.profiled', {
        ...params,
        count: posture.counts.containers,
      })
    : texts.maybe(
        `headline.${isPlainBaseline ? 'target.met.baseline' : headline.key}`,
        params,
      );
  if (known) {
    return known;
  }
  if (workloads.length === 0) {
    return texts.t('headline.fallback.unmatched', params);
  }
  return (
    texts.maybe(`headline.fallback.${level}`, params) ??
    texts.t('headline.fallback.other', { ...params, level })
  );
}

/**
 * The sentence above everything.
 *
 * @remarks
 * The server names the sentence. A key that this version does not know, or a missing value, falls back to a plain
 * sentence about the level: never to an unfinished one.
 */
export function headlineText(
  texts: Texts,
  posture: HeadlineSource,
  options: HeadlineTextOptions,
): string {
  const params = inWords(texts, posture.headline.params, options);
  const { cause } = posture.headline;
  const why =
    cause &&
    texts.maybe(`headline.${cause.key}`, inWords(texts, cause.params, options));
  const text = [sentence(texts, posture, params), ...(why ? [why] : [])].join(
    ' ',
  );
  return params.asOf === undefined || params.staleCluster === undefined
    ? text
    : `${text} ${texts.t('headline.suffix.stale', {
        time: params.asOf,
        cluster: params.staleCluster,
      })}`;
}
