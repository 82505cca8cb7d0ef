import { join } from 'node:path';
import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { createReviewScene, type ReviewScene } from '../testing/reviewScene';
import {
  type PortalProcess,
  startPortalProcess,
} from '../testing/startPortalProcess';
import { until } from '../testing/until';

jest.setTimeout(180_000);

const packageFolder = join(__dirname, '..', '..');
const databases = TestDatabases.create({ ids: ['POSTGRES_15'] });

if (databases.eachSupportedId().length > 0) {
  describe('Votes in a portal that is killed', () => {
    let knex: Knex;
    let scene: ReviewScene;
    let portal: PortalProcess;

    const start = () =>
      startPortalProcess({
        packageFolder,
        portal: {
          name: 'portal',
          database: {
            client: 'pg',
            connection: knex.client.config.connection,
          },
          config: scene.config,
          entities: scene.entities,
        },
        onLine: () => {},
      });

    beforeAll(async () => {
      knex = await databases.init('POSTGRES_15');
      scene = await createReviewScene({ services: ['ledger'] });
      portal = await start();
    });
    afterAll(async () => {
      await portal?.kill('SIGKILL');
      await scene?.remove();
    });

    async function killAndStart(): Promise<void> {
      await portal.kill('SIGKILL');
      portal = await start();
    }

    async function post(
      path: string,
      by: string,
      body: object,
      key: string,
    ): Promise<{ status: number; body: any }> {
      const answer = await fetch(`${portal.url}/api/security-profiles${path}`, {
        method: 'POST',
        headers: {
          authorization: mockCredentials.user.header(`user:default/${by}`),
          'content-type': 'application/json',
          'idempotency-key': key,
        },
        body: JSON.stringify(body),
      });
      return { status: answer.status, body: await answer.json() };
    }

    it('are all there afterwards, and one that was under way is cast once when it is sent again', async () => {
      let profile: any;
      await until(
        'the profile is collected',
        async () => {
          const { profiles } = await portal.get(
            '/entities/component/default/ledger/posture',
          );
          [profile] = profiles;
          return (
            profile !== undefined && (await knex('memberships')).length > 0
          );
        },
        { deadline: 60_000 },
      );
      const asked = await post(
        '/reviews',
        'asker',
        {
          kind: 'content',
          subject: { profileId: profile.id },
          digest: profile.effectiveDigest,
          environment: 'production',
          reason: 'It is what ledger needs.',
        },
        'key-of-asker',
      );
      expect([asked.status, asked.body.error]).toEqual([200, undefined]);
      const { id, digest } = asked.body;
      await killAndStart();

      const changes = await post(
        `/reviews/${id}/votes`,
        'owner',
        {
          decision: 'request-changes',
          expectedDigest: digest,
          comment: 'Drop write.',
        },
        'key-of-owner',
      );
      expect(changes.body.state).toBe('changes-requested');
      await killAndStart();

      const approve = { decision: 'approve', expectedDigest: digest };
      const cast = () =>
        post(`/reviews/${id}/votes`, 'nested', approve, 'key-of-nested');
      const lost = cast().catch(() => undefined);
      await killAndStart();
      await lost;
      expect((await cast()).status).toBe(200);

      const last = await post(
        `/reviews/${id}/votes`,
        'owner',
        approve,
        'key-of-owner-2',
      );
      expect(last.body.state).toBe('approved');
      await killAndStart();
      const review = await portal.get(`/reviews/${id}`);
      expect(review.state).toBe('approved');
      expect(
        review.votes.map((vote: any) => [
          vote.voter,
          vote.decision,
          vote.standing,
        ]),
      ).toEqual([
        ['user:default/owner', 'request-changes', 'replaced'],
        ['user:default/nested', 'approve', 'counts'],
        ['user:default/owner', 'approve', 'counts'],
      ]);
      expect(await knex('approval_events')).toHaveLength(4);
    });
  });
}
