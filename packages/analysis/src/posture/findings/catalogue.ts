import { agentClusterRights } from './agentClusterRights';
import { agentTokenMounted } from './agentTokenMounted';
import { agentUnsandboxed } from './agentUnsandboxed';
import { annotationWithoutEffect } from './annotationWithoutEffect';
import { bindingOverrules } from './bindingOverrules';
import { bindingWithoutEffect } from './bindingWithoutEffect';
import { approvalStale } from './approvalStale';
import { ciliumAdvisoryApplies } from './ciliumAdvisoryApplies';
import { ciliumAuditMode } from './ciliumAuditMode';
import { ciliumConfigPending } from './ciliumConfigPending';
import { ciliumFeedOld } from './ciliumFeedOld';
import { ciliumKernelUnfit } from './ciliumKernelUnfit';
import { ciliumKubernetesUntested } from './ciliumKubernetesUntested';
import { ciliumOperatorSkew } from './ciliumOperatorSkew';
import { ciliumRolloutStuck } from './ciliumRolloutStuck';
import { ciliumLineEnded } from './ciliumLineEnded';
import { ciliumLineEnding } from './ciliumLineEnding';
import { ciliumMixedVersions } from './ciliumMixedVersions';
import { ciliumNodeWithoutAgent } from './ciliumNodeWithoutAgent';
import { ciliumPatchBehind } from './ciliumPatchBehind';
import { collectorBeyondNeed } from './collectorBeyondNeed';
import { factsMissing } from './factsMissing';
import { kernelPathMounted } from './kernelPathMounted';
import { mechanismUnconfined } from './mechanismUnconfined';
import { noNewPrivsMissing } from './noNewPrivsMissing';
import { noEligibleReviewer } from './noEligibleReviewer';
import { operatorUnhealthy } from './operatorUnhealthy';
import { operatorWeakened } from './operatorWeakened';
import { profileAllowsByDefault } from './profileAllowsByDefault';
import { profileArchitectureMissing } from './profileArchitectureMissing';
import { profileBaseDisagrees } from './profileBaseDisagrees';
import { profileBaseUnpinned } from './profileBaseUnpinned';
import { profileBeyondRuntimeDefault } from './profileBeyondRuntimeDefault';
import { profileCollision } from './profileCollision';
import { profileLegacyFields } from './profileLegacyFields';
import { profileMissingOnNodes } from './profileMissingOnNodes';
import { profileNotEnforcing } from './profileNotEnforcing';
import { profileRecordedUnreviewed } from './profileRecordedUnreviewed';
import { profileSignedByAnyone } from './profileSignedByAnyone';
import { profileUnapproved } from './profileUnapproved';
import { recordingLive } from './recordingLive';
import { runningOlderRevision } from './runningOlderRevision';
import { seccompDangling } from './seccompDangling';
import { seccompForeign } from './seccompForeign';
import { seccompUnconfined } from './seccompUnconfined';
import { willNotStart } from './willNotStart';
import { workloadElevated } from './workloadElevated';
import { workloadPrivileged } from './workloadPrivileged';
import { workloadSharesHost } from './workloadSharesHost';
import { FindingCheck, FindingDefinition } from './finding';

/** All checks; within a severity the earlier one comes first in the next steps. */
export const findingChecks: readonly FindingCheck[] = [
  seccompUnconfined,
  workloadPrivileged,
  profileAllowsByDefault,
  recordingLive,
  seccompForeign,
  seccompDangling,
  willNotStart,
  approvalStale,
  workloadElevated,
  kernelPathMounted,
  workloadSharesHost,
  agentClusterRights,
  agentUnsandboxed,
  agentTokenMounted,
  collectorBeyondNeed,
  profileNotEnforcing,
  profileBeyondRuntimeDefault,
  profileBaseDisagrees,
  profileUnapproved,
  profileRecordedUnreviewed,
  profileBaseUnpinned,
  profileLegacyFields,
  profileArchitectureMissing,
  noEligibleReviewer,
  profileMissingOnNodes,
  runningOlderRevision,
  bindingWithoutEffect,
  bindingOverrules,
  profileCollision,
  profileSignedByAnyone,
  mechanismUnconfined,
  noNewPrivsMissing,
  annotationWithoutEffect,
  factsMissing,
  operatorUnhealthy,
  operatorWeakened,
  ciliumAdvisoryApplies,
  ciliumAuditMode,
  ciliumLineEnded,
  ciliumPatchBehind,
  ciliumNodeWithoutAgent,
  ciliumMixedVersions,
  ciliumLineEnding,
  ciliumRolloutStuck,
  ciliumKernelUnfit,
  ciliumOperatorSkew,
  ciliumConfigPending,
  ciliumKubernetesUntested,
  ciliumFeedOld,
];

/** All findings of this version: what each means, how it is decided, how it counts and how to mend it. @public */
export const findingCatalogue: readonly FindingDefinition[] = findingChecks.map(
  ({ judge: _, ...definition }) => definition,
);
