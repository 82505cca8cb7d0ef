import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { AdjustableClock } from '../clock/Clock';
import { type Cluster, ManifestsClusterClient } from '../clusters';
import { InMemoryCluster } from '../clusters/InMemoryCluster';
import { Collection } from '../collect/Collection';
import { component } from '../testing/component';
import { createRooms, type Rooms } from '../testing/createRooms';
import {
  deployment,
  namespace,
  seccompProfile,
} from '../testing/kubernetesObjects';
import { ManualClock } from '../testing/ManualClock';
import { clearDatabase, openDatabase } from '../testing/openDatabase';
import type { Story } from './readStory';
import { runStory } from './runStory';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const idLabel = 'backstage.io/kubernetes-id';

function allowing(...names: string[]) {
  return seccompProfile({
    name: 'cart',
    spec: { syscalls: [{ action: 'SCMP_ACT_ALLOW', names }] },
  });
}

describe.each(databases.eachSupportedId())('A story on %s', databaseId => {
  let knex: Knex;
  let rooms: Rooms;
  let folder: string;
  let client: ManifestsClusterClient;

  beforeAll(async () => {
    knex = await openDatabase(databases, databaseId);
  });
  beforeEach(async () => {
    await clearDatabase(knex);
    rooms = createRooms(knex);
    folder = await mkdtemp(join(tmpdir(), 'story-'));
    const objects = [
      namespace({ name: 'shop' }),
      deployment({ name: 'cart', labels: { [idLabel]: 'cart' } }),
      allowing('read', 'write'),
    ];
    await Promise.all(
      objects.map((object, index) =>
        writeFile(join(folder, `${index}.json`), JSON.stringify(object)),
      ),
    );
    client = new ManifestsClusterClient({
      clusterName: 'eu',
      folder,
      configuredPath: 'eu',
      firstVersion: 1,
      quietFor: 20,
    });
  });
  afterEach(async () => {
    await client.close();
    await rm(folder, { recursive: true });
  });

  const eu = (): Cluster => ({
    id: 'id-eu',
    name: 'eu',
    type: 'manifests',
    client,
  });

  async function run(steps: Story['steps'], others: Cluster[] = []) {
    const machine = new ManualClock('2031-01-01T00:00:00.000Z');
    const clock = new AdjustableClock(machine);
    const clusters = [eu(), ...others];
    const collection = new Collection({
      source: { listClusters: async () => clusters, close: async () => {} },
      writer: rooms.inventory,
      clock,
      logger: rooms.logger,
      random: () => 0,
      describe: () => ({ environment: 'production' }),
    });
    const { signal } = rooms;
    await collection.prepare({ signal });
    await runStory({
      story: { now: new Date('2026-11-23T09:30:00.000Z'), steps },
      clusters,
      collection,
      assessor: rooms.assessor,
      clock,
      logger: rooms.logger,
      signal,
    });
    return { clock, machine, collection };
  }
  const firstSeen = () =>
    knex('profile_revisions').orderBy('id').pluck('first_seen');
  const at = (time: string, ...names: string[]): Story['steps'][number] => ({
    at: new Date(time),
    cluster: 'eu',
    note: '',
    objects: [allowing(...names)],
  });

  it('gives profiles a history with the dates of its steps, and ends at its own date', async () => {
    const { clock, machine, collection } = await run([
      at('2026-11-02T09:00:00.000Z', 'read'),
      at('2026-11-12T14:00:00.000Z', 'read', 'openat'),
    ]);
    expect(await firstSeen()).toEqual([
      '2026-11-02T09:00:00.000Z',
      '2026-11-12T14:00:00.000Z',
    ]);
    expect(clock.now().toISOString()).toBe('2026-11-23T09:30:00.000Z');
    machine.advance(60_000);
    expect(clock.now().toISOString()).toBe('2026-11-23T09:31:00.000Z');

    // The folder counts from then on.
    await collection.syncOnce('eu', { signal: rooms.signal });
    expect(await firstSeen()).toHaveLength(3);
    const { object } = await knex('profiles').first();
    expect(object).toContain('"write"');
  });

  it('keeps beside its steps what the folder holds', async () => {
    await run([at('2026-11-02T09:00:00.000Z', 'read')]);
    expect(await knex('workloads').pluck('name')).toEqual(['cart']);
  });

  it('judges at each step', async () => {
    await rooms.refreshCatalog([component('cart')]);
    await run([at('2026-11-02T09:00:00.000Z', 'read')]);
    expect(await rooms.marked()).toEqual([]);
    expect(await knex('postures').pluck('entity_ref')).toEqual([
      'component:default/cart',
    ]);
  });

  it('leaves out a step of a cluster that is no folder, and says so', async () => {
    const real: Cluster = {
      id: 'id-us',
      name: 'us',
      type: 'kubeconfig',
      client: new InMemoryCluster({ resources: [] }),
    };
    await run(
      [{ ...at('2026-11-02T09:00:00.000Z', 'read'), cluster: 'us' }],
      [real],
    );
    expect(await firstSeen()).toEqual([]);
    expect(rooms.logger.lines).toEqual([
      expect.stringContaining('names us, which is no cluster of manifests'),
    ]);
  });
});
