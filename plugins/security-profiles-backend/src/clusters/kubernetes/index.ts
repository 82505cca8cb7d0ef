export {
  createKubernetesAdapter,
  defaultClusterEntries,
  type KubernetesAdapterOptions,
} from './createKubernetesAdapter';
export { KubernetesRegistrations } from './KubernetesRegistrations';
