import {
  ApprovalEvent,
  BrokeGlassEvent,
  RequestedEvent,
} from './approvalEvent';
import { ApprovalIdentities } from './approvalIdentities';
import {
  approvalRules,
  ApprovalRules,
  defaultApprovalRules,
} from './approvalRules';
import { BreakGlassAttempt, checkBreakGlass } from './checkBreakGlass';
import { checkRequest } from './checkRequest';
import { checkRevoke } from './checkRevoke';
import { ApprovalState, evaluate, ObservedContent } from './evaluate';
import {
  at,
  digestA,
  digestB,
  exampleIdentities,
  requested,
  voted,
} from './exampleEvents';
import { inheritApproval } from './inheritApproval';
import { listReviews } from './listReviews';

const onA: ObservedContent = { digest: digestA, resolution: 'own' };
const onB: ObservedContent = { digest: digestB, resolution: 'own' };
const sec1 = { voter: 'user:default/sec-1', slot: 'security' as const };
const sec2 = {
  voter: 'user:default/sec-2',
  slot: 'security' as const,
  groupPath: ['group:default/security'],
};

const base = { at: at('11:00'), reviewId: 'r1' };
const brokeGlass = (
  seq: number,
  overrides: Partial<BrokeGlassEvent> = {},
): BrokeGlassEvent => ({
  ...base,
  type: 'broke-glass',
  seq,
  actor: 'user:default/lead-2',
  reason: 'checkout is down',
  incident: 'https://incidents.example/7',
  digest: digestA,
  until: '2026-11-24T11:00:00.000Z',
  reviewDueAt: '2026-11-26T11:00:00.000Z',
  ...overrides,
});
const revoked = (seq: number, overrides = {}): ApprovalEvent => ({
  ...base,
  type: 'revoked',
  seq,
  actor: 'user:default/sec-1',
  reason: 'it let an attacker trace other processes',
  ...overrides,
});
const carried = (
  seq: number,
  changeClass: 'cosmetic' | 'wider',
): ApprovalEvent => ({
  ...base,
  type: 'carried',
  seq,
  actor: 'system:collection',
  digest: digestB,
  changeClass,
  reason: 'other labels only',
});
const superseded = (seq: number): ApprovalEvent => ({
  ...base,
  type: 'superseded',
  seq,
  actor: 'system:collection',
  digest: digestB,
  reason: 'other content is in force',
});
const byPolicy = (seq: number): ApprovalEvent => ({
  ...base,
  type: 'policy-approved',
  seq,
  at: at('09:00'),
  actor: 'system:rules',
  ruleSetDigest: 'sha256:1',
});

const leftToRules = approvalRules({
  tiers: {
    ...defaultApprovalRules.tiers,
    T0: { quorum: [], grantLife: 'P365D' },
  },
});

interface Scene {
  observed?: ObservedContent;
  rules?: ApprovalRules;
  identities?: ApprovalIdentities;
  now?: string;
}

function decide(events: ApprovalEvent[], scene: Scene = {}) {
  return evaluate(
    events,
    scene.observed ?? onA,
    scene.rules ?? defaultApprovalRules,
    scene.identities ?? exampleIdentities,
    scene.now ?? at('12:00'),
  );
}

const t2 = (overrides: Partial<RequestedEvent> = {}) =>
  requested(1, { tier: 'T2', ...overrides });
const t3 = (overrides: Partial<RequestedEvent> = {}) =>
  requested(1, { tier: 'T3', ...overrides });

describe('the state of a subject by tiers, ends and emergencies', () => {
  it.each<[string, ApprovalState, ApprovalEvent[], Scene?]>([
    ['waits for security in T2', 'pending', [t2(), voted(2)]],
    [
      'is approved by an owner and security in T2',
      'approved',
      [t2(), voted(2), voted(3, 'approve', sec1)],
    ],
    [
      'waits for a second one from security in T3',
      'pending',
      [t3(), voted(2), voted(3, 'approve', sec1)],
    ],
    [
      'is approved by an owner and two of security in T3',
      'approved',
      [t3(), voted(2), voted(3, 'approve', sec1), voted(4, 'approve', sec2)],
    ],
    [
      'asks for the most where the tier can not be read',
      'pending',
      [
        requested(1, { tier: 'T9' as never }),
        voted(2),
        voted(3, 'approve', sec1),
      ],
    ],
    [
      'lets security stand in for an owner where no security is asked for',
      'approved',
      [requested(1), voted(2, 'approve', { ...sec1, slot: 'owner' })],
    ],
    [
      'does not let security stand in for an owner in T2',
      'pending',
      [
        t2(),
        voted(2, 'approve', { ...sec1, slot: 'owner' }),
        voted(3, 'approve', sec2),
      ],
    ],
    [
      'takes one owner for narrower content in whatever tier',
      'approved',
      [t3({ changeClass: 'narrower', previousDigest: digestB }), voted(2)],
    ],
    [
      'is approved by the rules where they leave T0 to nobody',
      'approved',
      [requested(1, { tier: 'T0' }), byPolicy(2)],
      { rules: leftToRules },
    ],
    [
      'is not approved by the rules once they ask for people',
      'pending',
      [requested(1, { tier: 'T0' }), byPolicy(2)],
    ],
    [
      'is not approved by the rules above T0',
      'pending',
      [requested(1, { tier: 'T1' }), byPolicy(2)],
      { rules: leftToRules },
    ],
    ['is revoked', 'revoked', [requested(1), voted(2), revoked(3)]],
    [
      'stays expired when it is revoked after its end',
      'expired',
      [
        requested(1, { wantedExpiry: at('10:30') }),
        voted(2),
        revoked(3, { at: at('11:00') }),
      ],
    ],
    [
      'is pending when asked for again after a revoke',
      'pending',
      [
        requested(1),
        voted(2),
        revoked(3),
        requested(4, { reviewId: 'r2', at: at('11:30') }),
      ],
    ],
    [
      'is unreviewed for other content after a revoke',
      'unreviewed',
      [requested(1), voted(2), revoked(3)],
      { observed: onB },
    ],
    [
      'is carried to content that means the same',
      'approved',
      [requested(1), voted(2), carried(3, 'cosmetic')],
      { observed: onB },
    ],
    [
      'is not carried to wider content, whatever an event says',
      'stale',
      [requested(1), voted(2), carried(3, 'wider')],
      { observed: onB },
    ],
    [
      'is unreviewed when what was asked for is no longer in force',
      'unreviewed',
      [requested(1), superseded(2)],
    ],
    [
      'does not take a vote after that',
      'unreviewed',
      [requested(1), superseded(2), voted(3, 'approve', { at: at('11:30') })],
    ],
    [
      'holds for now when the glass is broken',
      'approved-emergency',
      [t3(), brokeGlass(2)],
    ],
    [
      'waits for the review after the fact once that has ended',
      'pending',
      [t3(), brokeGlass(2)],
      { now: '2026-11-24T11:00:00.000Z' },
    ],
    [
      'does not hold for other content when the glass is broken',
      'unreviewed',
      [t3(), brokeGlass(2)],
      { observed: onB },
    ],
    [
      'is approved when others agree after the fact',
      'approved',
      [requested(1), brokeGlass(2), voted(3, 'approve', { at: at('11:30') })],
    ],
    [
      'is rejected when others say no after the fact',
      'rejected',
      [t3(), brokeGlass(2), voted(3, 'reject', { at: at('11:30') })],
    ],
    [
      'is pending when the emergency is revoked',
      'pending',
      [t3(), brokeGlass(2), revoked(3, { at: at('11:30') })],
    ],
    [
      'does not take the vote of who broke the glass, before or after',
      'approved-emergency',
      [
        requested(1),
        voted(2, 'request-changes', { voter: 'user:default/lead-2' }),
        brokeGlass(3),
        voted(4, 'approve', {
          voter: 'user:default/lead-2',
          at: at('11:30'),
        }),
      ],
    ],
    [
      'holds for an emergency once only',
      'pending',
      [
        t3(),
        brokeGlass(2, { until: at('11:30') }),
        brokeGlass(3, { at: at('11:45') }),
      ],
    ],
    [
      'is not approved by a broken glass that a service broke',
      'pending',
      [t3(), brokeGlass(2, { actor: 'service:scaffolder' })],
    ],
    [
      'is unproven where more is at stake than those who agreed are enough for',
      'unproven',
      [requested(1), voted(2)],
      { observed: { ...onA, tier: 'T3' } },
    ],
    [
      'waits when asked for again at the higher tier',
      'pending',
      [
        requested(1),
        voted(2),
        requested(3, { reviewId: 'r2', tier: 'T3', at: at('11:00') }),
      ],
      { observed: { ...onA, tier: 'T3' } },
    ],
    [
      'holds where less is at stake now',
      'approved',
      [t2(), voted(2), voted(3, 'approve', sec1)],
      { observed: { ...onA, tier: 'T0' } },
    ],
  ])('%s', (_, state, events, scene = {}) => {
    expect(decide(events, scene).state).toBe(state);
  });

  it('ends by its tier, earlier for AI agents', () => {
    const votes = [
      voted(2),
      voted(3, 'approve', sec1),
      voted(4, 'approve', sec2),
    ];
    const end = (request: RequestedEvent) =>
      decide([request, ...votes]).expiresAt;
    expect(end(requested(1))).toBe('2027-11-23T10:00:00.000Z');
    expect(end(t2())).toBe('2027-05-22T10:00:00.000Z');
    expect(end(t3())).toBe('2027-02-21T10:00:00.000Z');
    expect(end(t3({ classes: ['ai-agent'] }))).toBe('2026-12-23T10:00:00.000Z');
    expect(end(requested(1, { kind: 'waiver' }))).toBe(
      '2027-02-21T10:00:00.000Z',
    );
  });

  it('takes one human for one voter, whatever logins there are', () => {
    const identities: ApprovalIdentities = {
      ...exampleIdentities,
      aliases: [
        ['user:default/lead-1', 'user:default/LEAD-1-admin'],
        ['user:default/lead-1-admin', 'user:default/sec-1'],
      ],
    };
    const decision = decide([t2(), voted(2), voted(3, 'approve', sec1)], {
      identities,
    });
    expect(decision).toMatchObject({
      state: 'pending',
      missing: [{ slot: 'owner', count: 1 }],
      satisfied: [{ slot: 'security', voter: 'user:default/lead-1' }],
      votes: [{ standing: 'replaced' }, { standing: 'counts' }],
      unsatisfiable: 'no',
    });
    const own = decide(
      [requested(1, { actor: 'user:default/lead-1-admin' }), voted(2)],
      { identities },
    );
    expect(own).toMatchObject({
      state: 'pending',
      votes: [{ standing: 'own-review' }],
    });
  });

  it('leaves authors out before counting who is left', () => {
    const decision = decide([
      requested(1, {
        tier: 'T2',
        authors: ['user:default/Lead-1', 'user:default/lead-2'],
      }),
      voted(2),
    ]);
    expect(decision).toMatchObject({
      state: 'pending',
      votes: [{ standing: 'excluded' }],
      unsatisfiable: 'yes',
      excluded: [
        { ref: 'user:default/dev-1', why: 'requester' },
        { ref: 'user:default/lead-1', why: 'author' },
        { ref: 'user:default/lead-2', why: 'author' },
      ],
    });
  });

  it('says when the review after an emergency is overdue', () => {
    const overdue = (now: string, ...more: ApprovalEvent[]) =>
      decide([t3(), brokeGlass(2), ...more], { now }).limitations;
    expect(overdue('2026-11-26T10:59:59.999Z')).toEqual([]);
    expect(overdue('2026-11-26T11:00:00.000Z')).toEqual(['review-overdue']);
    expect(
      overdue(
        '2026-11-27T11:00:00.000Z',
        voted(3, 'reject', { at: at('11:30') }),
      ),
    ).toEqual([]);
  });
});

describe('a renewal', () => {
  const events: ApprovalEvent[] = [
    requested(1, { tier: 'T3', classes: ['ai-agent'] }),
    voted(2),
    voted(3, 'approve', sec1),
    voted(4, 'approve', sec2),
  ];
  const ask = (now: string) =>
    checkRequest({
      events,
      observed: onA,
      rules: defaultApprovalRules,
      identities: exampleIdentities,
      now,
      requester: 'user:default/dev-1',
      expectedDigest: digestA,
      name: 'cart-api',
    });

  it('can be asked for from 80 percent of the life on', () => {
    // Thirty days from 23 November, 10:00.
    expect(decide(events).renewFrom).toBe('2026-12-17T10:00:00.000Z');
    expect(ask('2026-12-17T09:59:59.999Z')).toMatchObject({
      allowed: 'no',
      code: 'already-approved',
    });
    expect(ask('2026-12-17T10:00:00.000Z')).toMatchObject({ allowed: 'yes' });
  });

  it('leaves the old approval in force until it is decided, and until that ends', () => {
    const renewing: ApprovalEvent[] = [
      ...events,
      requested(5, {
        reviewId: 'r2',
        tier: 'T3',
        at: '2026-12-18T09:00:00.000Z',
        requestExpiresAt: '2027-01-01T09:00:00.000Z',
      }),
    ];
    expect(decide(renewing, { now: '2026-12-18T10:00:00.000Z' })).toMatchObject(
      {
        state: 'approved-renewing',
        reviewId: 'r1',
        renewalId: 'r2',
        missing: [],
      },
    );
    expect(decide(renewing, { now: '2026-12-23T10:00:00.000Z' })).toMatchObject(
      { state: 'pending', reviewId: 'r2' },
    );
  });
});

describe('breaking the glass', () => {
  const attempt = {
    events: [t3()] as ApprovalEvent[],
    observed: onA,
    rules: defaultApprovalRules,
    identities: exampleIdentities,
    now: at('11:00'),
    reviewId: 'r1',
    actor: 'user:default/lead-2',
    principal: 'user' as const,
    expectedDigest: digestA,
    name: 'cart-api',
  };

  it('gives a day at most, and three days to decide', () => {
    expect(checkBreakGlass(attempt)).toEqual({
      allowed: 'yes',
      until: '2026-11-24T11:00:00.000Z',
      reviewDueAt: '2026-11-26T11:00:00.000Z',
    });
    for (const [wantedUntil, until] of [
      [at('13:00'), at('13:00')],
      ['2027-01-01T00:00:00.000Z', '2026-11-24T11:00:00.000Z'],
    ]) {
      expect(checkBreakGlass({ ...attempt, wantedUntil })).toMatchObject({
        until,
      });
    }
  });

  it.each<[string, Partial<BreakGlassAttempt>, string]>([
    ['to a service', { principal: 'service' }, 'service'],
    ['without a review', { events: [] }, 'closed'],
    ['after a rejection', { events: [t3(), voted(2, 'reject')] }, 'closed'],
    ['on other content', { observed: onB }, 'digest-changed'],
    [
      'on content that was not read',
      { expectedDigest: digestB },
      'digest-changed',
    ],
    [
      'on content that can not be told',
      { observed: { digest: null, resolution: 'unresolved' } },
      'digest-changed',
    ],
    ['twice', { events: [t3(), brokeGlass(2)] }, 'already-broken'],
    [
      'again by a new review of the same content',
      {
        events: [
          t3(),
          brokeGlass(2, { until: at('11:10') }),
          requested(3, { reviewId: 'r2', at: at('11:20') }),
        ],
        reviewId: 'r2',
        now: at('11:30'),
      },
      'already-broken',
    ],
  ])('is refused %s', (_, part, code) => {
    expect(checkBreakGlass({ ...attempt, ...part })).toMatchObject({
      allowed: 'no',
      code,
    });
  });
});

describe('a revoke', () => {
  const attempt = {
    rules: defaultApprovalRules,
    identities: exampleIdentities,
    now: at('12:00'),
    reviewId: 'r1',
    actor: 'user:default/sec-1',
    principal: 'user' as const,
  };

  it('ends an approval and an emergency, by whoever may', () => {
    for (const events of [
      [requested(1), voted(2)],
      [t3(), brokeGlass(2)],
    ]) {
      expect(checkRevoke({ ...attempt, events })).toEqual({ allowed: 'yes' });
    }
  });

  it('is refused to services, and where there is nothing to end', () => {
    expect(
      checkRevoke({
        ...attempt,
        principal: 'service',
        events: [requested(1), voted(2)],
      }),
    ).toMatchObject({ code: 'service' });
    for (const events of [
      [],
      [requested(1)],
      [requested(1), voted(2), revoked(3)],
      [requested(1, { wantedExpiry: at('12:00') }), voted(2)],
    ]) {
      expect(checkRevoke({ ...attempt, events })).toMatchObject({
        code: 'not-approved',
      });
    }
    const reviews = listReviews(
      [requested(1), voted(2), revoked(3)],
      defaultApprovalRules,
      exampleIdentities,
      at('12:00'),
    );
    expect(reviews[0]).toMatchObject({
      state: 'revoked',
      revoked: { by: 'user:default/sec-1', at: at('11:00') },
    });
  });
});

describe('an approval of another environment', () => {
  const staging = decide([requested(1), voted(2)]);
  const others = [{ environment: 'staging', decision: staging }];
  const rules = approvalRules({
    inherits: [{ from: 'staging', to: 'production', tiers: ['T0', 'T1'] }],
  });
  const inherit = (
    own: ReturnType<typeof decide>,
    part: Partial<Parameters<typeof inheritApproval>[1]> = {},
  ) =>
    inheritApproval(own, {
      environment: 'production',
      tier: 'T1',
      others,
      rules,
      ...part,
    });

  it('is inherited only where a rule says so', () => {
    expect(inherit(decide([]))).toMatchObject({
      state: 'approved',
      inheritedFrom: 'staging',
    });
    for (const part of [
      { rules: defaultApprovalRules },
      { environment: 'elsewhere' },
      { tier: 'T2' as const },
      { others: [] },
    ]) {
      expect(inherit(decide([]), part).state).toBe('unreviewed');
    }
  });

  it('is not inherited for other content, over a decision of its own, or twice', () => {
    expect(inherit(decide([], { observed: onB })).state).toBe('unreviewed');
    for (const events of [
      [requested(1)],
      [requested(1), voted(2, 'reject')],
      [requested(1), voted(2), revoked(3)],
    ]) {
      const own = decide(events);
      expect(inherit(own)).toBe(own);
    }
    expect(
      inherit(decide([]), {
        others: [
          {
            environment: 'staging',
            decision: { ...staging, inheritedFrom: 'test' },
          },
        ],
      }).state,
    ).toBe('unreviewed');
  });
});
