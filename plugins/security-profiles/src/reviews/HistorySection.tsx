import type { Review } from '@security-profiles/backstage-plugin-security-profiles-common';
import { EntityName } from '../components/EntityName';
import lists from '../components/Lists.module.css';
import { Section } from '../components/Section';
import { Fold } from '../profiles/Fold';
import { formatMoment } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';
import styles from './Review.module.css';

/** Props of {@link HistorySection}. */
export interface HistorySectionProps {
  review: Review;
  now: number;
}

/** Everything that happened in a review, oldest first. */
export function HistorySection(props: HistorySectionProps) {
  const { review, now } = props;
  const { history = [] } = review;
  const texts = useTexts();
  const { t, maybe } = texts;
  if (history.length === 0) {
    return null;
  }
  return (
    <Section
      headingLevel={3}
      anchor="history"
      title={t('reviewPage.history.title', { count: history.length })}
    >
      <Fold summary={t('reviewPage.history.show', { count: history.length })}>
        <ol className={lists.plain}>
          {history.map(({ seq, at, type, actor, decision, text }) => (
            <li key={seq} className={lists.cell}>
              <span>
                <time dateTime={at}>{formatMoment(texts, at, now)}</time>{' '}
                <strong>
                  {maybe(`reviewPage.history.${type}`) ?? type}
                  {decision
                    ? `: ${
                        maybe(`review.votes.decision.${decision}`) ?? decision
                      }`
                    : null}
                </strong>{' '}
                {t('reviewPage.history.by')} <EntityName entityRef={actor} />
              </span>
              {text ? (
                <p className={styles.said} dir="auto">
                  {text}
                </p>
              ) : null}
            </li>
          ))}
        </ol>
      </Fold>
    </Section>
  );
}
