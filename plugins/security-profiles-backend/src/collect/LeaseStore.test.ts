import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { applyMigrations } from '../database/applyMigrations';
import { until } from '../testing/until';
import { LeaseStore } from './LeaseStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())('LeaseStore (%s)', databaseId => {
  let knex: Knex;
  let store: LeaseStore;

  const duration = 60_000;

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    await applyMigrations(knex, mockServices.database({ knex }));
  });

  beforeEach(async () => {
    await knex('cluster_leases').delete();
    store = new LeaseStore({ knex });
  });

  /** Time passes for this lease: its end now lies in the past. */
  async function runOut(): Promise<void> {
    await knex('cluster_leases').update({ expires_at: 1 });
  }

  it('gives a cluster to the first that asks and to nobody else', async () => {
    const lease = await store.acquire('prod', { holder: 'a', duration });
    expect(lease).toEqual({ clusterId: 'prod', holder: 'a', fence: 1 });
    expect(
      await store.acquire('prod', { holder: 'b', duration }),
    ).toBeUndefined();
    expect(
      await store.acquire('staging', { holder: 'b', duration }),
    ).toMatchObject({ fence: 1 });
  });

  it('gives one lease when many ask at once', async () => {
    const leases = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        store.acquire('prod', { holder: `replica-${index}`, duration }),
      ),
    );
    expect(leases.filter(lease => lease !== undefined)).toHaveLength(1);
  });

  it('passes on with a higher fence once the lease has run out', async () => {
    const first = await store.acquire('prod', { holder: 'a', duration });
    await runOut();
    const second = await store.acquire('prod', { holder: 'b', duration });
    expect(second).toMatchObject({ holder: 'b', fence: 2 });
    expect(await store.renew(first!, { duration })).toBe('lost');
    await expect(store.check(knex, first!)).rejects.toThrow(
      'Another replica collects cluster prod now; nothing was written.',
    );
    await expect(store.check(knex, second!)).resolves.toBeUndefined();
  });

  it('raises the fence also when the same holder takes a lease again that ran out', async () => {
    await store.acquire('prod', { holder: 'a', duration });
    await runOut();
    expect(
      await store.acquire('prod', { holder: 'a', duration }),
    ).toMatchObject({ fence: 2 });
  });

  it('refuses writes of a holder whose lease ran out, though nobody else has taken it', async () => {
    const lease = await store.acquire('prod', { holder: 'a', duration });
    await runOut();
    await expect(store.check(knex, lease!)).rejects.toMatchObject({
      name: 'LeaseLostError',
    });
  });

  it('prolongs a lease that holds', async () => {
    const lease = await store.acquire('prod', { holder: 'a', duration: 5000 });
    const [before] = await knex('cluster_leases').pluck('expires_at');
    expect(await store.renew(lease!, { duration })).toBe('renewed');
    const [after] = await knex('cluster_leases').pluck('expires_at');
    expect(Number(after)).toBeGreaterThan(Number(before));
  });

  it('is free at once when it is given back', async () => {
    const lease = await store.acquire('prod', { holder: 'a', duration });
    await store.release(lease!);
    expect(
      await store.acquire('prod', { holder: 'b', duration }),
    ).toMatchObject({ holder: 'b', fence: 2 });
  });

  it('leaves the lease of a successor alone when a late holder gives its own back', async () => {
    const first = await store.acquire('prod', { holder: 'a', duration });
    await runOut();
    const second = await store.acquire('prod', { holder: 'b', duration });
    await store.release(first!);
    await expect(store.check(knex, second!)).resolves.toBeUndefined();
  });

  it('waits for no holder that stands still in the middle of a write', async () => {
    const shortly = 500;
    const lease = await store.acquire('prod', {
      holder: 'a',
      duration: shortly,
    });
    const standing = await knex.transaction();
    await store.check(standing, lease!);
    if (databaseId === 'SQLITE_3') {
      // The database itself has a single writer, and no second process.
      await standing.rollback();
    }
    await until('another replica has the lease', async () =>
      Boolean(await store.acquire('prod', { holder: 'b', duration })),
    );
    await standing.rollback().catch(() => {});
    await expect(
      knex.transaction(tx => store.check(tx, lease!)),
    ).rejects.toThrow('Another replica collects cluster prod now');
  });
});
