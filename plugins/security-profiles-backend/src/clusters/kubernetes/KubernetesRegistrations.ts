import type {
  AuthenticationStrategy,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';
import type { SecurityProfilesClustersExtensionPoint } from '@security-profiles/backstage-plugin-security-profiles-node';

/** What modules have registered at the extension point for clusters. */
export class KubernetesRegistrations
  implements SecurityProfilesClustersExtensionPoint
{
  readonly suppliers: KubernetesClustersSupplier[] = [];
  /** By the name of the login that it is for. */
  readonly strategies = new Map<string, AuthenticationStrategy>();

  addClusterSupplier(clusterSupplier: KubernetesClustersSupplier): void {
    this.suppliers.push(clusterSupplier);
  }

  addAuthStrategy(key: string, strategy: AuthenticationStrategy): void {
    if (this.strategies.has(key)) {
      throw new Error(
        `A strategy for the login ${JSON.stringify(
          key,
        )} was already added at securityProfilesClustersExtensionPoint; add one`,
      );
    }
    this.strategies.set(key, strategy);
  }
}
