import type {
  Cluster,
  Posture,
  Source,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Envtest } from './envtest';
import { type FullList, listCluster, listPortal } from './fullList';
import type { TestPortal } from './startTestPortal';

/** Path of a posture. */
export function posturePath(component: string): string {
  return `/entities/component/default/${component}/posture`;
}

/** One cluster of the clusters page once the check is content with it. */
export async function untilCluster(
  portal: TestPortal,
  name: string,
  check: (cluster: Cluster) => unknown,
  options?: { deadline?: number },
): Promise<Cluster> {
  const find = (items: Cluster[] = []) =>
    items.find(item => item.name === name);
  const body = await portal.eventually<{ items: Cluster[] }>(
    '/clusters',
    ({ items }) => {
      const cluster = find(items);
      return cluster && check(cluster);
    },
    options,
  );
  return find(body.items)!;
}

/** A cluster's source by its resource, without the group. */
export function sourceOf(
  { sources }: Pick<Cluster | Posture, 'sources'>,
  resource: string,
): Source {
  return sources.find(
    source =>
      source.resource === resource ||
      source.resource.startsWith(`${resource}.`),
  )!;
}

/** The sources of what the cluster has; what is not installed stays so whatever happens to the rest. */
export function installedSources({ sources }: Cluster): Source[] {
  return sources.filter(({ state }) => state !== 'not-installed');
}

/** Whether everything of the cluster is fresh that the cluster has. */
export function allFresh(cluster: Cluster): boolean {
  return (
    cluster.sources.length > 0 &&
    installedSources(cluster).every(({ state }) => state === 'fresh')
  );
}

/** The confinement of the containers of a posture, as `payments api: profile Localhost operator/pay.json in force yes`. */
export function confinements(posture: Posture): string[] {
  return posture.workloads.flatMap(({ name, containers }) =>
    containers.map(
      container =>
        `${name} ${container.name}: ${[
          container.confinement.seccomp.state,
          container.confinement.seccomp.value,
        ]
          .filter(Boolean)
          .join(' ')}, in force ${container.confinement.seccomp.inForce}`,
    ),
  );
}

/**
 * Lists the cluster anew as its administrator and waits until the portal shows the same; resolves with both, for an
 * assertion that tells what differs where they never became equal.
 */
export async function compareWithFullList(
  portal: TestPortal,
  envtest: Envtest,
  clusterName: string,
  options: { deadline?: number } = {},
): Promise<{ shown: FullList; full: FullList }> {
  const { id } = await untilCluster(portal, clusterName, () => true);
  const full = await listCluster(
    async path => (await envtest.request('GET', path)).body,
  );
  const wanted = JSON.stringify(full);
  const end = performance.now() + (options.deadline ?? 30_000);
  for (;;) {
    const shown = await listPortal(path => portal.getAll(path), id);
    if (JSON.stringify(shown) === wanted || performance.now() > end) {
      return { shown, full };
    }
    await new Promise(resolve => setTimeout(resolve, 200));
  }
}
