import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkout } from '../../tools/toolchain/checkout.mjs';
import { findPostgres } from '../../tools/toolchain/means.mjs';

/** A database of its own for one measurement, as Knex takes it; `close` removes it. */
export async function openDatabase(kind) {
  if (kind === 'sqlite') {
    const folder = mkdtempSync(join(tmpdir(), 'security-profiles-bench-'));
    return {
      config: {
        client: 'better-sqlite3',
        connection: join(folder, 'bench.sqlite'),
        pool: { min: 1, max: 1 },
      },
      close: async () => rmSync(folder, { recursive: true, force: true }),
    };
  }
  const found = await findPostgres();
  if (found.missing) throw new Error(found.missing);
  const { Client } = createRequire(
    join(checkout, 'packages', 'backend', 'package.json'),
  )('pg');
  const name = `security_profiles_bench_${randomUUID().replaceAll('-', '')}`;
  const administer = async statement => {
    const client = new Client({ connectionString: found.connection });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await administer(`create database ${name}`);
  const connection = new URL(found.connection);
  connection.pathname = name;
  return {
    config: { client: 'pg', connection: connection.href },
    close: () => administer(`drop database ${name} with (force)`),
  };
}
