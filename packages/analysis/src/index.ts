/**
 * The pure core of security-profiles: every function takes data and gives data; time is a parameter.
 *
 * @packageDocumentation
 */
export * from './approvals/approvalEvent';
export * from './approvals/approvalRules';
export * from './approvals/checkBreakGlass';
export * from './approvals/checkRequest';
export * from './approvals/checkRevoke';
export * from './approvals/checkVote';
export * from './approvals/effectOfVote';
export * from './approvals/evaluate';
export * from './approvals/evaluationInput';
export * from './approvals/inheritApproval';
export {
  type ApprovalIdentities,
  type EligibleVoter,
  type ExcludedVoter,
} from './approvals/approvalIdentities';
export * from './approvals/listReviews';
export * from './approvals/riskTier';
export {
  auditRowHash,
  auditTextHash,
  checkpointContent,
  genesisHash,
  type AuditCheckpoint,
  type AuditRow,
  type HashText,
} from './audit/auditChain';
export * from './audit/verifyAudit';
export type {
  BindingFacts,
  BindingOutcome,
  IdleCause,
  JudgedBinding,
} from './confinement/bindings';
export * from './confinement/capabilities';
export * from './confinement/couldRunOn';
export * from './confinement/fieldPaths';
export * from './confinement/labelSelector';
export * from './confinement/listContainers';
export type {
  OperatorWebhook,
  PodWebhook,
} from './confinement/operatorWebhook';
export * from './confinement/podSecurity';
export * from './confinement/recordings';
export * from './confinement/resolveConfinement';
export type {
  RevisionFacts,
  RevisionInForce,
} from './confinement/revisionInForce';
export * from './confinement/sandboxRuntime';
export {
  ciliumDigests,
  compareVersions,
  type CiliumRelease,
} from './dataplane/ciliumReleases';
export * from './dataplane/ciliumAdvisory';
export * from './dataplane/ciliumLine';
export {
  type CiliumDaemonSet,
  type CiliumRollOut,
} from './dataplane/ciliumRollOut';
export {
  ciliumSettingKeys,
  type CiliumConfig,
  type CiliumNodeConfig,
  type CiliumSetting,
} from './dataplane/ciliumSettings';
export {
  ciliumNodeVersion,
  ciliumVersions,
  type CiliumAgentPod,
  type CiliumFacts,
  type CiliumNodeVersion,
  type CiliumVersions,
} from './dataplane/ciliumVersions';
export * from './dataplane/dataplaneVerdict';
export { feedAge, type FeedAge } from './dataplane/feedAge';
export type { AdvisoryVerdict } from './dataplane/judgeAdvisory';
export type { DecidingSetting } from './dataplane/judgeCondition';
export * from './dataplane/judgeDataplane';
export {
  kernelFit,
  type KernelFit,
  type KernelNode,
} from './dataplane/kernelFit';
export { kubernetesFit, type KubernetesFit } from './dataplane/kubernetesFit';
export type { CiliumOperator, OperatorSkew } from './dataplane/operatorSkew';
export * from './dataplane/mergeFeeds';
export { newAdvisories } from './dataplane/newAdvisories';
export { parseAdvisoryFeed } from './dataplane/parseAdvisoryFeed';
export * from './dataplane/parseCiliumImage';
export * from './dataplane/parseReleaseFeed';
export {
  UnusableFeedError,
  type FeedContent,
} from './dataplane/readFeedFields';
export * from './dataplane/releaseLines';
export type { UpgradeLink, UpgradeStep } from './dataplane/upgradePath';
export * from './elevation/apiToken';
export * from './elevation/classifyWorkload';
export * from './elevation/clusterRights';
export * from './elevation/grantDigest';
export { imageRepository } from './elevation/imageRepository';
export * from './elevation/judgeCollector';
export type { RoleRule } from './elevation/rightsOfRule';
export { listElevations, type Elevation } from './elevation/listElevations';
export * from './elevation/risk';
export * from './posture/classOfEntity';
export * from './posture/ClusterContexts';
export * from './posture/elevatedContainers';
export * from './operator/judgeOperator';
export * from './operator/operatorFacts';
export * from './operator/operatorVersion';
export * from './posture/entityFacts';
export { findingCatalogue } from './posture/findings/catalogue';
export type { FindingDefinition } from './posture/findings/finding';
export * from './posture/judgeEntity';
export * from './posture/posture';
export * from './posture/rollUpGroups';
export * from './posture/ruleset';
export type { AppArmorContent } from './profiles/appArmorContent';
export * from './profiles/beyondRuntimeDefault';
export {
  compareProfiles,
  type ProfileComparison,
} from './profiles/compareProfiles';
export type { ChangeClass, ComparisonLine } from './profiles/comparison';
export {
  distanceFromRuntimeDefault,
  type BeyondCall,
  type RuntimeDefaultDistance,
  type RuntimeDefaultOptions,
} from './profiles/distanceFromRuntimeDefault';
export {
  indexProfiles,
  mechanismOf,
  podValues,
  type IndexedProfile,
  type Mechanism,
  type ProfileIndex,
} from './profiles/profileIndex';
export { installedOn, type Installed } from './profiles/installedOn';
export { legacyFields, type LegacyField } from './profiles/legacyFields';
export * from './profiles/listCalls';
export * from './profiles/nodeStatusProfileId';
export * from './profiles/profileContent';
export { profileMode, type ProfileMode } from './profiles/profileMode';
export * from './profiles/profileObject';
export * from './profiles/resolveEffectiveProfile';
export { outcomeOf, type ActionOutcome } from './profiles/seccompAction';
export * from './profiles/sourceDigest';
export {
  syscallGroups,
  syscallRisk,
  type SyscallGroup,
  type SyscallRisk,
} from './profiles/syscallGroups';
