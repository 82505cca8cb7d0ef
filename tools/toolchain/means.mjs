import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { checkout } from './checkout.mjs';

/** What backend-test-utils reads; the number in it is only a name, any version will do. */
export const postgresVariable =
  'BACKSTAGE_TEST_DATABASE_POSTGRES15_CONNECTION_STRING';
const usualPostgres = 'postgresql://postgres@127.0.0.1:5432';

/** The path of a command on PATH; undefined where there is none. */
export function findCommand(name, env = process.env) {
  return (env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map(folder => join(folder, name))
    .find(existsSync);
}

/** The path of a browser to test with; undefined where there is none. */
export function findBrowser(env = process.env) {
  if (env.CHROMIUM_PATH) {
    return existsSync(env.CHROMIUM_PATH) ? env.CHROMIUM_PATH : undefined;
  }
  const installed = [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
  ].find(existsSync);
  return (
    installed ??
    ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
      .map(name => findCommand(name, env))
      .find(Boolean)
  );
}

/**
 * Looks for a PostgreSQL server to test with.
 *
 * @returns `{ connection }`, or `{ missing }` with the reason and what to do
 */
export async function findPostgres(env = process.env) {
  const connection = env[postgresVariable] || usualPostgres;
  const { hostname, port } = new URL(connection);
  const { Client } = createRequire(
    join(checkout, 'packages', 'backend', 'package.json'),
  )('pg');
  const client = new Client({
    connectionString: connection,
    connectionTimeoutMillis: 3000,
  });
  try {
    await client.connect();
    await client.query('select 1');
    return { connection };
  } catch (error) {
    // The message of an AggregateError is empty; the connection string may hold a password and is not shown.
    return {
      missing: `no server at ${hostname}:${port || 5432} (${
        error.code ?? error.message
      }); start one there with user postgres and trust, or set ${postgresVariable}`,
    };
  } finally {
    await client.end().catch(() => {});
  }
}
