import type { Knex } from 'knex';

/** One writer per subject at a time, until the transaction ends. SQLite has one writer anyway. */
export async function lockSubject(tx: Knex, key: string): Promise<void> {
  if (tx.client.config.client === 'pg') {
    await tx.raw('select pg_advisory_xact_lock(hashtext(?))', [
      `security-profiles ${key}`,
    ]);
  }
}
