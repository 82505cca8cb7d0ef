import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { KubernetesObject } from '../clusters/ClusterSource';
import { profileId } from '../facts/ids';
import { collectedCluster, inventoryChanges } from '../testing/collectedFacts';
import { openDatabase } from '../testing/openDatabase';
import { RecordingListener } from '../testing/RecordingListener';
import { projectProfile } from '../collect/projections/projectProfile';
import { DatabaseInventory } from './DatabaseInventory';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const eu = collectedCluster('eu');
const most = 50 * 1024;

const nodes = Array.from(
  { length: 500 },
  (_, at) => `ip-10-0-${at >> 8}-${at & 255}.eu-central-1.compute.internal`,
);
const calls = Array.from({ length: 350 }, (_, at) => `some_syscall_${at}`);

/** What a profile grows to that 5,000 pods use on 500 nodes: finalizers, workloads twice, rules twice. */
function largeProfile(): KubernetesObject {
  const pods = Array.from(
    { length: 5_000 },
    (_, at) => `some-namespace/checkout-api-7d9f8b6c5-${at.toString(36)}`,
  );
  const syscalls = [{ action: 'SCMP_ACT_ALLOW', names: calls }];
  return {
    apiVersion: 'security-profiles-operator.x-k8s.io/v1',
    kind: 'SeccompProfile',
    metadata: {
      name: 'checkout-api',
      uid: 'c5d169ca-9c12-436c-bfc2-bea4b949fd12',
      annotations: { syscalls: JSON.stringify(syscalls) },
      finalizers: [
        'in-use-by-active-pods',
        ...nodes.map(name => `${name}-deleted`.slice(0, 63)),
      ],
      managedFields: [
        {
          manager: 'security-profiles-operator',
          operation: 'Update',
          fieldsV1: {
            'f:status': {
              'f:activeWorkloads': Object.fromEntries(
                pods.map(pod => [`v:"${pod}"`, {}]),
              ),
            },
          },
        },
      ],
    },
    spec: { defaultAction: 'SCMP_ACT_ERRNO', syscalls },
    status: {
      localhostProfile: 'operator/checkout-api.json',
      status: 'Installed',
      activeWorkloads: pods,
    },
  } as KubernetesObject;
}

const project = (text: string) =>
  projectProfile(JSON.parse(text), {
    kind: 'SeccompProfile',
    version: 'v1',
    namespaced: 'no',
  });

describe('A profile that 5,000 pods use on 500 nodes', () => {
  const text = JSON.stringify(largeProfile());

  it('is an object of half a megabyte', () => {
    expect(text.length).toBeGreaterThan(500_000);
  });

  it('takes at most 50 KB of memory once it is projected', () => {
    setFlagsFromString('--expose_gc');
    const collectGarbage: () => void = runInNewContext('gc');
    const copies = 100;
    project(text);
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    const held = Array.from({ length: copies }, () => project(text));
    collectGarbage();
    const each = (process.memoryUsage().heapUsed - before) / copies;
    expect(held).toHaveLength(copies);
    expect(each).toBeLessThan(most);
    process.stdout.write(
      `${text.length} bytes of object take ${Math.round(
        each,
      )} bytes of heap once projected\n`,
    );
  });

  it.each(databases.eachSupportedId())(
    'takes at most 50 KB of the database, with its states, contents and revisions (%s)',
    async databaseId => {
      const knex = await openDatabase(databases, databaseId);
      const inventory = new DatabaseInventory({
        knex,
        listener: new RecordingListener(),
      });
      await inventory.replaceClusters([eu]);
      const object = project(text);
      await inventory.apply(
        eu.id,
        inventoryChanges({
          profiles: [
            {
              id: profileId(eu.id, object),
              object,
              nodeStates: Object.fromEntries(
                nodes.map(name => [name, 'Installed']),
              ),
            },
          ],
        }),
        { now: '2026-11-23T09:00:00.000Z' },
      );
      const rows = [
        ...(await knex('profiles')),
        ...(await knex('profile_contents')),
        ...(await knex('profile_revisions')),
      ];
      const stored = rows
        .flatMap(row => Object.values(row))
        .reduce<number>((sum, value) => sum + String(value ?? '').length, 0);
      expect(stored).toBeLessThan(most);
      process.stdout.write(
        `${text.length} bytes of object are ${stored} bytes in ${databaseId}\n`,
      );
    },
  );
});
