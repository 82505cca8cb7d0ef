import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { applyMigrations } from '../database/applyMigrations';
import { DatabaseInventory } from '../inventory/DatabaseInventory';
import type { CollectionTurn } from './CollectionTurns';
import { LeasedTurns } from './LeasedTurns';
import { LeaseStore } from './LeaseStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('LeasedTurns (%s)', databaseId => {
  let knex: Knex;
  const stops: AbortController[] = [];
  const runs: Promise<void>[] = [];

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    await applyMigrations(knex, mockServices.database({ knex }));
    await knex('clusters').insert({
      id: 'prod',
      name: 'prod',
      type: 'manifests',
      environment: 'default',
    });
  });

  afterEach(async () => {
    for (const stop of stops) {
      stop.abort();
    }
    await Promise.all(runs);
    await knex('cluster_leases').delete();
  });

  function replica(holder: string) {
    const inventory = new DatabaseInventory({
      knex,
      listener: { inventoryChanged: async () => {} },
    });
    const turns = new LeasedTurns({
      store: new LeaseStore({ knex }),
      holder,
      duration: 300,
      guardedWriter: guard => inventory.guardedBy(guard),
      logger: mockServices.logger.mock(),
    });
    const stop = new AbortController();
    stops.push(stop);
    const seen: CollectionTurn[] = [];
    let tellTurn: (turn: CollectionTurn) => void = () => {};
    const firstTurn = new Promise<CollectionTurn>(resolve => {
      tellTurn = resolve;
    });
    runs.push(
      turns.run('prod', {
        signal: stop.signal,
        collect: turn => {
          seen.push(turn);
          tellTurn(turn);
          return new Promise(resolve =>
            turn.signal.addEventListener('abort', () => resolve()),
          );
        },
      }),
    );
    return { firstTurn, stop, seen };
  }

  it('lets the second replica collect once the first has stopped', async () => {
    const first = replica('first');
    await first.firstTurn;
    const second = replica('second');
    first.stop.abort();
    const turn = await second.firstTurn;
    await expect(
      turn.writer.writeClusterFacts('prod', { kubernetesVersion: 'v1.33.1' }),
    ).resolves.toBeUndefined();
  });

  it('keeps the turn as long as the lease is renewed', async () => {
    const first = replica('first');
    const turn = await first.firstTurn;
    const second = replica('second');
    const deadline = Date.now() + 1000;
    while (Date.now() < deadline) {
      await turn.writer.writeClusterFacts('prod', {});
      await new Promise(resolve => setTimeout(resolve, 50));
    }
    expect(second.seen).toHaveLength(0);
    expect(turn.signal.aborted).toBe(false);
  });

  it('refuses every write of a holder that another has followed, and ends its turn', async () => {
    const first = replica('first');
    const turn = await first.firstTurn;
    // What a paused process finds when it goes on: somebody else holds the cluster.
    await knex('cluster_leases').update({
      holder: 'second',
      fence: 2,
      expires_at: 9_999_999_999_999,
    });
    for (const write of [
      () => turn.writer.writeClusterFacts('prod', { operatorVersion: '9.9.9' }),
      () =>
        turn.writer.writeSources('prod', [
          { resource: 'pods', state: 'fresh', since: 'now', count: 1 },
        ]),
      () => turn.writer.writeProblems('prod', [{ where: 'x', message: 'y' }]),
      () =>
        turn.writer.apply(
          'prod',
          {
            workloads: [],
            removedWorkloads: [],
            profiles: [],
            removedProfiles: [],
            nodes: [],
            removedNodes: [],
            namespaces: [{ name: 'shop', labels: {} }],
            removedNamespaces: [],
            topics: [],
          },
          { now: 'now' },
        ),
    ]) {
      await expect(write()).rejects.toMatchObject({ name: 'LeaseLostError' });
    }
    expect(await knex('cluster_resources').where('cluster_id', 'prod')).toEqual(
      [],
    );
    expect(await knex('namespaces').where('cluster_id', 'prod')).toEqual([]);
    if (!turn.signal.aborted) {
      await new Promise(resolve =>
        turn.signal.addEventListener('abort', resolve),
      );
    }
  });
});
