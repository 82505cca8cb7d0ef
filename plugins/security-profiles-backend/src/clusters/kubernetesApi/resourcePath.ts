import { ClusterError } from '../ClusterError';
import type { ResourceRef } from '../ClusterSource';

/**
 * The path of a resource across all namespaces, or of one object; `not-found` for names that no server can serve.
 */
export function resourcePath(
  resource: ResourceRef,
  object?: { name: string; namespace?: string },
): string {
  const { group, version, plural } = resource;
  const segments = [
    ...(group ? ['apis', group, version] : ['api', version]),
    ...(object?.namespace === undefined
      ? []
      : ['namespaces', object.namespace]),
    plural,
    ...(object ? [object.name] : []),
  ];
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
