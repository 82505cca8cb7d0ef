import { useCallback } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
import { clusterRouteRef } from '../routes';

/**
 * The address of a cluster's page, or undefined where the app has no page of this plugin.
 *
 * @remarks
 * An app may use the entity tab alone. `useRouteRef` of core-plugin-api works in both frontend systems and throws for a
 * route that is not mounted, after its last hook; without a page the name is plain text.
 */
export function useClusterLink(): (clusterId: string) => string | undefined {
  let link: ((params: { clusterId: string }) => string) | undefined;
  try {
    // eslint-disable-next-line react-hooks/rules-of-hooks
    link = useRouteRef(clusterRouteRef);
  } catch {
    link = undefined;
  }
  return useCallback(clusterId => link?.({ clusterId }), [link]);
}
