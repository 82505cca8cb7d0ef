import { Alert, Link } from '@backstage/ui';
import type { Review } from '@security-profiles/backstage-plugin-security-profiles-common';
import { formatDate, formatMoment } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';
import { nameInRef } from './reviewTexts';

/** Props of {@link EndNotices}. */
export interface EndNoticesProps {
  review: Review;
  now: number;
}

/** An address that a browser opens as a page, and nothing else. */
function isWebAddress(address: string): boolean {
  return /^https?:\/\//.test(address);
}

/** Who put the content in force before others decided, and who ended an approval before its time. */
export function EndNotices(props: EndNoticesProps) {
  const { review, now } = props;
  const { emergency, revoked } = review;
  const texts = useTexts();
  const { t } = texts;
  return (
    <>
      {emergency ? (
        <Alert
          status={review.state === 'approved-emergency' ? 'danger' : 'info'}
          icon
          title={
            review.state === 'approved-emergency'
              ? t('reviewPage.emergency.title', {
                  until: formatMoment(texts, emergency.until, now),
                })
              : t('reviewPage.emergency.ended', {
                  at: formatMoment(
                    texts,
                    emergency.endedAt ?? emergency.until,
                    now,
                  ),
                })
          }
          description={[
            t('reviewPage.emergency.by', {
              name: nameInRef(emergency.by),
              reason: emergency.reason,
            }),
            review.state === 'approved'
              ? undefined
              : t('reviewPage.emergency.due', {
                  date: formatDate(texts, emergency.reviewDueAt, now),
                }),
          ]
            .filter(Boolean)
            .join(' · ')}
          customActions={
            isWebAddress(emergency.incident) ? (
              <Link href={emergency.incident} target="_blank" rel="noopener">
                {t('reviewPage.emergency.incident')}
              </Link>
            ) : undefined
          }
        />
      ) : null}
      {revoked ? (
        <Alert
          status="warning"
          icon
          title={t('reviewPage.revoked.title', {
            name: nameInRef(revoked.by),
            at: formatMoment(texts, revoked.at, now),
          })}
          description={revoked.reason}
        />
      ) : null}
    </>
  );
}
