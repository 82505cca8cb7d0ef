import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { StateBoundary } from '../components/StateBoundary';
import { useNow } from '../data/useNow';
import { usePosture } from '../data/usePosture';
import { PostureView } from './PostureView';

const SKELETON = [120, 160, 320, 80, 160];

/** The tab "Security": is this entity contained, and what comes next? */
export function EntitySecurityContent() {
  const { entity } = useEntity();
  const loaded = usePosture(stringifyEntityRef(entity));
  const now = useNow();
  return (
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
          now={Math.max(now, loaded.loadedAt ?? now)}
        />
      )}
    </StateBoundary>
  );
}
