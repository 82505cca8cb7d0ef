import type { Review } from '@security-profiles/backstage-plugin-security-profiles-common';
import { Chip } from '../components/Chip';
import lists from '../components/Lists.module.css';
import { Section } from '../components/Section';
import { shortDigest } from '../texts/shortDigest';
import { useTexts } from '../texts/useTexts';

/** Props of {@link InForceSection}. */
export interface InForceSectionProps {
  review: Review;
}

/** What each cluster of the environment runs now, beside what the review is about. */
export function InForceSection(props: InForceSectionProps) {
  const { observed } = props.review;
  const { t } = useTexts();
  return (
    <Section
      headingLevel={3}
      anchor="in-force"
      title={t('review.inForce.title')}
    >
      {observed.length === 0 ? (
        <p className={lists.text}>{t('review.inForce.none')}</p>
      ) : (
        <ul className={lists.plain}>
          {observed.map(({ profileId, cluster, digest, matches }) => (
            <li key={profileId} className={lists.row}>
              {matches ? (
                <span>{t('review.inForce.same', { cluster })}</span>
              ) : null}
              {!matches && digest !== null ? (
                <>
                  <Chip tone="warning">
                    {t('review.inForce.differs', { cluster })}
                  </Chip>
                  <span>
                    {t('review.inForce.differsText', {
                      digest: shortDigest(digest),
                    })}
                  </span>
                </>
              ) : null}
              {!matches && digest === null ? (
                <Chip tone="neutral" border="dashed">
                  {t('review.inForce.unknown', { cluster })}
                </Chip>
              ) : null}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
