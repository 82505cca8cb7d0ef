import { Decision } from '../approvals/evaluate';
import { BindingFacts } from '../confinement/bindings';
import { NodeFacts } from '../confinement/couldRunOn';
import { OperatorWebhook } from '../confinement/operatorWebhook';
import {
  DeclaredContainer,
  TemplateSettings,
} from '../confinement/podSecurity';
import { RecordingFacts } from '../confinement/recordings';
import { RevisionFacts } from '../confinement/revisionInForce';
import { RightsBySubject } from '../elevation/clusterRights';
import { CiliumVersions } from '../dataplane/ciliumVersions';
import { DataplaneVerdict } from '../dataplane/dataplaneVerdict';
import { IndexedProfile } from '../profiles/profileIndex';
import { OperatorFacts } from '../operator/operatorFacts';
import { Matching, Source } from './posture';

/** One profile and what each node says of it. @public */
export interface ProfileFacts {
  profile: IndexedProfile;
  /** State by node name, from the node status objects that belong to this profile by id and uid. */
  nodeStates: Record<string, string>;
  /** When its present content was first seen; absent where that is not known. */
  revision?: RevisionFacts;
}

/** What is known of one cluster. @public */
export interface ClusterFacts {
  id: string;
  name: string;
  environment: string;
  /** Entity ref of who runs the cluster. */
  owner?: string;
  /** Whether the cluster is declared to run its kubelets with `seccompDefault`. */
  seccompDefault: boolean;
  sources: Source[];
  profiles: ProfileFacts[];
  /** Nodes with a pod of the operator's daemon. */
  operatorNodes: string[];
  operatorInstalled: 'yes' | 'no' | 'unknown';
  nodes: NodeFacts[];
  /** Handler by name of RuntimeClass. */
  runtimeHandlers?: Record<string, string>;
  /** Absent where they were never read. */
  bindings?: BindingFacts[];
  /** Absent where they were never read. */
  recordings?: RecordingFacts[];
  /** Labels of the namespaces that hold bindings or recordings, by name. */
  namespaceLabels?: Record<string, Record<string, string>>;
  /** Of the operator's MutatingWebhookConfiguration; absent where it was not read. */
  webhooks?: OperatorWebhook[];
  /** Absent where nothing of the operator was found. */
  operator?: OperatorFacts;
  /** What ServiceAccounts may do; absent where roles and bindings were not read. */
  clusterRights?: RightsBySubject;
  /** ServiceAccounts that refuse tokens, as `namespace/name`; absent where accounts were not read. */
  accountsWithoutToken?: string[];
  cilium: CiliumVersions | null;
  /** Everything that is said of it, where agents run. */
  dataplane?: DataplaneVerdict;
  /** `no`: the pods were read, and none is an agent of Cilium. */
  ciliumInstalled: 'yes' | 'no' | 'unknown';
  /** Why nothing can be said of Cilium. */
  ciliumReason?: string;
  /** Day of the release data. */
  releasesAsOf?: string;
}

/** One container of a workload, the same in all pods counted here. @public */
export interface ContainerFacts {
  container: DeclaredContainer;
  /** `injected`: in the pod, not in the template. */
  origin: 'declared' | 'injected';
  basis: 'live' | 'template';
  /** Live pods with this container; 0 for a template. */
  pods: number;
  /** Pods by node name. */
  nodes: Record<string, number>;
  /** What the workload's template says; absent where none is known, as for bare pods and injected containers. */
  declared?: TemplateSettings;
  /** ISO time at which the oldest of these containers that runs now was started. */
  startedAt?: string;
}

/** One workload that belongs to the entity. @public */
export interface WorkloadFacts {
  id: string;
  clusterId: string;
  namespace: string;
  kind: string;
  apiGroup?: string;
  name: string;
  /** Of the workload and its pods. */
  labels: Record<string, string>;
  /** Path of the pod spec in the object, as `spec.template.spec`. */
  pathPrefix: string;
  claim: 'confirmed' | 'asserted';
  claimedByOthers: number;
  containers: ContainerFacts[];
}

/** A named group of clusters. @public */
export interface EnvironmentFacts {
  name: string;
  clusters: string[];
  /** Whether it decides the entity's level and target. */
  counted: boolean;
}

/** What was decided on the content of one profile in one environment. @public */
export interface ProfileApprovalFacts {
  environment: string;
  profileId: string;
  decision: Decision;
}

/** All that the posture of one entity depends on. @public */
export interface EntityFacts {
  entity: {
    ref: string;
    name: string;
    title?: string;
    type?: string;
    lifecycle?: string;
    tags: string[];
    /** Annotation `security-profiles.io/class`. */
    class?: string;
  };
  environments: EnvironmentFacts[];
  /** The clusters in which workloads of the entity are looked for. */
  clusters: ClusterFacts[];
  workloads: WorkloadFacts[];
  /**
   * Decisions on the profiles that its workloads name; a profile without one counts as unreviewed. Absent where approvals
   * are not known at all: then nothing is said of them.
   */
  approvals?: ProfileApprovalFacts[];
  matching: Matching;
}
