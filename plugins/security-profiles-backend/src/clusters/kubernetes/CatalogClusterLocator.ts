import type { AuthService } from '@backstage/backend-plugin-api';
import { type Entity, stringifyEntityRef } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { ANNOTATIONS } from './annotations';
import { checkAddress } from './checkAddress';
import type { ClusterLocator, LocatedCluster } from './ClusterLocator';
import { decodeCertificates } from './decodeCertificates';
import { isPublicAddress, literalAddress } from './publicAddresses';

/** Options of {@link CatalogClusterLocator}. */
export interface CatalogClusterLocatorOptions {
  key: string;
  catalog: CatalogService;
  auth: AuthService;
  /** Host names, or `*.` and a domain, that may have an address of any kind. */
  allowedHosts: string[];
  /** Whether an entity may ask that the server's certificate is not looked at. */
  skippedVerification: 'allowed' | 'not allowed';
}

/**
 * The clusters that the catalog describes: Resources of type `kubernetes-cluster` with the annotations for server,
 * certificate authority and login.
 *
 * @remarks
 * Whoever may register an entity can write one, so the rules are those of the Kubernetes plugin's locator of this type:
 * HTTPS and public addresses only, no account of this backend's own pod. Unlike there, a cluster that breaks them is
 * listed with the reason.
 */
export class CatalogClusterLocator implements ClusterLocator {
  readonly key: string;
  readonly changes = 'changing';
  private readonly options: CatalogClusterLocatorOptions;

  constructor(options: CatalogClusterLocatorOptions) {
    this.key = options.key;
    this.options = options;
  }

  async locate(): Promise<LocatedCluster[]> {
    const { catalog, auth } = this.options;
    const { items } = await catalog.getEntities(
      {
        filter: { kind: 'Resource', 'spec.type': 'kubernetes-cluster' },
        fields: ['kind', 'metadata', 'spec.type'],
      },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    return items.flatMap(entity => this.read(entity) ?? []);
  }

  private read(entity: Entity): LocatedCluster | undefined {
    const { name, title, annotations = {} } = entity.metadata;
    const url = annotations[ANNOTATIONS.apiServer];
    const caData = annotations[ANNOTATIONS.certificateAuthority];
    const authProvider = annotations[ANNOTATIONS.authProvider];
    if ([url, caData, authProvider].includes(undefined as never)) {
      return undefined;
    }
    const mayHide = this.mayHide(url);
    return {
      key: stringifyEntityRef(entity),
      addresses: mayHide ? 'any' : 'public',
      refused: refusalOf({ url, caData, authProvider, mayHide }),
      details: {
        name,
        title,
        url,
        caData,
        skipTLSVerify:
          this.options.skippedVerification === 'allowed' &&
          annotations[ANNOTATIONS.skipTlsVerify] === 'true',
        // An entity must not bring a token of its own choice, or anything else that is not meant for logins.
        authMetadata: Object.fromEntries(
          Object.entries(annotations).filter(([each]) =>
            each.startsWith('kubernetes.io/'),
          ),
        ),
      },
    };
  }

  private mayHide(url: string): boolean {
    const hostname = URL.canParse(url) ? new URL(url).hostname : '';
    return this.options.allowedHosts
      .map(pattern => pattern.toLocaleLowerCase('en-US'))
      .some(pattern =>
        pattern.startsWith('*.')
          ? `.${hostname}`.endsWith(pattern.slice(1))
          : hostname === pattern,
      );
  }
}

function refusalOf(cluster: {
  url: string;
  caData: string;
  authProvider: string;
  mayHide: boolean;
}): string | undefined {
  const { url, caData, authProvider, mayHide } = cluster;
  if (authProvider === 'serviceAccount') {
    return 'Its entity asks for the login serviceAccount, which clusters of the catalog may not use. Use aws, azure or googleServiceAccount, or list the cluster under kubernetes.clusterLocatorMethods with type config.';
  }
  const problem = checkAddress(url);
  if (problem) {
    return `Annotation ${ANNOTATIONS.apiServer}: ${problem}.`;
  }
  if (caData && !decodeCertificates(caData)) {
    return `Annotation ${ANNOTATIONS.certificateAuthority}: expected the certificates (PEM) of the authority, encoded as base64.`;
  }
  const { protocol, hostname } = new URL(url);
  const address = literalAddress(hostname);
  if (!mayHide && protocol !== 'https:') {
    return `Annotation ${ANNOTATIONS.apiServer}: expected an address that begins with https://, or its host in dangerouslyAllowClusterUrls.`;
  }
  if (!mayHide && address && !isPublicAddress(address)) {
    return `Annotation ${ANNOTATIONS.apiServer}: expected a public address, or its host in dangerouslyAllowClusterUrls.`;
  }
  return undefined;
}
