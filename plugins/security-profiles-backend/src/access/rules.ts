import { createPermissionRule } from '@backstage/plugin-permission-node';
import { z } from 'zod';
import {
  clusterResourceRef,
  postureResourceRef,
  profileResourceRef,
} from './resources';

const claimsSchema = z.object({
  claims: z
    .array(z.string())
    .describe('Entity refs of owners, as "group:default/checkout"'),
});
const environmentsSchema = z.object({
  environments: z.array(z.string()).describe('Names of environments'),
});
const clustersSchema = z.object({
  clusters: z.array(z.string()).describe('Names of clusters'),
});

/** Refs are compared without case, as the catalog does. */
function lowerCased(refs: string[]): string[] {
  return refs.map(ref => ref.toLocaleLowerCase('en-US'));
}

/** Allows the posture of entities that one of the claims owns. */
export const isEntityOwner = createPermissionRule({
  name: 'IS_ENTITY_OWNER',
  description: 'The entity is owned by one of the claims',
  resourceRef: postureResourceRef,
  paramsSchema: claimsSchema,
  apply: (posture, { claims }) =>
    posture.ownerRef !== undefined &&
    lowerCased(claims).includes(posture.ownerRef),
  toQuery:
    ({ claims }) =>
    query =>
      query.whereIn('entities.owner_ref', lowerCased(claims)),
});

/** Allows the posture of entities with a workload in one of the environments. */
export const hasEnvironment = createPermissionRule({
  name: 'HAS_ENVIRONMENT',
  description: 'The entity has a workload in one of the environments',
  resourceRef: postureResourceRef,
  paramsSchema: environmentsSchema,
  apply: (posture, { environments }) =>
    posture.environments.some(name => environments.includes(name)),
  toQuery:
    ({ environments }) =>
    (query, knex) =>
      query.whereIn(
        'entities.entity_ref',
        knex('posture_scopes')
          .whereIn('environment', environments)
          .select('entity_ref'),
      ),
});

/** Allows profiles under which a container of an entity of the claims runs. */
export const isUsedByOwnedEntity = createPermissionRule({
  name: 'IS_USED_BY_OWNED_ENTITY',
  description:
    'A container of an entity that is owned by one of the claims runs under the profile',
  resourceRef: profileResourceRef,
  paramsSchema: claimsSchema,
  apply: (profile, { claims }) =>
    profile.userOwnerRefs.some(ref => lowerCased(claims).includes(ref)),
  toQuery:
    ({ claims }) =>
    (query, knex) =>
      query.whereIn(
        'profiles.id',
        knex('posture_profiles')
          .join(
            'entities',
            'entities.entity_ref',
            'posture_profiles.entity_ref',
          )
          .whereIn('entities.owner_ref', lowerCased(claims))
          .select('posture_profiles.profile_id'),
      ),
});

/** Allows profiles of the named clusters. */
export const isProfileInCluster = createPermissionRule({
  name: 'HAS_CLUSTER',
  description: 'The profile is in one of the clusters',
  resourceRef: profileResourceRef,
  paramsSchema: clustersSchema,
  apply: (profile, { clusters }) => clusters.includes(profile.cluster),
  toQuery:
    ({ clusters }) =>
    query =>
      query.whereIn('clusters.name', clusters),
});

/** Allows clusters that one of the claims owns. */
export const isClusterOwner = createPermissionRule({
  name: 'IS_CLUSTER_OWNER',
  description: 'The cluster is owned by one of the claims',
  resourceRef: clusterResourceRef,
  paramsSchema: claimsSchema,
  apply: (cluster, { claims }) =>
    cluster.ownerRef !== undefined &&
    lowerCased(claims).includes(cluster.ownerRef),
  toQuery:
    ({ claims }) =>
    query =>
      query.whereIn('clusters.owner_ref', lowerCased(claims)),
});

/** Allows the named clusters. */
export const isCluster = createPermissionRule({
  name: 'HAS_CLUSTER',
  description: 'It is one of the clusters',
  resourceRef: clusterResourceRef,
  paramsSchema: clustersSchema,
  apply: (cluster, { clusters }) => clusters.includes(cluster.name),
  toQuery:
    ({ clusters }) =>
    query =>
      query.whereIn('clusters.name', clusters),
});

/** The rules of each resource type. */
export const postureRules = { isEntityOwner, hasEnvironment };
export const profileRules = {
  isUsedByOwnedEntity,
  hasCluster: isProfileInCluster,
};
export const clusterRules = { isClusterOwner, hasCluster: isCluster };
