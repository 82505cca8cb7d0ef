import { useCallback, useEffect, useRef, useState } from 'react';
import { useParams } from 'react-router-dom';
import { useApi } from '@backstage/core-plugin-api';
import { BreadcrumbEntry } from '@backstage/frontend-plugin-api';
import { EntityName } from '../components/EntityName';
import { Alert, Box, Button, Link } from '@backstage/ui';
import type { Review } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { useAnnounce } from '../components/Announcer';
import { ApprovalMark } from '../components/ApprovalMark';
import { Digest } from '../components/Digest';
import lists from '../components/Lists.module.css';
import sectionStyles from '../components/Section.module.css';
import { StateBoundary } from '../components/StateBoundary';
import { useKeptText } from '../data/useKeptText';
import { useLoaded } from '../data/useLoaded';
import { useReviewLinks } from '../data/useReviewLinks';
import { useServerNow } from '../data/useServerNow';
import {
  formatAge,
  formatDate,
  formatList,
  formatMoment,
} from '../texts/formatTime';
import { shortDigest } from '../texts/shortDigest';
import { useTexts } from '../texts/useTexts';
import { BreakGlassDialog } from './BreakGlassDialog';
import { ChangeSection } from './ChangeSection';
import { DecisionBox, type VoteDraft } from './DecisionBox';
import { DiscussionSection } from './DiscussionSection';
import { EndNotices } from './EndNotices';
import { HistorySection } from './HistorySection';
import { InForceSection } from './InForceSection';
import styles from './Review.module.css';
import {
  dueOf,
  isOpen,
  quorumCounts,
  touchesText,
  type Decision,
} from './reviewTexts';
import { RevokeDialog } from './RevokeDialog';
import { RulesSection } from './RulesSection';
import { TierSection } from './TierSection';
import { VotesSection } from './VotesSection';
import { WithdrawDialog } from './WithdrawDialog';

/** Milliseconds. Who reads should learn soon that what they read has changed. */
const POLL_EVERY = 10_000;
const LONG_REASON = 600;

interface AskedProps {
  review: Review;
  now: number;
}

function Asked(props: AskedProps) {
  const { review, now } = props;
  const texts = useTexts();
  const { t, maybe } = texts;
  const links = useReviewLinks();
  const { profile, environment, touches } = review;
  const newer = review.supersededBy
    ? links.review(review.supersededBy)
    : undefined;
  return (
    <>
      <p className={styles.lead}>
        {maybe(`review.what.${review.kind}`, { environment }) ?? review.kind}
      </p>
      <dl className={lists.facts}>
        <dt>{t('review.kind')}</dt>
        <dd>{profile.kind}</dd>
        <dt>{t('review.environment')}</dt>
        <dd>{environment}</dd>
        <dt>{t('review.clusters')}</dt>
        <dd>
          {profile.clusters.length > 0
            ? formatList(profile.clusters)
            : t('review.noClusters')}
        </dd>
        <dt>{t('review.content')}</dt>
        <dd>
          <Digest digest={review.digest} />
        </dd>
        <dt>{t('review.reason')}</dt>
        <dd>
          <p
            className={
              review.reason.length > LONG_REASON
                ? `${styles.said} ${styles.long}`
                : styles.said
            }
            dir="auto"
            {...(review.reason.length > LONG_REASON && {
              role: 'region',
              'aria-label': t('review.reason'),
              tabIndex: 0,
            })}
          >
            {review.reason}
          </p>
        </dd>
        {review.ticket ? (
          <>
            <dt>{t('review.ticket')}</dt>
            <dd dir="auto">{review.ticket}</dd>
          </>
        ) : null}
        <dt>{t('review.askedBy')}</dt>
        <dd>
          <EntityName entityRef={review.requestedBy} />,{' '}
          <time dateTime={review.createdAt}>
            {t('review.askedAt', {
              time: formatMoment(texts, review.createdAt, now),
              age: formatAge(texts, now - Date.parse(review.createdAt)),
            })}
          </time>
        </dd>
        {review.wantedExpiry ? (
          <>
            <dt>{t('review.wanted')}</dt>
            <dd>
              <time dateTime={review.wantedExpiry}>
                {formatDate(texts, review.wantedExpiry, now)}
              </time>
            </dd>
          </>
        ) : null}
        <dt>{t('review.touches')}</dt>
        <dd>
          {touchesText(texts, touches)}
          {touches.entities.length > 0 ? (
            <>
              {': '}
              {touches.entities.map((ref, index) => (
                <span key={ref}>
                  {index > 0 ? ', ' : null}
                  <EntityName entityRef={ref} />
                </span>
              ))}
            </>
          ) : null}
        </dd>
        {newer ? (
          <>
            <dt>{t('review.supersededBy')}</dt>
            <dd>
              <Link href={newer}>{t('review.openNewer')}</Link>
            </dd>
          </>
        ) : null}
      </dl>
    </>
  );
}

const LOSS_TEXTS = {
  changed: { title: 'review.changed.title', text: 'review.changed.text' },
  unknown: {
    title: 'review.changed.unknown',
    text: 'review.changed.unknownText',
  },
  gone: { title: 'review.changed.gone', text: 'review.changed.goneText' },
} as const;

/** Why no cluster is known to run what a review is about. */
function lossOf({ observed }: Review): keyof typeof LOSS_TEXTS {
  if (observed.length === 0) {
    return 'gone';
  }
  return observed.every(({ digest }) => digest === null)
    ? 'unknown'
    : 'changed';
}

interface ActionsProps {
  review: Review;
  now: number;
  accept(review: Review): void;
  reload(): void;
}

/** What the reader may do beside voting. */
function Actions(props: ActionsProps) {
  const { review, now, accept, reload } = props;
  const may = (what: string) => review.viewerMay.includes(what);
  return (
    <div className={lists.row}>
      {may('withdraw') ? (
        <WithdrawDialog review={review} onWithdrawn={accept} />
      ) : null}
      {may('revoke') ? (
        <RevokeDialog review={review} onRevoked={accept} />
      ) : null}
      {may('break-glass') ? (
        <BreakGlassDialog
          review={review}
          now={now}
          onBroken={accept}
          onOutdated={reload}
        />
      ) : null}
    </div>
  );
}

interface ReviewViewProps {
  review: Review;
  draft: VoteDraft;
  comment: ReturnType<typeof useKeptText>;
  now: number;
  accept(review: Review): void;
  reload(): void;
}

function ReviewView(props: ReviewViewProps) {
  const { review, draft, comment, now, accept, reload } = props;
  const texts = useTexts();
  const { t } = texts;
  const announce = useAnnounce();
  const heading = useRef<HTMLHeadingElement>(null);
  const inForce = useRef<HTMLDivElement>(null);
  const decision = useRef<HTMLDivElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, [review.id]);

  const { profile, environment, state, observed } = review;
  const open = isOpen(state);
  const isInForce = observed.some(({ matches }) => matches) ? 'yes' : 'no';
  const mayDecide =
    open &&
    isInForce === 'yes' &&
    ['approve', 'reject', 'request-changes'].some(one =>
      review.viewerMay.includes(one),
    );
  const hasChanged = open && isInForce === 'no';
  const loss = lossOf(review);
  const changedTitle = t(LOSS_TEXTS[loss].title, {
    name: profile.name,
    environment,
  });
  useEffect(() => {
    if (hasChanged) {
      announce(changedTitle);
    }
  }, [announce, hasChanged, changedTitle]);

  const focusOn = (part: HTMLElement | null) => {
    part?.scrollIntoView?.({ block: 'start' });
    part?.focus();
  };
  const votes = t('review.votesOf', quorumCounts(review));
  return (
    <div className={sectionStyles.page}>
      <Box bg="neutral" className={sectionStyles.section}>
        <div className={sectionStyles.head}>
          <h2
            ref={heading}
            tabIndex={-1}
            className={sectionStyles.title}
            dir="auto"
          >
            {t('review.title', { profile: profile.name, environment })}
          </h2>
          <div className={lists.row}>
            <ApprovalMark
              state={state}
              expiresAt={
                state === 'approved-emergency'
                  ? review.emergency?.until
                  : review.expiresAt
              }
              now={now}
            />
            {review.tier ? (
              <span>{t('reviewPage.tier', { tier: review.tier })}</span>
            ) : null}
            {open ? <span>{votes}</span> : null}
            {open ? (
              <time dateTime={review.requestExpiresAt}>
                {t('review.due', {
                  date: dueOf(texts, review.requestExpiresAt, now).text,
                })}
              </time>
            ) : null}
          </div>
        </div>
        <Asked review={review} now={now} />
        <Actions review={review} now={now} accept={accept} reload={reload} />
      </Box>
      <EndNotices review={review} now={now} />
      {hasChanged ? (
        <Alert
          status="warning"
          icon
          title={changedTitle}
          description={t(LOSS_TEXTS[loss].text, {
            digest: shortDigest(review.digest),
          })}
        />
      ) : null}
      <div className={styles.columns}>
        <div className={styles.column}>
          <ChangeSection review={review} />
          <RulesSection allows={review.allows} />
          <div ref={inForce} tabIndex={-1}>
            <InForceSection review={review} />
          </div>
        </div>
        <div className={styles.column}>
          <div ref={decision} tabIndex={-1}>
            <DecisionBox
              review={review}
              draft={draft}
              now={now}
              isInForce={isInForce}
              onVoted={accept}
              onOutdated={reload}
              onShowChange={() => focusOn(inForce.current)}
            />
          </div>
          <VotesSection review={review} now={now} />
          <TierSection review={review} />
          <DiscussionSection
            review={review}
            comment={comment}
            now={now}
            onCommented={accept}
          />
          <HistorySection review={review} now={now} />
        </div>
      </div>
      {mayDecide ? (
        <div className={styles.bar}>
          <span>{votes}</span>
          <Button variant="primary" onPress={() => focusOn(decision.current)}>
            {t('review.decide')}
          </Button>
        </div>
      ) : null}
    </div>
  );
}

interface OneReviewProps {
  reviewId: string;
}

function OneReview(props: OneReviewProps) {
  const { reviewId } = props;
  const api = useApi(securityProfilesApiRef);
  const links = useReviewLinks();
  // Above the answer: what somebody writes survives a refused or failed refresh.
  const [decision, setDecision] = useState<Decision>();
  const reason = useKeptText(`${reviewId}.reason`);
  const comment = useKeptText(`${reviewId}.comment`);
  const load = useCallback(
    async (signal: AbortSignal) =>
      (
        await api.request('get', '/reviews/{reviewId}', {
          params: { path: { reviewId } },
          signal,
        })
      ).data!,
    [api, reviewId],
  );
  const loaded = useLoaded(load, { pollEvery: POLL_EVERY });
  const now = useServerNow(loaded.data?.servedAt);
  return (
    <StateBoundary
      loaded={loaded}
      what="state.what.review"
      forbidden="state.notFound"
      skeleton={[200, 320, 160]}
    >
      {review => (
        <BreadcrumbEntry
          entry={{
            label: `${review.profile.name} · ${review.environment}`,
            href: links.review(reviewId) ?? '',
          }}
        >
          <ReviewView
            review={review}
            draft={{ decision, setDecision, reason }}
            comment={comment}
            now={now}
            accept={loaded.accept}
            reload={loaded.reload}
          />
        </BreadcrumbEntry>
      )}
    </StateBoundary>
  );
}

/** One review: what is asked, what that allows, what is in force, who has voted, and the reader's own decision. */
export function ReviewPage() {
  const { reviewId = '' } = useParams();
  return <OneReview key={reviewId} reviewId={reviewId} />;
}
