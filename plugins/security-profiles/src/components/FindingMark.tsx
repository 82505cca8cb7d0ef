import type { ReactElement } from 'react';
import {
  RiAlarmWarningFill,
  RiAlertLine,
  RiCheckLine,
  RiCloseLine,
  RiErrorWarningLine,
  RiFlag2Line,
  RiInformationLine,
  RiQuestionLine,
  RiSubtractLine,
  RiTimeLine,
} from '@remixicon/react';
import type { Finding } from '@security-profiles/backstage-plugin-security-profiles-common';
import { useNow } from '../data/useNow';
import { formatDate } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';
import { Chip, type Tone } from './Chip';
import styles from './Chip.module.css';

const icon = { size: 14, 'aria-hidden': true } as const;

const SEVERITIES: Record<string, { tone: Tone; icon: ReactElement }> = {
  critical: { tone: 'negative-solid', icon: <RiAlarmWarningFill {...icon} /> },
  high: { tone: 'negative', icon: <RiErrorWarningLine {...icon} /> },
  medium: { tone: 'warning', icon: <RiAlertLine {...icon} /> },
  low: { tone: 'neutral', icon: <RiInformationLine {...icon} /> },
};

const STATUSES: Record<string, { tone: Tone; icon: ReactElement }> = {
  pass: { tone: 'positive', icon: <RiCheckLine {...icon} /> },
  warn: { tone: 'warning', icon: <RiAlertLine {...icon} /> },
  fail: { tone: 'negative', icon: <RiCloseLine {...icon} /> },
  'not-applicable': { tone: 'neutral', icon: <RiSubtractLine {...icon} /> },
};

/** Props of {@link SeverityMark}. */
export interface SeverityMarkProps {
  severity: string;
}

/** How bad a finding is; printed only for warn and fail. */
export function SeverityMark(props: SeverityMarkProps) {
  const { severity } = props;
  const { maybe } = useTexts();
  const look = SEVERITIES[severity];
  return (
    <Chip tone={look?.tone ?? 'neutral'} icon={look?.icon}>
      {maybe(`severity.${severity}`) ?? severity}
    </Chip>
  );
}

/** Props of {@link FindingMark}. */
export interface FindingMarkProps {
  finding: Pick<Finding, 'status' | 'severity' | 'waiver' | 'counts'>;
}

/** From when on a finding counts; undefined where it does already. */
export function countsFrom(
  finding: Pick<Finding, 'counts'>,
): string | undefined {
  return typeof finding.counts === 'object' ? finding.counts.from : undefined;
}

/** The verdict of one check, with its severity; a waiver stands beside the verdict and does not replace it. */
export function FindingMark(props: FindingMarkProps) {
  const { finding } = props;
  const texts = useTexts();
  const now = useNow();
  const look = STATUSES[finding.status];
  const isProblem = finding.status === 'warn' || finding.status === 'fail';
  const from = countsFrom(finding);
  return (
    <>
      <Chip
        tone={look?.tone ?? 'neutral'}
        border={look ? 'solid' : 'dashed'}
        icon={look?.icon ?? <RiQuestionLine {...icon} />}
      >
        {texts.maybe(`status.${finding.status}`) ?? finding.status}
      </Chip>
      {isProblem && finding.waiver ? (
        <>
          <Chip tone="neutral" icon={<RiFlag2Line {...icon} />}>
            {texts.t('status.waived', {
              date: formatDate(texts, finding.waiver.until, now),
            })}
          </Chip>
          <s className={styles.struck}>
            {texts.maybe(`severity.${finding.severity}`) ?? finding.severity}
          </s>
        </>
      ) : null}
      {isProblem && !finding.waiver ? (
        <SeverityMark severity={finding.severity} />
      ) : null}
      {isProblem && from !== undefined ? (
        <Chip tone="neutral" icon={<RiTimeLine {...icon} />}>
          <time dateTime={from}>
            {texts.t('finding.counts', { date: formatDate(texts, from, now) })}
          </time>
        </Chip>
      ) : null}
    </>
  );
}
