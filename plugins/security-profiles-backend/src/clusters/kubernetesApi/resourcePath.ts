import { ClusterError } from '../ClusterError';
import type { ResourceRef } from '../ClusterSource';

/** The path of a resource across all namespaces; `not-found` for names that no server can serve. */
export function resourcePath(resource: ResourceRef): string {
  const { group, version, plural } = resource;
  const segments = group
    ? ['apis', group, version, plural]
    : ['api', version, plural];
  for (const segment of segments) {
    // Encoding leaves dots alone, and addresses swallow these.
    if (segment === '' || segment === '.' || segment === '..') {
      throw new ClusterError(
        'not-found',
        `There is no resource ${JSON.stringify(plural)} of ${JSON.stringify(
          group,
        )} in version ${JSON.stringify(version)}`,
      );
    }
  }
  return `/${segments.map(encodeURIComponent).join('/')}`;
}
