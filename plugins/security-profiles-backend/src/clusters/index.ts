export { ClusterError } from './ClusterError';
export type { ClusterErrorOptions, ClusterErrorReason } from './ClusterError';
export type {
  ClusterAdapter,
  ClusterAdapterContext,
  ClusterEntry,
  ClusterSupply,
  ConnectedClusters,
} from './ClusterAdapter';
export type * from './ClusterSource';
export { clusterId } from './clusterId';
export {
  createClusterSource,
  type CreateClusterSourceOptions,
} from './createClusterSource';
export {
  InMemoryCluster,
  type InMemoryClusterOptions,
} from './InMemoryCluster';
export {
  createKubernetesAdapter,
  defaultClusterEntries,
  KubernetesRegistrations,
  type KubernetesAdapterOptions,
} from './kubernetes';
export { ManifestsClusterClient } from './manifests';
export { SPO_GROUP } from './spoGroup';
