import { stringifyEntityRef } from '@backstage/catalog-model';
import { useEntity } from '@backstage/plugin-catalog-react';
import { StateBoundary } from '../components/StateBoundary';
import { usePosture } from '../data/usePosture';
import { useServerNow } from '../data/useServerNow';
import { PostureView } from './PostureView';

const SKELETON = [120, 160, 320, 80, 160];

/** The tab "Security": is this entity contained, and what comes next? */
export function EntitySecurityContent() {
  const { entity } = useEntity();
  const loaded = usePosture(stringifyEntityRef(entity));
  const now = useServerNow(loaded.data?.servedAt);
  return (
    <StateBoundary
      loaded={loaded}
      what="state.what.posture"
      forbidden="state.forbidden"
      skeleton={SKELETON}
    >
      {posture => (
        <PostureView posture={posture} name={entity.metadata.name} now={now} />
      )}
    </StateBoundary>
  );
}
