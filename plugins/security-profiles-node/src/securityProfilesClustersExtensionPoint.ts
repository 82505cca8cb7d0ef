import { createExtensionPoint } from '@backstage/backend-plugin-api';
import type {
  AuthenticationStrategy,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';

/**
 * What {@link securityProfilesClustersExtensionPoint} takes. The types are those of the Kubernetes plugin's own
 * extension points, so that one object serves both plugins.
 *
 * @public
 */
export interface SecurityProfilesClustersExtensionPoint {
  /**
   * Adds the clusters of a supplier to those of the config's entry `{ type: kubernetes }`. It is asked about once a
   * minute, with the credentials of this plugin, so it must not need a person's. May be called more than once.
   */
  addClusterSupplier(clusterSupplier: KubernetesClustersSupplier): void;
  /**
   * Adds how to log in at clusters whose `kubernetes.io/auth-provider` is `key`; it takes the place of this plugin's own
   * way for that key. The strategy is given no person's tokens.
   *
   * @throws Error when the key has a strategy already
   */
  addAuthStrategy(key: string, strategy: AuthenticationStrategy): void;
}

/**
 * Where modules of the plugin `security-profiles` add clusters and logins that its config can't express.
 *
 * @public
 */
export const securityProfilesClustersExtensionPoint =
  createExtensionPoint<SecurityProfilesClustersExtensionPoint>({
    id: 'security-profiles.clusters',
  });
