import type { PermissionsRegistryService } from '@backstage/backend-plugin-api';
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
import type {
  DbApprovalReviewsRow,
  DbClustersRow,
  DbPostureScopesRow,
} from '../database/tables';
import {
  clusterResourceRef,
  postureResourceRef,
  profileResourceRef,
  reviewResourceRef,
  type ReviewResource,
} from './resources';
import {
  clusterRules,
  postureRules,
  profileRules,
  reviewRules,
  reviewUsers,
  votersBelow,
} from './rules';

/** Options of {@link registerResourceTypes}. */
export interface RegisterResourceTypesOptions {
  permissionsRegistry: PermissionsRegistryService;
  knex: Knex;
  /** Owners of entities by ref; entities that do not exist are missing in it. */
  readOwners: (
    entityRefs: string[],
  ) => Promise<Map<string, { ownerRef?: string }>>;
}

/** Tells the permission framework about our resources, so that policies can set conditions on them. */
export function registerResourceTypes(
  options: RegisterResourceTypesOptions,
): void {
  const { permissionsRegistry, knex, readOwners } = options;
  permissionsRegistry.addResourceType({
    resourceRef: postureResourceRef,
    permissions: [
      securityPostureReadPermission,
      securityReviewCreatePermission,
    ],
    rules: Object.values(postureRules),
    getResources: async refs => {
      const owners = await readOwners(refs);
      const scopes = await knex<DbPostureScopesRow>('posture_scopes').whereIn(
        'entity_ref',
        refs,
      );
      return refs.map(ref => {
        const owner = owners.get(ref);
        return (
          owner && {
            entityRef: ref,
            ...owner,
            environments: scopes
              .filter(scope => scope.entity_ref === ref)
              .map(scope => scope.environment),
          }
        );
      });
    },
  });
  permissionsRegistry.addResourceType({
    resourceRef: profileResourceRef,
    permissions: [securityProfileReadPermission],
    rules: Object.values(profileRules),
    getResources: async ids => {
      const profiles = await knex('profiles')
        .join('clusters', 'clusters.id', 'profiles.cluster_id')
        .whereIn('profiles.id', ids)
        .select<{ id: string; cluster: string }[]>(
          'profiles.id',
          'clusters.name as cluster',
        );
      const users = await knex('posture_profiles')
        .join('entities', 'entities.entity_ref', 'posture_profiles.entity_ref')
        .whereIn('posture_profiles.profile_id', ids)
        .select<{ profile_id: string; owner_ref: string | null }[]>(
          'posture_profiles.profile_id',
          'entities.owner_ref',
        );
      return ids.map(id => {
        const profile = profiles.find(row => row.id === id);
        return (
          profile && {
            ...profile,
            userOwnerRefs: users.flatMap(user =>
              user.profile_id === id && user.owner_ref ? [user.owner_ref] : [],
            ),
          }
        );
      });
    },
  });
  permissionsRegistry.addResourceType({
    resourceRef: clusterResourceRef,
    permissions: [securityClusterReadPermission, securityClusterPlanPermission],
    rules: Object.values(clusterRules),
    getResources: async ids => {
      const clusters = await knex<DbClustersRow>('clusters').whereIn('id', ids);
      return ids.map(id => {
        const cluster = clusters.find(row => row.id === id);
        return (
          cluster && {
            id,
            name: cluster.name,
            ownerRef: cluster.owner_ref ?? undefined,
          }
        );
      });
    },
  });
  permissionsRegistry.addResourceType({
    resourceRef: reviewResourceRef,
    permissions: [
      securityReviewReadPermission,
      securityReviewVotePermission,
      securityApprovalRevokePermission,
    ],
    rules: Object.values(reviewRules),
    getResources: ids => readReviews(knex, ids),
  });
  permissionsRegistry.addPermissions([
    securityBreakGlassPermission,
    securityAuditReadPermission,
  ]);
}

async function readReviews(
  knex: Knex,
  ids: string[],
): Promise<(ReviewResource | undefined)[]> {
  const rows = await knex<DbApprovalReviewsRow>('approval_reviews').whereIn(
    'review_id',
    ids,
  );
  const found = new Map<string, ReviewResource>();
  for (const row of rows) {
    const owners: (string | null)[] = await reviewUsers(knex)
      .where({
        'profiles.kind': row.profile_kind,
        'profiles.namespace': row.profile_namespace,
        'profiles.name': row.profile_name,
        'clusters.environment': row.environment,
      })
      .distinct()
      .pluck('entities.owner_ref');
    found.set(row.review_id, {
      id: row.review_id,
      environment: row.environment,
      requestedBy: row.requested_by,
      userOwnerRefs: owners.flatMap(ref => (ref ? [ref] : [])),
      voterRefs: await votersBelow(knex, row.review_id),
    });
  }
  return ids.map(id => found.get(id));
}
