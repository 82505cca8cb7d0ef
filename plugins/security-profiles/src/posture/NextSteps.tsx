import { useId, useState } from 'react';
import { Button, ButtonLink, Link, useBreakpoint } from '@backstage/ui';
import type {
  NextStep,
  Posture,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { SeverityMark } from '../components/FindingMark';
import lists from '../components/Lists.module.css';
import { CopyButton } from '../components/PatchBlock';
import { Section } from '../components/Section';
import { useReviewLinks } from '../data/useReviewLinks';
import { useUrlState } from '../data/useUrlState';
import { useTexts } from '../texts/useTexts';
import styles from './NextSteps.module.css';
import type { ApprovalRow } from './approvalRows';
import { RichText } from './RichText';
import { useActionTarget } from './useActionTarget';

const SHOWN_NARROW = 1;
const SHOWN_WIDE = 5;

const APPROVAL_KINDS = new Set(['request-review', 'vote', 'open']);
const APPROVAL_REF = /^(profile|review):(.+)$/;

/**
 * The approval that a step is about, if this reader may do something there.
 *
 * @remarks
 * What may be done is the row's to say: a step is the same for everybody.
 */
function approvalOf(
  action: NextStep['action'],
  rows: readonly ApprovalRow[],
): ApprovalRow | undefined {
  const [, kind, id] = APPROVAL_REF.exec(action?.ref ?? '') ?? [];
  return id !== undefined && APPROVAL_KINDS.has(action?.kind ?? '')
    ? rows.find(
        row =>
          row.action !== undefined &&
          (kind === 'profile'
            ? row.profileIds.includes(id)
            : row.approval.reviewId === id),
      )
    : undefined;
}

interface StepProps {
  step: NextStep;
  clusterNames: ReadonlyMap<string, string>;
  rows: readonly ApprovalRow[];
  onAsk(row: ApprovalRow): void;
}

function Step(props: StepProps) {
  const { step } = props;
  const { t } = useTexts();
  const url = useUrlState();
  const id = useId();
  const target = useActionTarget(step.action, props.clusterNames);
  const approval = approvalOf(step.action, props.rows);
  const links = useReviewLinks();
  const review =
    approval?.action !== 'request-review' && approval?.approval.reviewId
      ? links.review(approval.approval.reviewId)
      : undefined;
  return (
    <li className={styles.step}>
      <SeverityMark severity={step.severity} />
      <span id={id} className={styles.text}>
        <RichText text={step.text} />
      </span>
      <span className={styles.actions}>
        {step.action?.patch ? (
          <CopyButton text={step.action.patch.body} purpose={step.text} />
        ) : null}
        {target ? (
          <ButtonLink variant="secondary" href={target.href}>
            {t('nextSteps.open', { name: target.name })}
          </ButtonLink>
        ) : null}
        {approval?.action === 'request-review' ? (
          <Button
            variant="secondary"
            aria-label={t('nextSteps.askFor', { step: step.text })}
            onPress={() => props.onAsk(approval)}
          >
            {t('nextSteps.ask')}
          </Button>
        ) : null}
        {review ? (
          <ButtonLink
            variant="secondary"
            href={review}
            aria-label={t('nextSteps.openReviewFor', { step: step.text })}
          >
            {t('nextSteps.openReview')}
          </ButtonLink>
        ) : null}
        <ButtonLink
          variant="tertiary"
          href={url.href({ finding: step.findingId })}
          aria-label={t('nextSteps.whyOf', { step: step.text })}
        >
          {t('nextSteps.why')}
        </ButtonLink>
      </span>
    </li>
  );
}

const COUNTS = [
  ['fail', 'fail'],
  ['unknown', 'unknown'],
  ['warn', 'warn'],
  ['waived', 'waived'],
  ['pass', 'pass'],
  ['notApplicable', 'not-applicable'],
] as const;

/** Props of {@link NextSteps}. */
export interface NextStepsProps {
  posture: Posture;
  rows: readonly ApprovalRow[];
  onAsk(row: ApprovalRow): void;
}

/** What to do, most urgent first, and how many findings there are in all. */
export function NextSteps(props: NextStepsProps) {
  const { posture } = props;
  const { t } = useTexts();
  const url = useUrlState();
  const { up } = useBreakpoint();
  const [isExpanded, setExpanded] = useState(false);
  const clusterNames = new Map(
    posture.dataplane.flatMap(({ clusterId, cluster }) =>
      clusterId === undefined ? [] : [[clusterId, cluster]],
    ),
  );
  const limit = up('sm') ? SHOWN_WIDE : SHOWN_NARROW;
  const steps = isExpanded
    ? posture.nextSteps
    : posture.nextSteps.slice(0, limit);
  const more = posture.nextSteps.length - steps.length;
  const present = COUNTS.filter(([key]) => posture.counts[key] > 0);
  return (
    <Section headingLevel={3} anchor="next-steps" title={t('nextSteps.title')}>
      {posture.nextSteps.length === 0 ? (
        <p className={lists.text}>
          {t(
            posture.counts.unknown > 0 || posture.level === 'unknown'
              ? 'nextSteps.noneUnknown'
              : 'nextSteps.none',
          )}
        </p>
      ) : (
        <ol className={styles.steps}>
          {steps.map(step => (
            <Step
              key={`${step.findingId}/${step.text}`}
              step={step}
              clusterNames={clusterNames}
              rows={props.rows}
              onAsk={props.onAsk}
            />
          ))}
        </ol>
      )}
      {more > 0 ? (
        <div>
          <Button variant="secondary" onPress={() => setExpanded(true)}>
            {t('nextSteps.more', { count: more })}
          </Button>
        </div>
      ) : null}
      {present.length > 0 ? (
        <p className={lists.text}>
          {t('nextSteps.all')}{' '}
          {present.map(([key, status], index) => (
            <span key={key}>
              {index > 0 ? ' · ' : null}
              <Link href={url.href({ findings: status, finding: undefined })}>
                {t(`counts.${key}`, { count: posture.counts[key] })}
              </Link>
            </span>
          ))}
        </p>
      ) : null}
    </Section>
  );
}
