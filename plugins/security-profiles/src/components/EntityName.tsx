import { useRouteRef } from '@backstage/core-plugin-api';
import { EntityRefLink, entityRouteRef } from '@backstage/plugin-catalog-react';

/** Props of {@link EntityName}. */
export interface EntityNameProps {
  entityRef: string;
}

function useHasEntityPages(): boolean {
  try {
    // Throws after its last hook when the route is not mounted.
    return useRouteRef(entityRouteRef) !== undefined;
  } catch {
    return false;
  }
}

/** An entity by name, as a link where the app has a page for it. */
export function EntityName(props: EntityNameProps) {
  const { entityRef } = props;
  return useHasEntityPages() ? (
    <EntityRefLink entityRef={entityRef} />
  ) : (
    <span dir="auto">{entityRef.slice(entityRef.lastIndexOf('/') + 1)}</span>
  );
}
