import { useCallback } from 'react';
import { parseEntityRef } from '@backstage/catalog-model';
import { useApi } from '@backstage/core-plugin-api';
import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { useLoaded, type Loaded } from './useLoaded';

/** Milliseconds. An approval that goes stale is seen within five seconds of the collection. */
const POLL_EVERY = 4000;

/** The posture of one entity, asked for again every four seconds while the browser tab is visible. */
export function usePosture(entityRef: string): Loaded<Posture> {
  const api = useApi(securityProfilesApiRef);
  const load = useCallback(
    async (signal: AbortSignal) => {
      const { kind, namespace, name } = parseEntityRef(entityRef);
      const { data } = await api.request(
        'get',
        '/entities/{kind}/{namespace}/{name}/posture',
        { params: { path: { kind, namespace, name } }, signal },
      );
      return data!;
    },
    [api, entityRef],
  );
  return useLoaded(load, { pollEvery: POLL_EVERY });
}
