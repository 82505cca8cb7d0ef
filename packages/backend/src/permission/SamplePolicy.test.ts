import {
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  type Permission,
} from '@backstage/plugin-permission-common';
import type { PolicyQueryUser } from '@backstage/plugin-permission-node';
import {
  securityApprovalRevokePermission,
  securityAuditReadPermission,
  securityBreakGlassPermission,
  securityClusterReadPermission,
  securityPostureReadPermission,
  securityProfileReadPermission,
  securityReviewCreatePermission,
  securityReviewReadPermission,
  securityReviewVotePermission,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { mockCredentials } from '@backstage/backend-test-utils';
import { SamplePolicy } from './SamplePolicy';

function person(name: string, group: string): PolicyQueryUser {
  const userEntityRef = `user:default/${name}`;
  return {
    credentials: mockCredentials.user(userEntityRef),
    info: {
      userEntityRef,
      ownershipEntityRefs: [userEntityRef, `group:default/${group}`],
    },
  } as PolicyQueryUser;
}

describe('SamplePolicy', () => {
  const policy = new SamplePolicy({
    readEverything: ['group:default/security'],
  });
  const owner = person('tamsin', 'checkout');
  const security = person('ondine', 'security');
  const decide = (permission: Permission, user?: PolicyQueryUser) =>
    policy.handle({ permission }, user);

  it('lets everybody who is signed in read the catalog and the clusters', async () => {
    for (const permission of [
      catalogEntityReadPermission,
      securityClusterReadPermission,
    ]) {
      expect(await decide(permission, owner)).toEqual({
        result: AuthorizeResult.ALLOW,
      });
    }
  });

  it('lets nobody read anything who is not signed in', async () => {
    for (const permission of [
      catalogEntityReadPermission,
      securityClusterReadPermission,
      securityPostureReadPermission,
    ]) {
      expect(await decide(permission)).toEqual({
        result: AuthorizeResult.DENY,
      });
    }
  });

  it('shows owners the posture of what they own', async () => {
    expect(await decide(securityPostureReadPermission, owner)).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'security-profiles',
      resourceType: 'security-posture',
      conditions: {
        rule: 'IS_ENTITY_OWNER',
        params: { claims: ['user:default/tamsin', 'group:default/checkout'] },
      },
    });
  });

  it('shows owners the profiles that what they own runs under', async () => {
    expect(await decide(securityProfileReadPermission, owner)).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      resourceType: 'security-profile',
      conditions: { rule: 'IS_USED_BY_OWNED_ENTITY' },
    });
  });

  it('shows people the reviews that they asked for, may vote on, or that concern what they own', async () => {
    const claims = ['user:default/tamsin', 'group:default/checkout'];
    expect(await decide(securityReviewReadPermission, owner)).toEqual({
      result: AuthorizeResult.CONDITIONAL,
      pluginId: 'security-profiles',
      resourceType: 'security-review',
      conditions: {
        anyOf: ['IS_REQUESTER', 'IS_REVIEWER', 'IS_ENTITY_OWNER'].map(rule => ({
          rule,
          resourceType: 'security-review',
          params: { claims },
        })),
      },
    });
  });

  it('lets people vote on what is put before them or concerns what they own, and not on what they only asked for', async () => {
    const decision = await decide(securityReviewVotePermission, owner);
    expect(decision).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      resourceType: 'security-review',
      conditions: {
        anyOf: [{ rule: 'IS_REVIEWER' }, { rule: 'IS_ENTITY_OWNER' }],
      },
    });
    expect(JSON.stringify(decision)).not.toContain('IS_REQUESTER');
  });

  it('lets people ask for what they own', async () => {
    expect(await decide(securityReviewCreatePermission, owner)).toMatchObject({
      result: AuthorizeResult.CONDITIONAL,
      resourceType: 'security-posture',
      conditions: {
        rule: 'IS_ENTITY_OWNER',
        params: { claims: ['user:default/tamsin', 'group:default/checkout'] },
      },
    });
  });

  it('lets owners revoke what concerns what they own, and only the security group break the glass and read the record', async () => {
    expect(await decide(securityApprovalRevokePermission, owner)).toMatchObject(
      {
        result: AuthorizeResult.CONDITIONAL,
        resourceType: 'security-review',
        conditions: { rule: 'IS_ENTITY_OWNER' },
      },
    );
    for (const permission of [
      securityBreakGlassPermission,
      securityAuditReadPermission,
    ]) {
      expect(await decide(permission, owner)).toEqual({
        result: AuthorizeResult.DENY,
      });
      expect(await decide(permission, security)).toEqual({
        result: AuthorizeResult.ALLOW,
      });
    }
  });

  it('keeps reviews from who is not signed in', async () => {
    for (const permission of [
      securityReviewReadPermission,
      securityReviewCreatePermission,
      securityReviewVotePermission,
    ]) {
      expect(await decide(permission)).toEqual({
        result: AuthorizeResult.DENY,
      });
    }
  });

  it('shows the security group everything', async () => {
    for (const permission of [
      securityPostureReadPermission,
      securityProfileReadPermission,
      securityReviewReadPermission,
      securityReviewCreatePermission,
      securityReviewVotePermission,
    ]) {
      expect(await decide(permission, security)).toEqual({
        result: AuthorizeResult.ALLOW,
      });
    }
  });

  it('denies what it does not name, to the security group too', async () => {
    expect(await decide(catalogEntityDeletePermission, security)).toEqual({
      result: AuthorizeResult.DENY,
    });
  });
});
