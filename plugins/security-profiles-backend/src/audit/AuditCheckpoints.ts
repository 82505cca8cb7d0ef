import type { AuditorService } from '@backstage/backend-plugin-api';
import type { AuditCheckpoint } from '@security-profiles/analysis';
import type { Knex } from 'knex';
import type { Clock } from '../clock/Clock';
import type { DbAuditCheckpointsRow, DbAuditHeadRow } from '../database/tables';
import type { CheckpointSigner } from './CheckpointSigner';

/** Options of {@link AuditCheckpoints}. */
export interface AuditCheckpointsOptions {
  knex: Knex;
  clock: Clock;
  /** Absent: checkpoints are not signed, and say so. */
  signer?: CheckpointSigner;
  /** Where the portal's own audit log goes, which the database's owner may not be able to change. */
  auditor?: AuditorService;
}

const mostRowsBetween = 1000;
const longestBetween = 24 * 3600_000;

/** Marks places of the chain, and tells them to the portal's audit log. */
export class AuditCheckpoints {
  private readonly options: AuditCheckpointsOptions;

  constructor(options: AuditCheckpointsOptions) {
    this.options = options;
  }

  /** Marks the end of the chain where there are a thousand rows more than at the last place, or a day has passed. */
  async markWhenDue(): Promise<AuditCheckpoint | undefined> {
    const { knex, clock } = this.options;
    const head = await knex<DbAuditHeadRow>('audit_head').first();
    const last = await knex<DbAuditCheckpointsRow>('audit_checkpoints')
      .orderBy('seq', 'desc')
      .first();
    if (!head || head.seq <= (last?.seq ?? 0)) {
      return undefined;
    }
    const due =
      !last ||
      head.seq - last.seq >= mostRowsBetween ||
      clock.now().getTime() - Date.parse(last.at) >= longestBetween;
    return due ? this.mark(head) : undefined;
  }

  /** Every place, oldest first. */
  async list(): Promise<AuditCheckpoint[]> {
    const rows = await this.options
      .knex<DbAuditCheckpointsRow>('audit_checkpoints')
      .orderBy('seq');
    return rows.map(row => ({
      seq: row.seq,
      hash: row.hash,
      count: row.count,
      at: row.at,
      ...(row.key_id === null ? {} : { keyId: row.key_id }),
      ...(row.signature === null ? {} : { signature: row.signature }),
    }));
  }

  private async mark(head: DbAuditHeadRow): Promise<AuditCheckpoint> {
    const { knex, clock, signer, auditor } = this.options;
    const place: AuditCheckpoint = {
      seq: head.seq,
      hash: head.hash,
      count: head.seq,
      at: clock.now().toISOString(),
    };
    const checkpoint = signer ? signer.sign(place) : place;
    // Another replica may have marked the same place.
    await knex('audit_checkpoints')
      .insert({
        seq: checkpoint.seq,
        hash: checkpoint.hash,
        count: checkpoint.count,
        at: checkpoint.at,
        key_id: checkpoint.keyId ?? null,
        signature: checkpoint.signature ?? null,
      })
      .onConflict('seq')
      .ignore();
    const event = await auditor?.createEvent({
      eventId: 'approvals-checkpoint',
      severityLevel: 'medium',
      meta: { ...checkpoint },
    });
    await event?.success();
    return checkpoint;
  }
}
