import { useState } from 'react';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import type { Review } from '@security-profiles/backstage-plugin-security-profiles-common';
import { Announcer } from '../components/Announcer';
import { StateBoundary } from '../components/StateBoundary';
import { usePosture } from '../data/usePosture';
import { useServerNow } from '../data/useServerNow';
import type { ApprovalRow } from './approvalRows';
import { AskDialog } from './AskDialog';
import { PostureView } from './PostureView';

const SKELETON = [120, 160, 320, 80, 160];

/** The tab "Security": is this entity contained, and what comes next? */
export function EntitySecurityContent() {
  const { entity } = useEntity();
  const loaded = usePosture(stringifyEntityRef(entity));
  const now = useServerNow(loaded.data?.servedAt);
  const [asking, setAsking] = useState<ApprovalRow>();
  const [asked, setAsked] = useState<Review>();
  return (
    <Announcer>
      <StateBoundary
        loaded={loaded}
        what="state.what.posture"
        forbidden="state.forbidden"
        skeleton={SKELETON}
      >
        {posture => (
          <PostureView
            posture={posture}
            name={entity.metadata.name}
            now={now}
            asked={asked}
            onAsk={setAsking}
          />
        )}
      </StateBoundary>
      {asking ? (
        // Beside the answer: what somebody writes survives a refresh that is refused.
        <AskDialog
          row={asking}
          now={now}
          onClose={() => setAsking(undefined)}
          onAsked={review => {
            setAsking(undefined);
            setAsked(review);
            loaded.reload();
          }}
          onOutdated={loaded.reload}
        />
      ) : null}
    </Announcer>
  );
}
