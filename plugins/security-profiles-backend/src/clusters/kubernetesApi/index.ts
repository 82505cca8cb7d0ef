export type { ApiConnection, ApiConnector } from './ApiConnector';
export { DEFAULT_API_LIMITS, type ApiLimits } from './ApiTransport';
export { createDispatcher, type DispatcherOptions } from './createDispatcher';
export {
  KubernetesApiClient,
  type KubernetesApiClientOptions,
} from './KubernetesApiClient';
