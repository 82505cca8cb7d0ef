import { ClusterError } from '../ClusterError';
import type { ClusterProblem, DiscoveredResource } from '../ClusterSource';

/** Options of {@link discoverResources}. */
export interface DiscoverResourcesOptions {
  /** Gets a path; rejects with a `ClusterError`, or the reason of an abort. */
  get: (path: string, accept: string) => Promise<unknown>;
}

/** What a server lists, and groups that it could not tell about. */
export interface DiscoveredResources {
  resources: DiscoveredResource[];
  problems: ClusterProblem[];
}

const AGGREGATED = [
  'application/json;v=v2;g=apidiscovery.k8s.io;as=APIGroupDiscoveryList',
  'application/json;v=v2beta1;g=apidiscovery.k8s.io;as=APIGroupDiscoveryList',
  'application/json',
].join(', ');

const CONCURRENCY = 4;

/**
 * Everything a server can list: two requests where it knows aggregated discovery (Kubernetes 1.26 and later), one per
 * group and version otherwise. A group whose own server is away becomes a problem.
 */
export async function discoverResources(
  options: DiscoverResourcesOptions,
): Promise<DiscoveredResources> {
  const [core, groups] = await Promise.all([
    options.get('/api', AGGREGATED),
    options.get('/apis', AGGREGATED),
  ]);
  const found: DiscoveredResources = { resources: [], problems: [] };
  for (const [answer, root] of [
    [core, '/api'],
    [groups, '/apis'],
  ] as const) {
    if (textAt(answer, 'kind') === 'APIGroupDiscoveryList') {
      readAggregated(answer, found);
    } else {
      await readClassic(answer, root, options, found);
    }
  }
  return found;
}

function readAggregated(answer: unknown, found: DiscoveredResources): void {
  for (const item of listAt(answer, 'items')) {
    const group = textAt(at(item, 'metadata'), 'name') ?? '';
    for (const version of listAt(item, 'versions')) {
      const name = textAt(version, 'version') ?? '';
      if (textAt(version, 'freshness') === 'Stale') {
        found.problems.push(awayProblem(`${group}/${name}`));
      }
      for (const resource of listAt(version, 'resources')) {
        const plural = textAt(resource, 'resource');
        const kind = textAt(at(resource, 'responseKind'), 'kind');
        if (plural && kind && listAt(resource, 'verbs').includes('list')) {
          found.resources.push({
            group,
            version: name,
            plural,
            kind,
            scope:
              textAt(resource, 'scope') === 'Cluster'
                ? 'Cluster'
                : 'Namespaced',
          });
        }
      }
    }
  }
}

async function readClassic(
  answer: unknown,
  root: '/api' | '/apis',
  options: DiscoverResourcesOptions,
  found: DiscoveredResources,
): Promise<void> {
  const groupVersions =
    root === '/api'
      ? listAt(answer, 'versions').map(String)
      : listAt(answer, 'groups').flatMap(group =>
          listAt(group, 'versions').map(
            version => textAt(version, 'groupVersion') ?? '',
          ),
        );
  for (let start = 0; start < groupVersions.length; start += CONCURRENCY) {
    const batch = groupVersions.slice(start, start + CONCURRENCY);
    const answers = await Promise.all(
      batch.map(groupVersion => {
        const path = groupVersion.split('/').map(encodeURIComponent).join('/');
        return options
          .get(`${root}/${path}`, 'application/json')
          .catch((error: unknown) => error);
      }),
    );
    for (const [index, list] of answers.entries()) {
      const isAway =
        list instanceof ClusterError &&
        ['failed', 'busy', 'not-found', 'forbidden'].includes(list.reason);
      if (isAway) {
        found.problems.push(awayProblem(batch[index]));
      } else if (list instanceof Error) {
        throw list;
      } else {
        readClassicList(batch[index], list, found);
      }
    }
  }
}

function readClassicList(
  groupVersion: string,
  list: unknown,
  found: DiscoveredResources,
): void {
  const [version, group = ''] = groupVersion.split('/').reverse();
  for (const resource of listAt(list, 'resources')) {
    const plural = textAt(resource, 'name');
    const kind = textAt(resource, 'kind');
    const isSubresource = plural?.includes('/');
    if (
      plural &&
      kind &&
      !isSubresource &&
      listAt(resource, 'verbs').includes('list')
    ) {
      found.resources.push({
        group,
        version,
        plural,
        kind,
        scope: at(resource, 'namespaced') === false ? 'Cluster' : 'Namespaced',
      });
    }
  }
}

function awayProblem(groupVersion: string): ClusterProblem {
  return {
    where: groupVersion,
    message: `The API server can't say what ${groupVersion} holds: the server behind this group does not answer.`,
  };
}

function at(value: unknown, field: string): unknown {
  return typeof value === 'object' && value
    ? (value as Record<string, unknown>)[field]
    : undefined;
}

function textAt(value: unknown, field: string): string | undefined {
  const text = at(value, field);
  return typeof text === 'string' ? text : undefined;
}

function listAt(value: unknown, field: string): unknown[] {
  const list = at(value, field);
  return Array.isArray(list) ? list : [];
}
