import type { AuthService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ClusterEntry } from '../ClusterAdapter';
import { readText } from '../readEntryField';
import { ANNOTATIONS } from './annotations';
import { CatalogClusterLocator } from './CatalogClusterLocator';
import type { ClusterLocator, LocatedCluster } from './ClusterLocator';
import { readConfigClusters } from './readConfigClusters';
import { readOptionalFlag, readOptionalTexts } from './readLocatorField';

/** The key that the Kubernetes plugin has its clusters under. */
export const LOCATOR_METHODS = 'kubernetes.clusterLocatorMethods';

/** Options of {@link readLocatorMethods}. */
export interface ReadLocatorMethodsOptions {
  rootConfig: Config;
  catalog: CatalogService;
  auth: AuthService;
}

/**
 * What the Kubernetes plugin's `kubernetes.clusterLocatorMethods` says, in its order. Throws an `InputError` that names
 * the key when it can't be understood.
 */
export function readLocatorMethods(
  options: ReadLocatorMethodsOptions,
): ClusterLocator[] {
  return readMethods(options.rootConfig).map((config, index) => {
    const entry = { config, key: `${LOCATOR_METHODS}[${index}]` };
    const type = config.getOptional('type');
    switch (type) {
      case 'config':
        return fixed(entry, readConfigClusters(entry));
      case 'localKubectlProxy':
        return fixed(entry, [localKubectlProxy(entry)]);
      case 'gke':
        return fixed(entry, [refusedGke(entry)]);
      case 'catalog':
        return new CatalogClusterLocator({
          key: entry.key,
          catalog: options.catalog,
          auth: options.auth,
          allowedHosts:
            readOptionalTexts(entry, 'dangerouslyAllowClusterUrls') ?? [],
          skippedVerification: readOptionalFlag(
            entry,
            'dangerouslyAllowSkipTLSVerify',
          )
            ? 'allowed'
            : 'not allowed',
        });
      default:
        throw new InputError(
          `${entry.key}.type: found ${
            type === undefined ? 'nothing' : JSON.stringify(type)
          }; expected one of config, catalog, localKubectlProxy, gke`,
        );
    }
  });
}

function readMethods(rootConfig: Config): Config[] {
  try {
    return rootConfig.getOptionalConfigArray(LOCATOR_METHODS) ?? [];
  } catch {
    throw new InputError(
      `${LOCATOR_METHODS}: expected a list of locator methods, each with a type`,
    );
  }
}

function fixed(
  entry: ClusterEntry,
  clusters: LocatedCluster[],
): ClusterLocator {
  return { key: entry.key, changes: 'fixed', locate: async () => clusters };
}

/** `kubectl proxy` on this machine adds the credentials, under the name and address that the Kubernetes plugin gives it. */
function localKubectlProxy(entry: ClusterEntry): LocatedCluster {
  return {
    key: entry.key,
    addresses: 'any',
    details: {
      name: 'local',
      url: 'http://localhost:8001',
      authMetadata: { [ANNOTATIONS.authProvider]: 'localKubectlProxy' },
    },
  };
}

function refusedGke(entry: ClusterEntry): LocatedCluster {
  const projectId = readText(
    entry,
    'projectId',
    'the id of a Google Cloud project',
  );
  return {
    key: entry.key,
    addresses: 'any',
    refused: `Clusters of ${entry.key} (type gke) are not looked up in Google Cloud. List them under type config or in the catalog, with the login googleServiceAccount.`,
    details: { name: `gke ${projectId}`, url: '', authMetadata: {} },
  };
}
