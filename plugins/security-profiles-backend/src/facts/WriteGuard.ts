import type { Knex } from 'knex';

/** Decides inside a writing transaction whether the writer may still write. */
export interface WriteGuard {
  /** @throws LeaseLostError when another replica may have taken over */
  check(tx: Knex, clusterId: string): Promise<void>;
}

/** Another replica collects the cluster now: nothing was written. */
export class LeaseLostError extends Error {
  constructor(clusterId: string) {
    super(
      `Another replica collects cluster ${clusterId} now; nothing was written.`,
    );
    this.name = 'LeaseLostError';
  }
}
