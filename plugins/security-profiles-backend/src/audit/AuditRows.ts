import type { AuditRow } from '@security-profiles/analysis';
import type { Knex } from 'knex';
import type {
  DbApprovalEventsRow,
  DbApprovalTextsRow,
} from '../database/tables';

type JoinedRow = DbApprovalEventsRow & {
  salt: DbApprovalTextsRow['salt'] | null;
  json: DbApprovalTextsRow['json'] | null;
};

const rowsAtOnce = 1000;

/** The record of approvals, first row first, a part at a time: it may be larger than memory. */
export async function* readAuditRows(
  knex: Knex,
): AsyncGenerator<AuditRow[], void> {
  // Below every number that the column takes: nobody hides a row there.
  let after = -(2 ** 31);
  for (;;) {
    const rows: JoinedRow[] = await knex('approval_events')
      .leftJoin('approval_texts', 'approval_texts.seq', 'approval_events.seq')
      .where('approval_events.seq', '>=', after)
      .orderBy('approval_events.seq')
      .limit(rowsAtOnce)
      .select(
        'approval_events.*',
        'approval_texts.salt',
        'approval_texts.json',
      );
    if (rows.length > 0) {
      yield rows.map(toAuditRow);
    }
    if (rows.length < rowsAtOnce) {
      return;
    }
    after = rows[rows.length - 1].seq + 1;
  }
}

function toAuditRow(row: JoinedRow): AuditRow {
  return {
    seq: row.seq,
    prevHash: row.prev_hash,
    hash: row.hash,
    at: row.at,
    actor: row.actor,
    action: row.type,
    reviewId: row.review_id,
    subject: row.subject_key,
    ...(row.digest === null ? {} : { digest: row.digest }),
    facts: row.payload,
    textHash: row.text_hash,
    ...(row.json === null || row.salt === null
      ? {}
      : { text: { salt: row.salt, json: row.json } }),
  };
}
