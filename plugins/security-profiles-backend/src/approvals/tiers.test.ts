import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import { group, person } from '../testing/people';
import { allowEverything, PolicyOfTest } from '../testing/PolicyOfTest';
import { createReviewScene, type ReviewScene } from '../testing/reviewScene';
import { startTestPortal, type TestPortal } from '../testing/startTestPortal';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const as = (name: string) =>
  mockCredentials.user.header(`user:default/${name}`);

const allows: Record<string, string[]> = {
  plain: ['read', 'write'],
  risky: ['read', 'userfaultfd'],
  grave: ['read', 'bpf'],
  ended: ['read'],
  hurried: ['read', 'bpf'],
  denied: ['read'],
  written: ['read'],
  'two-logins': ['read', 'userfaultfd'],
  moving: ['read'],
  rewritten: ['read', 'write'],
  narrowed: ['read', 'bpf', 'userfaultfd'],
};

describe.each(databases.eachSupportedId())(
  'Approvals by what is at stake, on %s',
  databaseId => {
    let knex: Knex;
    let scene: ReviewScene;
    let portal: TestPortal;
    const policy = new PolicyOfTest();

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      scene = await createReviewScene({
        services: [],
        entities: [
          person('sec-two', ['security']),
          person('owner-admin', ['admins']),
          group('admins', ['security']),
          ...Object.keys(allows).map(name => ({
            apiVersion: 'backstage.io/v1alpha1',
            kind: 'Component',
            metadata: { name, namespace: 'default' },
            spec: {
              type: 'service',
              lifecycle: 'production',
              owner: 'group:default/team',
            },
          })),
        ],
      });
      for (const [name, calls] of Object.entries(allows)) {
        await scene.write('prod', name, { allows: calls });
      }
      portal = await startTestPortal({
        knex,
        config: {
          ...scene.config,
          approvals: {
            aliases: [['user:default/owner', 'user:default/owner-admin']],
          },
        },
        entities: scene.entities,
        permissions: policy.factory,
      });
      policy.url = portal.url;
      await portal.refreshCatalog();
    });
    afterAll(async () => {
      await portal?.stop();
      await scene?.remove();
    });
    beforeEach(() => {
      policy.decide = allowEverything;
    });

    async function ask(name: string, fields: object = {}): Promise<any> {
      const { profiles } = await portal.eventually<any>(
        `/entities/component/default/${name}/posture`,
        body => body.profiles?.length > 0,
      );
      const { status, body } = await portal.post(
        '/reviews',
        {
          kind: 'content',
          subject: { profileId: profiles[0].id },
          digest: profiles[0].effectiveDigest,
          environment: 'production',
          reason: 'It is what the service needs.',
          ...fields,
        },
        { authorization: as('asker') },
      );
      expect([status, body.error]).toEqual([200, undefined]);
      return body;
    }

    const post = (id: string, what: string, by: string, body: object) =>
      portal.post(`/reviews/${id}/${what}`, body, { authorization: as(by) });
    const approve = (review: { id: string; digest: string }, by: string) =>
      post(review.id, 'votes', by, {
        decision: 'approve',
        expectedDigest: review.digest,
      });
    const see = async (id: string, by = 'asker') =>
      (await portal.get(`/reviews/${id}`, { authorization: as(by) })).body;
    const state = async (name: string, wanted: string) =>
      portal.eventually<any>(
        `/entities/component/default/${name}/posture`,
        body => body.profiles?.[0]?.approval.state === wanted,
      );
    const refusal = ({ status, body }: { status: number; body: any }) => [
      status,
      body.error?.code,
    ];

    it('take one owner where nothing goes beyond RuntimeDefault', async () => {
      const review = await ask('plain');
      expect(review).toMatchObject({
        tier: 'T0',
        riskReasons: [],
        quorum: [{ slot: 'owner', count: 1 }],
      });
      expect((await approve(review, 'owner')).body.state).toBe('approved');
    });

    it('take an owner and security for a risky call, in whatever order, and end earlier', async () => {
      const review = await ask('risky');
      expect(review).toMatchObject({
        tier: 'T2',
        riskReasons: ['it allows userfaultfd, which RuntimeDefault does not'],
        missing: [
          { slot: 'owner', count: 1 },
          { slot: 'security', count: 1 },
        ],
      });
      const first = await approve(review, 'sec');
      expect(first.body).toMatchObject({
        state: 'pending',
        missing: [{ slot: 'owner', count: 1 }],
      });
      const { body } = await approve(review, 'owner');
      expect(body.state).toBe('approved');
      expect(Date.parse(body.expiresAt) - Date.parse(body.effectiveFrom)).toBe(
        180 * 24 * 3600_000,
      );
      expect(body.history.map((one: any) => one.type)).toEqual([
        'requested',
        'voted',
        'voted',
      ]);
    });

    it('take two of security for a call out of the container', async () => {
      const review = await ask('grave');
      expect(review.tier).toBe('T3');
      for (const by of ['owner', 'sec']) {
        expect((await approve(review, by)).body.state).toBe('pending');
      }
      expect((await approve(review, 'sec-two')).body.state).toBe('approved');
    });

    it('take one human in one place, whatever the login', async () => {
      const review = await ask('two-logins');
      await approve(review, 'owner');
      const second = await approve(review, 'owner-admin');
      expect(second.body).toMatchObject({
        state: 'pending',
        missing: [{ count: 1 }],
      });
      expect(
        second.body.votes.map((one: any) => [one.voter, one.standing]),
      ).toEqual([
        ['user:default/owner', 'replaced'],
        ['user:default/owner-admin', 'counts'],
      ]);
    });

    it('do not take the vote of who wrote it', async () => {
      const review = await ask('written', {
        authors: ['User:default/Owner'],
      });
      const refused = await approve(review, 'owner');
      expect(refusal(refused)).toEqual([403, 'not-eligible']);
      expect(refused.body.error.message).toContain('you wrote');
      expect((await approve(review, 'second-owner')).body.state).toBe(
        'approved',
      );
    });

    it('end when somebody revokes them, who may', async () => {
      const review = await ask('ended');
      const reason = { reason: 'It let an attacker in.' };
      expect(refusal(await post(review.id, 'revoke', 'sec', reason))).toEqual([
        409,
        'not-approved',
      ]);
      await approve(review, 'owner');
      await state('ended', 'approved');
      policy.decide = name =>
        name === 'security-profiles.approval.revoke'
          ? { result: AuthorizeResult.DENY }
          : allowEverything(name, undefined);
      expect(refusal(await post(review.id, 'revoke', 'sec', reason))).toEqual([
        403,
        'forbidden',
      ]);
      expect((await see(review.id, 'sec')).viewerMay).not.toContain('revoke');
      policy.decide = allowEverything;
      expect((await see(review.id, 'sec')).viewerMay).toContain('revoke');
      const { body } = await post(review.id, 'revoke', 'sec', reason);
      expect(body).toMatchObject({
        state: 'revoked',
        revoked: { by: 'user:default/sec', reason: 'It let an attacker in.' },
      });
      const posture = await state('ended', 'revoked');
      expect(posture.approval).toBe('missing');
      expect((await ask('ended')).state).toBe('pending');
    });

    it('hold for a day when the glass is broken, loudly, and are decided by others', async () => {
      const review = await ask('hurried');
      const request = {
        expectedDigest: review.digest,
        reason: 'Checkout is down.',
        incident: 'https://incidents.example/7',
      };
      const bad = await post(review.id, 'break-glass', 'owner', {
        ...request,
        incident: 'see chat',
      });
      expect(refusal(bad)).toEqual([400, 'invalid-request']);
      policy.decide = name =>
        name === 'security-profiles.break-glass'
          ? { result: AuthorizeResult.DENY }
          : allowEverything(name, undefined);
      expect(
        refusal(await post(review.id, 'break-glass', 'owner', request)),
      ).toEqual([403, 'forbidden']);
      policy.decide = allowEverything;
      const { body } = await post(review.id, 'break-glass', 'owner', request);
      expect(body).toMatchObject({
        state: 'approved-emergency',
        emergency: {
          by: 'user:default/owner',
          incident: 'https://incidents.example/7',
        },
      });
      const { at, until, reviewDueAt } = body.emergency;
      expect(Date.parse(until) - Date.parse(at)).toBe(24 * 3600_000);
      expect(Date.parse(reviewDueAt) - Date.parse(at)).toBe(72 * 3600_000);
      await state('hurried', 'approved-emergency');
      expect(
        refusal(await post(review.id, 'break-glass', 'nested', request)),
      ).toEqual([409, 'already-broken']);
      expect(refusal(await approve(review, 'owner'))).toEqual([
        403,
        'not-eligible',
      ]);
      for (const by of ['second-owner', 'sec', 'sec-two']) {
        await approve(review, by);
      }
      expect((await see(review.id)).state).toBe('approved');
    });

    it('are superseded when what they ask for is no longer in force, and take no vote then', async () => {
      const review = await ask('moving');
      await scene.write('prod', 'moving', { allows: ['read', 'bpf'] });
      const { observed } = await portal.eventually<any>(
        `/reviews/${review.id}`,
        body => body.state === 'superseded',
      );
      const { history } = await see(review.id);
      expect(history.at(-1)).toMatchObject({
        type: 'superseded',
        actor: 'system:security-profiles',
      });
      const late = await approve(review, 'owner');
      expect(refusal(late)).toEqual([409, 'digest-changed']);
      expect(late.body.error.changed).toMatchObject({
        expected: review.digest,
        observed: observed[0].digest,
        class: 'wider',
        lines: [{ direction: 'wider', subject: 'bpf' }],
      });
      await portal.eventually<any>(
        '/entities/component/default/moving/posture',
        body => body.profiles[0].effectiveDigest !== review.digest,
      );
      const next = await ask('moving');
      expect(next.tier).toBe('T3');
      expect((await see(review.id)).supersededBy).toBe(next.id);
    });

    it('are carried over to content that is only written otherwise, and say so', async () => {
      const review = await ask('rewritten');
      await approve(review, 'owner');
      await scene.writeBase('half', ['read']);
      await scene.write('prod', 'rewritten', {
        base: 'half',
        allows: ['write'],
      });
      const carried = await portal.eventually<any>(
        `/reviews/${review.id}`,
        body => body.history?.at(-1).type === 'carried',
      );
      expect(carried).toMatchObject({ state: 'approved' });
      await state('rewritten', 'approved');
      // Once, whatever else changes.
      await scene.write('prod', 'rewritten', {
        base: 'half',
        allows: ['write'],
        profileId: 'rewritten',
      });
      await state('rewritten', 'approved');
      const { history } = await see(review.id);
      expect(history.filter((one: any) => one.type === 'carried')).toHaveLength(
        1,
      );
    });

    it('take one owner for less than what was approved, until that ends', async () => {
      const first = await ask('narrowed');
      for (const by of ['owner', 'sec', 'sec-two']) {
        await approve(first, by);
      }
      const { expiresAt } = await see(first.id);
      await scene.write('prod', 'narrowed', {
        allows: ['read', 'userfaultfd'],
      });
      await state('narrowed', 'stale');
      const review = await ask('narrowed');
      expect(review).toMatchObject({
        tier: 'T2',
        changeClass: 'narrower',
        previousDigest: first.digest,
        quorum: [{ slot: 'owner', count: 1 }],
      });
      const { body } = await approve(review, 'owner');
      expect(body).toMatchObject({ state: 'approved', expiresAt });
    });

    it('answer 403 to whom the policy denies it, whether there is a review or not', async () => {
      const review = await ask('denied');
      policy.decide = () => ({ result: AuthorizeResult.DENY });
      for (const id of [review.id, 'no-such-review']) {
        for (const [what, body] of [
          ['revoke', { reason: 'x' }],
          [
            'break-glass',
            {
              reason: 'x',
              incident: 'https://incidents.example/7',
              expectedDigest: review.digest,
            },
          ],
        ] as const) {
          expect(refusal(await post(id, what, 'sec', body))).toEqual([
            403,
            'forbidden',
          ]);
        }
      }
    });
  },
);
