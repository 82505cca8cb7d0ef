import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import type { KubernetesObject } from '../clusters/ClusterSource';
import { DatabaseInventory } from '../inventory/DatabaseInventory';
import { collectedCluster } from '../testing/collectedFacts';
import { countQueries } from '../testing/countQueries';
import {
  deployment,
  nodeStatus,
  pod,
  replicaSet,
  seccompProfile,
} from '../testing/kubernetesObjects';
import { clearDatabase, openDatabase } from '../testing/openDatabase';
import { RecordingListener } from '../testing/RecordingListener';
import { servedResource } from '../testing/servedResource';
import { ClusterPicture } from './ClusterPicture';
import { nodeStatusesKey, seccompProfilesKey } from './resources';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const cluster = collectedCluster('eu');
const now = '2026-11-23T09:00:00.000Z';
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

describe.each(databases.eachSupportedId())('What is written on %s', id => {
  let knex: Knex;
  let inventory: DatabaseInventory;
  let picture: ClusterPicture;

  beforeAll(async () => {
    knex = await openDatabase(databases, id);
  });
  beforeEach(async () => {
    await clearDatabase(knex);
    inventory = new DatabaseInventory({
      knex,
      listener: new RecordingListener(),
    });
    await inventory.replaceClusters([cluster]);
    picture = new ClusterPicture({ clusterId: cluster.id });
  });

  const put = (key: string, object: KubernetesObject) =>
    picture.put(servedResource(key), object);
  const flush = () =>
    countQueries(knex, () =>
      inventory.apply(cluster.id, picture.takeChanges(), { now }),
    );

  describe('for a rollout of 5,000 pods in 250 workloads', () => {
    const owners = numbers(250).map(index => {
      const top = deployment({
        name: `app-${index}`,
        labels: { app: `app-${index}` },
      });
      return { top, set: replicaSet({ name: `app-${index}-1`, owner: top }) };
    });
    const podOf = (
      index: number,
      fields: { node: string; image?: string },
    ): KubernetesObject =>
      pod({
        name: `pod-${index}`,
        owner: owners[index % owners.length].set,
        labels: { app: `app-${index % owners.length}` },
        node: fields.node,
        spec: {
          containers: [{ name: 'main', image: fields.image ?? 'app:1' }],
        },
      });

    beforeEach(async () => {
      for (const { top, set } of owners) {
        put('deployments.apps', top);
        put('replicasets.apps', set);
      }
      numbers(5_000).forEach(index =>
        put('pods', podOf(index, { node: `node-${index % 50}` })),
      );
    });

    it('is a few statements per hundred workloads at first', async () => {
      const { total } = await flush();
      expect(total).toBeLessThan(50);
      expect(await knex('workloads')).toHaveLength(250);
      expect(await knex('workload_containers')).toHaveLength(250);
    });

    it('is nothing for pods that come again as they were', async () => {
      await flush();
      numbers(5_000).forEach(index =>
        put('pods', podOf(index, { node: `node-${index % 50}` })),
      );
      expect(await flush()).toMatchObject({ writes: 0 });
    });

    it('is one row of a workload and one of its container for a pod that moves', async () => {
      await flush();
      put('pods', podOf(7, { node: 'node-new' }));
      const { writes, values, tables } = await flush();
      expect([...tables].sort()).toEqual(['workload_containers', 'workloads']);
      expect(writes).toBe(2);
      expect(values).toBeLessThan(25);
    });

    it('leaves labels and names alone while every pod moves', async () => {
      await flush();
      numbers(5_000).forEach(index =>
        put('pods', podOf(index, { node: `node-${index % 51}` })),
      );
      const { total, tables } = await flush();
      expect([...tables].sort()).toEqual(['workload_containers', 'workloads']);
      expect(total).toBeLessThan(50);
    });

    it('keeps both containers in order while a new image rolls out', async () => {
      await flush();
      put('pods', podOf(7, { node: 'node-7', image: 'app:2' }));
      const { writes } = await flush();
      expect(writes).toBeLessThan(5);
      const rows = await knex('workload_containers')
        .join('workloads', 'workloads.id', 'workload_id')
        .where('workloads.name', 'app-7')
        .orderBy('workload_containers.id')
        .select('container', 'workload_containers.pods');
      expect(
        rows.map(row => [JSON.parse(row.container).image, row.pods]),
      ).toEqual([
        ['app:1', 19],
        ['app:2', 1],
      ]);
    });
  });

  describe('for a storm of node statuses, 50 profiles on 500 nodes', () => {
    const profiles = numbers(50).map(index =>
      seccompProfile({ name: `profile-${index}` }),
    );

    beforeEach(async () => {
      profiles.forEach(profile => {
        put(seccompProfilesKey, profile);
        numbers(500).forEach(node =>
          put(nodeStatusesKey, nodeStatus({ profile, node: `node-${node}` })),
        );
      });
      await flush();
    });

    const changeStates = (count: number, state: string) =>
      profiles
        .slice(0, count)
        .forEach(profile =>
          put(nodeStatusesKey, nodeStatus({ profile, node: 'node-1', state })),
        );

    it('is nothing for statuses that come again as they were', async () => {
      profiles.forEach(profile =>
        numbers(500).forEach(node =>
          put(nodeStatusesKey, nodeStatus({ profile, node: `node-${node}` })),
        ),
      );
      expect(await flush()).toMatchObject({ writes: 0 });
    });

    it('is one row for a profile whose states change, however many there are', async () => {
      changeStates(1, 'Error');
      const one = await flush();
      changeStates(10, 'InProgress');
      const ten = await flush();
      expect(ten.total).toBe(one.total);
      expect(ten.values / one.values).toBeGreaterThan(5);
      expect(ten.values / one.values).toBeLessThan(11);
    });
  });
});
