import { Decision } from '../approvals/evaluate';
import { indexProfiles } from '../profiles/profileIndex';
import { resolveEffectiveProfile } from '../profiles/resolveEffectiveProfile';
import { EntityFacts, ProfileApprovalFacts } from './entityFacts';
import {
  exampleCluster,
  exampleContainer,
  exampleFacts,
  exampleProfile,
  exampleWorkload,
  underProfile,
} from './exampleFacts';
import { judgeEntity } from './judgeEntity';
import { defaultRuleset } from './ruleset';

const now = '2026-11-23T12:00:00Z';
const strict = exampleProfile('strict');
const installed = {
  profile: strict,
  nodeStates: { a: 'Installed', b: 'Installed' },
};
const content = resolveEffectiveProfile(strict, indexProfiles([strict]))
  .effectiveDigest as string;
const former = {
  digest: `sha256:${'f'.repeat(64)}`,
  reviewId: 'r1',
  from: '2026-11-02T00:00:00Z',
  until: '2027-11-02T00:00:00Z',
};
const profiledTarget = {
  ...defaultRuleset,
  targets: [{ environment: 'production', level: 'profiled' as const }],
};

function decision(overrides: Partial<Decision> = {}): Decision {
  return {
    state: 'unreviewed',
    tier: 'T1',
    digest: content,
    satisfied: [],
    missing: [{ slot: 'owner', count: 1 }],
    excluded: [],
    votes: [],
    ruleSetDigest: 'sha256:rules',
    unsatisfiable: 'no',
    limitations: [],
    ...overrides,
  };
}

const approved = decision({
  state: 'approved',
  reviewId: 'r2',
  missing: [],
  effectiveFrom: '2026-11-23T10:00:00Z',
  expiresAt: '2027-05-22T10:00:00Z',
});
const pending = decision({
  state: 'pending',
  reviewId: 'r3',
  expiresAt: '2026-12-07T10:00:00Z',
});

function inProduction(of: Decision): ProfileApprovalFacts {
  return { environment: 'production', profileId: strict.id, decision: of };
}

/** The service "cart" under the profile "strict" in production. */
function facts(
  approvals: ProfileApprovalFacts[] | undefined,
  overrides: Partial<EntityFacts> = {},
): EntityFacts {
  return exampleFacts({
    clusters: [exampleCluster({ profiles: [installed] })],
    workloads: [
      exampleWorkload({
        containers: [
          exampleContainer({ securityContext: underProfile('strict') }),
        ],
      }),
    ],
    ...(approvals && { approvals }),
    ...overrides,
  });
}

const judge = (
  approvals: ProfileApprovalFacts[] | undefined,
  overrides: Partial<EntityFacts> = {},
) => judgeEntity(facts(approvals, overrides), profiledTarget, now);

const finding = (posture: ReturnType<typeof judge>, id: string) =>
  posture.findings.find(one => one.id === id);

describe('the approval of an entity', () => {
  it.each<[string, Decision, string]>([
    ['approved by an approval in force', approved, 'approved'],
    ['pending while one waits', pending, 'pending'],
    [
      'pending while changes are asked for',
      decision({ state: 'changes-requested', reviewId: 'r3' }),
      'pending',
    ],
    ['missing when nobody has asked', decision(), 'missing'],
    ['missing after a reject', decision({ state: 'rejected' }), 'missing'],
    ['missing when it has ended', decision({ state: 'expired' }), 'missing'],
    ['missing when withdrawn', decision({ state: 'withdrawn' }), 'missing'],
    [
      'stale after a change',
      decision({ state: 'stale', approvedDigest: former }),
      'stale',
    ],
    [
      'stale after a change that was rejected',
      decision({ state: 'rejected', approvedDigest: former }),
      'stale',
    ],
    [
      'stale when the approval is of other content than the facts hold',
      { ...approved, digest: former.digest },
      'stale',
    ],
  ])('is %s', (_, of, summary) => {
    const posture = judge([inProduction(of)]);
    expect(posture.approval).toBe(summary);
    expect(posture.scopes[0].approval).toBe(summary);
    expect(posture.target).toMatchObject({
      level: 'profiled',
      met: summary === 'approved' ? 'yes' : 'no',
    });
  });

  it('is missing where approvals are known and none of this profile', () => {
    expect(judge([]).approval).toBe('missing');
  });

  it('is unknown where approvals are not known, and nothing is said of them', () => {
    const posture = judge(undefined);
    expect(posture.approval).toBe('unknown');
    expect(posture.target.met).toBe('yes');
    for (const id of [
      'profile-unapproved',
      'approval-stale',
      'no-eligible-reviewer',
    ]) {
      expect(finding(posture, id)?.status).toBe('not-applicable');
    }
  });

  it('is not required without an own profile', () => {
    const posture = judge([], { workloads: [exampleWorkload()] });
    expect(posture.approval).toBe('not-required');
  });

  it('in production does not count in staging, and the other way round', () => {
    const staging = exampleCluster({
      name: 'staging',
      environment: 'staging',
      profiles: [installed],
    });
    const workloads = ['eu', 'staging'].map(clusterId =>
      exampleWorkload({
        id: clusterId,
        clusterId,
        containers: [
          exampleContainer({ securityContext: underProfile('strict') }),
        ],
      }),
    );
    const clusters = [exampleCluster({ profiles: [installed] }), staging];
    const both = (environment: string) =>
      judge([{ ...inProduction(approved), environment }], {
        clusters,
        workloads,
      });
    const scopesOf = (posture: ReturnType<typeof judge>) =>
      posture.scopes.map(scope => [scope.environment, scope.approval]);
    expect(scopesOf(both('production'))).toEqual([
      ['production', 'approved'],
      ['staging', 'missing'],
    ]);
    expect(both('production').target.met).toBe('yes');
    expect(both('staging').target.met).toBe('no');
    expect(both('staging').approval).toBe('missing');
  });

  it('is partly where one of two profiles is approved', () => {
    const web = exampleProfile('web', { kind: 'AppArmorProfile', spec: {} });
    const posture = judge([inProduction(approved)], {
      clusters: [
        exampleCluster({
          profiles: [installed, { ...installed, profile: web }],
        }),
      ],
      workloads: [
        exampleWorkload({
          containers: [
            exampleContainer({
              securityContext: {
                ...underProfile('strict'),
                appArmorProfile: { type: 'Localhost', localhostProfile: 'web' },
              },
            }),
          ],
        }),
      ],
    });
    expect(posture.approval).toBe('partly');
    expect(posture.target.because).toEqual(['web in eu is not reviewed']);
  });
});

describe('the approval of a profile', () => {
  it('carries its state, review and end', () => {
    expect(judge([inProduction(approved)]).profiles[0].approval).toEqual({
      state: 'approved',
      reviewId: 'r2',
      expiresAt: '2027-05-22T10:00:00Z',
      viewerMay: [],
    });
  });

  it('that waits has no end: that of the request is not its own', () => {
    expect(judge([inProduction(pending)]).profiles[0].approval).toEqual({
      state: 'pending',
      reviewId: 'r3',
      viewerMay: [],
    });
  });

  it('that is stale leads to the review that had approved it', () => {
    const stale = decision({ state: 'stale', approvedDigest: former });
    expect(judge([inProduction(stale)]).profiles[0].approval).toMatchObject({
      state: 'stale',
      reviewId: 'r1',
    });
  });

  it('of other content than the facts hold is shown as stale', () => {
    const old = { ...approved, digest: former.digest };
    expect(judge([inProduction(old)]).profiles[0].approval.state).toBe('stale');
  });
});

describe('the findings about approvals', () => {
  const unresolved = { digest: null, limitations: ['unresolved' as const] };

  it.each<[string, Decision, string, string, string, string, string]>([
    [
      'an unreviewed profile',
      decision(),
      'profile-unapproved',
      'warn',
      'Ask for approval of strict in eu (production).',
      'request-review',
      'profile:id-strict',
    ],
    [
      'a profile that waits',
      pending,
      'profile-unapproved',
      'warn',
      'Decide on strict in eu (production): missing 1 from owner.',
      'vote',
      'review:r3',
    ],
    [
      'a request for changes',
      decision({ state: 'changes-requested', reviewId: 'r3' }),
      'profile-unapproved',
      'warn',
      'Answer the request for changes of strict in eu (production).',
      'open',
      'review:r3',
    ],
    [
      'a rejected profile',
      decision({ state: 'rejected', reviewId: 'r3' }),
      'profile-unapproved',
      'warn',
      'Change strict in eu (production): its approval was rejected.',
      'open',
      'review:r3',
    ],
    [
      'an approval that has ended',
      decision({ state: 'expired', reviewId: 'r2' }),
      'profile-unapproved',
      'warn',
      'Ask again for approval of strict in eu (production): the last one ended.',
      'request-review',
      'profile:id-strict',
    ],
    [
      'a request that nobody decided',
      decision({ state: 'expired', limitations: ['request-expired'] }),
      'profile-unapproved',
      'warn',
      'Ask again for approval of strict in eu (production): nobody decided in time.',
      'request-review',
      'profile:id-strict',
    ],
    [
      'content that can not be told',
      decision(unresolved),
      'profile-unapproved',
      'warn',
      'Make the content of strict in eu (production) readable, so that it can be approved.',
      'open',
      'profile:id-strict',
    ],
    [
      'a change after the approval',
      decision({ state: 'stale', approvedDigest: former }),
      'approval-stale',
      'fail',
      'Approve or revert the change of strict in eu (production).',
      'request-review',
      'profile:id-strict',
    ],
    [
      'a change after the approval that was asked for',
      { ...pending, approvedDigest: former },
      'approval-stale',
      'fail',
      'Approve or revert the change of strict in eu (production); missing 1 from owner.',
      'vote',
      'review:r3',
    ],
    [
      'a change after the approval that was rejected',
      decision({ state: 'rejected', reviewId: 'r3', approvedDigest: former }),
      'approval-stale',
      'fail',
      'Revert the change of strict in eu (production): it was rejected.',
      'open',
      'review:r3',
    ],
    [
      'approved content that can no longer be told',
      decision({ ...unresolved, state: 'stale', approvedDigest: former }),
      'approval-stale',
      'fail',
      "Make the content of strict in eu (production) readable again: it can't be compared with what was approved.",
      'open',
      'profile:id-strict',
    ],
    [
      'nobody left to decide',
      { ...pending, unsatisfiable: 'yes' },
      'no-eligible-reviewer',
      'warn',
      'Name owners or reviewers for strict in eu (production): an approval needs 1 from owner, and too few people may vote.',
      'open',
      'review:r3',
    ],
  ])('tell of %s', (_, of, id, status, text, kind, ref) => {
    const posture = judge([inProduction(of)]);
    expect(finding(posture, id)).toMatchObject({ status, evidenceTotal: 1 });
    expect(posture.nextSteps).toContainEqual(
      expect.objectContaining({ findingId: id, text, action: { kind, ref } }),
    );
    const other =
      id === 'approval-stale' ? 'profile-unapproved' : 'approval-stale';
    expect(finding(posture, other)?.status).toBe('pass');
  });

  it('pass for an approved profile', () => {
    const posture = judge([inProduction(approved)]);
    for (const id of [
      'profile-unapproved',
      'approval-stale',
      'no-eligible-reviewer',
    ]) {
      expect(finding(posture, id)).toMatchObject({ status: 'pass' });
    }
  });
});

describe('the sentence about profiles', () => {
  it.each<[string, Decision, string, object]>([
    ['approved', approved, 'profiled', {}],
    [
      'changed after approval',
      decision({ state: 'stale', approvedDigest: former }),
      'profiled.stale',
      { count: 1, profiles: 'strict' },
    ],
    [
      'unreviewed',
      decision(),
      'profiled.unreviewed',
      { count: 1, profiles: 'strict', origin: 'written' },
    ],
    ['waiting', pending, 'profiled.pending', { count: 1, profiles: 'strict' }],
    [
      'rejected',
      decision({ state: 'rejected' }),
      'profiled.unapproved',
      { count: 1, profiles: 'strict' },
    ],
  ])('that are %s', (_, of, key, params) => {
    expect(judge([inProduction(of)]).headline).toEqual({
      key,
      params: { name: 'cart', ...params },
    });
  });
});

describe('the target of an AI agent', () => {
  const agent = (add: string[], approvals: ProfileApprovalFacts[]) =>
    judgeEntity(
      facts(approvals, {
        entity: {
          ref: 'component:default/cart',
          name: 'cart',
          type: 'ai-agent',
          tags: [],
        },
        workloads: [
          exampleWorkload({
            containers: [
              exampleContainer({
                securityContext: {
                  ...underProfile('strict'),
                  capabilities: { add },
                },
              }),
            ],
          }),
        ],
      }),
      defaultRuleset,
      now,
    );

  it('asks for an approved profile', () => {
    expect(agent([], [inProduction(approved)]).target.met).toBe('yes');
    const { target } = agent([], [inProduction(pending)]);
    expect(target).toEqual({
      level: 'profiled',
      met: 'no',
      because: ['strict in eu waits for approval'],
    });
  });

  it('is not known to be met while what it asks of the kernel is not granted', () => {
    const { target } = agent(['SYS_PTRACE'], [inProduction(approved)]);
    expect(target.met).toBe('unknown');
    expect(target.because[0]).toContain('grants are not decided yet');
  });
});
