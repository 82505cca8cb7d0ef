import { ClusterError } from '../clusters/ClusterError';
import type { Cluster } from '../clusters/ClusterSource';
import { InMemoryCluster } from '../clusters/InMemoryCluster';
import { InMemoryInventory } from '../testing/InMemoryInventory';
import { deployment } from '../testing/kubernetesObjects';
import { ManualClock } from '../testing/ManualClock';
import { ObservedClient } from '../testing/ObservedClient';
import { RecordingLogger } from '../testing/RecordingLogger';
import { discoveredResources, refOf } from '../testing/servedResource';
import { until } from '../testing/until';
import { Collection } from './Collection';

jest.setTimeout(60_000);

let stop: AbortController;
let running: Promise<void>;

beforeEach(() => {
  stop = new AbortController();
  running = Promise.resolve();
});
afterEach(async () => {
  stop.abort();
  await running;
});

function createConnected(name: string) {
  const cluster = new InMemoryCluster({ resources: discoveredResources() });
  cluster.put(refOf('deployments.apps'), deployment({ name: `of-${name}` }));
  const client = new ObservedClient(cluster);
  return {
    cluster,
    client,
    entry: { id: `id-${name}`, name, type: 'test', client } as Cluster,
  };
}

async function createCollection(clusters: Cluster[]) {
  const inventory = new InMemoryInventory();
  const logger = new RecordingLogger();
  const collection = new Collection({
    source: { listClusters: async () => clusters, close: async () => {} },
    writer: inventory,
    clock: new ManualClock('2026-11-23T09:00:00.000Z'),
    logger,
    random: () => 0,
    describe: ({ name }) => ({
      environment: name === 'eu' ? 'production' : 'default',
    }),
    delays: { flush: 1, discovery: 20, heartbeat: 20 },
  });
  const { signal } = stop;
  await collection.prepare({ signal });
  return {
    inventory,
    logger,
    collection,
    collected: (name: string) =>
      inventory.facts(`id-${name}`).workloads.size === 1,
    run() {
      running = collection.run({ signal });
    },
  };
}

describe('Collection', () => {
  it('lists every cluster with what config says of it', async () => {
    const { inventory } = await createCollection([
      createConnected('eu').entry,
      {
        id: 'id-gone',
        name: 'gone',
        type: 'kubeconfig',
        notCollected: 'Its context has no cluster.',
      },
    ]);
    expect(inventory.clusters).toEqual([
      {
        id: 'id-eu',
        name: 'eu',
        type: 'test',
        environment: 'production',
        notCollected: undefined,
      },
      {
        id: 'id-gone',
        name: 'gone',
        type: 'kubeconfig',
        environment: 'default',
        notCollected: 'Its context has no cluster.',
      },
    ]);
    expect(inventory.facts('id-gone').sources.get('pods')).toMatchObject({
      state: 'not-collected',
      reason: 'Its context has no cluster.',
    });
  });

  it('makes no more than two first passes at once', async () => {
    const names = ['a', 'b', 'c', 'd', 'e'];
    const connected = names.map(createConnected);
    const inPass = new Set<string>();
    const atOnce: number[] = [];
    let letGo: () => void = () => {};
    const gate = new Promise<void>(resolve => {
      letGo = resolve;
    });
    const { run, collected } = await createCollection(
      connected.map(({ entry }) => entry),
    );
    connected.forEach(({ client, entry }) => {
      client.beforeList = async plural => {
        if (plural === 'namespaces') {
          inPass.add(entry.name);
          atOnce.push(inPass.size);
          await gate;
        }
        if (plural === 'pods') {
          inPass.delete(entry.name);
        }
      };
    });
    run();
    await until('two have begun', () => inPass.size === 2);
    letGo();
    await until('all are collected', () => names.every(collected));
    expect(Math.max(...atOnce)).toBe(2);
  });

  it('keeps no turn for clusters that can’t be reached', async () => {
    const dead = ['x', 'y', 'z'].map(createConnected);
    for (const { cluster } of dead) {
      cluster.fail(new ClusterError('unreachable', 'No answer'));
    }
    const alive = createConnected('eu');
    const { run, collected, inventory } = await createCollection(
      [...dead, alive].map(({ entry }) => entry),
    );
    run();
    await until('the one that answers is collected', () => collected('eu'));
    for (const { entry } of dead) {
      await until(
        'the dead ones say so',
        () =>
          inventory.facts(entry.id).sources.get('pods')?.state ===
          'unreachable',
      );
    }
    expect(collected('x')).toBe(false);
  });

  it('starts anew where a first write fails, and goes on with the others', async () => {
    const [eu, us] = ['eu', 'us'].map(createConnected);
    const { run, collected, inventory, logger } = await createCollection([
      eu.entry,
      us.entry,
    ]);
    let failures = 1;
    inventory.beforeApply = changes => {
      if (changes.workloads[0]?.name === 'of-eu' && failures > 0) {
        failures -= 1;
        throw new Error('The database is away');
      }
    };
    run();
    await until('both are collected', () => collected('eu') && collected('us'));
    expect(logger.lines.join()).toContain(
      'Collection of cluster eu stopped; it starts again.',
    );
  });

  it('reads one cluster once when asked', async () => {
    const [eu, us] = ['eu', 'us'].map(createConnected);
    const { collection, collected } = await createCollection([
      eu.entry,
      us.entry,
    ]);
    await collection.syncOnce('eu', { signal: stop.signal });
    expect([collected('eu'), collected('us')]).toEqual([true, false]);
  });
});
