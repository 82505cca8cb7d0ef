import type {
  DiscoveredResource,
  ResourceRef,
} from '../clusters/ClusterSource';
import type { ServedResource } from '../collect/ClusterPicture';
import { collectedResources } from '../collect/resources';

const clusterScoped = new Set([
  'namespaces',
  'nodes',
  'seccompprofiles',
  'selinuxprofiles',
  'rawselinuxprofiles',
  'apparmorprofiles',
  'runtimeclasses',
  'mutatingwebhookconfigurations',
]);

/** A resource that collection reads, served in its best version. */
export function servedResource(key: string): ServedResource {
  const resource = collectedResources.find(each => each.key === key);
  if (!resource) {
    throw new Error(`Collection does not read ${key}`);
  }
  return {
    resource,
    version: resource.versions[0],
    scope: clusterScoped.has(resource.plural) ? 'Cluster' : 'Namespaced',
  };
}

/** How a client names a resource that collection reads. */
export function refOf(key: string): ResourceRef {
  const { resource, version } = servedResource(key);
  return { group: resource.group, plural: resource.plural, version };
}

/** What a cluster's discovery says when it serves these resources; all that collection reads by default. */
export function discoveredResources(
  keys: string[] = collectedResources.map(({ key }) => key),
): DiscoveredResource[] {
  return keys.map(key => {
    const { resource, version, scope } = servedResource(key);
    return { ...refOf(key), version, kind: resource.kind, scope };
  });
}
