import { createPermissionRule } from '@backstage/plugin-permission-node';
import type { Knex } from 'knex';
import { z } from 'zod';
import {
  clusterResourceRef,
  postureResourceRef,
  profileResourceRef,
  reviewResourceRef,
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

/** Allows reviews that one of the claims asked for. */
export const isRequester = createPermissionRule({
  name: 'IS_REQUESTER',
  description: 'One of the claims asked for the review',
  resourceRef: reviewResourceRef,
  paramsSchema: claimsSchema,
  apply: (review, { claims }) =>
    lowerCased(claims).includes(review.requestedBy),
  toQuery:
    ({ claims }) =>
    query =>
      query.whereIn('approval_reviews.requested_by', lowerCased(claims)),
});

/**
 * Groups that these refs belong to by other groups too. The claims that people sign in with name only the groups that
 * they are in directly, and owners are often groups of groups.
 */
function groupsAbove(knex: Knex, refs: string[]): Knex.QueryBuilder {
  return knex
    .withRecursive('above', above => {
      above
        .from('memberships')
        .whereIn('member_ref', refs)
        .select('group_ref')
        .union(further => {
          further
            .from('memberships')
            .join('above', 'above.group_ref', 'memberships.member_ref')
            .select('memberships.group_ref');
        });
    })
    .from('above')
    .select('group_ref');
}

/** Everybody and every group that a review was put before, members of members too. */
export function votersBelow(knex: Knex, reviewId: string): Knex.QueryBuilder {
  return knex
    .withRecursive('below', below => {
      below
        .from('review_voter_groups')
        .where('review_id', reviewId)
        .select('group_ref as ref')
        .union(further => {
          further
            .from('memberships')
            .join('below', 'below.ref', 'memberships.group_ref')
            .select('memberships.member_ref as ref');
        });
    })
    .from('below')
    .orderBy('ref')
    .pluck('ref');
}

/** Allows reviews that were put before one of the claims, or before a group that one of them is part of. */
export const isReviewer = createPermissionRule({
  name: 'IS_REVIEWER',
  description:
    'The review was put before one of the claims to vote on, or before a group that one of them is part of',
  resourceRef: reviewResourceRef,
  paramsSchema: claimsSchema,
  apply: (review, { claims }) =>
    review.voterRefs.some(ref => lowerCased(claims).includes(ref)),
  toQuery:
    ({ claims }) =>
    (query, knex) =>
      query.whereIn(
        'approval_reviews.review_id',
        knex('review_voter_groups')
          .whereIn('group_ref', lowerCased(claims))
          .orWhereIn('group_ref', groupsAbove(knex, lowerCased(claims)))
          .select('review_id'),
      ),
});

/** Allows reviews of profiles that an entity of the claims uses in the review's environment. */
export const isReviewOfOwnedEntity = createPermissionRule({
  name: 'IS_ENTITY_OWNER',
  description:
    'A container of an entity that is owned by one of the claims runs under the profile',
  resourceRef: reviewResourceRef,
  paramsSchema: claimsSchema,
  apply: (review, { claims }) =>
    review.userOwnerRefs.some(ref => lowerCased(claims).includes(ref)),
  toQuery:
    ({ claims }) =>
    (query, knex) =>
      query.whereExists(
        reviewUsers(knex)
          .whereIn('entities.owner_ref', lowerCased(claims))
          .whereRaw('?? = ??', [
            'profiles.kind',
            'approval_reviews.profile_kind',
          ])
          .whereRaw('?? = ??', [
            'profiles.namespace',
            'approval_reviews.profile_namespace',
          ])
          .whereRaw('?? = ??', [
            'profiles.name',
            'approval_reviews.profile_name',
          ])
          .whereRaw('?? = ??', [
            'clusters.environment',
            'approval_reviews.environment',
          ])
          .select('profiles.id'),
      ),
});

/** Entities with the profiles that their containers run under and the clusters these are in. */
export function reviewUsers(knex: Knex): Knex.QueryBuilder {
  return knex('posture_profiles')
    .join('entities', 'entities.entity_ref', 'posture_profiles.entity_ref')
    .join('profiles', 'profiles.id', 'posture_profiles.profile_id')
    .join('clusters', 'clusters.id', 'profiles.cluster_id');
}

/** Allows the reviews of one of the environments. */
export const isReviewInEnvironment = createPermissionRule({
  name: 'HAS_ENVIRONMENT',
  description: 'The review decides for one of the environments',
  resourceRef: reviewResourceRef,
  paramsSchema: environmentsSchema,
  apply: (review, { environments }) =>
    environments.includes(review.environment),
  toQuery:
    ({ environments }) =>
    query =>
      query.whereIn('approval_reviews.environment', environments),
});

/** The rules of each resource type. */
export const postureRules = { isEntityOwner, hasEnvironment };
export const profileRules = {
  isUsedByOwnedEntity,
  hasCluster: isProfileInCluster,
};
export const clusterRules = { isClusterOwner, hasCluster: isCluster };
export const reviewRules = {
  isRequester,
  isReviewer,
  isEntityOwner: isReviewOfOwnedEntity,
  hasEnvironment: isReviewInEnvironment,
};
