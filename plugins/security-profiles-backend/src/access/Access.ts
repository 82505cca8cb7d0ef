import type {
  BackstageCredentials,
  PermissionsRegistryService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  AuthorizeResult,
  type PermissionCriteria,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import { createConditionTransformer } from '@backstage/plugin-permission-node';
import {
  securityClusterReadPermission,
  securityPostureReadPermission,
  securityProfileReadPermission,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import type { CatalogVisibility, VisibleEntities } from './CatalogVisibility';
import {
  clusterResourceRef,
  postureResourceRef,
  profileResourceRef,
} from './resources';
import type { SqlCondition } from './sqlCondition';

/** What a caller may read of one kind of resource. `conditions` absent: all of it. */
export interface ReadScope {
  conditions?: PermissionCriteria<SqlCondition>;
}

/** Options of {@link Access}. */
export interface AccessOptions {
  permissions: PermissionsService;
  /** After the resource types have been registered. */
  permissionsRegistry: PermissionsRegistryService;
  visibility: CatalogVisibility;
}

/** What the caller asked for lies outside what the policy allows them. */
export class ForbiddenError extends NotAllowedError {
  readonly code = 'forbidden';
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

  /** Which entities of the catalog the caller may see at all. */
  async visibleEntities(
    credentials: BackstageCredentials,
  ): Promise<VisibleEntities> {
    return this.options.visibility.visibleTo(credentials);
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

  private forbidden(permission: ResourcePermission): ForbiddenError {
    return new ForbiddenError(
      `You may not read this. It needs the permission ${permission.name}.`,
    );
  }
}
