import { createPermissionResourceRef } from '@backstage/plugin-permission-node';
import {
  RESOURCE_TYPE_SECURITY_CLUSTER,
  RESOURCE_TYPE_SECURITY_POSTURE,
  RESOURCE_TYPE_SECURITY_PROFILE,
  RESOURCE_TYPE_SECURITY_REVIEW,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import type { SqlCondition } from './sqlCondition';

/** What rules on a posture look at. @public */
export interface PostureResource {
  entityRef: string;
  ownerRef?: string;
  environments: string[];
}

/** What rules on a profile look at. @public */
export interface ProfileResource {
  id: string;
  cluster: string;
  /** Owners of the entities whose containers run under it. */
  userOwnerRefs: string[];
}

/** What rules on a cluster look at. @public */
export interface ClusterResource {
  id: string;
  name: string;
  ownerRef?: string;
}

/** What rules on a review look at. @public */
export interface ReviewResource {
  id: string;
  environment: string;
  requestedBy: string;
  /** Owners of the entities whose containers run under the profile there. */
  userOwnerRefs: string[];
  /** Groups and people that the review was put before, with the members of these groups and of groups in them. */
  voterRefs: string[];
}

/** The posture of an entity; its resource ref is the entity's ref. @public */
export const postureResourceRef = createPermissionResourceRef<
  PostureResource,
  SqlCondition
>().with({
  pluginId: 'security-profiles',
  resourceType: RESOURCE_TYPE_SECURITY_POSTURE,
});

/** A profile; its resource ref is its id. @public */
export const profileResourceRef = createPermissionResourceRef<
  ProfileResource,
  SqlCondition
>().with({
  pluginId: 'security-profiles',
  resourceType: RESOURCE_TYPE_SECURITY_PROFILE,
});

/** A cluster; its resource ref is its id. @public */
export const clusterResourceRef = createPermissionResourceRef<
  ClusterResource,
  SqlCondition
>().with({
  pluginId: 'security-profiles',
  resourceType: RESOURCE_TYPE_SECURITY_CLUSTER,
});

/** A review; its resource ref is its id. @public */
export const reviewResourceRef = createPermissionResourceRef<
  ReviewResource,
  SqlCondition
>().with({
  pluginId: 'security-profiles',
  resourceType: RESOURCE_TYPE_SECURITY_REVIEW,
});
