import type { ScorecardSummary } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Texts } from '../texts/useTexts';

/** What a scorecard says before any number: on target first, then what is exposed or not known, then whose view it is. */
export function scorecardSentences(
  texts: Texts,
  summary: ScorecardSummary,
): string[] {
  const { t } = texts;
  const { entities, target, levels } = summary.counts;
  if (entities === 0) {
    return [t('scorecards.empty.none')];
  }
  const sentences: string[] = [];
  if (levels.unknown === entities) {
    sentences.push(t('scorecards.allUnknown'));
  } else if (entities === 1) {
    const state =
      (['met', 'missed', 'unknown'] as const).find(one => target[one] > 0) ??
      'none';
    sentences.push(
      t('scorecards.headline', {
        count: 1,
        state: t(`scorecards.state.${state}`),
      }),
    );
  } else {
    sentences.push(
      t('scorecards.headline', { count: entities, met: target.met }),
    );
    if (target.unknown > 0) {
      sentences.push(t('scorecards.targetUnknown', { count: target.unknown }));
    }
    if (target.none > 0) {
      sentences.push(t('scorecards.noTarget', { count: target.none }));
    }
  }
  if (levels.exposed > 0 && entities > 1) {
    sentences.push(t('scorecards.exposed', { count: levels.exposed }));
  }
  if (levels.accepted > 0) {
    sentences.push(t('scorecards.withoutGrants', { count: levels.accepted }));
  }
  if (summary.view === 'filtered') {
    sentences.push(t('scorecards.filtered', { count: entities }));
  }
  return sentences;
}
