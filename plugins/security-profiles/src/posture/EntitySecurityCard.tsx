import { stringifyEntityRef } from '@backstage/catalog-model';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';
import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import { SeverityMark } from '../components/FindingMark';
import { LevelBadge } from '../components/LevelBadge';
import lists from '../components/Lists.module.css';
import { StateBoundary } from '../components/StateBoundary';
import { TargetMark } from '../components/TargetMark';
import { useEntityContentLink } from '../data/useEntityContentLink';
import { usePosture } from '../data/usePosture';
import { useReviewLinks } from '../data/useReviewLinks';
import { useServerNow } from '../data/useServerNow';
import { useTexts } from '../texts/useTexts';
import { reviewsToVoteOn } from './approvalRows';
import { headlineText } from './headlineText';
import { RichText } from './RichText';
import styles from './SummarySection.module.css';

interface CardContentProps {
  posture: Posture;
  name: string;
}

function CardContent(props: CardContentProps) {
  const { posture, name } = props;
  const texts = useTexts();
  const now = useServerNow(posture.servedAt);
  const [step] = posture.nextSteps;
  const links = useReviewLinks();
  const waiting = reviewsToVoteOn(posture);
  const waitingText = texts.t('card.waits', { count: waiting.length });
  const waitingLink =
    waiting.length === 1 ? links.review(waiting[0]) : links.needsMe;
  return (
    <div className={lists.cell}>
      <div className={lists.row}>
        <TargetMark target={posture.target} />
        <LevelBadge level={posture.level} size="m" />
      </div>
      <p className={styles.cardSentence}>
        {headlineText(texts, posture, { name, now })}
      </p>
      {waiting.length > 0 ? (
        <p className={lists.text}>
          {waitingLink ? (
            <Link href={waitingLink}>{waitingText}</Link>
          ) : (
            waitingText
          )}
        </p>
      ) : null}
      {step ? (
        <div className={lists.row}>
          <SeverityMark severity={step.severity} />
          <span>
            <RichText text={step.text} />
          </span>
        </div>
      ) : null}
    </div>
  );
}

/** The same as the tab, in three lines, for the overview of an entity. */
export function EntitySecurityCard() {
  const { entity } = useEntity();
  const { t } = useTexts();
  const loaded = usePosture(stringifyEntityRef(entity));
  const href = useEntityContentLink();
  return (
    <EntityInfoCard
      title={t('card.title')}
      footerActions={
        href ? <Link href={href}>{t('card.open')}</Link> : undefined
      }
    >
      <StateBoundary
        loaded={loaded}
        what="state.what.posture"
        forbidden="state.forbidden"
        skeleton={[32, 48]}
      >
        {posture => (
          <CardContent posture={posture} name={entity.metadata.name} />
        )}
      </StateBoundary>
    </EntityInfoCard>
  );
}
