import { CiliumDaemonSet, CiliumRollOut } from './ciliumRollOut';
import { CiliumAdvisory } from './ciliumAdvisory';
import { CiliumRelease } from './ciliumReleases';
import {
  CiliumConfig,
  CiliumNodeConfig,
  CiliumSetting,
} from './ciliumSettings';
import { CiliumAgentPod, CiliumVersions } from './ciliumVersions';
import { FeedAge } from './feedAge';
import { AdvisoryVerdict } from './judgeAdvisory';
import { KernelFit, KernelNode } from './kernelFit';
import { KubernetesFit } from './kubernetesFit';
import { CiliumOperator, OperatorSkew } from './operatorSkew';
import { UpgradeStep } from './upgradePath';
import { NodeOfCluster } from './whyNoAgent';
import { PodLevelSpec } from '../confinement/podSecurity';

/** What is known of Cilium's releases and advisories, and of which days that is. @public */
export interface DataplaneFeed {
  releases: readonly CiliumRelease[];
  releasesAsOf?: string;
  advisories: readonly CiliumAdvisory[];
  advisoriesAsOf?: string;
}

/** What a cluster's owner plans for its Cilium. @public */
export interface DataplanePlan {
  /** Version to go to. */
  version: string;
  /** Day, as `2026-12-02`. */
  date: string;
  /** Ref of who noted it. */
  by: string;
  reason: string;
  notedAt: string;
}

/** All facts that the dataplane of one cluster is judged by. @public */
export interface DataplaneFacts {
  nodes: (NodeOfCluster & KernelNode)[];
  agents: CiliumAgentPod[];
  /** `gitVersion` of the API server. */
  kubernetes?: string;
  daemonSet?: CiliumDaemonSet;
  /** What the template of the DaemonSet says of placement. */
  placement?: PodLevelSpec;
  operator?: CiliumOperator;
  /** Image of a pre-flight check. */
  preflight?: string;
  /** Parts of Cilium that are deployed, as `hubble-ui`; undefined where that is not known. */
  components?: string[];
  config?: CiliumConfig;
  /** Why `cilium-config` was not read. */
  configReason?: string;
  nodeConfigs: CiliumNodeConfig[];
  plan?: DataplanePlan;
}

/** A kernel problem and the nodes that have it. @public */
export interface KernelProblem {
  state: KernelFit['state'];
  because: string;
  nodes: number;
  /** At most 20. */
  names: string[];
}

/** Everything that is said of one cluster's Cilium. @public */
export interface DataplaneVerdict extends CiliumVersions {
  /** Newest known patch of the line. */
  newest?: string;
  /** Days since the first patch came out that is not installed. */
  daysBehind?: number;
  /** Who supports a vendor's build, in words. */
  support?: string;
  /** Linux nodes without an agent, at most 20. */
  without: { name: string; because: string }[];
  /** Agents that are not ready, with the version that ran last; at most 20. */
  notReady: { name: string; version: string }[];
  notReadyTotal: number;
  rollOut?: CiliumRollOut;
  /** Version that a pre-flight check prepares. */
  prepared?: string;
  operator: OperatorSkew;
  kernel: { state: KernelFit['state']; problems: KernelProblem[] };
  kubernetes: KubernetesFit;
  settings: CiliumSetting[];
  /** Why no setting is known. */
  settingsReason?: string;
  config: {
    state: 'live' | 'not-live' | 'unknown';
    changedAt?: string;
    /** Agents that started before the last change. */
    olderAgents: number;
    names: string[];
  };
  auditMode: 'on' | 'off' | 'unknown';
  advisories: AdvisoryVerdict[];
  advisoryCounts: {
    applies: number;
    maybe: number;
    unknown: number;
    notAffected: number;
  };
  path: UpgradeStep[];
  /** Nodes whose tag names another version than their digest; the digest decides. */
  disagreements: { tag: string; version: string; names: string[] }[];
  feed: { releases: FeedAge; advisories: FeedAge };
  plan?: DataplanePlan & { state: 'planned' | 'late' | 'done' };
  /** When something above changes although no fact does. */
  validUntil?: string;
}
