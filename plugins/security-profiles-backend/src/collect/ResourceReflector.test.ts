import { ClusterError } from '../clusters/ClusterError';
import { InMemoryCluster } from '../clusters/InMemoryCluster';
import type { CollectedSource } from '../facts/CollectedFacts';
import { collectedSource } from '../testing/collectedFacts';
import { pod, seccompProfile } from '../testing/kubernetesObjects';
import { ManualClock } from '../testing/ManualClock';
import { ObservedClient } from '../testing/ObservedClient';
import { RecordingLogger } from '../testing/RecordingLogger';
import {
  discoveredResources,
  refOf,
  servedResource,
} from '../testing/servedResource';
import { until } from '../testing/until';
import { ClusterPicture } from './ClusterPicture';
import { seccompProfilesKey } from './resources';
import { ResourceReflector } from './ResourceReflector';

const pods = refOf('pods');
const unreachable = new ClusterError('unreachable', 'No answer in 10 s');
const forbidden = new ClusterError('forbidden', 'May not list pods', {
  cause: new Error('Bearer hunter2'),
});

jest.setTimeout(60_000);

let stop: AbortController;
let following: Promise<void>;

beforeEach(() => {
  stop = new AbortController();
  following = Promise.resolve();
});
afterEach(async () => {
  stop.abort();
  await following;
});

function createReflector(
  options: { key?: string; stored?: CollectedSource } = {},
) {
  const key = options.key ?? 'pods';
  const cluster = new InMemoryCluster({ resources: discoveredResources() });
  const client = new ObservedClient(cluster);
  const picture = new ClusterPicture({ clusterId: 'eu' });
  const clock = new ManualClock('2026-11-23T09:00:00.000Z');
  const logger = new RecordingLogger();
  const { resource } = servedResource(key);
  const reflector = new ResourceReflector({
    clusterName: 'eu',
    resource,
    client,
    picture,
    clock,
    logger,
    random: () => 0,
    onChange: () => {},
    stored: options.stored,
  });
  reflector.discovered(discoveredResources());
  const held = () =>
    picture
      .takeChanges()
      .workloads.map(({ name }) => name)
      .sort();
  const untilState = (state: CollectedSource['state']) =>
    until(`the source is ${state}`, () => reflector.source.state === state);
  const untilCount = (count: number) =>
    until(`${count} objects are held`, () => picture.count(resource) === count);
  const follow = () => {
    following = reflector.follow({ signal: stop.signal });
  };
  return {
    cluster,
    client,
    picture,
    clock,
    logger,
    reflector,
    held,
    untilState,
    untilCount,
    follow,
  };
}

describe('A resource', () => {
  it('is listed once and then watched, and a watch that ends goes on where it ended', async () => {
    const { cluster, client, follow, untilCount, untilState, held } =
      createReflector();
    cluster.put(pods, pod({ name: 'a' }));
    follow();
    await untilState('fresh');
    cluster.put(pods, pod({ name: 'b' }));
    await untilCount(2);
    cluster.endWatches();
    cluster.put(pods, pod({ name: 'c' }));
    await untilCount(3);
    cluster.remove(pods, { namespace: 'shop', name: 'a' });
    await untilCount(2);
    expect(held()).toEqual(['b', 'c']);
    expect(client.lists).toEqual(['pods']);
    expect(client.watches).toEqual(['pods', 'pods']);
  });

  it.each([
    { count: 500, streamedLists: 'offered', lists: 1, streams: 0 },
    { count: 1001, streamedLists: 'offered', lists: 1, streams: 1 },
    { count: 1001, streamedLists: 'not-offered', lists: 3, streams: 1 },
  ] as const)(
    'of $count objects takes $lists pages and $streams streamed lists where these are $streamedLists',
    async ({ count, streamedLists, lists, streams }) => {
      const { cluster, client, follow, untilState, untilCount } =
        createReflector();
      client.streamedLists = streamedLists;
      cluster.put(
        pods,
        ...Array.from({ length: count }, (_, index) =>
          pod({ name: `pod-${index}` }),
        ),
      );
      follow();
      await untilState('fresh');
      expect(client.lists).toHaveLength(lists);
      expect(client.streams).toHaveLength(streams);
      await untilCount(count);
      cluster.put(pods, pod({ name: 'later' }));
      await untilCount(count + 1);
    },
  );

  it('goes on from a bookmark', async () => {
    const {
      cluster,
      client,
      follow,
      untilCount,
      untilState,
      clock,
      reflector,
    } = createReflector();
    follow();
    await untilState('fresh');
    await until('it is watched', () => client.watches.length === 1);
    clock.set('2026-11-23T10:00:00.000Z');
    cluster.put(refOf('nodes'), { metadata: { name: 'node-a' } });
    cluster.sendBookmarks();
    await until(
      'the bookmark has come',
      () => reflector.source.lastFresh === '2026-11-23T10:00:00.000Z',
    );
    cluster.compact();
    cluster.endWatches();
    cluster.put(pods, pod({ name: 'a' }));
    await untilCount(1);
    expect(client.lists).toEqual(['pods']);
  });

  it('is listed again when its version is gone, with nothing lost and nothing held twice', async () => {
    const { cluster, client, follow, held, untilState, untilCount } =
      createReflector();
    cluster.put(pods, pod({ name: 'a' }), pod({ name: 'b' }));
    follow();
    await untilState('fresh');
    await until('it is watched', () => client.watches.length === 1);
    cluster.fail(unreachable, pods);
    await untilState('unreachable');
    cluster.remove(pods, { namespace: 'shop', name: 'a' });
    cluster.put(pods, pod({ name: 'c' }), pod({ name: 'd' }));
    cluster.compact();
    cluster.fail(undefined, pods);
    await untilCount(3);
    await untilState('fresh');
    expect(held()).toEqual(['b', 'c', 'd']);
  });

  it('is fresh again once the cluster answers, also where nothing happened meanwhile', async () => {
    const { cluster, client, follow, untilState, reflector } =
      createReflector();
    cluster.put(pods, pod({ name: 'a' }));
    follow();
    await untilState('fresh');
    await until('it is watched', () => client.watches.length === 1);
    cluster.fail(unreachable, pods);
    await untilState('unreachable');
    cluster.fail(undefined, pods);
    await untilState('fresh');
    expect(reflector.source).toMatchObject({ count: 1, reason: undefined });
    expect(client.lists).toHaveLength(2);
  });

  it('that may not be read keeps its facts and says why', async () => {
    const { cluster, follow, untilState, reflector, clock, picture, logger } =
      createReflector();
    cluster.put(pods, pod({ name: 'a' }));
    follow();
    await untilState('fresh');
    clock.set('2026-11-23T10:00:00.000Z');
    cluster.fail(forbidden, pods);
    await untilState('forbidden');
    expect(reflector.source).toEqual({
      resource: 'pods',
      state: 'forbidden',
      since: '2026-11-23T10:00:00.000Z',
      lastFresh: '2026-11-23T09:00:00.000Z',
      count: 1,
      reason: 'May not list pods',
    });
    expect(picture.takeChanges().workloads).toHaveLength(1);
    expect(logger.lines).toEqual([
      "warn: pods of cluster eu can't be read: May not list pods",
    ]);
  });

  it('that meets an error of ours says so without telling what was in it', async () => {
    const { client, follow, untilState, reflector, logger } = createReflector();
    client.beforeList = async () => {
      throw new Error('Bearer hunter2');
    };
    follow();
    await untilState('failed');
    expect(reflector.source.reason).toBe('Collection met an unexpected error.');
    expect(logger.lines.join()).not.toContain('hunter2');
  });

  it('that is not installed is read as soon as it is', async () => {
    const { cluster, follow, untilState, reflector } = createReflector({
      key: seccompProfilesKey,
    });
    reflector.discovered([]);
    expect(reflector.source).toMatchObject({
      state: 'not-installed',
      reason: undefined,
    });
    follow();
    cluster.put(refOf(seccompProfilesKey), seccompProfile({ name: 'cart' }));
    reflector.discovered(discoveredResources());
    await untilState('fresh');
    expect(reflector.source.count).toBe(1);
  });

  it('whose kind is removed loses its facts', async () => {
    const { cluster, reflector, picture } = createReflector({
      key: seccompProfilesKey,
    });
    cluster.put(refOf(seccompProfilesKey), seccompProfile({ name: 'cart' }));
    await reflector.sync({ signal: stop.signal });
    const [{ id }] = picture.takeChanges().profiles;
    reflector.discovered([]);
    expect(reflector.source).toMatchObject({
      state: 'not-installed',
      count: 0,
    });
    expect(picture.takeChanges().removedProfiles).toEqual([id]);
  });

  it('that is served in no version we can read says which are served', () => {
    const { reflector } = createReflector({ key: seccompProfilesKey });
    reflector.discovered([
      {
        group: 'security-profiles-operator.x-k8s.io',
        plural: 'seccompprofiles',
        version: 'v9',
        kind: 'SeccompProfile',
        scope: 'Cluster',
      },
    ]);
    expect(reflector.source.state).toBe('not-installed');
    expect(reflector.source.reason).toMatch(
      /only as v9; known are v1, v1beta1/,
    );
  });

  it('tells how many objects were left out for their names', async () => {
    const { cluster, reflector } = createReflector();
    cluster.put(pods, pod({ name: 'good' }), pod({ name: 'bad\u0000' }));
    expect(await reflector.sync({ signal: stop.signal })).toBe('fresh');
    expect(reflector.source).toMatchObject({
      count: 1,
      reason:
        '1 objects were left out: their names are not valid in Kubernetes.',
    });
  });

  it('is read page by page', async () => {
    const { cluster, reflector, client } = createReflector();
    for (let number = 0; number < 1001; number += 1) {
      cluster.put(pods, pod({ name: `pod-${number}` }));
    }
    await reflector.sync({ signal: stop.signal });
    expect(reflector.source.count).toBe(1001);
    expect(client.lists).toHaveLength(3);
  });

  it('shows the facts of before a restart as stale until it has been read', async () => {
    const { reflector, cluster } = createReflector({
      stored: collectedSource('pods'),
    });
    expect(reflector.source).toMatchObject({
      state: 'stale',
      lastFresh: '2026-11-23T09:00:00.000Z',
    });
    cluster.fail(unreachable);
    expect(await reflector.sync({ signal: stop.signal })).toBe('not-fresh');
    expect(reflector.source).toMatchObject({
      state: 'unreachable',
      lastFresh: '2026-11-23T09:00:00.000Z',
      reason: 'No answer in 10 s',
    });
  });

  it('that was never read is not collected', () => {
    expect(createReflector().reflector.source.state).toBe('not-collected');
  });
});
