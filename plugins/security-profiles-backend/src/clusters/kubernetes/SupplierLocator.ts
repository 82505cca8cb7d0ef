import type { AuthService } from '@backstage/backend-plugin-api';
import type {
  ClusterDetails,
  KubernetesClustersSupplier,
} from '@backstage/plugin-kubernetes-node';
import { checkAddress } from './checkAddress';
import type { ClusterLocator, LocatedCluster } from './ClusterLocator';
import { decodeCertificates } from './decodeCertificates';

/** The clusters of a supplier that a module has registered. */
export class SupplierLocator implements ClusterLocator {
  readonly key: string;
  readonly changes = 'changing';
  private readonly supplier: KubernetesClustersSupplier;
  private readonly auth: AuthService;

  constructor(options: {
    key: string;
    supplier: KubernetesClustersSupplier;
    auth: AuthService;
  }) {
    this.key = options.key;
    this.supplier = options.supplier;
    this.auth = options.auth;
  }

  async locate(): Promise<LocatedCluster[]> {
    const clusters = await this.supplier.getClusters({
      credentials: await this.auth.getOwnServiceCredentials(),
    });
    return clusters.map(details => ({
      key: `${this.key}, cluster ${details.name}`,
      addresses: 'any',
      refused: refusalOf(details),
      details,
    }));
  }
}

function refusalOf({ url, caData }: ClusterDetails): string | undefined {
  const problem = checkAddress(url);
  if (problem) {
    return `The url of its supplier: ${problem}.`;
  }
  return caData && !decodeCertificates(caData)
    ? 'The caData of its supplier: expected the certificates (PEM) of the authority, encoded as base64.'
    : undefined;
}
