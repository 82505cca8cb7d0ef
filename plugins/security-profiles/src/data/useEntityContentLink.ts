import { useRouteRef } from '@backstage/core-plugin-api';
import { entityContentRouteRef } from '../routes';

/** The address of the tab "Security" of the entity on this page; undefined where the app shows no such tab. */
export function useEntityContentLink(): string | undefined {
  try {
    // Throws after its last hook when the route is not mounted.
    return useRouteRef(entityContentRouteRef)();
  } catch {
    return undefined;
  }
}
