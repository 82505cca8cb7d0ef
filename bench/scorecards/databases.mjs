import { randomBytes } from 'node:crypto';
import createKnex from 'knex';

const server =
  process.env.BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING ??
  'postgresql://postgres@127.0.0.1:5432';

/** A database of its own on the PostgreSQL server that tests use, in the newest shape; undefined without a server. */
export async function openPostgres(migrations) {
  const database = `bench_${randomBytes(8).toString('hex')}`;
  const admin = createKnex({
    client: 'pg',
    connection: `${server}/postgres`,
    pool: { min: 0, max: 1 },
  });
  try {
    await admin.raw('create database ??', [database]);
  } catch (error) {
    await admin.destroy();
    console.log(`PostgreSQL is left out: ${error.code ?? error.message}`);
    return undefined;
  }
  const knex = createKnex({
    client: 'pg',
    connection: `${server}/${database}`,
  });
  await knex.migrate.latest({ directory: migrations });
  return {
    name: 'PostgreSQL',
    knex,
    async close() {
      await knex.destroy();
      await admin.raw('drop database ??', [database]);
      await admin.destroy();
    },
  };
}

/** A database in memory, in the newest shape. */
export async function openSqlite(migrations) {
  const knex = createKnex({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  await knex.migrate.latest({ directory: migrations });
  return { name: 'SQLite', knex, close: () => knex.destroy() };
}
