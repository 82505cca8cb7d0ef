import { defaultApprovalRules } from './approvalRules';
import { checkRequest, RequestAttempt } from './checkRequest';
import { checkVote, VoteAttempt } from './checkVote';
import { effectOfVote } from './effectOfVote';
import {
  at,
  digestA,
  digestB,
  exampleIdentities,
  requested,
  voted,
  withdrawn,
  sameInEveryTier,
} from './exampleEvents';

const common = {
  observed: { digest: digestA, resolution: 'own' },
  rules: defaultApprovalRules,
  identities: exampleIdentities,
  now: at('12:00'),
  name: 'cart-api',
};

const ownerAndSecurity = sameInEveryTier({
  quorum: [
    { slot: 'owner', count: 1 },
    { slot: 'security', count: 1 },
  ],
  grantLife: 'P180D',
  requestLife: 'P14D',
});

function vote(overrides: Partial<VoteAttempt> = {}) {
  return checkVote({
    ...common,
    events: [requested(1)],
    reviewId: 'r1',
    voter: 'user:default/lead-1',
    principal: 'user',
    decision: 'approve',
    expectedDigest: digestA,
    ...overrides,
  });
}

describe('a vote about to be cast', () => {
  it('completes the quorum until the end that the rules set', () => {
    expect(vote()).toEqual({
      allowed: 'yes',
      effect: 'completes',
      slot: 'owner',
      groupPath: ['group:default/checkout'],
      until: '2027-11-23T12:00:00.000Z',
      missing: [],
      waitingFor: [],
    });
  });

  it('counts while others are missing', () => {
    expect(vote({ rules: ownerAndSecurity })).toMatchObject({
      effect: 'counts',
      missing: [{ slot: 'security', count: 1 }],
    });
  });

  it('takes the place that is still free for who is eligible in two', () => {
    const identities = {
      eligible: [
        ...exampleIdentities.eligible,
        {
          ref: 'user:default/lead-2',
          slot: 'security' as const,
          groupPath: ['group:default/security'],
        },
      ],
    };
    expect(
      vote({
        rules: ownerAndSecurity,
        identities,
        events: [requested(1), voted(2)],
        voter: 'user:default/lead-2',
      }),
    ).toMatchObject({ effect: 'completes', slot: 'security' });
  });

  it('rejects, asks for changes, and says what it replaces', () => {
    const events = [requested(1), voted(2)];
    const options = { events, rules: ownerAndSecurity };
    expect(vote({ ...options, decision: 'reject' })).toMatchObject({
      effect: 'rejects',
      replaces: { decision: 'approve', at: at('10:00') },
    });
    expect(vote({ ...options, decision: 'request-changes' })).toMatchObject({
      effect: 'requests-changes',
    });
  });

  it.each<[string, Partial<VoteAttempt>, string, RegExp]>([
    [
      'by a service',
      { principal: 'service' },
      'service',
      /Only signed-in people/,
    ],
    [
      'by who asked',
      { voter: 'user:default/DEV-1' },
      'own-review',
      /^You asked for this review, so someone else must vote\.$/,
    ],
    [
      'by a stranger',
      { voter: 'user:default/guest' },
      'not-eligible',
      /^Only owners and people in security can vote here\.$/,
    ],
    [
      'by somebody who is excluded',
      {
        identities: {
          ...exampleIdentities,
          excluded: [
            {
              ref: 'user:default/lead-1',
              why: 'you wrote commit 3fa2 of this change',
            },
          ],
        },
      },
      'not-eligible',
      /^You can't vote: you wrote commit 3fa2 of this change\.$/,
    ],
    [
      'where nobody may vote',
      { identities: { eligible: [] } },
      'not-eligible',
      /nobody is eligible/,
    ],
    [
      'in a review that does not exist',
      { reviewId: 'r9' },
      'not-eligible',
      /can vote here/,
    ],
    [
      'on content that changed since the request',
      { observed: { digest: digestB, resolution: 'own' } },
      'digest-changed',
      /^cart-api changed while you were reading: now bbbbbbbb\. Your vote was not cast\.$/,
    ],
    [
      'on content that the voter did not read',
      { expectedDigest: digestB },
      'digest-changed',
      /now aaaaaaaa/,
    ],
    [
      'on content that can not be told',
      { observed: { digest: null, resolution: 'unresolved' } },
      'digest-changed',
      /can't be told/,
    ],
    [
      'after the decision',
      { events: [requested(1), voted(2)] },
      'closed',
      /^This review was approved at 2026-11-23 10:00 UTC\.$/,
    ],
    [
      'after the withdrawal',
      { events: [requested(1), withdrawn(2)] },
      'closed',
      /withdrawn at/,
    ],
    [
      'at the exact end of the request',
      { now: '2026-12-07T09:00:00.000Z' },
      'closed',
      /without a decision/,
    ],
  ])('is refused %s', (_, overrides, code, message) => {
    const refused = vote(overrides);
    expect(refused).toMatchObject({ allowed: 'no', code });
    expect(refused.allowed === 'no' && refused.message).toMatch(message);
  });

  it('in a superseded review names the newer one', () => {
    const events = [
      requested(1),
      requested(2, { reviewId: 'r2', digest: digestB }),
    ];
    expect(vote({ events })).toMatchObject({
      code: 'closed',
      supersededBy: 'r2',
    });
  });

  it('tells who may not vote nothing of the state of the review', () => {
    const stranger = { voter: 'user:default/guest' };
    expect(vote({ ...stranger, events: [requested(1), voted(2)] })).toEqual(
      vote(stranger),
    );
  });
});

describe('a request about to be made', () => {
  const ask = (overrides: Partial<RequestAttempt> = {}) =>
    checkRequest({
      ...common,
      events: [],
      requester: 'user:default/dev-1',
      expectedDigest: digestA,
      ...overrides,
    });

  it('gets its end and the end of the approval that it may lead to', () => {
    expect(ask({ wantedExpiry: '2026-12-24T00:00:00Z' })).toEqual({
      allowed: 'yes',
      requestExpiresAt: '2026-12-07T12:00:00.000Z',
      until: '2026-12-24T00:00:00Z',
      quorum: [{ slot: 'owner', count: 1 }],
      unsatisfiable: 'no',
    });
  });

  it('says when nobody but the requester could decide', () => {
    const eligible = exampleIdentities.eligible.filter(({ ref }) =>
      ref.endsWith('dev-1'),
    );
    expect(ask({ identities: { eligible } })).toMatchObject({
      unsatisfiable: 'yes',
    });
  });

  it.each<[string, Partial<RequestAttempt>, string, string?]>([
    [
      'for content that can not be told',
      { observed: { digest: null, resolution: 'unresolved' } },
      'unresolved',
    ],
    [
      'for content that the requester did not read',
      { expectedDigest: digestB },
      'digest-changed',
    ],
    ['while one is open', { events: [requested(1)] }, 'already-open', 'r1'],
    [
      'while changes are asked for',
      { events: [requested(1), voted(2, 'request-changes')] },
      'already-open',
      'r1',
    ],
    [
      'for what is approved',
      { events: [requested(1), voted(2)] },
      'already-approved',
      'r1',
    ],
    ['with an end in the past', { wantedExpiry: at('12:00') }, 'expiry-passed'],
  ])('is refused %s', (_, overrides, code, reviewId = undefined) => {
    const refused = ask(overrides);
    expect(refused).toMatchObject({ allowed: 'no', code });
    expect(refused.allowed === 'no' && refused.reviewId).toBe(reviewId);
  });

  it.each([
    ['a reject', [requested(1), voted(2, 'reject')]],
    ['a withdrawal', [requested(1), withdrawn(2)]],
  ])('is possible after %s', (_, events) => {
    expect(ask({ events })).toMatchObject({ allowed: 'yes' });
  });
});

describe('what a vote will do', () => {
  const effect = (overrides: Partial<VoteAttempt> = {}) =>
    effectOfVote({
      ...common,
      events: [requested(1)],
      reviewId: 'r1',
      voter: 'user:default/lead-1',
      principal: 'user',
      reach: { services: 1, pods: 10 },
      ...overrides,
    });
  const sentences = (one: ReturnType<typeof effect>['approve']) =>
    one.allowed === 'yes'
      ? one.sentences.map(({ key, params }) => [key, params])
      : one.code;

  it('is said before it is cast', () => {
    const { approve, reject, requestChanges } = effect();
    expect(sentences(approve)).toEqual([
      [
        'effectOfVote.completes',
        {
          digest: 'aaaaaaaa',
          environment: 'production',
          until: '2027-11-23T12:00:00.000Z',
        },
      ],
      ['effectOfVote.reach', { services: 1, pods: 10 }],
      ['effectOfVote.changesNothing', {}],
    ]);
    expect(sentences(reject)).toEqual([
      ['effectOfVote.rejects', { name: 'cart-api' }],
    ]);
    expect(sentences(requestChanges)).toEqual([
      [
        'effectOfVote.requestsChanges',
        { requester: 'dev-1', name: 'cart-api' },
      ],
    ]);
  });

  it('says what is still missing', () => {
    expect(sentences(effect({ rules: ownerAndSecurity }).approve)).toEqual([
      ['effectOfVote.counts', { slot: 'owner', missing: '1 from security' }],
      ['effectOfVote.changesNothing', {}],
    ]);
  });

  it('says whose request for changes still stands', () => {
    const events = [
      requested(1),
      voted(2, 'request-changes', { voter: 'user:default/lead-2' }),
    ];
    expect(sentences(effect({ events }).approve)).toEqual([
      ['effectOfVote.waits', { slot: 'owner', by: 'lead-2' }],
      ['effectOfVote.changesNothing', {}],
    ]);
  });

  it('says which vote it turns over', () => {
    const events = [requested(1), voted(2, 'request-changes')];
    expect(sentences(effect({ events }).reject)).toEqual([
      [
        'effectOfVote.replaces',
        { from: 'request-changes', at: at('10:00'), to: 'reject' },
      ],
      ['effectOfVote.rejects', { name: 'cart-api' }],
    ]);
  });

  it('says that a reject leaves the service stale where other content was approved', () => {
    const events = [
      requested(1, { reviewId: 'r0', digest: digestB }),
      voted(2, 'approve', { reviewId: 'r0', expectedDigest: digestB }),
      requested(3),
    ];
    expect(sentences(effect({ events }).reject)).toEqual([
      ['effectOfVote.rejects.stale', { name: 'cart-api' }],
    ]);
  });

  it('is the refusal for who may not vote', () => {
    expect(sentences(effect({ voter: 'user:default/dev-1' }).approve)).toBe(
      'own-review',
    );
  });
});
