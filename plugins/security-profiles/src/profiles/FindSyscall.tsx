import { useState } from 'react';
import { SearchField } from '@backstage/ui';
import type { ProfileDetail } from '@security-profiles/backstage-plugin-security-profiles-common';
import lists from '../components/Lists.module.css';
import { Section } from '../components/Section';
import { useTexts } from '../texts/useTexts';
import { callAnswer, knownCalls } from './callAnswer';
import styles from './Profile.module.css';

const SHOWN_ANSWERS = 6;

/** Props of {@link FindSyscall}. */
export interface FindSyscallProps {
  profile: ProfileDetail;
  distance: NonNullable<ProfileDetail['distance']>;
}

/** Answers what happens to a syscall, in words, while its name is typed. */
export function FindSyscall(props: FindSyscallProps) {
  const { profile, distance } = props;
  const texts = useTexts();
  const { t } = texts;
  const [typed, setTyped] = useState('');
  const name = typed.trim().toLowerCase();
  const starting = name
    ? knownCalls(distance).filter(call => call.startsWith(name))
    : [];
  const names =
    name && !starting.includes(name) && starting.length === 0
      ? [name]
      : starting.slice(0, SHOWN_ANSWERS);
  const more = Math.max(0, starting.length - names.length);
  return (
    <Section headingLevel={3} title={t('profilePage.find')}>
      <SearchField
        className={styles.search}
        aria-label={t('profilePage.find')}
        placeholder={t('profilePage.findHint')}
        value={typed}
        onChange={setTyped}
      />
      <div role="status">
        {names.length > 0 ? (
          <ul className={lists.plain}>
            {names.map(call => (
              <li key={call}>{callAnswer(texts, profile, distance, call)}</li>
            ))}
          </ul>
        ) : null}
        {more > 0 ? (
          <p className={lists.text}>
            {t('profilePage.findMore', { count: more })}
          </p>
        ) : null}
      </div>
    </Section>
  );
}
