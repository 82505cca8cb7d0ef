import { createHash, randomBytes } from 'node:crypto';
import {
  type ApprovalEvent,
  auditRowHash,
  auditTextHash,
  genesisHash,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import type {
  DbApprovalEventsRow,
  DbApprovalTextsRow,
  DbAuditHeadRow,
} from '../database/tables';

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

/** Options of {@link ApprovalEventStore}. */
export interface ApprovalEventStoreOptions {
  /** New bytes, as hex digits, that nobody can guess. */
  newSalt?: () => string;
}

/** The one chain that there is. */
const chainName = 'approvals';

/** What people wrote. It is kept apart, so that it can be erased without touching what was decided. */
const textFields = ['reason', 'comment', 'ticket', 'incident'] as const;
/** Of events whose text is not optional: what stands in for one that was erased. */
const erasedText = { requested: ['reason'], commented: ['comment'] } as Record<
  string,
  string[]
>;

type JoinedRow = DbApprovalEventsRow & Pick<DbApprovalTextsRow, 'json'>;

/** SHA-256 by the platform, which is faster than plain JavaScript. */
export function platformHash(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** The append-only record of reviews: each row carries the hash of the one before it. */
export class ApprovalEventStore {
  private readonly newSalt: () => string;

  constructor(options: ApprovalEventStoreOptions = {}) {
    this.newSalt = options.newSalt ?? (() => randomBytes(16).toString('hex'));
  }

  /** Adds an event in the transaction of what it records. Whoever adds the next waits for that to end. */
  async append(
    tx: Knex,
    event: NewApprovalEvent,
    options: AppendApprovalEventOptions,
  ): Promise<void> {
    const head = await this.lockHead(tx);
    const { facts, json } = split(event);
    const text = { salt: this.newSalt(), json };
    const row = {
      seq: head.seq + 1,
      prevHash: head.hash,
      at: event.at,
      actor: options.actor,
      action: event.type,
      reviewId: event.reviewId,
      subject: options.subjectKey,
      digest: digestOf(event),
      facts,
      textHash: auditTextHash(text, platformHash),
    };
    const hash = auditRowHash(row, platformHash);
    await tx('approval_events').insert({
      seq: row.seq,
      review_id: row.reviewId,
      subject_key: row.subject,
      type: row.action,
      at: row.at,
      actor: row.actor,
      idempotency_key: options.idempotencyKey ?? null,
      payload: facts,
      digest: row.digest ?? null,
      prev_hash: row.prevHash,
      hash,
      text_hash: row.textHash,
    });
    await tx('approval_texts').insert({ seq: row.seq, ...text });
    await tx('audit_head')
      .where('name', chainName)
      .update({ seq: row.seq, hash });
  }

  /** What this caller has done already with this key. */
  async eventOfKey(
    tx: Knex,
    options: { actor: string; idempotencyKey: string },
  ): Promise<ApprovalEvent | undefined> {
    const row: JoinedRow | undefined = await joined(tx)
      .where({
        'approval_events.actor': options.actor,
        'approval_events.idempotency_key': options.idempotencyKey,
      })
      .first();
    return row && toEvent(row);
  }

  /** All events of these subjects, by subject, in the order of truth. */
  async readSubjects(
    knex: Knex,
    subjectKeys: readonly string[],
  ): Promise<Map<string, ApprovalEvent[]>> {
    const found = new Map<string, ApprovalEvent[]>();
    for (const keys of chunk([...new Set(subjectKeys)])) {
      const rows: JoinedRow[] = await joined(knex)
        .whereIn('approval_events.subject_key', keys)
        .orderBy('approval_events.seq');
      for (const row of rows) {
        const events = found.get(row.subject_key) ?? [];
        events.push(toEvent(row));
        found.set(row.subject_key, events);
      }
    }
    return found;
  }

  /** Takes away what somebody wrote in one event. The row and its place in the chain stay. */
  async eraseText(tx: Knex, seq: number): Promise<void> {
    await tx('approval_texts').where('seq', seq).delete();
  }

  /** One writer at a time. SQLite has one anyway. */
  private async lockHead(tx: Knex): Promise<{ seq: number; hash: string }> {
    const read = () => {
      const query = tx<DbAuditHeadRow>('audit_head')
        .where('name', chainName)
        .first();
      return tx.client.config.client === 'pg' ? query.forUpdate() : query;
    };
    const head = await read();
    if (head) {
      return head;
    }
    await tx('audit_head')
      .insert({ name: chainName, seq: 0, hash: genesisHash })
      .onConflict('name')
      .ignore();
    return (await read()) as DbAuditHeadRow;
  }
}

function joined(knex: Knex): Knex.QueryBuilder {
  return knex('approval_events')
    .leftJoin('approval_texts', 'approval_texts.seq', 'approval_events.seq')
    .select('approval_events.*', 'approval_texts.json');
}

function split(event: NewApprovalEvent): { facts: string; json: string } {
  const facts: Record<string, unknown> = { ...event };
  const text: Record<string, unknown> = {};
  for (const field of textFields) {
    if (facts[field] !== undefined) {
      text[field] = facts[field];
    }
    delete facts[field];
  }
  return { facts: JSON.stringify(facts), json: JSON.stringify(text) };
}

function digestOf(event: NewApprovalEvent): string | undefined {
  switch (event.type) {
    case 'voted':
      return event.expectedDigest;
    case 'requested':
    case 'carried':
    case 'superseded':
    case 'broke-glass':
      return event.digest;
    default:
      return undefined;
  }
}

function toEvent(row: JoinedRow): ApprovalEvent {
  const text = row.json
    ? JSON.parse(row.json)
    : Object.fromEntries(
        (erasedText[row.type] ?? []).map(field => [field, '']),
      );
  return { ...JSON.parse(row.payload), ...text, seq: row.seq };
}
