import {
  catalogEntityReadPermission,
  catalogLocationReadPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  AuthorizeResult,
  isPermission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import {
  createSecurityClusterConditionalDecision,
  createSecurityPostureConditionalDecision,
  createSecurityProfileConditionalDecision,
  createSecurityReviewConditionalDecision,
  securityClusterConditions,
  securityPostureConditions,
  securityProfileConditions,
  securityReviewConditions,
} from '@security-profiles/backstage-plugin-security-profiles-backend';
import {
  securityClusterPlanPermission,
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

/** Options of {@link SamplePolicy}. */
export interface SamplePolicyOptions {
  /** Entity refs of the groups whose members read the posture and the profiles of everybody. */
  readEverything: string[];
}

/**
 * A policy to start from.
 *
 * | | catalog | clusters | posture | profiles | reviews | ask | vote | revoke | break the glass, read the record |
 * |---|---|---|---|---|---|---|---|---|---|
 * | members of `readEverything` | all | all | all | all | all | for all | on all | all | yes |
 * | everybody else | all | all | of what they own | that what they own runs under | that they asked for, may vote on, or that concern what they own | for what they own | on what is put before them | what concerns what they own | no |
 *
 * To be allowed to vote by the policy is not enough: the rules of approvals name the voters, and never who asked.
 *
 * Owners of a cluster note when it is going to be patched.
 *
 * Whatever is not named here is denied.
 */
export class SamplePolicy implements PermissionPolicy {
  readonly #readEverything: ReadonlySet<string>;

  constructor(options: SamplePolicyOptions) {
    this.#readEverything = new Set(options.readEverything);
  }

  async handle(
    request: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    if (!user) {
      return { result: AuthorizeResult.DENY };
    }
    const { permission } = request;

    if (
      isPermission(permission, catalogEntityReadPermission) ||
      isPermission(permission, catalogLocationReadPermission) ||
      isPermission(permission, securityClusterReadPermission)
    ) {
      return { result: AuthorizeResult.ALLOW };
    }

    const claims = user.info.ownershipEntityRefs;
    const readsEverything = claims.some(ref => this.#readEverything.has(ref));

    if (isPermission(permission, securityPostureReadPermission)) {
      return readsEverything
        ? { result: AuthorizeResult.ALLOW }
        : createSecurityPostureConditionalDecision(
            permission,
            securityPostureConditions.isEntityOwner({ claims }),
          );
    }
    if (isPermission(permission, securityProfileReadPermission)) {
      return readsEverything
        ? { result: AuthorizeResult.ALLOW }
        : createSecurityProfileConditionalDecision(
            permission,
            securityProfileConditions.isUsedByOwnedEntity({ claims }),
          );
    }

    if (isPermission(permission, securityClusterPlanPermission)) {
      return createSecurityClusterConditionalDecision(
        permission,
        securityClusterConditions.isClusterOwner({ claims }),
      );
    }
    if (isPermission(permission, securityReviewCreatePermission)) {
      return readsEverything
        ? { result: AuthorizeResult.ALLOW }
        : createSecurityPostureConditionalDecision(
            permission,
            securityPostureConditions.isEntityOwner({ claims }),
          );
    }
    if (isPermission(permission, securityReviewReadPermission)) {
      return readsEverything
        ? { result: AuthorizeResult.ALLOW }
        : createSecurityReviewConditionalDecision(permission, {
            anyOf: [
              securityReviewConditions.isRequester({ claims }),
              securityReviewConditions.isReviewer({ claims }),
              securityReviewConditions.isEntityOwner({ claims }),
            ],
          });
    }
    if (isPermission(permission, securityReviewVotePermission)) {
      return readsEverything
        ? { result: AuthorizeResult.ALLOW }
        : createSecurityReviewConditionalDecision(permission, {
            anyOf: [
              securityReviewConditions.isReviewer({ claims }),
              securityReviewConditions.isEntityOwner({ claims }),
            ],
          });
    }

    if (isPermission(permission, securityApprovalRevokePermission)) {
      return readsEverything
        ? { result: AuthorizeResult.ALLOW }
        : createSecurityReviewConditionalDecision(
            permission,
            securityReviewConditions.isEntityOwner({ claims }),
          );
    }
    if (
      isPermission(permission, securityBreakGlassPermission) ||
      isPermission(permission, securityAuditReadPermission)
    ) {
      return {
        result: readsEverything ? AuthorizeResult.ALLOW : AuthorizeResult.DENY,
      };
    }

    return { result: AuthorizeResult.DENY };
  }
}
