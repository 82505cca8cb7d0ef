import type { ProfileDetail } from '@security-profiles/backstage-plugin-security-profiles-common';
import lists from '../components/Lists.module.css';
import { Section } from '../components/Section';
import { useTexts } from '../texts/useTexts';
import styles from './Profile.module.css';

/** More entries than a reader takes in at once are folded by their browser's scroll, not hidden. */
interface Part {
  title: string;
  entries: string[];
}

function entryText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** What a policy that has no syscalls allows, as lists under the names of its own fields. */
export function partsOf(
  rules: Record<string, unknown>,
  prefix: readonly string[] = [],
): Part[] {
  return Object.entries(rules).flatMap(([name, value]): Part[] => {
    const path = [...prefix, name];
    if (Array.isArray(value)) {
      return value.length === 0
        ? []
        : [{ title: path.join(' · '), entries: value.map(entryText) }];
    }
    if (typeof value === 'object' && value !== null) {
      return partsOf(value as Record<string, unknown>, path);
    }
    return value === undefined || value === null
      ? []
      : [{ title: path.join(' · '), entries: [entryText(value)] }];
  });
}

/** Props of {@link OtherRules}. */
export interface OtherRulesProps {
  profile: ProfileDetail;
}

/** What a profile allows that is no list of syscalls, or why that is not known. */
export function OtherRules(props: OtherRulesProps) {
  const { profile } = props;
  const { t, locale } = useTexts();
  const { appArmor, seLinux, raw } = profile;
  if (raw) {
    return (
      <Section headingLevel={3} title={t('profilePage.raw')}>
        <p className={lists.text}>
          {t('profilePage.rawText', {
            bytes: raw.bytes.toLocaleString(locale),
          })}
        </p>
        <code className={lists.code} translate="no">
          {raw.digest}
        </code>
      </Section>
    );
  }
  const parts = partsOf((appArmor ?? seLinux ?? {}) as Record<string, unknown>);
  return (
    <Section
      headingLevel={3}
      title={t(
        parts.length > 0 ? 'profilePage.rules' : 'profilePage.rulesUnknown',
      )}
    >
      {parts.length === 0 ? (
        <p className={lists.text}>
          {profile.because ?? t('profilePage.rulesNone')}
        </p>
      ) : null}
      {parts.map(({ title, entries }) => (
        <div key={title} className={styles.group}>
          <h4 className={styles.subtitle}>
            {title} ({entries.length})
          </h4>
          <ul className={styles.names}>
            {entries.map((entry, index) => (
              <li key={index}>
                <code className={lists.code} translate="no">
                  {entry}
                </code>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </Section>
  );
}
