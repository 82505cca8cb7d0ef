import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type BasicPermission,
  type PermissionCriteria,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { createConditionTransformer } from '@backstage/plugin-permission-node';
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
import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import { type EntityScope, readableRows } from './EntityScope';
import { ForbiddenError } from './errors';
import type { CatalogVisibility, VisibleEntities } from './CatalogVisibility';
import {
  clusterResourceRef,
  postureResourceRef,
  profileResourceRef,
  reviewResourceRef,
} from './resources';
import type { ReadScope } from './ReadScope';
import type { SqlCondition } from './sqlCondition';

/** Options of {@link Access}. */
export interface AccessOptions {
  permissions: PermissionsService;
  /** After the resource types have been registered. */
  permissionsRegistry: PermissionsRegistryService;
  visibility: CatalogVisibility;
}

/**
 * Asks the permission policy, always with the caller's own credentials: the plugin's own would be allowed everything.
 */
export class Access {
  private readonly options: AccessOptions;

  constructor(options: AccessOptions) {
    this.options = options;
  }

  /** @throws ForbiddenError when the policy denies postures altogether. */
  async postures(credentials: BackstageCredentials): Promise<ReadScope> {
    const registry = this.options.permissionsRegistry;
    return this.scope(
      securityPostureReadPermission,
      createConditionTransformer(
        registry.getPermissionRuleset(postureResourceRef),
      ),
      credentials,
    );
  }

  /** @throws ForbiddenError when the policy denies profiles altogether. */
  async profiles(credentials: BackstageCredentials): Promise<ReadScope> {
    const registry = this.options.permissionsRegistry;
    return this.scope(
      securityProfileReadPermission,
      createConditionTransformer(
        registry.getPermissionRuleset(profileResourceRef),
      ),
      credentials,
    );
  }

  /** @throws ForbiddenError when the policy denies clusters altogether. */
  async clusters(credentials: BackstageCredentials): Promise<ReadScope> {
    const registry = this.options.permissionsRegistry;
    return this.scope(
      securityClusterReadPermission,
      createConditionTransformer(
        registry.getPermissionRuleset(clusterResourceRef),
      ),
      credentials,
    );
  }

  /** @throws ForbiddenError when the policy denies reviews altogether. */
  async reviews(credentials: BackstageCredentials): Promise<ReadScope> {
    return this.scope(
      securityReviewReadPermission,
      this.reviewTransformer(),
      credentials,
    );
  }

  /** Which reviews the caller may vote on; undefined when the policy denies votes altogether. */
  async reviewVotes(
    credentials: BackstageCredentials,
  ): Promise<ReadScope | undefined> {
    return this.unlessForbidden(
      this.scope(
        securityReviewVotePermission,
        this.reviewTransformer(),
        credentials,
      ),
    );
  }

  /** @throws ForbiddenError unless the caller may read this review; the same whether there is one or not. */
  async requireReview(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.require(securityReviewReadPermission, id, credentials);
  }

  /** @throws ForbiddenError unless the policy lets the caller vote on this review. */
  async requireReviewVote(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.require(securityReviewVotePermission, id, credentials);
  }

  /** @throws ForbiddenError unless the policy lets the caller revoke what this review approved. */
  async requireRevoke(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.require(securityApprovalRevokePermission, id, credentials);
  }

  /** @throws ForbiddenError unless the policy lets the caller break the glass. */
  async requireBreakGlass(credentials: BackstageCredentials): Promise<void> {
    await this.requireBasic(securityBreakGlassPermission, credentials);
  }

  /** @throws ForbiddenError unless the policy lets the caller read the record of approvals. */
  async requireAudit(credentials: BackstageCredentials): Promise<void> {
    await this.requireBasic(securityAuditReadPermission, credentials);
  }

  /** What the policy lets the caller do about approvals besides voting. */
  async approvalRights(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<{
    revoke: 'granted' | 'denied';
    breakGlass: 'granted' | 'denied';
  }> {
    const decisions = await this.options.permissions.authorize(
      [
        { permission: securityApprovalRevokePermission, resourceRef: id },
        { permission: securityBreakGlassPermission },
      ],
      { credentials },
    );
    const [revoke, breakGlass] = decisions.map(({ result }) =>
      result === AuthorizeResult.ALLOW
        ? ('granted' as const)
        : ('denied' as const),
    );
    return { revoke, breakGlass };
  }

  /**
   * @throws ForbiddenError unless the caller may ask on behalf of one of these entities, or, where no entity uses the
   * profile, of any.
   */
  async requireReviewCreation(
    entityRefs: string[],
    credentials: BackstageCredentials,
  ): Promise<void> {
    const permission = securityReviewCreatePermission;
    if (entityRefs.length === 0) {
      const [decision] = await this.options.permissions.authorizeConditional(
        [{ permission }],
        { credentials },
      );
      if (decision.result !== AuthorizeResult.ALLOW) {
        throw this.forbidden(permission);
      }
      return;
    }
    const decisions = await this.options.permissions.authorize(
      entityRefs.map(resourceRef => ({ permission, resourceRef })),
      { credentials },
    );
    if (
      !decisions.some(decision => decision.result === AuthorizeResult.ALLOW)
    ) {
      throw this.forbidden(permission);
    }
  }

  /** Whether the caller may ask on behalf of an entity. */
  async mayCreateReview(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<'granted' | 'denied'> {
    const [decision] = await this.options.permissions.authorize(
      [{ permission: securityReviewCreatePermission, resourceRef: entityRef }],
      { credentials },
    );
    return decision.result === AuthorizeResult.ALLOW ? 'granted' : 'denied';
  }

  /** What the policy lets the caller do with each of these reviews, asked once. */
  async reviewRights(
    ids: string[],
    credentials: BackstageCredentials,
  ): Promise<
    Map<string, { read: 'granted' | 'denied'; vote: 'granted' | 'denied' }>
  > {
    if (ids.length === 0) {
      return new Map();
    }
    const decisions = await this.options.permissions.authorize(
      ids.flatMap(resourceRef => [
        { permission: securityReviewReadPermission, resourceRef },
        { permission: securityReviewVotePermission, resourceRef },
      ]),
      { credentials },
    );
    const right = (index: number) =>
      decisions[index].result === AuthorizeResult.ALLOW ? 'granted' : 'denied';
    return new Map(
      ids.map((id, index) => [
        id,
        { read: right(2 * index), vote: right(2 * index + 1) },
      ]),
    );
  }

  /** Which entities the caller may read the posture of: the policy's conditions and the catalog's visibility. */
  async entityScope(credentials: BackstageCredentials): Promise<EntityScope> {
    const [postures, visible] = await Promise.all([
      this.unlessForbidden(this.postures(credentials)),
      this.visibleEntities(credentials),
    ]);
    return { postures, visible };
  }

  /** Those of the entities that lie in the scope. */
  async readableEntities(
    knex: Knex,
    scope: EntityScope,
    entityRefs: string[],
  ): Promise<ReadonlySet<string>> {
    const readable = new Set<string>();
    for (const part of chunk(entityRefs)) {
      for (const row of await readableRows(
        knex,
        scope,
        knex('entities')
          .whereIn('entities.entity_ref', part)
          .select('entities.entity_ref'),
      )) {
        readable.add(row.entity_ref);
      }
    }
    return readable;
  }

  /** @throws ForbiddenError unless the caller may read this posture. */
  async requirePosture(
    entityRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.require(securityPostureReadPermission, entityRef, credentials);
  }

  /** @throws ForbiddenError unless the caller may read this profile. */
  async requireProfile(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.require(securityProfileReadPermission, id, credentials);
  }

  /** @throws ForbiddenError unless the caller may read this cluster. */
  async requireCluster(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.require(securityClusterReadPermission, id, credentials);
  }

  /** @throws ForbiddenError unless the caller may note a plan for this cluster. */
  async requireClusterPlan(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.require(securityClusterPlanPermission, id, credentials);
  }

  /** Whether the caller may note a plan for a cluster. */
  async mayPlanCluster(
    id: string,
    credentials: BackstageCredentials,
  ): Promise<'granted' | 'denied'> {
    const [decision] = await this.options.permissions.authorize(
      [{ permission: securityClusterPlanPermission, resourceRef: id }],
      { credentials },
    );
    return decision.result === AuthorizeResult.ALLOW ? 'granted' : 'denied';
  }

  /** Which entities of the catalog the caller may see at all. */
  async visibleEntities(
    credentials: BackstageCredentials,
  ): Promise<VisibleEntities> {
    return this.options.visibility.visibleTo(credentials);
  }

  private reviewTransformer() {
    return createConditionTransformer(
      this.options.permissionsRegistry.getPermissionRuleset(reviewResourceRef),
    );
  }

  private async unlessForbidden<T>(scope: Promise<T>): Promise<T | undefined> {
    try {
      return await scope;
    } catch (error) {
      if (error instanceof ForbiddenError) {
        return undefined;
      }
      throw error;
    }
  }

  private async scope(
    permission: ResourcePermission,
    toSql: (conditions: never) => PermissionCriteria<SqlCondition>,
    credentials: BackstageCredentials,
  ): Promise<ReadScope> {
    const [decision] = await this.options.permissions.authorizeConditional(
      [{ permission }],
      { credentials },
    );
    if (decision.result === AuthorizeResult.ALLOW) {
      return {};
    }
    if (decision.result === AuthorizeResult.CONDITIONAL) {
      return { conditions: toSql(decision.conditions as never) };
    }
    throw this.forbidden(permission);
  }

  private async require(
    permission: ResourcePermission,
    resourceRef: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [decision] = await this.options.permissions.authorize(
      [{ permission, resourceRef }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw this.forbidden(permission);
    }
  }

  private async requireBasic(
    permission: BasicPermission,
    credentials: BackstageCredentials,
  ): Promise<void> {
    const [decision] = await this.options.permissions.authorize(
      [{ permission }],
      { credentials },
    );
    if (decision.result !== AuthorizeResult.ALLOW) {
      throw this.forbidden(permission);
    }
  }

  private forbidden(
    permission: ResourcePermission | BasicPermission,
  ): ForbiddenError {
    const what = permission.attributes.action === 'read' ? 'read' : 'do';
    return new ForbiddenError(
      `You may not ${what} this. It needs the permission ${permission.name}.`,
    );
  }
}
