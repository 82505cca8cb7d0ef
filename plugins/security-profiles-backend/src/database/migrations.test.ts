import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { clearDatabase, tableNames } from '../testing/openDatabase';
import { applyMigrations } from './applyMigrations';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const directory = resolvePackagePath(
  '@security-profiles/backstage-plugin-security-profiles-backend',
  'migrations',
);

/** One row in every table that is there, whatever its columns. */
async function fillEveryTable(knex: Knex): Promise<void> {
  for (const table of await tableNames(knex)) {
    const columns = await knex(table).columnInfo();
    await knex(table).insert(
      Object.fromEntries(
        Object.entries(columns)
          .filter(([name]) => name !== 'id' || !isNumber(columns.id.type))
          .map(([name, { type }]) => [name, valueOf(type)]),
      ),
    );
  }
}

/** Goes up one by one, as far as the named migration. */
async function migrateUpTo(knex: Knex, name: string): Promise<void> {
  let done: string[];
  do {
    [, done] = await knex.migrate.up({ directory });
  } while (done.length > 0 && !done.some(file => file.endsWith(name)));
}

function isNumber(type: string): boolean {
  return /int|float|real|numeric/.test(type);
}

function valueOf(type: string): unknown {
  if (/time|date/.test(type)) {
    return '2026-11-23T09:00:00.000Z';
  }
  if (type === 'boolean') {
    return true;
  }
  return isNumber(type) ? 1 : '[]';
}

describe.each(databases.eachSupportedId())(
  'The migrations on %s',
  databaseId => {
    it('go up and down step by step, with rows in every table', async () => {
      const knex = await databases.init(databaseId);
      const shapes: string[][] = [[]];
      for (;;) {
        const [, done] = await knex.migrate.up({ directory });
        if (done.length === 0) {
          break;
        }
        shapes.push(await tableNames(knex));
        await clearDatabase(knex);
        await fillEveryTable(knex);
      }
      expect(shapes.length).toBeGreaterThan(1);
      for (const before of shapes.slice(0, -1).reverse()) {
        await knex.migrate.down({ directory });
        expect(await tableNames(knex)).toEqual(before);
      }
      await applyMigrations(knex, {});
      expect(await tableNames(knex)).toEqual(shapes.at(-1));
    });

    it('keep what was collected and judged before approvals came, and after they went', async () => {
      const knex = await databases.init(databaseId);
      await migrateUpTo(knex, '_init.js');
      await fillEveryTable(knex);
      const kept = ['clusters', 'postures', 'posture_profiles', 'entities'];
      const rows = async () =>
        Promise.all(kept.map(table => knex(table).select()));
      const before = await rows();
      await migrateUpTo(knex, '_approvals.js');
      const after = await rows();
      expect(after).toEqual(
        before.map((table, index) =>
          table.map(row => ({
            ...row,
            ...(kept[index] === 'postures' ? { valid_until: null } : {}),
            // Nothing is known of the claim until it is judged anew, so it gives no vote.
            ...(kept[index] === 'posture_profiles'
              ? { claim: 'asserted' }
              : {}),
          })),
        ),
      );
      await knex('approval_events').insert({
        review_id: 'r1',
        subject_key: 'cart',
        type: 'commented',
        at: '',
        actor: '',
        payload: '{}',
      });
      await knex.migrate.down({ directory });
      expect(await rows()).toEqual(before);
    });

    it('mark what was judged before scorecards came to be judged anew, and lose no posture', async () => {
      const knex = await databases.init(databaseId);
      await migrateUpTo(knex, '_approvals.js');
      await fillEveryTable(knex);
      const [filled] = await knex('postures');
      await knex('postures').insert({ ...filled, entity_ref: 'cart' });
      const before = await knex('postures').orderBy('entity_ref');
      await migrateUpTo(knex, '_scorecards.js');
      expect(await knex('dirty_entities').orderBy('entity_ref')).toMatchObject([
        // This one was marked already.
        { entity_ref: '[]' },
        { entity_ref: 'cart', claimed_until: expect.anything() },
      ]);
      expect(await knex('postures').orderBy('entity_ref')).toMatchObject(
        before.map(row => ({ ...row, class: 'ordinary', target_level: null })),
      );
      await knex.migrate.down({ directory });
      expect(await knex('postures').orderBy('entity_ref')).toEqual(before);
    });

    it('rank the profiles that are there when the list of profiles learns to sort, and keep their revisions', async () => {
      const knex = await databases.init(databaseId);
      await migrateUpTo(knex, '_approvals.js');
      await fillEveryTable(knex);
      const [filled] = await knex('profiles');
      await knex('profiles').insert([
        { ...filled, id: 'counted', allows: 214 },
        { ...filled, id: 'open', allows: null, mode: 'allows-by-default' },
        { ...filled, id: 'unknown', allows: null },
      ]);
      const tables = async () =>
        Promise.all(
          ['profiles', 'profile_revisions'].map(table =>
            knex(table).orderBy('id'),
          ),
        );
      const before = await tables();
      await migrateUpTo(knex, '_profile_lists.js');
      const ranks = await knex('profiles')
        .orderBy('allows_rank')
        .select('id', 'allows_rank', 'beyond_rank');
      expect(ranks).toEqual([
        { id: 'unknown', allows_rank: -1, beyond_rank: -1 },
        { id: '[]', allows_rank: 1, beyond_rank: -1 },
        { id: 'counted', allows_rank: 214, beyond_rank: -1 },
        { id: 'open', allows_rank: 1_000_000, beyond_rank: -1 },
      ]);
      await knex.migrate.down({ directory });
      expect(await tables()).toEqual(before);
    });

    it('know the content of a profile since it was first seen when they begin to note it', async () => {
      const knex = await databases.init(databaseId);
      await migrateUpTo(knex, '_dataplane.js');
      await fillEveryTable(knex);
      const [filled] = await knex('profiles');
      await knex('profiles').insert([
        { ...filled, id: 'known', source_digest: 's', effective_digest: 'e' },
        { ...filled, id: 'unresolved', effective_digest: null },
        { ...filled, id: 'unseen', source_digest: 'never' },
      ]);
      await knex('profile_revisions').insert([
        {
          profile_id: 'known',
          source_digest: 's',
          effective_digest: 'before',
          first_seen: '2026-11-01T00:00:00.000Z',
        },
        {
          profile_id: 'known',
          source_digest: 's',
          effective_digest: 'e',
          first_seen: '2026-11-02T00:00:00.000Z',
        },
        {
          profile_id: 'unresolved',
          source_digest: filled.source_digest,
          effective_digest: '',
          first_seen: '2026-11-03T00:00:00.000Z',
        },
      ]);
      const before = await knex('profiles').orderBy('id');
      await migrateUpTo(knex, '_confinement.js');
      const since = await knex('profiles')
        .whereIn('id', ['known', 'unresolved', 'unseen'])
        .orderBy('id')
        .select('revision_since', 'revision_not_before');
      expect(since).toEqual([
        {
          revision_since: '2026-11-02T00:00:00.000Z',
          revision_not_before: null,
        },
        {
          revision_since: '2026-11-03T00:00:00.000Z',
          revision_not_before: null,
        },
        { revision_since: null, revision_not_before: null },
      ]);
      await knex.migrate.down({ directory });
      expect(await knex('profiles').orderBy('id')).toEqual(before);
    });

    it('keep the entities when these learn of a class, and lose nothing when it goes', async () => {
      const knex = await databases.init(databaseId);
      await migrateUpTo(knex, '_confinement.js');
      await fillEveryTable(knex);
      const before = await knex('entities');
      await migrateUpTo(knex, '_entity_class.js');
      expect(await knex('entities')).toEqual(
        before.map(row => ({ ...row, class: null })),
      );
      await knex.migrate.down({ directory });
      expect(await knex('entities')).toEqual(before);
    });

    it('are left alone where the adopter runs them apart', async () => {
      const knex = await databases.init(databaseId);
      await applyMigrations(knex, { migrations: { skip: true } });
      expect(await tableNames(knex)).toEqual([]);
    });

    it('are done once', async () => {
      const knex = await databases.init(databaseId);
      await applyMigrations(knex, {});
      await fillEveryTable(knex);
      await applyMigrations(knex, {});
      expect(await knex('clusters')).toHaveLength(1);
    });
  },
);
