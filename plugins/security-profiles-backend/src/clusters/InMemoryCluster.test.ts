import { ClusterError } from './ClusterError';
import {
  contractPod,
  describeClusterClientContract,
  nextObject,
  PODS,
  SECCOMP_PROFILES,
} from './clusterClientContract';
import { InMemoryCluster } from './InMemoryCluster';
import type { DiscoveredResource, KubernetesObject } from './ClusterSource';

const NODES = { group: '', version: 'v1', plural: 'nodes' };
const RESOURCES: DiscoveredResource[] = [
  { ...PODS, kind: 'Pod', scope: 'Namespaced' },
  { ...NODES, kind: 'Node', scope: 'Cluster' },
  { ...SECCOMP_PROFILES, kind: 'SeccompProfile', scope: 'Cluster' },
];
const withUid = (object: KubernetesObject): KubernetesObject => ({
  ...object,
  metadata: { ...object.metadata, uid: `uid-of-${object.metadata.name}` },
});

describeClusterClientContract(
  'The in-memory cluster',
  async () => {
    const client = new InMemoryCluster({ resources: RESOURCES });
    return {
      client,
      put: async (resource, object) => client.put(resource, withUid(object)),
      remove: async (resource, object) =>
        client.remove(resource, object.metadata),
      compact: async () => client.compact(),
      close: () => client.close(),
    };
  },
  { compaction: 'forced' },
);

describe('The in-memory cluster', () => {
  const { signal } = new AbortController();
  const listOptions = { depth: 'object', limit: 10, signal } as const;
  const watchPods = (cluster: InMemoryCluster, resourceVersion: string) =>
    cluster
      .watch(PODS, { depth: 'object', resourceVersion, signal })
      [Symbol.asyncIterator]();

  it('fails one resource as told, open watches included, and recovers', async () => {
    const cluster = new InMemoryCluster({ resources: RESOURCES });
    const { resourceVersion } = await cluster.list(PODS, listOptions);
    const pending = watchPods(cluster, resourceVersion).next();
    const error = new ClusterError('forbidden', 'Not allowed to read pods');

    cluster.fail(error, PODS);
    await expect(pending).rejects.toBe(error);
    await expect(cluster.list(PODS, listOptions)).rejects.toBe(error);
    await expect(cluster.list(NODES, listOptions)).resolves.toMatchObject({
      items: [],
    });

    cluster.fail(undefined, PODS);
    await expect(cluster.list(PODS, listOptions)).resolves.toMatchObject({
      items: [],
    });
  });

  it('fails as a whole, discovery included, when told no resource', async () => {
    const cluster = new InMemoryCluster({ resources: RESOURCES });
    const error = new ClusterError('unreachable', 'No answer');
    cluster.fail(error);
    await expect(cluster.discover({ signal })).rejects.toBe(error);
    await expect(cluster.list(NODES, listOptions)).rejects.toBe(error);
  });

  it('ends watches normally and sends bookmarks to resume from', async () => {
    const cluster = new InMemoryCluster({ resources: RESOURCES });
    const events = watchPods(cluster, '1');
    const bookmark = events.next();
    cluster.put(NODES, {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'node-1' },
    });
    cluster.sendBookmarks();
    expect((await bookmark).value).toEqual({
      type: 'bookmark',
      resourceVersion: '2',
    });
    const end = events.next();
    cluster.endWatches();
    expect(await end).toEqual({ done: true, value: undefined });

    const resumed = watchPods(cluster, '2');
    cluster.put(PODS, contractPod('later'));
    expect((await nextObject(resumed)).object.metadata.name).toBe('later');
  });

  it('takes putting an equal object for no change', async () => {
    const cluster = new InMemoryCluster({ resources: RESOURCES });
    cluster.put(PODS, contractPod('same'));
    const before = await cluster.list(PODS, listOptions);
    cluster.put(PODS, contractPod('same'));
    const after = await cluster.list(PODS, listOptions);
    expect(after.resourceVersion).toBe(before.resourceVersion);
  });

  it('serves an object of a page as it was when the list began', async () => {
    const cluster = new InMemoryCluster({ resources: RESOURCES });
    cluster.put(PODS, contractPod('a'), contractPod('b'));
    const first = await cluster.list(PODS, { ...listOptions, limit: 1 });
    cluster.remove(PODS, { namespace: 'default', name: 'b' });
    const second = await cluster.list(PODS, {
      ...listOptions,
      limit: 1,
      continueToken: first.continueToken,
    });
    expect(second.items.map(item => item.metadata.name)).toEqual(['b']);
    expect(second.resourceVersion).toBe(first.resourceVersion);
  });
});
