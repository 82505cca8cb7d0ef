import { Link } from '@backstage/ui';
import type { ScorecardSummary } from '@security-profiles/backstage-plugin-security-profiles-common';
import { SeverityMark } from '../components/FindingMark';
import { LevelBar } from '../components/LevelBar';
import lists from '../components/Lists.module.css';
import { Section } from '../components/Section';
import { useUrlState } from '../data/useUrlState';
import { useTexts } from '../texts/useTexts';
import styles from './Scorecard.module.css';
import { scorecardSentences } from './scorecardSentences';

/** Approvals that ask somebody to act, most urgent first. */
const DEBTS = ['stale', 'pending', 'missing', 'partly', 'unknown'] as const;

/** Props of {@link ScorecardSummarySection}. */
export interface ScorecardSummarySectionProps {
  summary: ScorecardSummary;
}

/** The sentence first, then the share of each level, then what would help most. */
export function ScorecardSummarySection(props: ScorecardSummarySectionProps) {
  const { summary } = props;
  const { counts, approvals, steps } = summary;
  const texts = useTexts();
  const { t } = texts;
  const url = useUrlState();
  const debts = DEBTS.filter(state => (approvals[state] ?? 0) > 0);
  return (
    <>
      <p className={styles.sentence}>
        {scorecardSentences(texts, summary).join(' ')}
      </p>
      {counts.entities > 0 ? (
        <div className={styles.columns}>
          <Section headingLevel={3} title={t('scorecards.levels')}>
            <LevelBar
              levels={counts.levels}
              size="m"
              hrefOf={level =>
                url.href({ view: 'entities', level, target: undefined })
              }
            />
            <div className={lists.row}>
              <span className={lists.strong}>{t('scorecards.approvals')}:</span>
              {debts.length === 0 ? (
                <span>{t('scorecards.approvals.none')}</span>
              ) : (
                debts.map(state => (
                  <Link
                    key={state}
                    href={url.href({ view: 'entities', approval: state })}
                  >
                    {t(`scorecards.approvals.${state}`, {
                      count: approvals[state],
                    })}
                  </Link>
                ))
              )}
            </div>
          </Section>
          <Section headingLevel={3} title={t('scorecards.steps')}>
            {steps.length === 0 ? (
              <p className={lists.text}>{t('scorecards.steps.none')}</p>
            ) : (
              <ol className={styles.steps}>
                {steps.map(step => (
                  <li key={step.findingId}>
                    <SeverityMark severity={step.severity} />{' '}
                    <Link
                      href={url.href({
                        view: 'entities',
                        finding: step.findingId,
                      })}
                    >
                      {t('scorecards.step', {
                        title: step.title,
                        count: step.failing,
                      })}
                    </Link>{' '}
                    {step.sole > 0
                      ? t('scorecards.step.sole', { count: step.sole })
                      : null}
                  </li>
                ))}
              </ol>
            )}
          </Section>
        </div>
      ) : null}
    </>
  );
}
