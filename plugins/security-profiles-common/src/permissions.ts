import { createPermission } from '@backstage/plugin-permission-common';

/** Resource type of the posture of an entity. @public */
export const RESOURCE_TYPE_SECURITY_POSTURE = 'security-posture';
/** Resource type of a profile. @public */
export const RESOURCE_TYPE_SECURITY_PROFILE = 'security-profile';
/** Resource type of a cluster. @public */
export const RESOURCE_TYPE_SECURITY_CLUSTER = 'security-cluster';

/** Resource type of a review. @public */
export const RESOURCE_TYPE_SECURITY_REVIEW = 'security-review';

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

/** May note when Cilium of a cluster is going to be patched. @public */
export const securityClusterPlanPermission = createPermission({
  name: 'security-profiles.cluster.plan',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SECURITY_CLUSTER,
});

/** May read a review, its votes and its discussion, and take part in the discussion. @public */
export const securityReviewReadPermission = createPermission({
  name: 'security-profiles.review.read',
  attributes: { action: 'read' },
  resourceType: RESOURCE_TYPE_SECURITY_REVIEW,
});

/** May ask for an approval on behalf of an entity. @public */
export const securityReviewCreatePermission = createPermission({
  name: 'security-profiles.review.create',
  attributes: { action: 'create' },
  resourceType: RESOURCE_TYPE_SECURITY_POSTURE,
});

/** May vote on a review, where the rules name them as a voter. @public */
export const securityReviewVotePermission = createPermission({
  name: 'security-profiles.review.vote',
  attributes: { action: 'update' },
  resourceType: RESOURCE_TYPE_SECURITY_REVIEW,
});

/** May end an approval before its time. @public */
export const securityApprovalRevokePermission = createPermission({
  name: 'security-profiles.approval.revoke',
  attributes: { action: 'delete' },
  resourceType: RESOURCE_TYPE_SECURITY_REVIEW,
});

/** May put content in force for a day before others have decided. @public */
export const securityBreakGlassPermission = createPermission({
  name: 'security-profiles.break-glass',
  attributes: {},
});

/** May read, verify and export the record of approvals, whatever it names. @public */
export const securityAuditReadPermission = createPermission({
  name: 'security-profiles.audit.read',
  attributes: { action: 'read' },
});

/** Every permission of the plugin. @public */
export const securityProfilesPermissions = [
  securityPostureReadPermission,
  securityProfileReadPermission,
  securityClusterReadPermission,
  securityClusterPlanPermission,
  securityReviewReadPermission,
  securityReviewCreatePermission,
  securityReviewVotePermission,
  securityApprovalRevokePermission,
  securityBreakGlassPermission,
  securityAuditReadPermission,
];
