import type { ApprovalEvent } from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import type { DbApprovalEventsRow } from '../database/tables';

/** An event before it has its place in the order of truth. */
export type NewApprovalEvent = {
  [Type in ApprovalEvent['type']]: Omit<
    Extract<ApprovalEvent, { type: Type }>,
    'seq'
  >;
}[ApprovalEvent['type']];

/** Options of {@link ApprovalEventStore.append}. */
export interface AppendApprovalEventOptions {
  subjectKey: string;
  /** Lower-cased ref of who did it. */
  actor: string;
  idempotencyKey?: string;
}

/** The append-only record of reviews. */
export class ApprovalEventStore {
  async append(
    tx: Knex,
    event: NewApprovalEvent,
    options: AppendApprovalEventOptions,
  ): Promise<void> {
    await tx('approval_events').insert({
      review_id: event.reviewId,
      subject_key: options.subjectKey,
      type: event.type,
      at: event.at,
      actor: options.actor,
      idempotency_key: options.idempotencyKey ?? null,
      payload: JSON.stringify(event),
    });
  }

  /** What this caller has done already with this key. */
  async eventOfKey(
    tx: Knex,
    options: { actor: string; idempotencyKey: string },
  ): Promise<ApprovalEvent | undefined> {
    const row = await tx<DbApprovalEventsRow>('approval_events')
      .where({ actor: options.actor, idempotency_key: options.idempotencyKey })
      .first();
    return row && { ...JSON.parse(row.payload), seq: row.seq };
  }

  /** All events of these subjects, by subject, in the order of truth. */
  async readSubjects(
    knex: Knex,
    subjectKeys: readonly string[],
  ): Promise<Map<string, ApprovalEvent[]>> {
    const found = new Map<string, ApprovalEvent[]>();
    for (const keys of chunk([...new Set(subjectKeys)])) {
      const rows = await knex<DbApprovalEventsRow>('approval_events')
        .whereIn('subject_key', keys)
        .orderBy('seq');
      for (const row of rows) {
        const events = found.get(row.subject_key) ?? [];
        events.push({ ...JSON.parse(row.payload), seq: row.seq });
        found.set(row.subject_key, events);
      }
    }
    return found;
  }
}
