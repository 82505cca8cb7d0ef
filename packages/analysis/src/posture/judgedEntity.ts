import { Decision } from '../approvals/evaluate';
import { JudgedBinding } from '../confinement/bindings';
import { LiveRecording } from '../confinement/recordings';
import {
  ContainerConfinement,
  ConfinementContext,
} from '../confinement/resolveConfinement';
import { RevisionInForce } from '../confinement/revisionInForce';
import { ContainerRuntime } from '../confinement/sandboxRuntime';
import { WorkloadClass } from '../elevation/classifyWorkload';
import { CollectorVerdict } from '../elevation/judgeCollector';
import { Elevation } from '../elevation/listElevations';
import { BeyondCall } from '../profiles/distanceFromRuntimeDefault';
import { ProfileContent } from '../profiles/profileContent';
import { IndexedProfile, Mechanism } from '../profiles/profileIndex';
import { EffectiveProfile } from '../profiles/resolveEffectiveProfile';
import { ClusterFacts, ContainerFacts, WorkloadFacts } from './entityFacts';
import { Evidence, Level } from './posture';

/** Why a container is exposed: one thing that leaves it without a filter or above it. */
export interface ExposureCause {
  /** `privileged`, `elevation`, `unconfined`, `unset`, `recording`, `foreign`, `allows-by-default`. */
  id: string;
  /** Ends the sentence "the container runs …". */
  text: string;
}

/** Decisions on profiles, by environment and profile. */
export type ApprovalIndex = ReadonlyMap<string, Decision>;

/** A profile that a container names. */
export interface UsedProfile {
  mechanism: Mechanism;
  profile: IndexedProfile;
  effective: EffectiveProfile;
  /** Absent when it is unresolved. */
  content?: ProfileContent;
  /**
   * Calls that it lets through and RuntimeDefault would not, for this container's capabilities on the nodes that run or
   * could run it; riskiest first.
   */
  beyond: BeyondCall[];
}

/** A container with everything that findings ask of it. */
export interface JudgedContainer {
  workload: WorkloadFacts;
  cluster: ClusterFacts;
  environment: string;
  class: WorkloadClass;
  facts: ContainerFacts;
  context: ConfinementContext;
  confinement: ContainerConfinement;
  elevations: Elevation[];
  /** Compared with what a known collector may ask for; absent where its image names none. */
  collector?: CollectorVerdict;
  /** What a grant for its elevations would have to be for; absent where it has none. */
  grantDigest?: string;
  runtime?: ContainerRuntime;
  /** `no`: none of the mechanisms exists there (Windows), so it has no part in any level. */
  judged: 'yes' | 'no';
  level: Level;
  causes: ExposureCause[];
  /** Profiles that its settings name; more than one per mechanism is a collision. */
  used: UsedProfile[];
  /** Equal for groups of pods of one container in which everything that findings ask is the same. */
  signature: string;
  /** Nodes that run or could run it, sorted. */
  candidateNodes: string[];
  /** What its template alone would give; absent where none is known. */
  declared?: ContainerConfinement;
  /** Bindings of its namespace that are for it. */
  bindings: JudgedBinding[];
  recordings: LiveRecording[];
  /** Whether its seccomp filter is older than the profile; absent where it runs under none of its own. */
  revision?: RevisionInForce;
}

/** An entity, or a part of it, with its containers judged. */
export interface JudgedEntity {
  name: string;
  containers: JudgedContainer[];
  /** Clusters in which it has workloads. */
  matchedClusters: ClusterFacts[];
  /** Clusters in which workloads were looked for. */
  clusters: ClusterFacts[];
  /** Absent where approvals are not known at all. */
  approvals?: ApprovalIndex;
}

/** Kind and name, as `Deployment payments`. */
export function workloadName(workload: WorkloadFacts): string {
  return `${workload.kind} ${workload.name}`;
}

/** Evidence that points to a container. */
export function evidenceOf(
  container: JudgedContainer,
  detail: { field?: string; value?: string } = {},
): Evidence {
  return {
    cluster: container.cluster.name,
    namespace: container.workload.namespace,
    workload: workloadName(container.workload),
    container: container.facts.container.name,
    ...(detail.field !== undefined && { field: detail.field }),
    ...(detail.value !== undefined && { value: detail.value }),
  };
}
