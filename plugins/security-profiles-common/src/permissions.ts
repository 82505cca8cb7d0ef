import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of the posture of an entity. @public */
export const RESOURCE_TYPE_SECURITY_POSTURE = 'security-posture';
/** Resource type of a profile. @public */
export const RESOURCE_TYPE_SECURITY_PROFILE = 'security-profile';
/** Resource type of a cluster. @public */
export const RESOURCE_TYPE_SECURITY_CLUSTER = 'security-cluster';

/** May read the posture of an entity. @public */
export const securityPostureReadPermission = createPermission({
  name: 'security-profiles.posture.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_SECURITY_POSTURE,
});

/** May read a profile, its revisions and who uses it. @public */
export const securityProfileReadPermission = createPermission({
  name: 'security-profiles.profile.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_SECURITY_PROFILE,
});

/** May read a cluster, its nodes and its workloads. @public */
export const securityClusterReadPermission = createPermission({
  name: 'security-profiles.cluster.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_SECURITY_CLUSTER,
});

/** Every permission of the plugin. @public */
export const securityProfilesPermissions = [
  securityPostureReadPermission,
  securityProfileReadPermission,
  securityClusterReadPermission,
];
