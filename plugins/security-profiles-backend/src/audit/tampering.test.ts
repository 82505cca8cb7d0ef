import { generateKeyPairSync } from 'node:crypto';
import { TestDatabases } from '@backstage/backend-test-utils';
import {
  auditRowHash,
  AuditVerifier,
  genesisHash,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import {
  ApprovalEventStore,
  type NewApprovalEvent,
  platformHash,
} from '../approvals/ApprovalEventStore';
import type { DbApprovalEventsRow } from '../database/tables';
import { ManualClock } from '../testing/ManualClock';
import {
  clearDatabase,
  openDatabase,
  withoutTriggers,
} from '../testing/openDatabase';
import { AuditCheckpoints } from './AuditCheckpoints';
import { readAuditRows } from './AuditRows';
import { CheckpointSigner } from './CheckpointSigner';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const pem = generateKeyPairSync('ed25519')
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();

describe.each(databases.eachSupportedId())(
  'The chained record on %s',
  databaseId => {
    let knex: Knex;
    const store = new ApprovalEventStore();
    const clock = new ManualClock('2026-11-23T09:00:00.000Z');
    const signer = CheckpointSigner.fromPem(pem, 'key');

    beforeAll(async () => {
      knex = await openDatabase(databases, databaseId);
    });
    beforeEach(async () => {
      await clearDatabase(knex);
    });

    const comment = (text: string): NewApprovalEvent => ({
      type: 'commented',
      reviewId: 'r1',
      at: '2026-11-23T09:00:00.000Z',
      commentId: text,
      actor: 'user:default/ada',
      comment: text,
    });
    const add = (tx: Knex, text: string) =>
      store.append(tx, comment(text), {
        subjectKey: 'cart',
        actor: 'user:default/ada',
      });
    async function addFive(): Promise<void> {
      for (const text of ['one', 'two', 'three', 'four', 'five']) {
        await knex.transaction(tx => add(tx, text));
      }
    }

    async function verify(checkpoints: AuditCheckpoints) {
      const verifier = new AuditVerifier({
        hash: platformHash,
        checkpoints: await checkpoints.list(),
        verifySignature: (content, signature) =>
          signer.verify(content, signature),
      });
      for await (const rows of readAuditRows(knex)) {
        for (const row of rows) {
          verifier.add(row);
        }
      }
      return verifier.finish();
    }

    const marked = () => new AuditCheckpoints({ knex, clock, signer });

    it('refuses to change or remove rows and checkpoints', async () => {
      await addFive();
      await marked().markWhenDue();
      for (const table of ['approval_events', 'audit_checkpoints']) {
        await expect(knex(table).update({ at: '' })).rejects.toThrow(
          'only added to',
        );
        await expect(knex(table).delete()).rejects.toThrow('only added to');
        // SQLite has no truncate: it deletes.
        await expect(knex(table).truncate()).rejects.toThrow('only added to');
      }
      expect(await verify(marked())).toMatchObject({
        result: 'intact',
        rows: 5,
        checkpoints: { matched: 1, signed: 1, unsigned: 0 },
      });
    });

    it('gives each of twenty writers at once its own place', async () => {
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          knex.transaction(tx => add(tx, `no ${index}`)),
        ),
      );
      expect(await verify(marked())).toMatchObject({
        result: 'intact',
        rows: 20,
      });
    });

    it('has no gap where a write was rolled back', async () => {
      await knex.transaction(tx => add(tx, 'one'));
      await knex
        .transaction(async tx => {
          await add(tx, 'two');
          throw new Error('lost');
        })
        .catch(() => {});
      await knex.transaction(tx => add(tx, 'three'));
      expect(await verify(marked())).toMatchObject({
        result: 'intact',
        rows: 2,
      });
    });

    it('holds when what somebody wrote is erased', async () => {
      await addFive();
      await store.eraseText(knex, 2);
      expect(await verify(marked())).toMatchObject({
        result: 'intact',
        erased: 1,
      });
      const events = (await store.readSubjects(knex, ['cart'])).get('cart');
      expect(events?.[1]).toMatchObject({ type: 'commented', comment: '' });
      expect(JSON.stringify(await knex('approval_events'))).not.toContain(
        '"comment":',
      );
    });

    it('marks places once a day or after a thousand rows, signed where there is a key', async () => {
      const checkpoints = marked();
      expect(await checkpoints.markWhenDue()).toBeUndefined();
      await addFive();
      expect(await checkpoints.markWhenDue()).toMatchObject({
        seq: 5,
        count: 5,
        keyId: signer.keyId,
      });
      await knex.transaction(tx => add(tx, 'six'));
      expect(await checkpoints.markWhenDue()).toBeUndefined();
      clock.set('2026-11-24T09:00:00.000Z');
      expect(await new AuditCheckpoints({ knex, clock }).markWhenDue()).toEqual(
        {
          seq: 6,
          hash: expect.any(String),
          count: 6,
          at: '2026-11-24T09:00:00.000Z',
        },
      );
      expect((await verify(checkpoints)).checkpoints).toEqual({
        matched: 2,
        signed: 1,
        unsigned: 1,
      });
    });

    it.each<[string, string, number, (tx: Knex) => Promise<unknown>]>([
      [
        'a row that was edited',
        'edited',
        2,
        tx => tx('approval_events').where('seq', 2).update({ actor: 'eve' }),
      ],
      [
        'a text that was edited',
        'text-edited',
        3,
        tx => tx('approval_texts').where('seq', 3).update({ json: '{}' }),
      ],
      [
        'a row that was deleted',
        'gap',
        3,
        tx => tx('approval_events').where('seq', 3).delete(),
      ],
      [
        'a tail that was cut off',
        'truncated',
        4,
        async tx => {
          await tx('approval_events').where('seq', '>', 3).delete();
          await tx('audit_head').update({ seq: 3 });
        },
      ],
      [
        'rows that were put in another order',
        'edited',
        2,
        async tx => {
          await tx('approval_events').where('seq', 2).update({ seq: 99 });
          await tx('approval_events').where('seq', 3).update({ seq: 2 });
          await tx('approval_events').where('seq', 99).update({ seq: 3 });
        },
      ],
      [
        'a chain that was written anew without the key',
        'rewritten',
        5,
        async tx => {
          let prevHash = genesisHash;
          const rows: DbApprovalEventsRow[] = await tx(
            'approval_events',
          ).orderBy('seq');
          for (const row of rows) {
            const actor = row.seq === 2 ? 'user:default/eve' : row.actor;
            const hash = auditRowHash({
              seq: row.seq,
              prevHash,
              at: row.at,
              actor,
              action: row.type,
              reviewId: row.review_id,
              subject: row.subject_key,
              facts: row.payload,
              textHash: row.text_hash,
            });
            await tx('approval_events')
              .where('seq', row.seq)
              .update({ actor, prev_hash: prevHash, hash });
            prevHash = hash;
          }
        },
      ],
    ])('shows %s by hand in the database', async (_, kind, seq, tamper) => {
      await addFive();
      await marked().markWhenDue();
      await knex.transaction(async tx => {
        const restore = await withoutTriggers(tx);
        await tamper(tx);
        await restore();
      });
      expect(await verify(marked())).toMatchObject({
        result: 'broken',
        problem: { kind, seq },
      });
    });
  },
);

describe('The key of checkpoints', () => {
  it('is refused where it is none, without being told', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString();
    for (const [value, message] of [
      ['secret text', 'securityProfiles.x: is no private key'],
      [rsa, 'securityProfiles.x: is a key of type rsa; expected ed25519'],
    ]) {
      expect(() =>
        CheckpointSigner.fromPem(value, 'securityProfiles.x'),
      ).toThrow(message);
      expect(() =>
        CheckpointSigner.fromPem(value, 'securityProfiles.x'),
      ).not.toThrow('secret');
    }
  });
});
