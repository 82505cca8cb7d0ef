import { useId } from 'react';
import { Box, Link, VisuallyHidden } from '@backstage/ui';
import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import { Explain } from '../components/Explain';
import { FreshnessStamp } from '../components/FreshnessStamp';
import { LevelBadge } from '../components/LevelBadge';
import lists from '../components/Lists.module.css';
import sectionStyles from '../components/Section.module.css';
import { TargetMark } from '../components/TargetMark';
import { useUrlState } from '../data/useUrlState';
import { useTexts } from '../texts/useTexts';
import { headlineText } from './headlineText';
import styles from './SummarySection.module.css';

function formatPoints(points: number, locale: string): string {
  return Math.abs(points).toLocaleString(locale, { maximumFractionDigits: 1 });
}

/** Props of {@link ScoreParts}. */
export interface ScorePartsProps {
  posture: Posture;
}

/** How a score comes about, as a list whose parts link to their findings. */
export function ScoreParts(props: ScorePartsProps) {
  const { posture } = props;
  const { t, maybe, locale } = useTexts();
  const url = useUrlState();
  const titles = new Map(posture.findings.map(({ id, title }) => [id, title]));
  const counted = posture.scoreParts
    .filter(part => part.points !== 0)
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points));
  const { unknown, notApplicable, scheduled = 0 } = posture.counts;
  const notCounted = [
    unknown > 0 ? t('score.notCountedUnknown', { count: unknown }) : undefined,
    notApplicable > 0
      ? t('score.notCountedNotApplicable', { count: notApplicable })
      : undefined,
    scheduled > 0 ? t('scorePart.scheduled', { count: scheduled }) : undefined,
  ].filter(Boolean);
  const { score, lowestScore } = posture;
  return (
    <ul className={lists.plain}>
      <li>{t('score.start')}</li>
      {counted.length === 0 ? <li>{t('score.perfect')}</li> : null}
      {counted.map(part => (
        <li key={part.findingId}>
          −{formatPoints(part.points, locale)}{' '}
          <Link href={url.href({ finding: part.findingId })}>
            {titles.get(part.findingId) ?? part.findingId}
          </Link>{' '}
          ({maybe(`status.${part.status}`) ?? part.status})
          {part.because ? (
            <div className={lists.small}>{part.because}</div>
          ) : null}
        </li>
      ))}
      {notCounted.length > 0 ? (
        <li>
          {t('score.notCounted')} {notCounted.join(', ')}
        </li>
      ) : null}
      {typeof lowestScore === 'number' &&
      score !== null &&
      lowestScore < score ? (
        <li>
          {t('scorePart.atMost', {
            count: unknown,
            score: formatPoints(lowestScore, locale),
          })}
        </li>
      ) : null}
    </ul>
  );
}

/** Props of {@link SummarySection}. */
export interface SummarySectionProps {
  posture: Posture;
  /** How the entity is called. */
  name: string;
  now: number;
}

/** The answer in one sentence, with target, level, score and the age of the facts. */
export function SummarySection(props: SummarySectionProps) {
  const { posture, name, now } = props;
  const texts = useTexts();
  const { t, maybe } = texts;
  const id = useId();
  const { target } = posture;
  return (
    <Box
      as="section"
      bg="neutral"
      aria-labelledby={id}
      className={sectionStyles.section}
    >
      <VisuallyHidden>
        <h2 id={id}>{t('tab.summary')}</h2>
      </VisuallyHidden>
      <div className={lists.row}>
        <TargetMark target={target} />
        <LevelBadge level={posture.level} size="l" />
      </div>
      <p className={styles.sentence}>
        {headlineText(texts, posture, { name, now })}
      </p>
      {target.met !== 'yes' && target.because.length > 0 ? (
        <ul className={lists.plain}>
          {target.because.map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      ) : null}
      <div className={lists.row}>
        {target.level !== null && target.level !== 'none' ? (
          <span>
            {t('target.wanted', {
              level: maybe(`level.${target.level}`) ?? target.level,
            })}
          </span>
        ) : null}
        {posture.score === null ? (
          <span>
            {t('score.none', {
              reason: target.because[0] ?? t('score.noneReason'),
            })}
          </span>
        ) : (
          <span>
            {t('score.value', { score: posture.score })}
            {' · '}
            <Explain
              title={t('score.title', { score: posture.score })}
              content={<ScoreParts posture={posture} />}
            >
              {t('score.why', { score: posture.score })}
            </Explain>
          </span>
        )}
        <FreshnessStamp sources={posture.sources} now={now} />
      </div>
    </Box>
  );
}
