import type { Review } from '@security-profiles/backstage-plugin-security-profiles-common';
import lists from '../components/Lists.module.css';
import { Section } from '../components/Section';
import { Terms } from '../components/Term';
import { useTexts } from '../texts/useTexts';

/** Props of {@link TierSection}. */
export interface TierSectionProps {
  review: Review;
}

/** How much is at stake, and why; it sets how many people must approve and for how long. */
export function TierSection(props: TierSectionProps) {
  const { tier, riskReasons = [], decidedBy } = props.review;
  const { t } = useTexts();
  if (!tier) {
    return null;
  }
  return (
    <Section
      headingLevel={3}
      anchor="tier"
      title={t('reviewPage.whyTier', { tier })}
    >
      {riskReasons.length === 0 ? (
        <p className={lists.text}>{t('reviewPage.noReasons')}</p>
      ) : (
        <ul className={lists.plain}>
          {riskReasons.map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      )}
      {decidedBy === 'policy' ? (
        <p className={lists.text}>{t('reviewPage.byPolicy')}</p>
      ) : null}
      <Terms terms={['tier']} />
    </Section>
  );
}
