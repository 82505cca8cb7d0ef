import {
  RequestedEvent,
  VotedEvent,
  VoteDecision,
  WithdrawnEvent,
} from './approvalEvent';
import { ApprovalIdentities } from './approvalIdentities';
import {
  ApprovalRules,
  approvalRules,
  approvalTiers,
  TierRules,
} from './approvalRules';

/** Events for tests: dev-1 asks for digest A of one profile in production on 23 November at nine; request ends in 14 days. */
export const digestA = `sha256:${'a'.repeat(64)}`;

/** Other content of the same profile. */
export const digestB = `sha256:${'b'.repeat(64)}`;

/** Time of day on 23 November 2026, UTC. */
export function at(time: string): string {
  return `2026-11-23T${time}:00.000Z`;
}

/** lead-1 and lead-2 own the profile, dev-1 too; sec-1 is a reviewer. */
export const exampleIdentities: ApprovalIdentities = {
  eligible: [
    ...['user:default/lead-1', 'user:default/lead-2', 'user:default/dev-1'].map(
      ref => ({
        ref,
        slot: 'owner' as const,
        groupPath: ['group:default/checkout'],
      }),
    ),
    {
      ref: 'user:default/sec-1',
      slot: 'security',
      groupPath: ['group:default/security'],
    },
  ],
};

/** A request by dev-1 at 09:00 for digest A, review r1. */
export function requested(
  seq: number,
  overrides: Partial<RequestedEvent> = {},
): RequestedEvent {
  return {
    type: 'requested',
    seq,
    at: at('09:00'),
    reviewId: 'r1',
    actor: 'user:default/dev-1',
    kind: 'content',
    subject: { profileId: 'p1' },
    environment: 'production',
    digest: digestA,
    reason: 'the first profile of cart',
    requestExpiresAt: '2026-12-07T09:00:00.000Z',
    ...overrides,
  };
}

/** An owner's vote by lead-1 at 10:00 on digest A in review r1, recorded without a group path. */
export function voted(
  seq: number,
  decision: VoteDecision = 'approve',
  overrides: Partial<VotedEvent> = {},
): VotedEvent {
  return {
    type: 'voted',
    seq,
    at: at('10:00'),
    reviewId: 'r1',
    voteId: `v${seq}`,
    voter: 'user:default/lead-1',
    decision,
    slot: 'owner',
    groupPath: [],
    expectedDigest: digestA,
    ...overrides,
  };
}

/** dev-1 takes review r1 back at 11:00. */
export function withdrawn(
  seq: number,
  overrides: Partial<WithdrawnEvent> = {},
): WithdrawnEvent {
  return {
    type: 'withdrawn',
    seq,
    at: at('11:00'),
    reviewId: 'r1',
    actor: 'user:default/dev-1',
    ...overrides,
  };
}

/** Rules that ask for the same in every tier. */
export function sameInEveryTier(
  options: TierRules & { requestLife?: string },
): ApprovalRules {
  const { requestLife = 'P14D', ...tier } = options;
  return approvalRules({
    tiers: Object.fromEntries(
      approvalTiers.map(name => [name, tier]),
    ) as ApprovalRules['tiers'],
    requestLife,
  });
}
