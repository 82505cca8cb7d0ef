import { parseEntityRef } from '@backstage/catalog-model';
import { useRouteRef } from '@backstage/core-plugin-api';
import {
  EntityDisplayName,
  entityRouteParams,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import { Link } from '@backstage/ui';

/** Path of the tab "Security" below the page of an entity. A tab has no address of its own outside of that page. */
const TAB = 'security-profiles';

/** Props of {@link EntitySecurityLink}. */
export interface EntitySecurityLinkProps {
  entityRef: string;
}

function useTabOf(entityRef: string): string | undefined {
  try {
    // Throws after its last hook when the route is not mounted.
    const entityPage = useRouteRef(entityRouteRef);
    return `${entityPage(entityRouteParams(parseEntityRef(entityRef)))}/${TAB}`;
  } catch {
    return undefined;
  }
}

/** An entity by name, as a link to its tab "Security" where the app has a page for it. */
export function EntitySecurityLink(props: EntitySecurityLinkProps) {
  const { entityRef } = props;
  const href = useTabOf(entityRef);
  return href ? (
    <Link href={href}>
      <EntityDisplayName entityRef={entityRef} />
    </Link>
  ) : (
    <span dir="auto">{entityRef.slice(entityRef.lastIndexOf('/') + 1)}</span>
  );
}
