import { lazy, Suspense, useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import type { Cluster } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { LoadingState } from '../components/StateBoundary';
import { useLoaded } from '../data/useLoaded';

const ReleaseLinesPicture = lazy(() =>
  import('./ReleaseLinesPicture').then(module => ({
    default: module.ReleaseLinesPicture,
  })),
);

/** Props of {@link ReleaseLinesSection}. */
export interface ReleaseLinesSectionProps {
  clusters: readonly Cluster[];
  now: number;
}

/** The picture of release lines above the clusters, which never waits for it. */
export function ReleaseLinesSection(props: ReleaseLinesSectionProps) {
  const { clusters, now } = props;
  const api = useApi(securityProfilesApiRef);
  const load = useCallback(
    async (signal: AbortSignal) =>
      (await api.request('get', '/dataplane/release-lines', { signal })).data!,
    [api],
  );
  const { data } = useLoaded(load);
  // Without it the table below says the same of each cluster.
  if (!data) {
    return null;
  }
  return (
    <Suspense fallback={<LoadingState heights={[240]} />}>
      <ReleaseLinesPicture lines={data} clusters={clusters} now={now} />
    </Suspense>
  );
}
