import { compareProfiles } from '../profiles/compareProfiles';
import { profileContent } from '../profiles/profileContent';
import { IndexedProfile, indexProfiles } from '../profiles/profileIndex';
import { resolveEffectiveProfile } from '../profiles/resolveEffectiveProfile';
import { ApprovalEvent } from './approvalEvent';
import { ApprovalIdentities } from './approvalIdentities';
import { defaultApprovalRules } from './approvalRules';
import { checkVote, VoteAttempt } from './checkVote';
import { evaluate } from './evaluate';
import {
  at,
  digestA,
  digestB,
  exampleIdentities,
  requested,
  voted,
} from './exampleEvents';
import { inheritApproval } from './inheritApproval';

/*
 * What somebody would try, one line each. Where a line needs the record in the database, it is in
 * plugins/security-profiles-backend: audit/tampering.test.ts and approvals/reviews.test.ts, on both databases.
 */

const onA = { digest: digestA, resolution: 'own' };
const nested = ['group:default/checkout', 'group:default/checkout-inner'];

function state(
  events: ApprovalEvent[],
  scene: {
    observed?: { digest: string | null; resolution: string };
    identities?: ApprovalIdentities;
    now?: string;
  } = {},
): string {
  return evaluate(
    events,
    scene.observed ?? onA,
    defaultApprovalRules,
    scene.identities ?? exampleIdentities,
    scene.now ?? at('12:00'),
  ).state;
}

function refusal(attempt: Partial<VoteAttempt>): string {
  const check = checkVote({
    events: [requested(1)],
    observed: onA,
    rules: defaultApprovalRules,
    identities: exampleIdentities,
    now: at('10:00'),
    reviewId: 'r1',
    voter: 'user:default/lead-1',
    principal: 'user',
    decision: 'approve',
    expectedDigest: digestA,
    name: 'cart-api',
    ...attempt,
  });
  return check.allowed === 'no' ? check.code : 'allowed';
}

function profile(spec: object, overrides: object = {}): IndexedProfile {
  return {
    id: 'p1',
    kind: 'SeccompProfile',
    version: 'v1',
    name: 'cart-api',
    uid: 'u1',
    spec: { defaultAction: 'SCMP_ACT_ERRNO', ...spec },
    ...overrides,
  };
}

const resolve = (one: IndexedProfile) =>
  resolveEffectiveProfile(one, indexProfiles([one]));
const digestOf = (one: IndexedProfile) => resolve(one).effectiveDigest;
const allow = (...names: string[]) => ({ names, action: 'SCMP_ACT_ALLOW' });
const withArgument = (value: bigint) =>
  profile({
    syscalls: [
      {
        ...allow('personality'),
        args: [{ index: 0, op: 'SCMP_CMP_EQ', value }],
      },
    ],
  });
const fromRegistry = (calls: string[]) =>
  profile(
    { baseProfileName: 'oci://registry.example/base:1', syscalls: [] },
    { syscallsAnnotation: JSON.stringify([allow(...calls)]) },
  );

const twoLogins: ApprovalIdentities = {
  ...exampleIdentities,
  aliases: [['user:default/lead-1', 'user:default/sec-1']],
};
const approved = [requested(1), voted(2)];
const moved = (calls: string[]) => ({
  digest: digestOf(fromRegistry(calls)),
  resolution: 'annotation',
});

describe('what somebody would try', () => {
  it.each<[attack: string, outcome: string, attempt: () => unknown]>([
    [
      'the requester approves the own request',
      'own-review',
      () => refusal({ voter: 'user:default/dev-1' }),
    ],
    [
      'the requester approves by another spelling of the same ref',
      'own-review',
      () => refusal({ voter: 'User:default/DEV-1' }),
    ],
    [
      'the author approves the own change, which somebody else asked for',
      'not-eligible',
      () =>
        refusal({
          events: [requested(1, { authors: ['user:default/lead-1'] })],
        }),
    ],
    [
      'the author’s vote is written into the record all the same',
      'pending',
      () =>
        state([
          requested(1, { authors: ['user:default/lead-1'] }),
          voted(2, 'approve', { groupPath: nested }),
        ]),
    ],
    [
      'the requester approves through a group nested in the owner group',
      'pending',
      () =>
        state([
          requested(1),
          voted(2, 'approve', {
            voter: 'user:default/dev-1',
            groupPath: nested,
          }),
        ]),
    ],
    [
      'one human with two logins fills the owner’s and the security place',
      'pending',
      () =>
        state(
          [
            requested(1, { tier: 'T2' }),
            voted(2),
            voted(3, 'approve', {
              voter: 'user:default/sec-1',
              slot: 'security',
            }),
          ],
          { identities: twoLogins },
        ),
    ],
    [
      'the requester approves with a second login',
      'own-review',
      () =>
        refusal({
          identities: {
            ...exampleIdentities,
            aliases: [['user:default/dev-1', 'user:default/lead-1']],
          },
        }),
    ],
    ['a service votes', 'service', () => refusal({ principal: 'service' })],
    [
      'a bot’s vote is written into the record',
      'pending',
      () =>
        state([
          requested(1),
          voted(2, 'approve', {
            voter: 'component:default/bot',
            groupPath: nested,
          }),
        ]),
    ],
    [
      'somebody votes twice to fill two places',
      'pending',
      () =>
        state([
          requested(1, { tier: 'T2' }),
          voted(2),
          voted(3, 'approve', { slot: 'security' }),
        ]),
    ],
    [
      'a vote names content that was read before the change',
      'digest-changed',
      () => refusal({ expectedDigest: digestB }),
    ],
    [
      'a vote comes after the content changed in the cluster',
      'digest-changed',
      () => refusal({ observed: { digest: digestB, resolution: 'own' } }),
    ],
    [
      'the profile is changed after its approval',
      'stale',
      () => state(approved, { observed: { ...onA, digest: digestB } }),
    ],
    [
      'another object takes the approved name with other content',
      'stale',
      () => state(approved, { observed: moved(['bpf']) }),
    ],
    [
      'the tag of a base in a registry moves under a fixed spec',
      'stale',
      () =>
        state(
          [
            requested(1, { digest: moved(['read']).digest ?? '' }),
            voted(2, 'approve', {
              expectedDigest: moved(['read']).digest ?? '',
            }),
          ],
          { observed: moved(['read', 'bpf']) },
        ),
    ],
    [
      'an argument above 2^53 is changed by one',
      'other digest',
      () =>
        digestOf(withArgument(9007199254740993n)) ===
        digestOf(withArgument(9007199254740992n))
          ? 'same digest'
          : 'other digest',
    ],
    [
      'the same rules come in another order and twice',
      'same digest',
      () =>
        digestOf(profile({ syscalls: [allow('read', 'write')] })) ===
        digestOf(profile({ syscalls: [allow('write'), allow('read', 'read')] }))
          ? 'same digest'
          : 'other digest',
    ],
    [
      'the profile stops to enforce',
      'mode-relaxed',
      () => {
        const strict = profile({ syscalls: [allow('read')] });
        const logging = profile({
          defaultAction: 'SCMP_ACT_LOG',
          syscalls: [allow('read')],
        });
        const [before, after] = [strict, logging].map(one =>
          profileContent(one, resolve(one)),
        );
        return before && after && compareProfiles(before, after).class;
      },
    ],
    [
      'an approval is used at the exact millisecond of its end',
      'expired',
      () =>
        state([requested(1, { wantedExpiry: at('11:00') }), voted(2)], {
          now: at('11:00'),
        }),
    ],
    [
      'a vote comes one millisecond after the request has ended',
      'closed',
      () => refusal({ now: '2026-12-07T09:00:00.001Z' }),
    ],
    [
      'a vote comes after the request was taken back',
      'closed',
      () =>
        refusal({
          events: [
            requested(1),
            {
              type: 'withdrawn',
              seq: 2,
              at: at('09:30'),
              reviewId: 'r1',
              actor: 'user:default/dev-1',
            },
          ],
        }),
    ],
    [
      'two last votes come at once, and the later one would reject',
      'approved',
      () =>
        state([
          ...approved,
          voted(3, 'reject', { voter: 'user:default/lead-2' }),
        ]),
    ],
    [
      'somebody from security stands in for the owner where security is asked for',
      'pending',
      () =>
        state([
          requested(1, { tier: 'T2' }),
          voted(2, 'approve', { voter: 'user:default/sec-1' }),
          voted(3, 'approve', {
            voter: 'user:default/sec-2',
            slot: 'security',
            groupPath: ['group:default/security'],
          }),
        ]),
    ],
    [
      'an approval of staging is taken for one of production',
      'unreviewed',
      () => {
        const decide = (events: ApprovalEvent[]) =>
          evaluate(
            events,
            onA,
            defaultApprovalRules,
            exampleIdentities,
            at('12:00'),
          );
        return inheritApproval(decide([]), {
          environment: 'production',
          tier: 'T0',
          others: [{ environment: 'staging', decision: decide(approved) }],
          rules: defaultApprovalRules,
        }).state;
      },
    ],
    [
      'an event says that wider content is carried over',
      'stale',
      () =>
        state(
          [
            ...approved,
            {
              type: 'carried',
              seq: 3,
              at: at('11:00'),
              reviewId: 'r1',
              actor: 'system:x',
              digest: digestB,
              changeClass: 'wider',
              reason: '',
            },
          ],
          { observed: { ...onA, digest: digestB } },
        ),
    ],
  ])('%s: %s', (_, outcome, attempt) => {
    expect(attempt()).toBe(outcome);
  });

  // These lines come with the evidence of code review, which is no part of this version: approval, then a force-push;
  // approve, then dismissed, then a comment; approved after the merge; squash, rebase and merge commit of the same
  // content; an administrator bypasses the rules, an actor is exempt; a GitLab project that does not reset approvals; an
  // annotation of Argo CD forged onto an unmanaged object.
});
