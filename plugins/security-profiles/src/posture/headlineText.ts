import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Texts } from '../texts/useTexts';

/** What {@link headlineText} needs of a posture. */
export type HeadlineSource = Pick<Posture, 'headline' | 'level' | 'workloads'>;

const TARGET_PREFIX = /^target\.(met|missed)\./;

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
  name: string,
): string {
  const { key } = posture.headline;
  const params = { name, ...posture.headline.params };
  const clause = key.replace(TARGET_PREFIX, '');
  const known =
    texts.maybe(`headline.${key}`, params) ??
    texts.maybe(`headline.${clause}`, params);
  if (known) {
    return known;
  }
  if (posture.workloads.length === 0) {
    return texts.t('headline.fallback.unmatched', { name });
  }
  return (
    texts.maybe(`headline.fallback.${posture.level}`, { name }) ??
    texts.t('headline.fallback.other', { name, level: posture.level })
  );
}
