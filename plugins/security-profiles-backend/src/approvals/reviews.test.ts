import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import {
  createSecurityPostureConditionalDecision,
  createSecurityReviewConditionalDecision,
  securityPostureConditions,
  securityReviewConditions,
} from '../access/conditions';
import { component } from '../testing/component';
import { allowEverything, PolicyOfTest } from '../testing/PolicyOfTest';
import { createReviewScene, type ReviewScene } from '../testing/reviewScene';
import { startTestPortal, type TestPortal } from '../testing/startTestPortal';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const as = (name: string) =>
  mockCredentials.user.header(`user:default/${name}`);
const service = mockCredentials.service.header();
const deny: PolicyDecision = { result: AuthorizeResult.DENY };

/** One per test, so that no test sees what another did. */
const services = [
  'asked',
  'posture',
  'refusals',
  'unread',
  'stale-vote',
  'replaced',
  'race',
  'twins',
  'keys',
  'taken-back',
  'talk',
  'rejected',
  'expiry',
  'returns',
  'widened-base',
  'two-environments',
  'ends',
  'payments',
  'restarted',
  'conditions-a',
  'conditions-b',
  'hidden-one',
  'roles',
  'ringed',
  'lonely',
  'paged-a',
  'paged-b',
  'paged-c',
  'labelled',
  'cluster-owned',
  'nobody',
];

const strangers: Entity[] = [
  component(
    'clever',
    {
      'backstage.io/kubernetes-label-selector':
        'backstage.io/kubernetes-id=payments',
    },
    { spec: { owner: 'group:default/other' } },
  ),
];

describe.each(databases.eachSupportedId())('Approvals on %s', databaseId => {
  let knex: Knex;
  let scene: ReviewScene;
  let portal: TestPortal;
  const policy = new PolicyOfTest();

  beforeAll(async () => {
    knex = await databases.init(databaseId);
    scene = await createReviewScene({
      services,
      entities: strangers,
      ownerOf: {
        ringed: 'group:default/ring-b',
        lonely: 'user:default/loner',
        'cluster-owned': '',
        labelled: 'group:default/other',
      },
    });
    await scene.write('staging', 'two-environments');
    await scene.writeBase('shared-base', ['read']);
    await scene.write('prod', 'widened-base', { base: 'shared-base' });
    await scene.write('prod', 'labelled', { profileId: 'asked' });
    await scene.write('prod', 'nobody', { base: 'not-there' });
    await scene.write('prod', 'cluster-owned', { id: 'no-such-component' });
    portal = await start();
  });
  afterAll(async () => {
    await portal?.stop();
    await scene?.remove();
  });
  beforeEach(() => {
    policy.decide = allowEverything;
  });

  async function start(): Promise<TestPortal> {
    const started = await startTestPortal({
      knex,
      config: scene.config,
      entities: scene.entities,
      permissions: policy.factory,
    });
    policy.url = started.url;
    await started.refreshCatalog();
    return started;
  }

  const posturePath = (name: string) =>
    `/entities/component/default/${name}/posture`;

  /** The posture once it has profiles and `check` is content. */
  const posture = (
    name: string,
    check: (body: any) => unknown = () => true,
  ): Promise<any> =>
    portal.eventually<any>(
      posturePath(name),
      body => body.profiles?.length > 0 && check(body),
    );

  async function profile(name: string, cluster = 'prod') {
    const { profiles } = await posture(name, body =>
      body.profiles.some((one: any) => one.cluster === cluster),
    );
    return profiles.find((one: any) => one.cluster === cluster);
  }

  async function request(name: string, fields: object = {}) {
    const { id, effectiveDigest } = await profile(name);
    return {
      kind: 'content',
      subject: { profileId: id },
      digest: effectiveDigest,
      environment: 'production',
      reason: 'It is what the service needs.',
      ...fields,
    };
  }

  async function ask(name: string, fields: object = {}): Promise<any> {
    const answer = await portal.post('/reviews', await request(name, fields), {
      authorization: as('asker'),
    });
    expect([answer.status, answer.body.error]).toEqual([200, undefined]);
    return answer.body;
  }

  const vote = (
    review: { id: string; digest: string },
    by: string,
    fields: object = {},
    idempotencyKey?: string,
  ) =>
    portal.post(
      `/reviews/${review.id}/votes`,
      { decision: 'approve', expectedDigest: review.digest, ...fields },
      { authorization: by.startsWith('Bearer') ? by : as(by), idempotencyKey },
    );

  const see = async (id: string, by = 'asker') =>
    (await portal.get(`/reviews/${id}`, { authorization: as(by) })).body;

  const refusal = ({ status, body }: { status: number; body: any }) => [
    status,
    body.error?.code,
  ];

  it('wait once somebody has asked, and say who may vote', async () => {
    const review = await ask('asked', { ticket: 'SEC-7' });
    expect(review).toMatchObject({
      state: 'pending',
      environment: 'production',
      requestedBy: 'user:default/asker',
      reason: 'It is what the service needs.',
      ticket: 'SEC-7',
      missing: [{ slot: 'owner', count: 1 }],
      votes: [],
      observed: [{ cluster: 'prod', matches: true }],
      touches: { entities: ['component:default/asked'], hidden: 0 },
    });
    // The nested one and the reviewers of config too, but never who asked.
    expect(review.eligible.people.map((one: any) => one.ref)).toEqual([
      'user:default/nested',
      'user:default/owner',
      'user:default/sec',
      'user:default/second-owner',
    ]);
    expect(review.viewerMay).toEqual(['comment', 'withdraw', 'break-glass']);
    expect(review.whyNot).toContain('someone else must vote');
    expect(review.allows).toMatchObject({ total: 2 });
    const again = await portal.post('/reviews', await request('asked'), {
      authorization: as('owner'),
    });
    expect(refusal(again)).toEqual([409, 'already-open']);
    expect(again.body.error.reviewId).toBe(review.id);
  });

  it('bring a service on target, and say until when', async () => {
    const before = await posture('posture');
    expect(before).toMatchObject({
      approval: 'missing',
      target: { met: 'no' },
      profiles: [{ approval: { state: 'unreviewed' } }],
    });
    const review = await ask('posture');
    await posture('posture', body => body.approval === 'pending');
    const { status, body } = await vote(review, 'nested');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      state: 'approved',
      votes: [{ voter: 'user:default/nested', standing: 'counts' }],
      missing: [],
    });
    const lasts = Date.parse(body.expiresAt) - Date.parse(body.effectiveFrom);
    expect(lasts).toBe(365 * 24 * 3600_000);
    const after = await posture('posture', one => one.approval === 'approved');
    expect(after).toMatchObject({
      target: { met: 'yes' },
      profiles: [
        {
          approval: {
            state: 'approved',
            reviewId: review.id,
            expiresAt: body.expiresAt,
            environment: 'production',
          },
        },
      ],
    });
    const again = await portal.post('/reviews', await request('posture'), {
      authorization: as('asker'),
    });
    expect(refusal(again)).toEqual([409, 'already-approved']);
    expect(again.body.error.reviewId).toBe(review.id);
  });

  it('refuse the vote of who asked, of a service and of a stranger', async () => {
    const review = await ask('refusals');
    expect(refusal(await vote(review, 'asker'))).toEqual([403, 'own-review']);
    expect(refusal(await vote(review, service))).toEqual([403, 'service']);
    for (const by of ['stranger', 'plat', 'nobody-in-the-catalog']) {
      expect(refusal(await vote(review, by))).toEqual([403, 'not-eligible']);
    }
    expect((await see(review.id)).votes).toEqual([]);
  });

  it('do not tell who may not read them whether they exist', async () => {
    const review = await ask('unread');
    const policies: PolicyDecision[] = [
      deny,
      createSecurityReviewConditionalDecision(
        { name: 'security-profiles.review.read' } as never,
        securityReviewConditions.isRequester({
          claims: ['user:default/stranger'],
        }),
      ),
    ];
    const attempt = async (id: string) => [
      await portal.get(`/reviews/${id}`, { authorization: as('stranger') }),
      await vote({ id, digest: review.digest }, 'stranger'),
      await vote({ id, digest: review.digest }, 'stranger', {
        decision: 'reject',
      }),
      await portal.post(
        `/reviews/${id}/comments`,
        { comment: 'x' },
        { authorization: as('stranger') },
      ),
      await portal.post(
        `/reviews/${id}/withdraw`,
        {},
        { authorization: as('stranger') },
      ),
    ];
    for (const decision of policies) {
      policy.decide = name =>
        name === 'security-profiles.review.read'
          ? decision
          : allowEverything(name, undefined);
      const existing = await attempt(review.id);
      expect(existing.map(({ status }) => status)).toEqual(Array(5).fill(403));
      expect(existing).toEqual(await attempt('no-such-review'));
    }
  });

  async function listed(by: string, query = ''): Promise<any[]> {
    return (
      await portal.get(`/reviews?limit=200${query}`, { authorization: as(by) })
    ).body.items;
  }

  it('refuse a vote on content that the voter did not read, and one after the profile was edited', async () => {
    const review = await ask('stale-vote');
    const other = `sha256:${'0'.repeat(64)}`;
    const unread = await vote(review, 'owner', { expectedDigest: other });
    expect(refusal(unread)).toEqual([409, 'digest-changed']);
    expect(unread.body.error.changed).toEqual({
      expected: other,
      observed: review.digest,
    });
    await scene.write('prod', 'stale-vote', { allows: ['read', 'ptrace'] });
    const { profiles } = await posture(
      'stale-vote',
      body => body.profiles[0].effectiveDigest !== review.digest,
    );
    const late = await vote(review, 'owner');
    expect(refusal(late)).toEqual([409, 'digest-changed']);
    expect(late.body.error.changed).toEqual({
      expected: review.digest,
      observed: profiles[0].effectiveDigest,
      class: 'incomparable',
      lines: [
        expect.objectContaining({ direction: 'wider', subject: 'ptrace' }),
        expect.objectContaining({ direction: 'narrower', subject: 'write' }),
      ],
    });
    expect((await see(review.id)).votes).toEqual([]);
    expect(await see(review.id)).toMatchObject({
      allows: null,
      observed: [{ matches: false }],
    });
    // The new content can be asked for; the old request gives way.
    const next = await ask('stale-vote');
    expect(await see(review.id)).toMatchObject({
      state: 'superseded',
      supersededBy: next.id,
    });
    expect(refusal(await vote(review, 'owner'))).toEqual([409, 'closed']);
  });

  it('count the last vote of a person', async () => {
    const review = await ask('replaced');
    const first = await vote(review, 'owner', {
      decision: 'request-changes',
      comment: 'Drop write.',
    });
    expect(first.body.state).toBe('changes-requested');
    const others = await vote(review, 'second-owner');
    expect(others.body.state).toBe('changes-requested');
    const second = await vote(review, 'owner');
    expect(second.body.state).toBe('approved');
    expect(
      second.body.votes.map((one: any) => [one.voter, one.standing]),
    ).toEqual([
      ['user:default/owner', 'replaced'],
      ['user:default/second-owner', 'counts'],
      ['user:default/owner', 'counts'],
    ]);
  });

  it('are decided once when the last votes come at once', async () => {
    const review = await ask('race');
    const answers = await Promise.all([
      vote(review, 'owner'),
      vote(review, 'second-owner', { decision: 'reject', comment: 'No.' }),
      vote(review, 'nested'),
      vote(review, 'sec'),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([
      200, 409, 409, 409,
    ]);
    for (const answer of answers.filter(({ status }) => status === 409)) {
      expect(answer.body.error.code).toBe('closed');
    }
    expect((await see(review.id)).votes).toHaveLength(1);
  });

  it('are one review when two people ask at once', async () => {
    const body = await request('twins');
    const answers = await Promise.all(
      ['asker', 'owner', 'nested'].map(name =>
        portal.post('/reviews', body, { authorization: as(name) }),
      ),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const { id } = answers.find(({ status }) => status === 200)!.body;
    for (const answer of answers.filter(({ status }) => status === 409)) {
      expect(answer.body.error).toMatchObject({
        code: 'already-open',
        reviewId: id,
      });
    }
  });

  it('are written once for one key of one person', async () => {
    const body = await request('keys');
    const key = `key-${databaseId}-1`;
    const attempt = (by: string, idempotencyKey = key) =>
      portal.post('/reviews', body, {
        authorization: as(by),
        idempotencyKey,
      });
    const answers = await Promise.all([attempt('asker'), attempt('asker')]);
    answers.push(await attempt('asker'));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    const [{ id }] = answers.map(answer => answer.body);
    expect(answers.every(answer => answer.body.id === id)).toBe(true);
    expect(await knex('approval_events').where('review_id', id)).toHaveLength(
      1,
    );
    expect(refusal(await attempt('owner'))).toEqual([409, 'already-open']);

    const voteKey = `key-${databaseId}-2`;
    const votes = [
      await vote(answers[0].body, 'owner', {}, voteKey),
      await vote(answers[0].body, 'owner', {}, voteKey),
    ];
    expect(votes.map(({ status }) => status)).toEqual([200, 200]);
    expect(votes[1].body.votes).toHaveLength(1);
  });

  it('are not mistaken for another attempt that had the same key', async () => {
    const [one, two] = [await ask('paged-a'), await ask('paged-b')];
    const key = `key-${databaseId}-3`;
    expect((await vote(one, 'owner', {}, key)).body.state).toBe('approved');
    const other = await vote(two, 'owner', {}, key);
    expect(refusal(other)).toEqual([400, 'invalid-request']);
    expect(other.body.error.fields[0].field).toBe('/headers/idempotency-key');
    const request3 = await portal.post('/reviews', await request('paged-c'), {
      authorization: as('owner'),
      idempotencyKey: key,
    });
    expect(refusal(request3)).toEqual([400, 'invalid-request']);
    expect((await see(two.id)).votes).toEqual([]);
  });

  it('can be taken back by who asked, and by nobody else', async () => {
    const review = await ask('taken-back');
    const withdraw = (by: string) =>
      portal.post(
        `/reviews/${review.id}/withdraw`,
        { reason: 'Too early.' },
        { authorization: as(by) },
      );
    expect(refusal(await withdraw('owner'))).toEqual([403, 'not-eligible']);
    expect((await withdraw('asker')).body.state).toBe('withdrawn');
    expect(refusal(await vote(review, 'owner'))).toEqual([409, 'closed']);
    expect(refusal(await withdraw('asker'))).toEqual([409, 'closed']);
    await posture(
      'taken-back',
      body => body.profiles[0].approval.state === 'withdrawn',
    );
    expect((await ask('taken-back')).id).not.toBe(review.id);
  });

  it('keep comments as they were written, and refuse those that are too long or empty', async () => {
    const review = await ask('talk');
    const say = (comment: string) =>
      portal.post(
        `/reviews/${review.id}/comments`,
        { comment },
        { authorization: as('stranger') },
      );
    const markup =
      '<script>alert(1)</script> **bold** \u202e [x](javascript:alert(1)) \ud83d\ude00 \ud800';
    expect((await say(markup)).body.comments).toMatchObject([
      { actor: 'user:default/stranger', comment: markup },
    ]);
    for (const comment of ['', 'x'.repeat(100_000), 'a\u0000b', '   \n']) {
      const refused = await say(comment);
      expect(refusal(refused)).toEqual([400, 'invalid-request']);
      expect(refused.body.error.fields[0].field).toBe('/body/comment');
    }
    const flood = await say('x'.repeat(300_000));
    expect([400, 413]).toContain(flood.status);
    expect(flood.body.error.fields[0].field).toBe('/body');
    expect(flood.text.length).toBeLessThan(1000);
    expect((await see(review.id)).comments).toHaveLength(1);
  });

  it('need a word from who says no', async () => {
    const review = await ask('rejected');
    for (const decision of ['reject', 'request-changes']) {
      for (const comment of [undefined, '  ']) {
        const refused = await vote(review, 'owner', { decision, comment });
        expect(refusal(refused)).toEqual([400, 'invalid-request']);
        expect(refused.body.error.fields[0].field).toBe('/body/comment');
      }
    }
    const rejected = await vote(review, 'owner', {
      decision: 'reject',
      comment: 'No.',
    });
    expect(rejected.body.state).toBe('rejected');
    await posture(
      'rejected',
      body => body.profiles[0].approval.state === 'rejected',
    );
    expect((await ask('rejected')).state).toBe('pending');
  });

  it.each<[string, object, string]>([
    [
      'an end in the past',
      { wantedExpiry: '2020-01-01T00:00:00Z' },
      '/body/wantedExpiry',
    ],
    ['an end that is none', { wantedExpiry: 'soon' }, '/body/wantedExpiry'],
    ['an unknown kind', { kind: 'grant' }, '/body/kind'],
    ['no reason', { reason: '' }, '/body/reason'],
    ['a blank reason', { reason: ' \n ' }, '/body/reason'],
    ['an unknown field', { approved: true }, '/body/approved'],
    [
      'a profile that is not there',
      { subject: { profileId: 'no-such-profile' } },
      '/body/subject/profileId',
    ],
    [
      'a name that no database stores',
      { environment: 'prod\u0000' },
      '/body/environment',
    ],
    [
      'an environment that the profile is not in',
      { environment: 'staging' },
      '/body/subject/profileId',
    ],
  ])('are refused with %s', async (_, fields, field) => {
    const refused = await portal.post(
      '/reviews',
      await request('expiry', fields),
      { authorization: as('asker') },
    );
    expect(refusal(refused)).toEqual([400, 'invalid-request']);
    expect(refused.body.error.fields.map((one: any) => one.field)).toContain(
      field,
    );
  });

  it.each(['{', '[]', '"text"', 'null', ''])(
    'are refused for the body %s',
    async body => {
      const { status } = await portal.post('/reviews', body, {
        authorization: as('asker'),
      });
      expect(status).toBe(400);
    },
  );

  it.each([
    '/reviews/%00',
    '/reviews?profileId=%00',
    '/reviews?entityRef=%00',
    '/reviews?environment=%00',
  ])('answer %s as a request that is wrong', async path => {
    const { status } = await portal.get(path, { authorization: as('asker') });
    expect(status).toBe(400);
  });

  it('cannot be asked for content that is not known', async () => {
    const { profiles } = await posture('nobody');
    expect(profiles[0].effectiveDigest).toBeNull();
    const refused = await portal.post(
      '/reviews',
      await request('nobody', { digest: `sha256:${'0'.repeat(64)}` }),
      { authorization: as('asker') },
    );
    expect(refusal(refused)).toEqual([409, 'unresolved']);
    expect(profiles[0].approval).toMatchObject({
      viewerMay: [],
      whyNot: expect.stringContaining('not known'),
    });
  });

  it('go stale when the content changes, and hold again when it returns', async () => {
    const review = await ask('returns');
    await vote(review, 'owner');
    await posture('returns', body => body.approval === 'approved');
    await scene.write('prod', 'returns', { allows: ['read', 'ptrace'] });
    const stale = await posture('returns', body => body.approval === 'stale');
    expect(stale.target.met).toBe('no');
    expect(stale.profiles[0].approval).toMatchObject({
      state: 'stale',
      viewerMay: expect.arrayContaining(['request-review']),
    });
    expect(stale.findings).toContainEqual(
      expect.objectContaining({ id: 'approval-stale' }),
    );
    expect((await see(review.id)).state).toBe('stale');
    await scene.write('prod', 'returns');
    await posture('returns', body => body.approval === 'approved');
    expect((await see(review.id)).state).toBe('approved');
  });

  it('go stale when only a base of the profile changes', async () => {
    const review = await ask('widened-base');
    await vote(review, 'owner');
    const before = await posture(
      'widened-base',
      body => body.approval === 'approved',
    );
    await scene.writeBase('shared-base', ['read', 'bpf']);
    const after = await posture(
      'widened-base',
      body => body.approval === 'stale',
    );
    const [was, is] = [before, after].map(body => body.profiles[0]);
    expect(is.sourceDigest).toBe(was.sourceDigest);
    expect(is.effectiveDigest).not.toBe(was.effectiveDigest);
    expect(is.approval.state).toBe('stale');
  });

  it('count in their own environment only', async () => {
    const staging = await profile('two-environments', 'staging');
    const review = await ask('two-environments');
    expect(staging.effectiveDigest).toBe(review.digest);
    await vote(review, 'owner');
    const states = (await posture('two-environments', body =>
      body.profiles.some((one: any) => one.approval.state === 'approved'),
    )) as any;
    expect(
      states.profiles.map((one: any) => [one.cluster, one.approval.state]),
    ).toEqual([
      ['prod', 'approved'],
      ['staging', 'unreviewed'],
    ]);
  });

  it('end by themselves, and the posture says so without a restart', async () => {
    const wantedExpiry = new Date(Date.now() + 8000);
    // Another spelling of the same time: it must be compared as a time, not as text.
    const spelled = new Date(wantedExpiry.getTime() + 14 * 3600_000)
      .toISOString()
      .replace('Z', '+14:00');
    const review = await ask('ends', { wantedExpiry: spelled });
    const approved = await vote(review, 'owner');
    expect(approved.body.expiresAt).toBe(wantedExpiry.toISOString());
    await posture('ends', body => body.approval === 'approved');
    const ended = await posture(
      'ends',
      body => body.profiles[0].approval.state === 'expired',
    );
    expect(ended.target.met).toBe('no');
    expect(Date.parse(ended.assessedAt)).toBeGreaterThanOrEqual(
      wantedExpiry.getTime(),
    );
    // It stays to be seen.
    await posture('ends');
    expect((await portal.get(posturePath('ends'))).status).toBe(200);
    expect((await see(review.id)).state).toBe('expired');
    expect((await ask('ends')).state).toBe('pending');
  });

  it('are not for whoever selects the pods of a service by a clever selector', async () => {
    await posture('payments');
    const clever = await portal.get(posturePath('clever'));
    expect(clever.body).toMatchObject({ workloads: [], profiles: [] });
    policy.decide = (name, user) =>
      name === 'security-profiles.review.create'
        ? createSecurityPostureConditionalDecision(
            { name } as never,
            securityPostureConditions.isEntityOwner({
              claims:
                user === 'user:default/stranger'
                  ? ['group:default/other']
                  : ['group:default/team'],
            }),
          )
        : { result: AuthorizeResult.ALLOW };
    const asked = await portal.post('/reviews', await request('payments'), {
      authorization: as('stranger'),
    });
    expect(refusal(asked)).toEqual([403, 'forbidden']);
    const review = await ask('payments');
    expect(refusal(await vote(review, 'stranger'))).toEqual([
      403,
      'not-eligible',
    ]);
    expect(review.touches.entities).toEqual(['component:default/payments']);
  });

  it('may be voted on by people in a circle of groups, by an owner who is a person, and by whom the profile names', async () => {
    expect(await eligible(await ask('ringed'))).toEqual(['ringed', 'sec']);
    expect(await eligible(await ask('lonely'))).toEqual(['loner', 'sec']);
    expect(await eligible(await ask('labelled'))).toEqual([
      'nested',
      'owner',
      'sec',
      'second-owner',
    ]);
  });

  it('fall to the owner of the cluster where no service uses the profile', async () => {
    const profiles = await portal.getAll('/profiles?q=p-cluster-owned');
    const { body } = await portal.post(
      '/reviews',
      {
        kind: 'content',
        subject: { profileId: profiles[0].id },
        digest: profiles[0].effectiveDigest,
        environment: 'production',
        reason: 'Nobody runs under it yet.',
      },
      { authorization: as('asker') },
    );
    expect(await eligible(body)).toEqual(['plat', 'sec']);
  });

  async function eligible(review: any): Promise<string[]> {
    return review.eligible.people.map((one: any) =>
      one.ref.replace('user:default/', ''),
    );
  }

  it.each([
    'security-profiles.review.read',
    'security-profiles.review.create',
    'security-profiles.review.vote',
  ])('are closed to whom the policy denies %s', async denied => {
    const open = await listed('asker', '&filter=all');
    const [{ id, digest }] = open;
    policy.decide = name =>
      name === denied ? deny : { result: AuthorizeResult.ALLOW };
    const body = await request('expiry');
    const attempts: [string, { status: number; body: any }][] = [
      ['list', await portal.get('/reviews')],
      ['read', await portal.get(`/reviews/${id}`)],
      ['vote', await vote({ id, digest }, 'stranger')],
      [
        'comment',
        await portal.post(`/reviews/${id}/comments`, { comment: 'Hm.' }),
      ],
      ['withdraw', await portal.post(`/reviews/${id}/withdraw`, {})],
      ['ask', await portal.post('/reviews', { ...body, digest: 'unread' })],
    ];
    const forbidden = attempts
      .filter(([, answer]) => answer.body.error?.code === 'forbidden')
      .map(([name]) => name);
    expect(forbidden).toEqual(
      {
        'security-profiles.review.read': [
          'list',
          'read',
          'vote',
          'comment',
          'withdraw',
        ],
        'security-profiles.review.create': ['ask'],
        'security-profiles.review.vote': ['vote'],
      }[denied],
    );
    const saysWhy = attempts
      .filter(
        ([, { status, body: answer }]) =>
          status === 403 && answer.error.message.includes(denied),
      )
      .map(([name]) => name);
    expect(saysWhy).toEqual(forbidden);
  });

  it('are filtered by the conditions of the policy before they are counted, in lists as one by one', async () => {
    await ask('conditions-a');
    const other = await portal.post('/reviews', await request('conditions-b'), {
      authorization: as('owner'),
    });
    expect(other.status).toBe(200);
    const all = await portal.getAll('/reviews');
    const { isRequester, isReviewer, isEntityOwner, hasEnvironment } =
      securityReviewConditions;
    for (const [condition, atLeast] of [
      [isRequester({ claims: ['User:default/Owner'] }), 1],
      [isReviewer({ claims: ['group:default/ring-b'] }), 1],
      // Part of team: what is put before team is put before them.
      [isReviewer({ claims: ['group:default/team-inner'] }), 10],
      [isReviewer({ claims: ['user:default/loner'] }), 1],
      [isReviewer({ claims: ['group:default/nobodys'] }), 0],
      [isEntityOwner({ claims: ['group:default/other'] }), 1],
      [isEntityOwner({ claims: ['group:default/team'] }), 10],
      [hasEnvironment({ environments: ['production'] }), 10],
      [hasEnvironment({ environments: ['staging'] }), 0],
    ] as const) {
      policy.decide = name =>
        name === 'security-profiles.review.read'
          ? createSecurityReviewConditionalDecision(
              { name } as never,
              condition,
            )
          : { result: AuthorizeResult.ALLOW };
      const { body } = await portal.get('/reviews?limit=200');
      const oneByOne = [];
      for (const { id } of all) {
        const { status } = await portal.get(`/reviews/${id}`);
        if (status === 200) {
          oneByOne.push(id);
        }
      }
      expect(body.items.map((one: any) => one.id).sort()).toEqual(
        oneByOne.sort(),
      );
      expect(body).toMatchObject({
        totalItems: oneByOne.length,
        counts: { all: oneByOne.length },
      });
      // 0: none at all.
      expect(Math.min(oneByOne.length, atLeast || Infinity)).toBe(atLeast);
    }
  });

  it('count the services that the reader may not see instead of naming them', async () => {
    const review = await ask('hidden-one');
    policy.decide = name =>
      name === 'security-profiles.posture.read'
        ? createSecurityPostureConditionalDecision(
            { name } as never,
            securityPostureConditions.isEntityOwner({
              claims: ['group:default/other'],
            }),
          )
        : { result: AuthorizeResult.ALLOW };
    const { body, text } = await portal.get(`/reviews/${review.id}`, {
      authorization: as('sec'),
    });
    expect(body.touches).toMatchObject({ entities: [], hidden: 1 });
    expect(text).not.toContain('component:default/hidden-one');
    const list = await portal.get('/reviews?limit=200');
    expect(list.text).not.toContain('component:default/hidden-one');
  });

  it('tell each viewer of a posture what they may do about it', async () => {
    await posture('roles');
    const may = async (by: string) =>
      (await portal.get(posturePath('roles'), { authorization: as(by) })).body
        .profiles[0].approval.viewerMay;
    expect(await may('asker')).toEqual(['request-review']);
    policy.decide = name =>
      name === 'security-profiles.review.create'
        ? deny
        : { result: AuthorizeResult.ALLOW };
    expect(await may('asker')).toEqual([]);
    policy.decide = allowEverything;
    const review = await ask('roles');
    await posture('roles', body => body.approval === 'pending');
    expect(await may('asker')).toEqual(['withdraw', 'open']);
    expect(await may('nested')).toEqual(['vote', 'open']);
    expect(await may('stranger')).toEqual(['open']);
    policy.decide = name =>
      name === 'security-profiles.review.vote'
        ? deny
        : { result: AuthorizeResult.ALLOW };
    expect(await may('nested')).toEqual(['open']);
    policy.decide = name =>
      name === 'security-profiles.review.read'
        ? deny
        : { result: AuthorizeResult.ALLOW };
    expect(await may('nested')).toEqual([]);
    policy.decide = allowEverything;
    await vote(review, 'owner');
    await posture('roles', body => body.approval === 'approved');
    expect(await may('asker')).toEqual(['open']);
    expect(await may('nested')).toEqual(['open']);
  });

  it('are found by service, profile, environment and state, and by what waits for whom', async () => {
    const { id } = await profile('asked');
    for (const query of [
      `entityRef=${encodeURIComponent('Component:default/Asked')}`,
      `profileId=${id}`,
    ]) {
      const { body } = await portal.get(`/reviews?${query}`);
      expect(body.items.map((one: any) => one.profile.name)).toEqual([
        'p-asked',
      ]);
    }
    const staging = await profile('two-environments', 'staging');
    for (const query of [`profileId=${staging.id}`, 'environment=staging']) {
      expect((await portal.get(`/reviews?${query}`)).body.items).toEqual([]);
    }
    const mine = await listed('owner', '&filter=asked-by-me');
    expect(mine.map(one => one.requestedBy)).toEqual(
      mine.map(() => 'user:default/owner'),
    );
    const waiting = await listed('loner', '&filter=needs-me');
    expect(waiting.map(one => one.profile.name)).toEqual(['p-lonely']);
    expect(
      new Set((await listed('asker', '&state=rejected')).map(one => one.state)),
    ).toEqual(new Set(['rejected']));
  });

  it('page forward and back, open ones first', async () => {
    const all = (await portal.get('/reviews?limit=200')).body;
    const states = all.items.map((one: any) =>
      ['pending', 'changes-requested'].includes(one.state) ? 'open' : 'over',
    );
    expect(states).toEqual([...states].sort((a, b) => (a < b ? -1 : 1)));
    const first = (await portal.get('/reviews?limit=3')).body;
    const second = (
      await portal.get(`/reviews?limit=3&cursor=${first.pageInfo.nextCursor}`)
    ).body;
    expect([...first.items, ...second.items].map(one => one.id)).toEqual(
      all.items.slice(0, 6).map((one: any) => one.id),
    );
    expect(
      (
        await portal.get(
          `/reviews?limit=3&cursor=${second.pageInfo.prevCursor}`,
        )
      ).body.items,
    ).toEqual(first.items);
    const foreign = await portal.get(
      `/reviews?limit=3&filter=needs-me&cursor=${first.pageInfo.nextCursor}`,
    );
    expect(refusal(foreign)).toEqual([400, 'invalid-request']);
  });

  // Last, for it replaces the portal.
  it('outlive the portal', async () => {
    const review = await ask('restarted');
    await vote(review, 'owner', {
      decision: 'request-changes',
      comment: 'Say why write is needed.',
    });
    const before = await see(review.id);
    await portal.stop();
    portal = await start();
    const after = await see(review.id);
    expect(after).toEqual({ ...before, servedAt: after.servedAt });
    expect((await vote(review, 'owner')).body.state).toBe('approved');
    await posture('restarted', body => body.approval === 'approved');
  });
});
