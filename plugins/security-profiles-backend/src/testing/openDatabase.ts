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
    const restore = await withoutTriggers(tx);
    for (const table of tables) {
      await tx(table).delete();
    }
    await restore();
  });
}

/** Lets a test do to rows what the database refuses, as somebody could who owns it. Answers how to go back. */
export async function withoutTriggers(tx: Knex): Promise<() => Promise<void>> {
  if (tx.client.config.client === 'pg') {
    await tx.raw("set local session_replication_role = 'replica'");
    return async () => {
      await tx.raw("set local session_replication_role = 'origin'");
    };
  }
  const triggers: { name: string; sql: string }[] = await tx('sqlite_master')
    .where('type', 'trigger')
    .select('name', 'sql');
  for (const { name } of triggers) {
    await tx.raw(`drop trigger ${name}`);
  }
  return async () => {
    for (const { sql } of triggers) {
      await tx.raw(sql);
    }
  };
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
