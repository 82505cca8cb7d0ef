import type { Knex } from 'knex';
import { LeaseLostError } from '../facts/WriteGuard';

/** The right to collect one cluster for a while. */
export interface Lease {
  clusterId: string;
  holder: string;
  /** Grows with every new holder. */
  fence: number;
}

/**
 * Who collects which cluster. Times are the database's: replicas' clocks may differ, and a paused process sees none.
 */
export class LeaseStore {
  private readonly knex: Knex;

  constructor(options: { knex: Knex }) {
    this.knex = options.knex;
  }

  /** Takes the lease when it is free or has run out; undefined while another holds it. `duration` in milliseconds. */
  async acquire(
    clusterId: string,
    options: { holder: string; duration: number },
  ): Promise<Lease | undefined> {
    const now = this.now();
    const answer = await this.knex.raw(
      `insert into cluster_leases (cluster_id, holder, fence, expires_at)
       values (?, ?, 1, ${now} + ?)
       on conflict (cluster_id) do update
       set holder = excluded.holder,
           fence = cluster_leases.fence + 1,
           expires_at = excluded.expires_at
       where cluster_leases.expires_at < ${now}
       returning fence`,
      [clusterId, options.holder, options.duration],
    );
    // PostgreSQL's driver answers an object with rows, SQLite's the rows.
    const rows: { fence: string | number }[] = answer.rows ?? answer;
    return rows.length > 0
      ? { clusterId, holder: options.holder, fence: Number(rows[0].fence) }
      : undefined;
  }

  /** Prolongs a lease that has not run out. */
  async renew(
    lease: Lease,
    options: { duration: number },
  ): Promise<'renewed' | 'lost'> {
    const updated = await this.held(this.knex, lease).update({
      expires_at: this.knex.raw(`${this.now()} + ?`, [options.duration]),
    });
    return updated > 0 ? 'renewed' : 'lost';
  }

  /** Gives a lease back, so that another replica need not wait for it to run out. */
  async release(lease: Lease): Promise<void> {
    await this.knex('cluster_leases')
      .where({
        cluster_id: lease.clusterId,
        holder: lease.holder,
        fence: lease.fence,
      })
      .update({ expires_at: 0 });
  }

  /**
   * Holds the lease's row until the transaction ends, so that nobody takes over between the check and the commit.
   *
   * @throws LeaseLostError
   */
  async check(tx: Knex, lease: Lease): Promise<void> {
    const isPostgres = tx.client.config.client === 'pg';
    const query = this.held(tx, lease).select<{ left: string | number }[]>(
      tx.raw(`expires_at - ${this.now()} as left`),
    );
    const rows = await (isPostgres ? query.forShare() : query);
    if (rows.length === 0) {
      throw new LeaseLostError(lease.clusterId);
    }
    if (isPostgres) {
      // A replica that stands still in the middle of a transaction would keep the row from all others: the database
      // ends a transaction from which nothing has come until the lease runs out.
      await tx.raw(
        "select set_config('idle_in_transaction_session_timeout', ?, true)",
        [`${Math.max(1, Number(rows[0].left))}ms`],
      );
    }
  }

  private held(knex: Knex, lease: Lease) {
    return knex('cluster_leases')
      .where({
        cluster_id: lease.clusterId,
        holder: lease.holder,
        fence: lease.fence,
      })
      .whereRaw(`expires_at >= ${this.now()}`);
  }

  private now(): string {
    return this.knex.client.config.client === 'pg'
      ? '(extract(epoch from clock_timestamp()) * 1000)::bigint'
      : "cast((julianday('now') - 2440587.5) * 86400000 as integer)";
  }
}
