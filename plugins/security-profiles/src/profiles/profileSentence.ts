import type { ProfileDetail } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Texts } from '../texts/useTexts';

type Countable = Pick<
  ProfileDetail,
  | 'mode'
  | 'kind'
  | 'allows'
  | 'beyond'
  | 'because'
  | 'distance'
  | 'raw'
  | 'appArmor'
  | 'seLinux'
>;

function allowsText({ t }: Texts, total: number, beyond: number): string {
  return beyond === 0
    ? t('profilePage.sentence.within', { count: total })
    : t('profilePage.sentence.beyond', {
        count: total,
        within: total - beyond,
        beyond,
      });
}

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
    return [
      allowsText(texts, beyond.total + within.total, beyond.total),
      denied.total > 0
        ? t('profilePage.sentence.denies', { count: denied.total })
        : undefined,
    ]
      .filter(Boolean)
      .join(' ');
  }
  if (
    typeof profile.allows === 'number' &&
    typeof profile.beyond?.calls === 'number'
  ) {
    return allowsText(texts, profile.allows, profile.beyond.calls);
  }
  if (profile.appArmor || profile.seLinux) {
    return t('profilePage.sentence.other', { kind: profile.kind });
  }
  return because
    ? t('profilePage.sentence.unknownBecause', { because })
    : t('profilePage.sentence.unknown');
}
