import type { LoggerService } from '@backstage/backend-plugin-api';
import type { EventsService } from '@backstage/plugin-events-node';
import type { NotificationService } from '@backstage/plugin-notifications-node';
import { newAdvisories } from '@security-profiles/analysis';
import type { Knex } from 'knex';
import type { Clock } from '../clock/Clock';
import { chunk } from '../database/chunk';
import type {
  DbAdvisoryMessagesRow,
  DbAdvisoryNoticesRow,
  DbClustersRow,
} from '../database/tables';
import { advisoryDigest } from './advisoryDigest';
import {
  type AdvisoryEvent,
  advisoryAppliesTopic,
  toAdvisoryEvent,
} from './AdvisoryEvent';
import type { ClusterDataplane } from './ClusterDataplane';

/** Options of {@link AdvisoryNotices}. */
export interface AdvisoryNoticesOptions {
  knex: Knex;
  dataplane: Pick<ClusterDataplane, 'read'>;
  events: Pick<EventsService, 'publish'>;
  /** Absent where the portal has no notifications: then nobody gets a message, now or later. */
  notifications?: NotificationService;
  /** The time that verdicts are made at. */
  clock: Clock;
  /** The machine's time, that messages wait by. */
  machineClock: Clock;
  logger: LoggerService;
}

/** The clusters of a new installation are read within it, and their owners get one message and not one for each. */
const gatherMilliseconds = 5 * 60_000;
const retryMilliseconds = 5 * 60_000;
const keptMilliseconds = 30 * 24 * 60 * 60_000;

/**
 * Tells once that an advisory newly applies to a cluster: by an event, and by one message to the owner of the cluster
 * and to each owner of services on it.
 *
 * @remarks
 * What is to be told is written down before it is told, and crossed out after: a restart in between loses nothing. For a
 * scheduled task, which runs on one replica at a time; the primary key of the notices stands behind that.
 */
export class AdvisoryNotices {
  private readonly options: AdvisoryNoticesOptions;
  /** So that a fault is logged when it comes and when it goes, and not every minute. */
  private readonly failing = { events: 0, messages: 0 };

  constructor(options: AdvisoryNoticesOptions) {
    this.options = options;
  }

  async tell(options: { signal: AbortSignal }): Promise<void> {
    await this.note();
    await this.publish(options.signal);
    if (this.options.notifications) {
      await this.writeMessages();
      await this.send(this.options.notifications, options.signal);
    }
  }

  private async note(): Promise<void> {
    const { knex, dataplane, clock } = this.options;
    const now = clock.now().toISOString();
    const noticedAt = this.machineTime();
    for (const cluster of await knex<DbClustersRow>('clusters').orderBy('id')) {
      const { verdict } = await dataplane.read(knex, cluster, { now });
      const applying = newAdvisories(verdict?.advisories ?? [], new Set());
      if (applying.length === 0) {
        continue;
      }
      const noted = new Set(
        await knex<DbAdvisoryNoticesRow>('advisory_notices')
          .where('cluster_id', cluster.id)
          .pluck('advisory_id'),
      );
      const rows = newAdvisories(applying, noted).map(advisory => ({
        cluster_id: cluster.id,
        advisory_id: advisory.id,
        noticed_at: noticedAt,
        event: JSON.stringify(toAdvisoryEvent(cluster, advisory, noticedAt)),
        published_at: null,
        // Who installs notifications later is not told of all that was before.
        digested_at: this.options.notifications ? null : noticedAt,
      }));
      if (rows.length > 0) {
        await knex.transaction(async tx => {
          for (const part of chunk(rows)) {
            await tx<DbAdvisoryNoticesRow>('advisory_notices')
              .insert(part)
              .onConflict(['cluster_id', 'advisory_id'])
              .ignore();
          }
        });
      }
    }
  }

  private async publish(signal: AbortSignal): Promise<void> {
    const { knex, events } = this.options;
    const rows = await knex<DbAdvisoryNoticesRow>('advisory_notices')
      .whereNull('published_at')
      .orderBy(['noticed_at', 'cluster_id', 'advisory_id']);
    let failed = 0;
    for (const row of rows) {
      if (signal.aborted) {
        return;
      }
      try {
        await events.publish({
          topic: advisoryAppliesTopic,
          eventPayload: JSON.parse(row.event),
        });
      } catch {
        failed += 1;
        continue;
      }
      await knex<DbAdvisoryNoticesRow>('advisory_notices')
        .where({ cluster_id: row.cluster_id, advisory_id: row.advisory_id })
        .update({ published_at: this.machineTime() });
    }
    this.logFaults('events', failed);
  }

  /** Once the oldest notice has waited, everything that waits goes into one message for each owner. */
  private async writeMessages(): Promise<void> {
    const { knex } = this.options;
    await knex.transaction(async tx => {
      const now = this.machineTime();
      const waiting = await tx<DbAdvisoryNoticesRow>('advisory_notices')
        .whereNull('digested_at')
        .orderBy(['noticed_at', 'cluster_id', 'advisory_id']);
      const ripeFrom = this.machineTime(-gatherMilliseconds);
      if (!waiting.some(row => row.noticed_at <= ripeFrom)) {
        return;
      }
      const rows: DbAdvisoryNoticesRow[] = [];
      for (const row of waiting) {
        const taken = await tx<DbAdvisoryNoticesRow>('advisory_notices')
          .where({ cluster_id: row.cluster_id, advisory_id: row.advisory_id })
          .whereNull('digested_at')
          .update({ digested_at: now });
        // A replica that the scheduler took for dead may have been faster.
        if (taken === 1) {
          rows.push(row);
        }
      }
      const byRecipient = new Map<string, AdvisoryEvent[]>();
      const owners = await serviceOwners(tx, [
        ...new Set(rows.map(row => row.cluster_id)),
      ]);
      for (const row of rows) {
        const event = JSON.parse(row.event) as AdvisoryEvent;
        const { owner } = event.cluster;
        for (const ref of new Set([
          ...(owner ? [owner] : []),
          ...(owners.get(row.cluster_id) ?? []),
        ])) {
          byRecipient.set(ref, [...(byRecipient.get(ref) ?? []), event]);
        }
      }
      const messages = [...byRecipient].map(([ref, events]) => ({
        recipient_ref: ref,
        payload: JSON.stringify(advisoryDigest(ref, events)),
        made_at: now,
        next_try_at: now,
        sent_at: null,
      }));
      for (const part of chunk(messages)) {
        await tx('advisory_messages').insert(part);
      }
    });
  }

  private async send(
    notifications: NotificationService,
    signal: AbortSignal,
  ): Promise<void> {
    const { knex } = this.options;
    const messages = () => knex<DbAdvisoryMessagesRow>('advisory_messages');
    for (const row of await messages()
      .whereNull('sent_at')
      .where('next_try_at', '<=', this.machineTime())
      .orderBy('id')) {
      if (signal.aborted) {
        return;
      }
      try {
        await notifications.send({
          recipients: { type: 'entity', entityRef: row.recipient_ref },
          payload: JSON.parse(row.payload),
        });
      } catch {
        await messages()
          .where('id', row.id)
          .update({ next_try_at: this.machineTime(retryMilliseconds) });
        continue;
      }
      await messages()
        .where('id', row.id)
        .update({ sent_at: this.machineTime() });
    }
    const [{ count }] = await messages()
      .whereNull('sent_at')
      .count({ count: '*' });
    this.logFaults('messages', Number(count));
    await messages()
      .where('sent_at', '<', this.machineTime(-keptMilliseconds))
      .delete();
  }

  private logFaults(what: 'events' | 'messages', failed: number): void {
    const { logger } = this.options;
    const before = this.failing[what];
    this.failing[what] = failed;
    const service = what === 'events' ? 'events' : 'notifications';
    if (failed > 0 && before === 0) {
      // What the other service answered is its own, and stays out of the log.
      logger.warn(
        `Some ${what} about advisories of Cilium could not be given to the ${service} service. They are kept and tried again; see the log of the ${service} plugin.`,
      );
    } else if (failed === 0 && before > 0) {
      logger.info(`All ${what} about advisories of Cilium have gone out.`);
    }
  }

  private machineTime(offset = 0): string {
    return new Date(
      this.options.machineClock.now().getTime() + offset,
    ).toISOString();
  }
}

/** Who owns entities with workloads there, by cluster. */
async function serviceOwners(
  knex: Knex,
  clusterIds: string[],
): Promise<Map<string, string[]>> {
  const owners = new Map<string, string[]>();
  for (const part of chunk(clusterIds)) {
    const rows: { cluster_id: string; owner_ref: string }[] = await knex(
      'posture_clusters',
    )
      .join('entities', 'entities.entity_ref', 'posture_clusters.entity_ref')
      .whereIn('posture_clusters.cluster_id', part)
      .whereNotNull('entities.owner_ref')
      .distinct('posture_clusters.cluster_id', 'entities.owner_ref');
    for (const row of rows) {
      owners.set(row.cluster_id, [
        ...(owners.get(row.cluster_id) ?? []),
        row.owner_ref,
      ]);
    }
  }
  return owners;
}
