import type { LoggerService } from '@backstage/backend-plugin-api';
import type { InventoryWriter } from '../facts/CollectedFacts';
import type { WriteGuard } from '../facts/WriteGuard';
import type { CollectionTurn, CollectionTurns } from './CollectionTurns';
import type { Lease, LeaseStore } from './LeaseStore';
import { wait } from './wait';

/** Options of {@link LeasedTurns}. */
export interface LeasedTurnsOptions {
  store: LeaseStore;
  /** Name of this process, unlike that of any other. */
  holder: string;
  /** Milliseconds after which a silent holder is taken for dead. */
  duration: number;
  guardedWriter: (guard: WriteGuard) => InventoryWriter;
  logger: LoggerService;
}

/**
 * One replica collects a cluster at a time. The holder renews its lease three times in its duration, and the others ask
 * for it ten times; a replica that dies or stands still is followed by another, and what it then still tries to write is refused.
 */
export class LeasedTurns implements CollectionTurns {
  private readonly options: LeasedTurnsOptions;

  constructor(options: LeasedTurnsOptions) {
    this.options = options;
  }

  async run(
    clusterId: string,
    options: {
      signal: AbortSignal;
      collect: (turn: CollectionTurn) => Promise<void>;
    },
  ): Promise<void> {
    const { store, holder, duration, logger } = this.options;
    const { signal } = options;
    while (!signal.aborted) {
      const lease = await store
        .acquire(clusterId, { holder, duration })
        .catch(error => {
          logger.warn(
            `The lease of cluster ${clusterId} could not be asked for; trying again.`,
            error,
          );
          return undefined;
        });
      if (lease) {
        logger.info(
          `Collecting cluster ${clusterId} (lease ${lease.fence}, ${holder})`,
        );
        await this.useLease(lease, options);
      }
      await wait(duration / 10, { signal });
    }
  }

  private async useLease(
    lease: Lease,
    options: {
      signal: AbortSignal;
      collect: (turn: CollectionTurn) => Promise<void>;
    },
  ): Promise<void> {
    const { store, guardedWriter, logger } = this.options;
    const ended = new AbortController();
    const renewing = this.keepRenewing(lease, ended);
    try {
      await options.collect({
        signal: AbortSignal.any([options.signal, ended.signal]),
        writer: guardedWriter({ check: tx => store.check(tx, lease) }),
      });
    } finally {
      ended.abort();
      await renewing;
      await store.release(lease).catch(error => {
        logger.warn(
          `The lease of cluster ${lease.clusterId} could not be given back; it runs out by itself.`,
          error,
        );
      });
    }
  }

  private async keepRenewing(
    lease: Lease,
    ended: AbortController,
  ): Promise<void> {
    const { store, duration, logger } = this.options;
    while (!ended.signal.aborted) {
      await wait(duration / 3, { signal: ended.signal });
      if (ended.signal.aborted) {
        return;
      }
      try {
        if ((await store.renew(lease, { duration })) === 'lost') {
          logger.warn(
            `The lease of cluster ${lease.clusterId} (${lease.fence}) ran out; another replica may collect now.`,
          );
          ended.abort();
        }
      } catch (error) {
        // Without the database nothing can be written either; whether the lease still holds is seen at the next try.
        logger.warn(
          `The lease of cluster ${lease.clusterId} could not be renewed; trying again.`,
          error instanceof Error ? error : undefined,
        );
      }
    }
  }
}
