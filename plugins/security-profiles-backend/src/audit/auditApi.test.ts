import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { AuditVerifier } from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { allowEverything, PolicyOfTest } from '../testing/PolicyOfTest';
import { createReviewScene, type ReviewScene } from '../testing/reviewScene';
import { startTestPortal, type TestPortal } from '../testing/startTestPortal';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const as = (name: string) =>
  mockCredentials.user.header(`user:default/${name}`);

describe.each(databases.eachSupportedId())(
  'The record of approvals over HTTP, on %s',
  databaseId => {
    let knex: Knex;
    let scene: ReviewScene;
    let portal: TestPortal;
    let review: { id: string; digest: string };
    const policy = new PolicyOfTest();

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      scene = await createReviewScene({ services: ['cart'] });
      portal = await startTestPortal({
        knex,
        config: scene.config,
        entities: scene.entities,
        permissions: policy.factory,
      });
      policy.url = portal.url;
      await portal.refreshCatalog();
      const { profiles } = await portal.eventually<any>(
        '/entities/component/default/cart/posture',
        body => body.profiles?.length > 0,
      );
      review = (
        await portal.post(
          '/reviews',
          {
            kind: 'content',
            subject: { profileId: profiles[0].id },
            digest: profiles[0].effectiveDigest,
            environment: 'production',
            reason: 'It is <b>needed</b>.',
          },
          { authorization: as('asker') },
        )
      ).body;
      await portal.post(
        `/reviews/${review.id}/votes`,
        { decision: 'approve', expectedDigest: review.digest },
        { authorization: as('owner') },
      );
    });
    afterAll(async () => {
      await portal?.stop();
      await scene?.remove();
    });
    beforeEach(() => {
      policy.decide = allowEverything;
    });

    it('lists who did what on which content, newest first', async () => {
      const { status, body } = await portal.get('/audit/events');
      expect([status, body.totalItems]).toEqual([200, 2]);
      expect(body.items).toMatchObject([
        {
          seq: 2,
          actor: 'user:default/owner',
          action: 'voted',
          decision: 'approve',
          reviewId: review.id,
          digest: review.digest,
          environment: 'production',
          profile: { kind: 'SeccompProfile', name: 'p-cart' },
          prevHash: body.items[1].hash,
        },
        {
          seq: 1,
          actor: 'user:default/asker',
          action: 'requested',
          text: 'It is <b>needed</b>.',
        },
      ]);
    });

    it.each<[string, string, number[]]>([
      ['actor', 'User:default/Owner', [2]],
      ['action', 'requested', [1]],
      ['reviewId', 'other', []],
      ['from', '2000-01-01T00:00:00Z', [2, 1]],
      ['to', '2000-01-01T00:00:00Z', []],
    ])('narrows by %s %s', async (name, value, wanted) => {
      const { body } = await portal.get(
        `/audit/events?${name}=${encodeURIComponent(value)}`,
      );
      expect(body.items.map((one: any) => one.seq)).toEqual(wanted);
    });

    it('pages, and refuses a cursor of another list', async () => {
      const first = (await portal.get('/audit/events?limit=1')).body;
      const { nextCursor } = first.pageInfo;
      const second = await portal.get(
        `/audit/events?limit=1&cursor=${nextCursor}`,
      );
      expect(second.body.items).toMatchObject([{ seq: 1 }]);
      for (const query of [
        `action=voted&cursor=${nextCursor}`,
        'cursor=forged',
        'from=yesterday',
      ]) {
        expect((await portal.get(`/audit/events?${query}`)).status).toBe(400);
      }
    });

    it('verifies itself, and says that nothing is signed without a key', async () => {
      const { body } = await portal.get('/audit/verify');
      expect(body).toMatchObject({
        result: 'intact',
        rows: 2,
        erased: 0,
        signing: 'unsigned',
      });
      expect((await portal.get('/audit/checkpoints')).body).not.toHaveProperty(
        'publicKey',
      );
    });

    it('is exported row by row, for whoever verifies elsewhere', async () => {
      const { text } = await portal.get('/audit/export');
      const rows = text.trim().split('\n');
      const verifier = new AuditVerifier();
      for (const row of rows) {
        verifier.add(JSON.parse(row));
      }
      expect(verifier.finish()).toMatchObject({ result: 'intact', rows: 2 });
    });

    it('is kept from whom the policy does not let read it', async () => {
      policy.decide = name =>
        name === 'security-profiles.audit.read'
          ? { result: AuthorizeResult.DENY }
          : allowEverything(name, undefined);
      for (const path of ['events', 'verify', 'checkpoints', 'export']) {
        const { status, body } = await portal.get(`/audit/${path}`);
        expect([path, status, body.error?.code]).toEqual([
          path,
          403,
          'forbidden',
        ]);
      }
    });
  },
);
