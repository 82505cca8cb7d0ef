import { ApprovalEvent } from './approvalEvent';
import { ApprovalIdentities } from './approvalIdentities';
import { defaultApprovalRules } from './approvalRules';
import { ApprovalState, evaluate, ObservedContent } from './evaluate';
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

const onA: ObservedContent = { digest: digestA, resolution: 'own' };
const onB: ObservedContent = { digest: digestB, resolution: 'base-chain' };
const unresolved: ObservedContent = { digest: null, resolution: 'unresolved' };
const noon = at('12:00');
const lead2 = { voter: 'user:default/lead-2' };

const twoOwners = sameInEveryTier({
  quorum: [{ slot: 'owner', count: 2 }],
  grantLife: 'P90D',
  requestLife: 'P14D',
});
const ownerAndSecurity = sameInEveryTier({
  quorum: [
    { slot: 'owner', count: 1 },
    { slot: 'security', count: 1 },
  ],
  grantLife: 'P90D',
  requestLife: 'P14D',
});

function decide(
  events: ApprovalEvent[],
  options: {
    observed?: ObservedContent;
    rules?: typeof defaultApprovalRules;
    identities?: ApprovalIdentities;
    now?: string;
  } = {},
) {
  return evaluate(
    events,
    options.observed ?? onA,
    options.rules ?? defaultApprovalRules,
    options.identities ?? exampleIdentities,
    options.now ?? noon,
  );
}

const requestB = requested(10, {
  reviewId: 'r2',
  digest: digestB,
  at: at('11:30'),
});

describe('the state of a subject', () => {
  it.each<
    [string, ApprovalState, ApprovalEvent[], Parameters<typeof decide>[1]?]
  >([
    ['is unreviewed before anybody asks', 'unreviewed', []],
    [
      'is unreviewed when only other content was asked for',
      'unreviewed',
      [requested(1)],
      { observed: onB },
    ],
    ['is pending once asked for', 'pending', [requested(1)]],
    [
      'is approved by one owner who did not ask',
      'approved',
      [requested(1), voted(2)],
    ],
    [
      'is pending while a second owner is missing',
      'pending',
      [requested(1), voted(2)],
      { rules: twoOwners },
    ],
    [
      'is approved by the second owner',
      'approved',
      [requested(1), voted(2), voted(3, 'approve', lead2)],
      { rules: twoOwners },
    ],
    [
      'is rejected by one owner',
      'rejected',
      [requested(1), voted(2, 'reject')],
      { rules: twoOwners },
    ],
    [
      'stays rejected when another approves later',
      'rejected',
      [requested(1), voted(2, 'reject'), voted(3, 'approve', lead2)],
    ],
    [
      'is pending when asked for again after a reject',
      'pending',
      [
        requested(1),
        voted(2, 'reject'),
        requested(3, { reviewId: 'r2', at: at('11:00') }),
      ],
    ],
    [
      'waits for changes when an owner asks for them',
      'changes-requested',
      [requested(1), voted(2, 'request-changes')],
    ],
    [
      "keeps one person's request for changes when another approves",
      'changes-requested',
      [requested(1), voted(2, 'request-changes'), voted(3, 'approve', lead2)],
    ],
    [
      'is approved when who asked for changes approves',
      'approved',
      [requested(1), voted(2, 'request-changes'), voted(3)],
    ],
    [
      'stays approved when somebody asks for changes after the decision',
      'approved',
      [requested(1), voted(2), voted(3, 'request-changes', lead2)],
    ],
    ['is withdrawn', 'withdrawn', [requested(1), withdrawn(2)]],
    [
      'stays withdrawn when somebody votes afterwards',
      'withdrawn',
      [requested(1), withdrawn(2), voted(3, 'approve', { at: at('11:30') })],
    ],
    [
      'stays approved when the request is taken back afterwards',
      'approved',
      [requested(1), voted(2), withdrawn(3)],
    ],
    [
      'is stale when the content in force is other content',
      'stale',
      [requested(1), voted(2)],
      { observed: onB },
    ],
    [
      'is stale when the approved content can no longer be told',
      'stale',
      [requested(1), voted(2)],
      { observed: unresolved },
    ],
    [
      'stays stale when a request for the new content is taken back',
      'stale',
      [
        requested(1),
        voted(2),
        requestB,
        withdrawn(11, { reviewId: 'r2', at: at('11:40') }),
      ],
      { observed: onB },
    ],
    [
      'is pending when the new content is asked for',
      'pending',
      [requested(1), voted(2), requestB],
      { observed: onB },
    ],
    [
      'is approved again when the approved content returns',
      'approved',
      [requested(1), voted(2), requestB],
      { observed: onA },
    ],
    [
      'is unreviewed when the content returns to what a newer request superseded',
      'unreviewed',
      [requested(1), requestB],
      { observed: onA },
    ],
    [
      'is being renewed while a newer request for the same content waits, and holds meanwhile',
      'approved-renewing',
      [requested(1), voted(2), requested(3, { reviewId: 'r2' })],
    ],
    [
      'of content that can not be told is unproven',
      'unproven',
      [requested(1)],
      { observed: unresolved },
    ],
  ])('%s', (_, state, events, options = {}) => {
    expect(decide(events, options).state).toBe(state);
  });
});

describe('votes that do not count', () => {
  it.each<[string, ApprovalEvent, string]>([
    [
      'of who asked, though an owner',
      voted(2, 'approve', { voter: 'user:default/dev-1' }),
      'own-review',
    ],
    [
      'of who asked, in other letters',
      voted(2, 'approve', { voter: 'User:Default/DEV-1' }),
      'own-review',
    ],
    [
      'of who asked, through a group nested in the owner group',
      voted(2, 'approve', {
        voter: 'user:default/dev-1',
        groupPath: ['group:default/checkout', 'group:default/checkout-devs'],
      }),
      'own-review',
    ],
    [
      'of a stranger',
      voted(2, 'approve', { voter: 'user:default/guest' }),
      'not-eligible',
    ],
    [
      'of a bot that an owner group lists',
      voted(2, 'approve', {
        voter: 'component:default/bot',
        groupPath: ['group:default/checkout'],
      }),
      'not-eligible',
    ],
    [
      'on content that the review does not ask for',
      voted(2, 'approve', { expectedDigest: digestB }),
      'other-digest',
    ],
    [
      'at the exact end of the request',
      voted(2, 'approve', { at: '2026-12-07T09:00:00.000Z' }),
      'closed',
    ],
  ])('%s', (_, vote, standing) => {
    const decision = decide([requested(1), vote]);
    expect(decision.state).toBe('pending');
    expect(decision.votes).toMatchObject([{ standing }]);
    expect(decision.missing).toEqual([{ slot: 'owner', count: 1 }]);
  });

  it('of an excluded person, whatever group the vote was recorded with', () => {
    const excluded = [{ ref: 'User:default/Lead-1', why: 'you wrote it' }];
    const decision = decide(
      [
        requested(1),
        voted(2, 'approve', { groupPath: ['group:default/checkout'] }),
      ],
      { identities: { ...exampleIdentities, excluded } },
    );
    expect(decision.state).toBe('pending');
    expect(decision.excluded).toEqual([
      { ref: 'user:default/dev-1', why: 'requester' },
      { ref: 'user:default/lead-1', why: 'you wrote it' },
    ]);
  });

  it('of a reviewer does not stand in for the owner', () => {
    const decision = decide([
      requested(1),
      voted(2, 'approve', { voter: 'user:default/sec-1', slot: 'security' }),
    ]);
    expect(decision).toMatchObject({ state: 'pending', satisfied: [] });
  });
});

describe('a vote', () => {
  it('one millisecond before the end of the request counts', () => {
    const vote = voted(2, 'approve', { at: '2026-12-07T08:59:59.999Z' });
    expect(decide([requested(1), vote], { now: vote.at }).state).toBe(
      'approved',
    );
  });

  it('stays valid when its voter leaves the group, as the path was recorded', () => {
    const vote = voted(2, 'approve', {
      groupPath: ['group:default/checkout'],
    });
    expect(
      decide([requested(1), vote], { identities: { eligible: [] } }).state,
    ).toBe('approved');
  });

  it('replaces the former vote of the same person', () => {
    const decision = decide(
      [requested(1), voted(2), voted(3, 'request-changes')],
      { rules: twoOwners },
    );
    expect(decision.state).toBe('changes-requested');
    expect(decision.satisfied).toEqual([]);
    expect(decision.votes.map(({ standing }) => standing)).toEqual([
      'replaced',
      'counts',
    ]);
  });

  it('fills one place, though its voter is owner and reviewer', () => {
    const both = { voter: 'user:default/lead-1' };
    const identities = {
      eligible: [
        ...exampleIdentities.eligible,
        { ref: both.voter, slot: 'security' as const, groupPath: [] },
      ],
    };
    const decision = decide(
      [
        requested(1),
        voted(2, 'approve', both),
        voted(3, 'approve', { ...both, slot: 'security' }),
      ],
      { rules: ownerAndSecurity, identities },
    );
    expect(decision.state).toBe('pending');
    expect(decision.missing).toEqual([{ slot: 'owner', count: 1 }]);
  });

  it('that comes second of two last ones changes nothing, whichever clock ran ahead', () => {
    const decision = decide([
      voted(3, 'reject', { ...lead2, at: at('09:59') }),
      voted(2),
      requested(1),
    ]);
    expect(decision.state).toBe('approved');
    expect(decision.effectiveFrom).toBe(at('10:00'));
    expect(decision.votes.map(({ standing }) => standing)).toEqual([
      'counts',
      'closed',
    ]);
  });
});

describe('time', () => {
  const approved = [requested(1), voted(2)];
  const end = '2027-11-23T10:00:00.000Z';

  it('ends an approval at the exact millisecond', () => {
    expect(decide(approved, { now: '2027-11-23T09:59:59.999Z' })).toMatchObject(
      { state: 'approved', expiresAt: end },
    );
    expect(decide(approved, { now: end })).toMatchObject({
      state: 'expired',
      effectiveFrom: at('10:00'),
      expiresAt: end,
      limitations: [],
    });
  });

  it('ends an approval when its request wanted it to, and never later than the rules allow', () => {
    const until = (wantedExpiry: string) =>
      decide([requested(1, { wantedExpiry }), voted(2)]).expiresAt;
    expect(until('2026-12-24T00:00:00Z')).toBe('2026-12-24T00:00:00Z');
    expect(until('2099-01-01T00:00:00Z')).toBe(end);
    expect(until('soon')).toBe(end);
  });

  it('lets a request die unanswered, and says that it was no approval', () => {
    const decision = decide([requested(1)], {
      now: '2026-12-07T09:00:00.000Z',
    });
    expect(decision).toMatchObject({
      state: 'expired',
      limitations: ['request-expired'],
    });
    expect(decision.effectiveFrom).toBeUndefined();
  });

  it('lets a request die though changes were asked for', () => {
    expect(
      decide([requested(1), voted(2, 'request-changes')], {
        now: '2026-12-07T09:00:00.000Z',
      }).state,
    ).toBe('expired');
  });

  it('returns a subject to stale when nobody decides on its new content', () => {
    expect(
      decide([...approved, requestB], {
        observed: onB,
        now: '2026-12-08T00:00:00Z',
      }).state,
    ).toBe('stale');
  });

  it('turns an approval that ends while asked for again into a pending one', () => {
    const renewal = requested(3, {
      reviewId: 'r2',
      at: '2027-11-20T00:00:00Z',
      requestExpiresAt: '2027-12-04T00:00:00Z',
    });
    expect(decide([...approved, renewal], { now: end })).toMatchObject({
      state: 'pending',
      reviewId: 'r2',
      approvedDigest: { digest: digestA, reviewId: 'r1', until: end },
    });
  });
});

describe('a decision', () => {
  it('names who asked, who decided, until when and under which rules', () => {
    expect(decide([requested(1), voted(2)])).toEqual({
      state: 'approved',
      tier: 'T1',
      renewFrom: '2027-09-11T10:00:00.000Z',
      digest: digestA,
      reviewId: 'r1',
      requestedBy: 'user:default/dev-1',
      effectiveFrom: at('10:00'),
      expiresAt: '2027-11-23T10:00:00.000Z',
      satisfied: [
        { slot: 'owner', voter: 'user:default/lead-1', at: at('10:00') },
      ],
      missing: [],
      excluded: [{ ref: 'user:default/dev-1', why: 'requester' }],
      votes: [
        {
          voteId: 'v2',
          seq: 2,
          at: at('10:00'),
          voter: 'user:default/lead-1',
          decision: 'approve',
          slot: 'owner',
          groupPath: [],
          expectedDigest: digestA,
          standing: 'counts',
        },
      ],
      ruleSetDigest: defaultApprovalRules.digest,
      unsatisfiable: 'no',
      limitations: [],
    });
  });

  it('that is stale tells what had been approved: the tag of a base moved under a fixed spec', () => {
    const source = { sourceDigest: `sha256:${'5'.repeat(64)}` };
    expect(
      decide([requested(1, source), voted(2)], { observed: onB }),
    ).toMatchObject({
      state: 'stale',
      digest: digestB,
      approvedDigest: {
        digest: digestA,
        reviewId: 'r1',
        from: at('10:00'),
        until: '2027-11-23T10:00:00.000Z',
      },
      missing: [{ slot: 'owner', count: 1 }],
    });
  });

  it('on content that can not be told says so, and never holds', () => {
    const decision = decide([requested(1), voted(2)], {
      // A digest beside "unresolved" is not to be believed.
      observed: { digest: digestA, resolution: 'unresolved' },
    });
    expect(decision).toMatchObject({
      state: 'stale',
      digest: null,
      limitations: ['unresolved'],
    });
  });

  it('can not be completed when who asked is the only owner', () => {
    const identities = {
      eligible: exampleIdentities.eligible.filter(
        ({ ref }) => ref === 'user:default/dev-1',
      ),
    };
    expect(decide([requested(1)], { identities }).unsatisfiable).toBe('yes');
    expect(decide([], { identities }).unsatisfiable).toBe('no');
  });

  it('can not be completed when one person would have to fill two places', () => {
    const ref = 'user:default/lead-1';
    const eligible = (['owner', 'security'] as const).map(slot => ({
      ref,
      slot,
      groupPath: [],
    }));
    const options = { rules: ownerAndSecurity, identities: { eligible } };
    expect(decide([requested(1)], options).unsatisfiable).toBe('yes');
    eligible.push({ ref: 'user:default/o', slot: 'owner', groupPath: [] });
    expect(decide([requested(1)], options).unsatisfiable).toBe('no');
  });

  it('that is complete is not called impossible when everybody has left', () => {
    const vote = voted(2, 'approve', { groupPath: ['group:default/checkout'] });
    expect(
      decide([requested(1), vote], { identities: { eligible: [] } })
        .unsatisfiable,
    ).toBe('no');
  });

  it('passes over comments and events of types that it does not know', () => {
    const odd = { type: 'carried', seq: 2, at: noon, reviewId: 'r1' };
    const decision = decide([
      requested(1),
      odd as unknown as ApprovalEvent,
      {
        type: 'commented',
        seq: 3,
        at: noon,
        reviewId: 'r1',
        commentId: 'c1',
        actor: 'user:default/lead-1',
        comment: '<b>approve</b>',
      },
    ]);
    expect(decision.state).toBe('pending');
  });
});
