import { useMemo } from 'react';
import type {
  Posture,
  Review,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import sectionStyles from '../components/Section.module.css';
import { SourceNotices } from '../components/SourceNotices';
import { approvalRows, type ApprovalRow } from './approvalRows';
import { ApprovalsSection } from './ApprovalsSection';
import { ContainersSection } from './ContainersSection';
import { DataplaneSection } from './DataplaneSection';
import { FindingsSection } from './FindingsSection';
import { KernelSection } from './KernelSection';
import { NextSteps } from './NextSteps';
import { NothingMatched } from './NothingMatched';
import { ProfilesSection } from './ProfilesSection';
import { SourcesSection } from './SourcesSection';
import { SummarySection } from './SummarySection';

/** Props of {@link PostureView}. */
export interface PostureViewProps {
  posture: Posture;
  /** How the entity is called. */
  name: string;
  /** The time that ages are counted to, in milliseconds. */
  now: number;
  /** The review that this reader has just asked for. */
  asked: Review | undefined;
  onAsk(row: ApprovalRow): void;
}

/**
 * The whole posture of one entity: the answer, what to do, the proof per container, what it asks of the kernel, who
 * agreed, the ground it stands on, and the full list with its sources for those who doubt.
 */
export function PostureView(props: PostureViewProps) {
  const { posture, name, now, asked, onAsk } = props;
  const rows = useMemo(() => approvalRows(posture), [posture]);
  return (
    <div className={sectionStyles.page}>
      <SummarySection posture={posture} name={name} now={now} />
      {posture.workloads.length === 0 ? (
        <NothingMatched posture={posture} name={name} now={now} />
      ) : (
        <>
          <NextSteps posture={posture} rows={rows} onAsk={onAsk} />
          <SourceNotices sources={posture.sources} now={now} />
          <ContainersSection posture={posture} />
          <KernelSection posture={posture} />
          <ApprovalsSection rows={rows} asked={asked} onAsk={onAsk} now={now} />
          <ProfilesSection posture={posture} />
          <DataplaneSection posture={posture} now={now} />
          <FindingsSection posture={posture} />
        </>
      )}
      <SourcesSection posture={posture} now={now} />
    </div>
  );
}
