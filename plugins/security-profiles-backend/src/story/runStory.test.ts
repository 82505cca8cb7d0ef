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
import { group, person } from '../testing/people';
import type { Story } from './readStory';
import { runStory } from './runStory';
import { StoryReviews } from './StoryReviews';

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
      deployment({
        name: 'cart',
        labels: { [idLabel]: 'cart' },
        templateSpec: {
          securityContext: {
            seccompProfile: {
              type: 'Localhost',
              localhostProfile: 'operator/cart.json',
            },
          },
        },
      }),
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
      reviews: new StoryReviews({
        knex,
        writer: rooms.reviewWriter(clock),
        refreshCatalog: () =>
          rooms.refreshCatalog([
            component('cart', {}, { spec: { owner: 'group:default/team' } }),
            group('team'),
            person('tamsin', ['team']),
            person('ondine', ['team']),
          ]),
      }),
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
    note: '',
    action: { type: 'observe', cluster: 'eu', objects: [allowing(...names)] },
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

  const cart = { cluster: 'eu', kind: 'SeccompProfile', name: 'cart' };
  const ask = (time: string, by = 'tamsin'): Story['steps'][number] => ({
    at: new Date(time),
    note: '',
    action: {
      type: 'ask',
      by: `user:default/${by}`,
      profile: cart,
      reason: 'In force since Monday.',
    },
  });
  const vote = (time: string, by: string): Story['steps'][number] => ({
    at: new Date(time),
    note: '',
    action: {
      type: 'vote',
      by: `user:default/${by}`,
      profile: cart,
      decision: 'approve',
    },
  });
  const eventsOf = async () =>
    (await knex('approval_events').orderBy('seq')).map(
      ({ type, at: time, actor }) => `${time.slice(0, 10)} ${actor} ${type}`,
    );

  it('asks and votes for its people at their own time, by the rules for everybody', async () => {
    const { clock } = await run([
      at('2026-11-02T09:00:00.000Z', 'read'),
      ask('2026-11-03T09:00:00.000Z'),
      vote('2026-11-04T09:00:00.000Z', 'tamsin'),
      vote('2026-11-05T09:00:00.000Z', 'stranger'),
      vote('2026-11-06T09:00:00.000Z', 'ondine'),
    ]);
    expect(await eventsOf()).toEqual([
      '2026-11-03 user:default/tamsin requested',
      '2026-11-06 user:default/ondine voted',
    ]);
    expect(rooms.logger.lines).toEqual([
      expect.stringMatching(/2026-11-04T.* is left out: You asked/),
      expect.stringMatching(/2026-11-05T.* is left out: Only owners/),
    ]);
    expect(clock.now().toISOString()).toBe('2026-11-23T09:30:00.000Z');
  });

  it('is told once, however often the portal starts', async () => {
    const steps = [
      at('2026-11-02T09:00:00.000Z', 'read'),
      ask('2026-11-03T09:00:00.000Z'),
      vote('2026-11-06T09:00:00.000Z', 'ondine'),
    ];
    await run(steps);
    const before = await eventsOf();
    await run(steps);
    expect(await eventsOf()).toEqual(before);
  });

  it('leaves out a vote that nobody asked for', async () => {
    await run([
      at('2026-11-02T09:00:00.000Z', 'read'),
      vote('2026-11-06T09:00:00.000Z', 'ondine'),
    ]);
    expect(await eventsOf()).toEqual([]);
    expect(rooms.logger.lines).toEqual([
      expect.stringContaining('nobody has asked for cart'),
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
      [
        {
          at: new Date('2026-11-02T09:00:00.000Z'),
          note: '',
          action: {
            type: 'observe',
            cluster: 'us',
            objects: [allowing('read')],
          },
        },
      ],
      [real],
    );
    expect(await firstSeen()).toEqual([]);
    expect(rooms.logger.lines).toEqual([
      expect.stringContaining('us is no cluster of manifests'),
    ]);
  });
});
