import { AuditVerifier } from '@security-profiles/analysis';
import type {
  AuditCheckpointList,
  AuditEventPage,
  AuditVerification,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import type { Access } from '../access/Access';
import { platformHash } from '../approvals/ApprovalEventStore';
import type { Clock } from '../clock/Clock';
import type {
  DbApprovalEventsRow,
  DbApprovalReviewsRow,
} from '../database/tables';
import { type PageRequest, readCursor, toPage } from '../paging/pageCursor';
import type { AuditCheckpoints } from './AuditCheckpoints';
import { readAuditRows } from './AuditRows';
import type {
  AuditFilter,
  AuditReadOptions,
  AuditService,
} from './AuditService';
import type { CheckpointSigner } from './CheckpointSigner';

/** Options of {@link AuthorizedAuditService}. */
export interface AuthorizedAuditServiceOptions {
  knex: Knex;
  access: Access;
  checkpoints: AuditCheckpoints;
  signer?: CheckpointSigner;
  clock: Clock;
}

type JoinedRow = DbApprovalEventsRow & { json: string | null } & Partial<
    Pick<
      DbApprovalReviewsRow,
      'environment' | 'profile_kind' | 'profile_namespace' | 'profile_name'
    >
  >;

/** Gives the record of approvals to who may read it. */
export class AuthorizedAuditService implements AuditService {
  private readonly options: AuthorizedAuditServiceOptions;

  constructor(options: AuthorizedAuditServiceOptions) {
    this.options = options;
  }

  async listEvents(
    filter: AuditFilter,
    page: PageRequest,
    { credentials }: AuditReadOptions,
  ): Promise<AuditEventPage> {
    const { access, knex } = this.options;
    await access.requireAudit(credentials);
    const key = ['audit', filter];
    const offset = readCursor(page, key);
    const narrowed = () => narrow(knex('approval_events'), filter);
    const [{ total }] = await narrowed().count({ total: '*' });
    const rows: JoinedRow[] = await narrowed()
      .leftJoin('approval_texts', 'approval_texts.seq', 'approval_events.seq')
      .leftJoin(
        'approval_reviews',
        'approval_reviews.review_id',
        'approval_events.review_id',
      )
      .orderBy('approval_events.seq', 'desc')
      .offset(offset)
      .limit(page.limit)
      .select(
        'approval_events.*',
        'approval_texts.json',
        'approval_reviews.environment',
        'approval_reviews.profile_kind',
        'approval_reviews.profile_namespace',
        'approval_reviews.profile_name',
      );
    return toPage(rows.map(toEvent), {
      totalItems: Number(total),
      offset,
      limit: page.limit,
      filter: key,
    });
  }

  async verify({ credentials }: AuditReadOptions): Promise<AuditVerification> {
    const { access, knex, checkpoints, signer, clock } = this.options;
    await access.requireAudit(credentials);
    const verifier = new AuditVerifier({
      checkpoints: await checkpoints.list(),
      hash: platformHash,
      verifySignature: signer
        ? (content, signature) => signer.verify(content, signature)
        : undefined,
    });
    for await (const rows of readAuditRows(knex)) {
      for (const row of rows) {
        verifier.add(row);
      }
    }
    return {
      ...verifier.finish(),
      verifiedAt: clock.now().toISOString(),
      signing: signer ? 'signed' : 'unsigned',
      ...(signer ? { keyId: signer.keyId } : {}),
    };
  }

  async listCheckpoints({
    credentials,
  }: AuditReadOptions): Promise<AuditCheckpointList> {
    const { access, checkpoints, signer } = this.options;
    await access.requireAudit(credentials);
    return {
      items: await checkpoints.list(),
      ...(signer ? { publicKey: signer.publicPem() } : {}),
    };
  }

  async export({
    credentials,
  }: AuditReadOptions): Promise<AsyncIterable<string>> {
    await this.options.access.requireAudit(credentials);
    return toLines(readAuditRows(this.options.knex));
  }
}

async function* toLines(
  parts: AsyncIterable<object[]>,
): AsyncGenerator<string, void> {
  for await (const rows of parts) {
    yield rows.map(row => `${JSON.stringify(row)}\n`).join('');
  }
}

function narrow(
  query: Knex.QueryBuilder,
  { actor, action, reviewId, from, to }: AuditFilter,
): Knex.QueryBuilder {
  if (actor) {
    query.where('approval_events.actor', actor.toLocaleLowerCase('en-US'));
  }
  if (action?.length) {
    query.whereIn('approval_events.type', action);
  }
  if (reviewId) {
    query.where('approval_events.review_id', reviewId);
  }
  if (from) {
    query.where('approval_events.at', '>=', new Date(from).toISOString());
  }
  if (to) {
    query.where('approval_events.at', '<', new Date(to).toISOString());
  }
  return query;
}

function toEvent(row: JoinedRow): AuditEventPage['items'][number] {
  const facts = JSON.parse(row.payload);
  const text = row.json === null ? undefined : JSON.parse(row.json);
  return {
    seq: row.seq,
    at: row.at,
    actor: row.actor,
    action: row.type,
    reviewId: row.review_id,
    ...(row.environment ? { environment: row.environment } : {}),
    ...(row.profile_name
      ? {
          profile: {
            kind: row.profile_kind ?? '',
            ...(row.profile_namespace
              ? { namespace: row.profile_namespace }
              : {}),
            name: row.profile_name,
          },
        }
      : {}),
    ...(row.digest === null ? {} : { digest: row.digest }),
    ...(typeof facts.decision === 'string' ? { decision: facts.decision } : {}),
    ...(text?.reason ?? text?.comment
      ? { text: text.reason ?? text.comment }
      : {}),
    ...(text === undefined ? { erased: true } : {}),
    prevHash: row.prev_hash,
    hash: row.hash,
  };
}
