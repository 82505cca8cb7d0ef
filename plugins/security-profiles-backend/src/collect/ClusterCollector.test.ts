import { ClusterError } from '../clusters/ClusterError';
import { InMemoryCluster } from '../clusters/InMemoryCluster';
import { InMemoryInventory } from '../testing/InMemoryInventory';
import {
  deployment,
  namespace,
  node,
  nodeStatus,
  pod,
  replicaSet,
  seccompProfile,
} from '../testing/kubernetesObjects';
import { ManualClock } from '../testing/ManualClock';
import { ObservedClient } from '../testing/ObservedClient';
import { RecordingLogger } from '../testing/RecordingLogger';
import { discoveredResources, refOf } from '../testing/servedResource';
import { until } from '../testing/until';
import { ClusterCollector } from './ClusterCollector';
import {
  collectedResources,
  nodeStatusesKey,
  seccompProfilesKey,
} from './resources';

const unreachable = new ClusterError('unreachable', 'No answer in 10 s');
const cart = deployment({ name: 'cart' });
const cartSet = replicaSet({ name: 'cart-1', owner: cart });
const cartPod = pod({ name: 'cart-1-a', owner: cartSet });

jest.setTimeout(60_000);

let stop: AbortController;
let running: Promise<void>[];

beforeEach(() => {
  stop = new AbortController();
  running = [];
});
afterEach(async () => {
  stop.abort();
  await Promise.all(running);
});

function createCluster(): InMemoryCluster {
  const cluster = new InMemoryCluster({
    resources: discoveredResources(),
    kubernetesVersion: 'v1.33.1',
  });
  const profile = seccompProfile({ name: 'cart' });
  cluster.put(refOf('namespaces'), namespace({ name: 'shop' }));
  cluster.put(refOf('nodes'), node({ name: 'node-a' }));
  cluster.put(refOf('deployments.apps'), cart);
  cluster.put(refOf('replicasets.apps'), cartSet);
  cluster.put(refOf('pods'), cartPod);
  cluster.put(refOf(seccompProfilesKey), profile);
  cluster.put(refOf(nodeStatusesKey), nodeStatus({ profile, node: 'node-a' }));
  return cluster;
}

/** A collector of the given cluster; another one over the same inventory is a restart. */
function createCollector(
  cluster: InMemoryCluster,
  inventory = new InMemoryInventory(),
) {
  const client = new ObservedClient(cluster);
  const logger = new RecordingLogger();
  const clock = new ManualClock('2026-11-23T09:00:00.000Z');
  const collector = new ClusterCollector({
    cluster: { id: 'eu', name: 'eu', type: 'test', client },
    writer: inventory,
    clock,
    logger,
    random: () => 0,
    delays: { flush: 1, discovery: 20, heartbeat: 20 },
  });
  const { signal } = stop;
  const facts = inventory.facts('eu');
  return {
    cluster,
    client,
    inventory,
    logger,
    clock,
    facts,
    sync: () => collector.syncOnce({ signal }),
    run() {
      running.push(collector.run({ signal, firstPass: async work => work() }));
    },
    workload: (name: string) => inventory.workload('eu', 'Deployment', name),
    untilSource: (resource: string, state: string) =>
      until(
        `${resource} are ${state}`,
        () => facts.sources.get(resource)?.state === state,
      ),
  };
}

describe('The first pass over a cluster', () => {
  it('writes once, after everything has been read', async () => {
    const { sync, inventory, client, workload, facts } = createCollector(
      createCluster(),
    );
    let listedAtFirstWrite: string[] = [];
    inventory.beforeApply = () => {
      if (inventory.writes.length === 0) {
        listedAtFirstWrite = [...client.lists];
      }
    };
    await sync();
    expect(listedAtFirstWrite).toEqual(
      collectedResources.map(({ plural }) => plural),
    );
    expect(
      inventory.writes.flatMap(({ changes }) => changes.workloads),
    ).toHaveLength(1);
    expect(workload('cart')).toMatchObject({ pods: 1 });
    expect([...facts.nodes.keys()]).toEqual(['node-a']);
    expect([...facts.namespaces.keys()]).toEqual(['shop']);
    expect([...facts.profiles.values()]).toMatchObject([
      { nodeStates: { 'node-a': 'Installed' } },
    ]);
    expect(inventory.clusterFacts.get('eu')).toMatchObject({
      kubernetesVersion: 'v1.33.1',
    });
  });

  it('writes many workloads in parts, each once, so that others get their turn', async () => {
    const cluster = createCluster();
    for (let number = 0; number < 450; number += 1) {
      cluster.put(
        refOf('deployments.apps'),
        deployment({ name: `service-${number}` }),
      );
    }
    const { sync, inventory, facts } = createCollector(cluster);
    await sync();
    const parts = inventory.writes
      .map(({ changes }) => changes.workloads.length)
      .filter(length => length > 0);
    expect(Math.max(...parts)).toBeLessThanOrEqual(200);
    expect(parts.reduce((sum, length) => sum + length)).toBe(451);
    expect(facts.workloads.size).toBe(451);
  });

  it('after a restart writes no workload that is as it was', async () => {
    const cluster = createCluster();
    const before = createCollector(cluster);
    await before.sync();
    const after = createCollector(cluster, before.inventory);
    before.inventory.writes.length = 0;
    await after.sync();
    expect(
      after.inventory.writes.flatMap(({ changes }) => [
        ...changes.workloads,
        ...changes.removedWorkloads,
        ...changes.removedProfiles,
        ...changes.removedNodes,
        ...changes.removedNamespaces,
      ]),
    ).toEqual([]);
  });
});

describe('A cluster that is followed', () => {
  it('has every change in the inventory, and only that', async () => {
    const { run, cluster, workload, inventory, facts } = createCollector(
      createCluster(),
    );
    run();
    await until('it was read', () => workload('cart') !== undefined);
    inventory.writes.length = 0;
    cluster.put(refOf('pods'), pod({ name: 'cart-1-b', owner: cartSet }));
    await until('the pod counts', () => workload('cart')?.pods === 2);
    cluster.remove(refOf('nodes'), { name: 'node-a' });
    await until('the node is gone', () => facts.nodes.size === 0);
    expect(
      inventory.writes.flatMap(({ changes }) =>
        changes.workloads.map(({ name }) => name),
      ),
    ).toEqual(['cart']);
  });

  it('that can no longer be reached keeps its facts and says so for every source', async () => {
    const { run, cluster, workload, untilSource, facts } = createCollector(
      createCluster(),
    );
    run();
    await untilSource('pods', 'fresh');
    await until('it was read', () => workload('cart') !== undefined);
    cluster.fail(unreachable);
    for (const { key } of collectedResources) {
      await untilSource(key, 'unreachable');
    }
    expect(facts.sources.get('pods')).toMatchObject({
      reason: 'No answer in 10 s',
      lastFresh: '2026-11-23T09:00:00.000Z',
    });
    expect(workload('cart')).toMatchObject({ pods: 1 });
    expect(facts.profiles.size).toBe(1);

    cluster.fail(undefined);
    for (const { key } of collectedResources) {
      await untilSource(key, 'fresh');
    }
  });

  it('with one forbidden resource keeps that one’s facts, and follows the others', async () => {
    const { run, cluster, workload, untilSource, facts } = createCollector(
      createCluster(),
    );
    run();
    await untilSource('pods', 'fresh');
    cluster.fail(
      new ClusterError('forbidden', 'May not list pods'),
      refOf('pods'),
    );
    await untilSource('pods', 'forbidden');
    cluster.put(refOf('namespaces'), namespace({ name: 'new' }));
    await until('the namespace is there', () => facts.namespaces.has('new'));
    expect(facts.sources.get('pods')?.reason).toBe('May not list pods');
    expect(workload('cart')).toMatchObject({ pods: 1 });
  });

  it('gains the operator’s facts when it is installed and loses them when it is removed', async () => {
    const cluster = createCluster();
    const withOperator = discoveredResources();
    cluster.serve(
      withOperator.filter(({ group }) => !group.startsWith('security-')),
    );
    const { run, untilSource, facts } = createCollector(cluster);
    run();
    await untilSource(seccompProfilesKey, 'not-installed');
    cluster.serve(withOperator);
    await until('profiles are there', () => facts.profiles.size === 1);
    await untilSource(seccompProfilesKey, 'fresh');
    cluster.serve(
      withOperator.filter(({ group }) => !group.startsWith('security-')),
    );
    await until('profiles are gone', () => facts.profiles.size === 0);
    await untilSource(seccompProfilesKey, 'not-installed');
    expect(facts.workloads.size).toBe(1);
  });

  it('tells the problems of its client', async () => {
    const { run, cluster, inventory, untilSource } = createCollector(
      createCluster(),
    );
    const problem = { where: 'eu/cart.yaml:3', message: 'no YAML' };
    cluster.setProblems([problem]);
    run();
    await untilSource('pods', 'fresh');
    await until('the problem is told', () =>
      Boolean(inventory.problems.get('eu')?.length),
    );
    expect(inventory.problems.get('eu')).toEqual([problem]);
    cluster.setProblems([]);
    await until(
      'the problem is over',
      () => inventory.problems.get('eu')?.length === 0,
    );
  });
});

describe('After a restart', () => {
  async function collectedBefore() {
    const cluster = createCluster();
    const { sync, inventory } = createCollector(cluster);
    await sync();
    return { cluster, inventory };
  }

  it('a dead cluster keeps its stored facts, stale at first and then unreachable', async () => {
    const { cluster, inventory } = await collectedBefore();
    cluster.fail(unreachable);
    const seen: string[] = [];
    const writeSources = inventory.writeSources.bind(inventory);
    inventory.writeSources = async (id, sources) => {
      seen.push(sources.find(({ resource }) => resource === 'pods')!.state);
      await writeSources(id, sources);
    };
    const { run, untilSource, workload, facts } = createCollector(
      cluster,
      inventory,
    );
    run();
    await untilSource('pods', 'unreachable');
    expect(seen[0]).toBe('stale');
    expect(workload('cart')).toMatchObject({ pods: 1 });
    expect([facts.profiles.size, facts.nodes.size]).toEqual([1, 1]);
    expect(facts.sources.get('pods')?.lastFresh).toBe(
      '2026-11-23T09:00:00.000Z',
    );
  });

  it('a dead cluster is read as soon as it answers', async () => {
    const { cluster, inventory } = await collectedBefore();
    cluster.fail(unreachable);
    const { run, untilSource, workload } = createCollector(cluster, inventory);
    run();
    await untilSource('pods', 'unreachable');
    cluster.put(refOf('pods'), pod({ name: 'cart-1-b', owner: cartSet }));
    cluster.fail(undefined);
    await until('the new pod counts', () => workload('cart')?.pods === 2);
    await untilSource('pods', 'fresh');
    expect(workload('cart')?.containers).toMatchObject([{ pods: 2 }]);
  });

  it('what went while nobody looked is removed', async () => {
    const { cluster, inventory } = await collectedBefore();
    cluster.remove(refOf('deployments.apps'), cart.metadata);
    cluster.remove(refOf('replicasets.apps'), cartSet.metadata);
    cluster.remove(refOf('pods'), cartPod.metadata);
    cluster.remove(refOf(seccompProfilesKey), { name: 'cart' });
    cluster.remove(refOf('nodes'), { name: 'node-a' });
    cluster.remove(refOf('namespaces'), { name: 'shop' });
    const { sync, facts } = createCollector(cluster, inventory);
    await sync();
    expect(
      [facts.workloads, facts.profiles, facts.nodes, facts.namespaces].map(
        ({ size }) => size,
      ),
    ).toEqual([0, 0, 0, 0]);
  });

  it('nothing is removed before every source that decides it has been read', async () => {
    const { cluster, inventory } = await collectedBefore();
    cluster.remove(refOf('deployments.apps'), cart.metadata);
    cluster.remove(refOf('replicasets.apps'), cartSet.metadata);
    cluster.remove(refOf('pods'), cartPod.metadata);
    cluster.fail(unreachable, refOf('cronjobs.batch'));
    const { run, untilSource, workload, facts } = createCollector(
      cluster,
      inventory,
    );
    run();
    await untilSource('pods', 'fresh');
    await untilSource('cronjobs.batch', 'unreachable');
    cluster.put(refOf('namespaces'), namespace({ name: 'later' }));
    await until('later writes come', () => facts.namespaces.has('later'));
    expect(workload('cart')).toBeDefined();
    cluster.fail(undefined, refOf('cronjobs.batch'));
    await until('the workload is removed', () => facts.workloads.size === 0);
  });

  it('a workload does not fall back to its template while its pods can’t be read', async () => {
    const { cluster, inventory } = await collectedBefore();
    cluster.fail(
      new ClusterError('forbidden', 'May not list pods'),
      refOf('pods'),
    );
    cluster.put(
      refOf('deployments.apps'),
      deployment({ name: 'cart', labels: { changed: 'yes' } }),
      deployment({ name: 'idle' }),
    );
    const { run, untilSource, workload } = createCollector(cluster, inventory);
    run();
    await untilSource('pods', 'forbidden');
    await until('new facts are written', () => workload('idle') !== undefined);
    expect(workload('cart')).toMatchObject({
      pods: 1,
      containers: [{ basis: 'live' }],
      labelSets: [],
    });
    cluster.fail(undefined, refOf('pods'));
    await until('what was held back is written', () =>
      Boolean(workload('cart')?.labelSets.length),
    );
    expect(workload('cart')).toMatchObject({ pods: 1 });
  });
});

describe('A write that fails', () => {
  const failure = new Error('The database is away');

  it('is tried again, and nothing is lost', async () => {
    const { run, cluster, inventory, workload, facts, logger } =
      createCollector(createCluster());
    run();
    await until('it was read', () => workload('cart') !== undefined);
    let failures = 2;
    inventory.beforeApply = () => {
      failures -= 1;
      if (failures >= 0) {
        throw failure;
      }
    };
    cluster.put(refOf('pods'), pod({ name: 'cart-1-b', owner: cartSet }));
    cluster.put(refOf('namespaces'), namespace({ name: 'new' }));
    cluster.remove(refOf('nodes'), { name: 'node-a' });
    cluster.remove(refOf(seccompProfilesKey), { name: 'cart' });
    await until(
      'all of it is stored',
      () =>
        workload('cart')?.pods === 2 &&
        facts.namespaces.has('new') &&
        facts.nodes.size === 0 &&
        facts.profiles.size === 0,
    );
    expect(logger.lines.join()).toContain(
      'Facts of cluster eu could not be written; trying again.',
    );
  });

  it('half-way does not leave behind what is removed before the next try', async () => {
    const { run, cluster, inventory, workload, facts } = createCollector(
      createCluster(),
    );
    run();
    await until('it was read', () => workload('cart') !== undefined);
    const names = Array.from({ length: 250 }, (_, number) => `new-${number}`);
    let state: 'whole' | 'half' | 'failed' = 'whole';
    inventory.beforeApply = changes => {
      if (state === 'half' && changes.workloads.length > 0) {
        state = 'failed';
        // Everything of the first part goes while the second is refused.
        for (const name of names) {
          cluster.remove(refOf('deployments.apps'), {
            namespace: 'shop',
            name,
          });
        }
        throw failure;
      }
      if (state === 'whole' && changes.workloads.length === 200) {
        state = 'half';
      }
    };
    cluster.put(
      refOf('deployments.apps'),
      ...names.map(name => deployment({ name })),
    );
    await until('the write failed half-way', () => state === 'failed');
    await until(
      'only what is there is stored',
      () => facts.workloads.size === 1,
    );
    expect(workload('cart')).toBeDefined();
  });
});

describe('A write that takes its time', () => {
  it('makes watches wait once they are far ahead of it, and lets them go on when it is done', async () => {
    const { cluster, client, inventory, run, untilSource, facts } =
      createCollector(createCluster());
    run();
    await untilSource('pods', 'fresh');
    let finish: () => void = () => {};
    let began: 'not-yet' | 'yes' = 'not-yet';
    inventory.beforeApply = () => {
      began = 'yes';
      return new Promise<void>(resolve => {
        finish = resolve;
      });
    };
    cluster.put(refOf('pods'), pod({ name: 'first' }));
    await until('the write has begun', () => began === 'yes');
    const before = client.events;
    const taken = () => client.events - before;
    const changes = 6_000;
    cluster.put(
      refOf('pods'),
      ...Array.from({ length: changes }, (_, index) =>
        pod({ name: `pod-${index}` }),
      ),
    );
    await until('watches wait', () => taken() >= 5_000);
    await new Promise(resolve => setImmediate(resolve));
    expect(taken()).toBe(5_000);
    inventory.beforeApply = () => {};
    finish();
    await until('all is written', () => facts.workloads.size === changes + 2, {
      deadline: 30_000,
    });
  });
});
