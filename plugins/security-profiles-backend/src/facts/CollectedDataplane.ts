import type {
  CiliumConfig,
  CiliumDaemonSet,
  CiliumNodeConfig,
  CiliumOperator,
  PodLevelSpec,
} from '@security-profiles/analysis';

/** A DaemonSet of agents and where its pods may be placed. */
export interface CollectedAgents extends CiliumDaemonSet {
  placement: PodLevelSpec;
}

/** The Deployment of Cilium's operator. */
export type CollectedOperator = CiliumOperator;

/** What DaemonSets tell of the dataplane. */
export interface DaemonSetsPart {
  agents: CollectedAgents[];
  /** Image of a pre-flight check. */
  preflight?: string;
  components: string[];
  /** Name of another network plugin. */
  otherCni?: string;
}

/** What Deployments tell of the dataplane. */
export interface DeploymentsPart {
  operator?: CollectedOperator;
  components: string[];
}

/**
 * What is kept of one cluster's dataplane beside its nodes. A part that could not be read since the start is absent: what
 * is stored of it stays.
 */
export interface CollectedDataplane {
  daemonSets?: DaemonSetsPart;
  deployments?: DeploymentsPart;
  nodeConfigs?: CiliumNodeConfig[];
  /** null: there is no `cilium-config`. */
  config?: CiliumConfig | null;
}

/** Names under which the parts are stored. */
export const dataplaneParts = [
  'daemonSets',
  'deployments',
  'nodeConfigs',
  'config',
] as const satisfies readonly (keyof CollectedDataplane)[];

/** Source of the settings; only this one ConfigMap is ever read. */
export const ciliumConfigKey = 'configmaps/cilium-config';

/** Source of what is set on some nodes only. */
export const ciliumNodeConfigsKey = 'ciliumnodeconfigs.cilium.io';
