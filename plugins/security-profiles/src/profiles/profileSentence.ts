import type { ProfileDetail } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Texts } from '../texts/useTexts';

type Countable = Pick<
  ProfileDetail,
  | 'mode'
  | 'kind'
  | 'allows'
  | 'because'
  | 'distance'
  | 'raw'
  | 'appArmor'
  | 'seLinux'
>;

/** What a profile allows, in one sentence. */
export function profileSentence(texts: Texts, profile: Countable): string {
  const { t } = texts;
  const { mode, distance, raw, because } = profile;
  if (raw) {
    return t('profilePage.sentence.raw');
  }
  if (mode === 'allows-by-default' || mode === 'logs-by-default') {
    return t('profilePage.sentence.byDefault');
  }
  if (distance) {
    const { beyond, within, denied } = distance;
    const total = beyond.total + within.total;
    return [
      beyond.total === 0
        ? t('profilePage.sentence.within', { count: total })
        : t('profilePage.sentence.beyond', {
            count: total,
            within: within.total,
            beyond: beyond.total,
          }),
      denied.total > 0
        ? t('profilePage.sentence.denies', { count: denied.total })
        : undefined,
    ]
      .filter(Boolean)
      .join(' ');
  }
  if (profile.appArmor || profile.seLinux) {
    return t('profilePage.sentence.other', { kind: profile.kind });
  }
  return because
    ? t('profilePage.sentence.unknownBecause', { because })
    : t('profilePage.sentence.unknown');
}
