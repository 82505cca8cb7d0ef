import type {
  TestDatabaseId,
  TestDatabases,
} from '@backstage/backend-test-utils';
import createKnex, { type Knex } from 'knex';
import { applyMigrations } from '../database/applyMigrations';

/** A fresh database in the newest shape; it goes away with the suite. */
export async function openDatabase(
  databases: TestDatabases,
  id: TestDatabaseId,
): Promise<Knex> {
  const knex = await databases.init(id);
  await applyMigrations(knex, {});
  return knex;
}

/**
 * The same database through a pool of a single connection, on which whoever waits for a second one waits for itself.
 * SQLite's pool is one already. Whoever opens it calls `close`.
 */
export function throughOneConnection(knex: Knex): {
  knex: Knex;
  close: () => Promise<void>;
} {
  if (knex.client.config.client !== 'pg') {
    return { knex, close: async () => {} };
  }
  const single = createKnex({
    ...knex.client.config,
    pool: { min: 0, max: 1 },
    acquireConnectionTimeout: 5_000,
  });
  return { knex: single, close: () => single.destroy() };
}

/** Takes every row out, so that the tests of a suite share one database: making one costs far more than a test. */
export async function clearDatabase(knex: Knex): Promise<void> {
  const tables = await tableNames(knex);
  await knex.transaction(async tx => {
    for (const table of tables) {
      await tx(table).delete();
    }
  });
}

/** The plugin's tables, without those that keep track of migrations. */
export async function tableNames(knex: Knex): Promise<string[]> {
  const names: string[] =
    knex.client.config.client === 'pg'
      ? await knex('information_schema.tables')
          .where('table_schema', knex.raw('current_schema()'))
          .pluck('table_name')
      : await knex('sqlite_master').where('type', 'table').pluck('name');
  return names.filter(name => !/^(knex|sqlite)_/.test(name)).sort();
}
