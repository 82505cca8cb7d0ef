import type {
  BindingFacts,
  DeclaredContainer,
  OperatorFacts,
  OperatorWebhook,
  ProfileObject,
  RecordingFacts,
  RightsBySubject,
  TemplateSettings,
} from '@security-profiles/analysis';
import type { CollectedDataplane } from './CollectedDataplane';

/** How fresh the facts of one resource of one cluster are, as collection sees it. */
export interface CollectedSource {
  /** Plural with group, as `pods` or `seccompprofiles.security-profiles-operator.x-k8s.io`. */
  resource: string;
  state:
    | 'fresh'
    | 'stale'
    | 'forbidden'
    | 'unreachable'
    | 'failed'
    | 'not-installed'
    | 'not-collected';
  /** ISO time at which this state began. */
  since: string;
  /** ISO time of the newest facts that are held. */
  lastFresh?: string;
  count: number;
  reason?: string;
}

/** A cluster as the inventory lists it. */
export interface CollectedCluster {
  id: string;
  name: string;
  type: string;
  environment: string;
  ownerRef?: string;
  notCollected?: string;
  /** Whether the server's certificate is looked at; absent without TLS, and where that is not known. */
  tls?: 'verified' | 'not-verified';
}

/** One agent of Cilium on one node. */
export interface CiliumAgentFacts {
  /** `spec.containers[cilium-agent].image` */
  image: string;
  /** `status.containerStatuses[cilium-agent].imageID` */
  imageId?: string;
  /** `status.containerStatuses[cilium-agent].image` */
  statusImage?: string;
  /** Label `helm.sh/chart`. */
  chart?: string;
  ready: 'yes' | 'no' | 'unknown';
  /** `metadata.creationTimestamp` of the pod. */
  createdAt?: string;
  /** `status.startTime` of the pod: settings are read then. */
  startedAt?: string;
}

/** What is kept of a node. */
export interface CollectedNode {
  name: string;
  labels: Record<string, string>;
  taints: { key: string; value?: string; effect: string }[];
  ready: 'yes' | 'no' | 'unknown';
  kernel?: string;
  architecture?: string;
  operatingSystem?: string;
  osImage?: string;
  runtime?: string;
  kubelet?: string;
  /** The agent that runs there; undefined where none does. */
  cilium?: CiliumAgentFacts;
  /** `served`: the operator's daemon runs there. */
  spo: 'served' | 'not-served';
}

/** What is kept of a namespace. */
export interface CollectedNamespace {
  name: string;
  labels: Record<string, string>;
}

/** State of a profile by node name, from the labels of its SecurityProfileNodeStatus objects. */
export type NodeStates = Record<string, string>;

/** An SPO profile with its state on the nodes. */
export interface CollectedProfile {
  id: string;
  object: ProfileObject;
  nodeStates: NodeStates;
}

/** One container of a workload with one distinct signature. */
export interface CollectedContainer {
  container: DeclaredContainer;
  origin: 'declared' | 'injected';
  basis: 'live' | 'template';
  /** Pods in phase Pending or Running that run it; 0 for a template. */
  pods: number;
  /** Pods by node name; pods that no node has yet are not in it. */
  nodes: Record<string, number>;
  /** What the template says of its profiles; absent where no template names it. */
  declared?: TemplateSettings;
  /** ISO time at which the oldest one that runs now was started: the younger ones come and go without a write. */
  startedAt?: string;
}

/** The top controller of a set of pods. */
export interface CollectedWorkload {
  id: string;
  apiGroup: string;
  kind: string;
  namespace: string;
  name: string;
  /** Labels of the object, of its template and of its pods, each distinct set once. */
  labelSets: Record<string, string>[];
  /** Where the pod spec stands in the object: `spec`, `spec.template.spec`, … */
  pathPrefix: string;
  pods: number;
  containers: CollectedContainer[];
  /** Hash over everything above: equal hash, nothing to write. */
  contentHash: string;
}

/** Facts that are few in a cluster and concern more than one workload, by topic. */
export interface TopicFacts {
  bindings: BindingFacts[];
  recordings: RecordingFacts[];
  /** Handler by name of RuntimeClass. */
  'runtime-classes': Record<string, string>;
  /** Of the operator's webhook configuration. */
  webhooks: OperatorWebhook[];
  /** ServiceAccounts that refuse to have a token mounted, as `namespace/name`. */
  'accounts-without-token': string[];
  /** What ServiceAccounts, and groups of them, may do in the cluster. */
  'cluster-rights': RightsBySubject;
  /** null where nothing of the operator is there. */
  operator: OperatorFacts | null;
}

/** Name of a topic. */
export type TopicName = keyof TopicFacts;

/** One topic with all that is known of it. */
export type CollectedTopic = {
  [Name in TopicName]: { name: Name; facts: TopicFacts[Name] };
}[TopicName];

/** What one flush of collection brings. */
export interface InventoryChanges {
  workloads: CollectedWorkload[];
  removedWorkloads: string[];
  profiles: CollectedProfile[];
  removedProfiles: string[];
  nodes: CollectedNode[];
  removedNodes: string[];
  namespaces: CollectedNamespace[];
  removedNamespaces: string[];
  /** Each replaces what was known of it. */
  topics: CollectedTopic[];
}

/** What collection finds stored when it starts. */
export interface StoredFacts {
  /** Content hash by workload id. */
  workloads: Map<string, string>;
  profiles: Set<string>;
  nodes: Set<string>;
  namespaces: Set<string>;
  sources: CollectedSource[];
}

/**
 * Where collection hands its facts to. Every method is one transaction.
 */
export interface InventoryWriter {
  /** Lists these clusters from now on, and removes the facts of others unless they are to be kept. */
  replaceClusters(
    clusters: CollectedCluster[],
    options?: { others: 'remove' | 'keep' },
  ): Promise<void>;
  readStored(clusterId: string): Promise<StoredFacts>;
  apply(
    clusterId: string,
    changes: InventoryChanges,
    options: { now: string },
  ): Promise<void>;
  writeSources(clusterId: string, sources: CollectedSource[]): Promise<void>;
  writeClusterFacts(
    clusterId: string,
    facts: { kubernetesVersion?: string; operatorVersion?: string },
  ): Promise<void>;
  /** Parts that are absent stay as they are stored. */
  writeDataplane(
    clusterId: string,
    dataplane: CollectedDataplane,
  ): Promise<void>;
  writeProblems(
    clusterId: string,
    problems: { where: string; message: string }[],
  ): Promise<void>;
}
