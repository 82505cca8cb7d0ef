import type {
  AuthService,
  PermissionsRegistryService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  securityClusterReadPermission,
  securityPostureReadPermission,
  securityProfileReadPermission,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import {
  catalogEntityFields,
  readCatalogEntity,
} from '../catalog/readCatalogEntity';
import type {
  DbClustersRow,
  DbEntitiesRow,
  DbPostureScopesRow,
} from '../database/tables';
import {
  clusterResourceRef,
  postureResourceRef,
  profileResourceRef,
} from './resources';
import { clusterRules, postureRules, profileRules } from './rules';

/** Options of {@link registerResourceTypes}. */
export interface RegisterResourceTypesOptions {
  permissionsRegistry: PermissionsRegistryService;
  knex: Knex;
  catalog: CatalogService;
  auth: AuthService;
}

/** Tells the permission framework about our resources, so that policies can set conditions on them. */
export function registerResourceTypes(
  options: RegisterResourceTypesOptions,
): void {
  const { permissionsRegistry, knex } = options;
  permissionsRegistry.addResourceType({
    resourceRef: postureResourceRef,
    permissions: [securityPostureReadPermission],
    rules: Object.values(postureRules),
    getResources: async refs => {
      const entities = await readEntities(refs, options);
      const scopes = await knex<DbPostureScopesRow>('posture_scopes').whereIn(
        'entity_ref',
        refs,
      );
      return refs.map(ref => {
        const entity = entities.get(ref);
        return (
          entity && {
            entityRef: ref,
            ownerRef: entity.owner_ref ?? undefined,
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
    permissions: [securityClusterReadPermission],
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
}

/** An entity that was registered a moment ago is not in the mirror yet; its owner may ask for it all the same. */
async function readEntities(
  refs: string[],
  options: RegisterResourceTypesOptions,
): Promise<Map<string, DbEntitiesRow>> {
  const { knex, catalog, auth } = options;
  const rows = await knex<DbEntitiesRow>('entities').whereIn(
    'entity_ref',
    refs,
  );
  const found = new Map(rows.map(row => [row.entity_ref, row]));
  const missing = refs.filter(ref => !found.has(ref));
  if (missing.length > 0) {
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs: missing, fields: catalogEntityFields },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    for (const entity of items) {
      if (entity) {
        const row = readCatalogEntity(entity);
        found.set(row.entity_ref, row);
      }
    }
  }
  return found;
}
