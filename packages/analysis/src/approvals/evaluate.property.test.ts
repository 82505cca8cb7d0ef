import fc from 'fast-check';
import { ApprovalEvent, VoteDecision, VoterSlot } from './approvalEvent';
import { ApprovalState, Decision, evaluate } from './evaluate';
import {
  digestA,
  digestB,
  exampleIdentities,
  requested,
  voted,
  sameInEveryTier,
} from './exampleEvents';

const people = ['dev-1', 'lead-1', 'lead-2', 'sec-1', 'guest'].map(
  name => `user:default/${name}`,
);
const start = Date.parse('2026-11-01T00:00:00Z');
const time = fc
  .nat(60 * 24 * 3600)
  .map(seconds => new Date(start + seconds * 1000).toISOString());
const reviewId = fc.constantFrom('r1', 'r2', 'r3');
const digest = fc.constantFrom(digestA, digestB);
const rules = fc
  .record({
    owners: fc.constantFrom(1, 2),
    security: fc.constantFrom(0, 1),
    grantLife: fc.constantFrom('P1D', 'P10D', 'P365D'),
  })
  .map(({ owners, security, grantLife }) =>
    sameInEveryTier({
      quorum: [
        { slot: 'owner', count: owners },
        ...(security ? [{ slot: 'security' as const, count: security }] : []),
      ],
      grantLife,
      requestLife: 'P14D',
    }),
  );
const observed = fc.oneof(
  digest.map(one => ({ digest: one as string | null, resolution: 'own' })),
  fc.constant({ digest: null, resolution: 'unresolved' }),
);

const request = fc
  .record({
    reviewId,
    digest,
    at: time,
    requestExpiresAt: time,
    actor: fc.constantFrom(...people),
  })
  .map(one => requested(0, one));
const vote = fc
  .record({
    reviewId,
    expectedDigest: digest,
    at: time,
    voter: fc.constantFrom(...people),
    decision: fc.constantFrom<VoteDecision[]>(
      'approve',
      'approve',
      'reject',
      'request-changes',
    ),
    slot: fc.constantFrom<VoterSlot[]>('owner', 'owner', 'security'),
    groupPath: fc.constantFrom<string[]>([], [], ['group:default/checkout']),
  })
  .map(one => voted(0, one.decision, one));
const withdrawal = fc
  .record({ reviewId, at: time })
  .map<ApprovalEvent>(one => ({
    type: 'withdrawn',
    seq: 0,
    actor: 'user:default/dev-1',
    ...one,
  }));

const revoke = fc.record({ reviewId, at: time }).map<ApprovalEvent>(one => ({
  type: 'revoked',
  seq: 0,
  actor: 'user:default/sec-1',
  reason: 'an incident',
  ...one,
}));
const brokenGlass = fc
  .record({ reviewId, at: time, digest, until: time, reviewDueAt: time })
  .map<ApprovalEvent>(one => ({
    type: 'broke-glass',
    seq: 0,
    actor: 'user:default/lead-2',
    reason: 'the shop is down',
    incident: 'https://incidents.example/7',
    ...one,
  }));
const change = fc
  .record({
    reviewId,
    at: time,
    digest,
    type: fc.constantFrom('carried' as const, 'superseded' as const),
    changeClass: fc.constantFrom('cosmetic' as const, 'wider' as const),
  })
  .map<ApprovalEvent>(one => ({
    seq: 0,
    actor: 'system:collection',
    reason: 'another revision',
    ...one,
  }));

/** Mostly a request first, so that the rest has something to do. */
const history = fc
  .tuple(
    request,
    fc.array(
      fc.oneof(
        { weight: 6, arbitrary: vote },
        { weight: 2, arbitrary: request },
        { weight: 1, arbitrary: withdrawal },
        { weight: 1, arbitrary: revoke },
        { weight: 1, arbitrary: brokenGlass },
        { weight: 1, arbitrary: change },
      ),
      { maxLength: 12 },
    ),
  )
  .map(([first, rest]) =>
    [first, ...rest].map<ApprovalEvent>((event, index) => ({
      ...event,
      seq: (index + 1) * 10,
    })),
  );

/** A decision without the list of votes, which tells of every vote whether it counts or not. */
function outcome({ votes: _votes, ...rest }: Decision) {
  return rest;
}

describe('decisions', () => {
  it('depend on the set of events, not on the order in which they were read', () => {
    fc.assert(
      fc.property(
        history.chain(events =>
          fc.tuple(
            fc.constant(events),
            fc.shuffledSubarray(events, { minLength: events.length }),
          ),
        ),
        observed,
        rules,
        time,
        ([events, shuffled], seen, ruleSet, now) => {
          expect(
            evaluate(shuffled, seen, ruleSet, exampleIdentities, now),
          ).toEqual(evaluate(events, seen, ruleSet, exampleIdentities, now));
        },
      ),
    );
  });

  it('are never changed by a vote of somebody who is excluded or not eligible', () => {
    const outsider = fc.constantFrom<{ ref: string; path: string[] }[]>(
      { ref: 'user:default/author', path: ['group:default/checkout'] },
      { ref: 'user:default/guest', path: [] },
      { ref: 'component:default/bot', path: ['group:default/checkout'] },
    );
    const identities = {
      eligible: [
        ...exampleIdentities.eligible,
        { ref: 'user:default/author', slot: 'owner' as const, groupPath: [] },
      ],
      excluded: [{ ref: 'user:default/author', why: 'you wrote it' }],
    };
    fc.assert(
      fc.property(
        history,
        vote,
        outsider,
        fc.nat(140),
        observed,
        rules,
        time,
        (events, cast, { ref, path }, seq, seen, ruleSet, now) => {
          const intruding = { ...cast, voter: ref, groupPath: path, seq };
          expect(
            outcome(
              evaluate([...events, intruding], seen, ruleSet, identities, now),
            ),
          ).toEqual(outcome(evaluate(events, seen, ruleSet, identities, now)));
        },
      ),
    );
  });

  it('are never changed by a vote of who asked', () => {
    fc.assert(
      fc.property(
        history,
        vote,
        fc.nat(140),
        observed,
        rules,
        time,
        (events, cast, seq, seen, ruleSet, now) => {
          const asked = events.find(
            one => one.type === 'requested' && one.reviewId === cast.reviewId,
          );
          const voter =
            asked?.type === 'requested' ? asked.actor : 'user:default/guest';
          const own = { ...cast, voter, seq, groupPath: asked ? ['g'] : [] };
          expect(
            outcome(
              evaluate([...events, own], seen, ruleSet, exampleIdentities, now),
            ),
          ).toEqual(
            outcome(evaluate(events, seen, ruleSet, exampleIdentities, now)),
          );
        },
      ),
    );
  });

  it('are the same in whatever order different people approve', () => {
    const voters = ['lead-1', 'lead-2', 'lead-3', 'lead-4'];
    fc.assert(
      fc.property(
        fc.shuffledSubarray(voters),
        fc.shuffledSubarray(voters, { minLength: voters.length }),
        rules,
        (some, order, ruleSet) => {
          const cast = (names: string[]) => [
            requested(1),
            ...names.map((name, index) =>
              voted(2 + index, 'approve', {
                voter: `user:default/${name}`,
                groupPath: ['group:default/checkout'],
                slot: name === 'lead-4' ? 'security' : 'owner',
              }),
            ),
          ];
          const seen = { digest: digestA, resolution: 'own' };
          const now = '2026-11-23T12:00:00Z';
          const stateOf = (names: string[]) =>
            evaluate(cast(names), seen, ruleSet, exampleIdentities, now).state;
          expect(stateOf(order.filter(name => some.includes(name)))).toBe(
            stateOf(some),
          );
        },
      ),
    );
  });

  it('count at most one vote of a person, the latest', () => {
    fc.assert(
      fc.property(
        history,
        observed,
        rules,
        time,
        (events, seen, ruleSet, now) => {
          const { votes } = evaluate(
            events,
            seen,
            ruleSet,
            exampleIdentities,
            now,
          );
          const heard = votes.filter(({ standing }) =>
            ['counts', 'replaced'].includes(standing),
          );
          for (const { voter, standing, seq } of heard) {
            const later = heard.some(
              one => one.voter === voter && one.seq > seq,
            );
            expect(standing).toBe(later ? 'replaced' : 'counts');
          }
        },
      ),
    );
  });

  it('move with time along the allowed edges only', () => {
    const edges: Partial<Record<ApprovalState, ApprovalState[]>> = {
      // Back to what the last decision, or the absence of one, made of it.
      pending: ['expired', 'stale', 'rejected', 'revoked'],
      'changes-requested': ['expired', 'stale', 'rejected', 'revoked'],
      approved: ['expired'],
      // The renewal waits on, or has been answered, when the old approval ends.
      'approved-renewing': [
        'approved',
        'expired',
        'pending',
        'changes-requested',
      ],
      // Broken glass ends by itself; what is left is the review after the fact.
      'approved-emergency': [
        'pending',
        'changes-requested',
        'expired',
        'stale',
        'rejected',
        'revoked',
        // A newer request took the place of its review, and the content moved on.
        'unreviewed',
        'withdrawn',
      ],
      unproven: ['expired'],
    };
    fc.assert(
      fc.property(
        history,
        observed,
        rules,
        time,
        time,
        (events, seen, ruleSet, one, other) => {
          const [before, after] = [one, other].sort();
          const at = (now: string) =>
            evaluate(events, seen, ruleSet, exampleIdentities, now).state;
          const [from, to] = [at(before), at(after)];
          expect([from, ...(edges[from] ?? [])]).toContain(to);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('hold only with a full quorum on the content in force', () => {
    fc.assert(
      fc.property(
        history,
        observed,
        rules,
        time,
        (events, seen, ruleSet, now) => {
          const decision = evaluate(
            events,
            seen,
            ruleSet,
            exampleIdentities,
            now,
          );
          fc.pre(
            decision.state === 'approved' ||
              decision.state === 'approved-renewing',
          );
          expect(decision.digest).toBe(seen.digest);
          expect(decision.missing).toEqual([]);
          for (const { slot, count } of ruleSet.tiers.T1.quorum) {
            const filled = decision.satisfied.filter(one => one.slot === slot);
            expect(new Set(filled.map(one => one.voter)).size).toBe(count);
          }
          expect(decision.satisfied.map(({ voter }) => voter)).not.toContain(
            decision.requestedBy,
          );
        },
      ),
      { numRuns: 25, maxSkipsPerRun: 1000 },
    );
  });

  it('are found for any list of events, however odd', () => {
    const text = fc.string();
    const odd = fc.record({
      type: fc.constantFrom(
        'requested',
        'voted',
        'withdrawn',
        'commented',
        'policy-approved',
        'revoked',
        'carried',
        'superseded',
        'broke-glass',
        'x',
      ),
      seq: fc.oneof(fc.integer(), fc.double()),
      at: fc.oneof(time, text),
      reviewId: fc.oneof(reviewId, text),
      actor: text,
      digest,
      environment: text,
      requestExpiresAt: fc.oneof(time, text, fc.constant('+275760-09-13')),
      wantedExpiry: text,
      until: text,
      tier: fc.oneof(fc.constantFrom('T0', 'T3'), text),
      changeClass: fc.constantFrom('narrower', 'cosmetic', '?'),
      voteId: text,
      voter: fc.oneof(fc.constantFrom(...people), text),
      decision: fc.constantFrom('approve', 'reject', 'request-changes', '?'),
      slot: fc.constantFrom('owner', 'security', '?'),
      groupPath: fc.array(text),
      expectedDigest: digest,
    });
    fc.assert(
      fc.property(
        fc.array(odd),
        observed,
        rules,
        fc.oneof(time, text),
        (events, seen, ruleSet, now) => {
          expect(() =>
            evaluate(
              events as unknown as ApprovalEvent[],
              seen,
              ruleSet,
              exampleIdentities,
              now,
            ),
          ).not.toThrow();
        },
      ),
    );
  });
});
