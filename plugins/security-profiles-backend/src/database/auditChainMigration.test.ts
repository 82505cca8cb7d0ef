import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { TestDatabases } from '@backstage/backend-test-utils';
import { AuditVerifier } from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { ApprovalEventStore } from '../approvals/ApprovalEventStore';
import { readAuditRows } from '../audit/AuditRows';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const directory = resolvePackagePath(
  '@security-profiles/backstage-plugin-security-profiles-backend',
  'migrations',
);

async function migrateUntilBefore(knex: Knex): Promise<void> {
  const [, [next]] = await knex.migrate.list({ directory });
  if (next && !next.file.endsWith('_audit_chain.js')) {
    await knex.migrate.up({ directory });
    await migrateUntilBefore(knex);
  }
}

describe.each(databases.eachSupportedId())(
  'The migration to a chained record on %s',
  databaseId => {
    it('chains the events of reviews that were there, without gaps, and gives them back as they were', async () => {
      const knex = await databases.init(databaseId);
      await migrateUntilBefore(knex);
      const payloads = [
        { type: 'requested', reason: 'It is needed.', digest: 'sha256:a' },
        {
          type: 'voted',
          expectedDigest: 'sha256:a',
          comment: '\u00e9 \ud83d\ude00',
        },
        { type: 'withdrawn' },
      ];
      for (const [index, payload] of payloads.entries()) {
        await knex('approval_events').insert({
          // A write that was rolled back has used up a number.
          seq: 3 + 2 * index,
          review_id: 'r1',
          subject_key: 'cart',
          type: payload.type,
          at: '2026-11-23T09:00:00.000Z',
          actor: 'user:default/ada',
          idempotency_key: index === 0 ? 'key-of-the-request' : null,
          payload: JSON.stringify(payload),
        });
      }
      await knex.migrate.up({ directory });
      const verifier = new AuditVerifier();
      for await (const rows of readAuditRows(knex)) {
        for (const row of rows) {
          verifier.add(row);
        }
      }
      expect(verifier.finish()).toMatchObject({
        result: 'intact',
        rows: 3,
        erased: 0,
      });
      const store = new ApprovalEventStore();
      const read = async () =>
        (await store.readSubjects(knex, ['cart'])).get('cart');
      expect(await read()).toEqual(
        payloads.map((payload, index) => ({ ...payload, seq: index + 1 })),
      );
      await store.append(
        knex,
        { type: 'withdrawn', reviewId: 'r1', at: '', actor: 'user:x/y' },
        { subjectKey: 'cart', actor: 'user:x/y' },
      );
      expect(await read()).toHaveLength(4);
      await expect(
        knex('approval_events').where('seq', 1).update({ actor: 'eve' }),
      ).rejects.toThrow('only added to');
      await knex.migrate.down({ directory });
      expect(
        (await knex('approval_events').orderBy('seq'))
          .slice(0, 3)
          .map(row => JSON.parse(row.payload)),
      ).toEqual(payloads);
      await knex('approval_events').insert({
        review_id: 'r1',
        subject_key: 'cart',
        type: 'commented',
        at: '',
        actor: '',
        payload: '{}',
      });
      expect(await knex('approval_events')).toHaveLength(5);
    });
  },
);
