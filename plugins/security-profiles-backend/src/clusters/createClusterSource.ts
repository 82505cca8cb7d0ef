import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { ClusterAdapter } from './ClusterAdapter';
import type { Cluster, ClusterSource } from './ClusterSource';
import { clusterId } from './clusterId';
import { connectKubeconfig } from './kubeconfig';
import { connectManifests } from './manifests';

/** Options of {@link createClusterSource}. */
export interface CreateClusterSourceOptions {
  config: Config;
  logger: LoggerService;
  /** Further adapters by the `type` of their entries. */
  adapters?: Record<string, ClusterAdapter>;
  /** The present time in milliseconds since 1970. */
  now: () => number;
  /** A number from 0 up to but not including 1. */
  random: () => number;
}

const KEY = 'securityProfiles.clusters';

/**
 * The clusters of `securityProfiles.clusters`, connected.
 *
 * Throws an `InputError` that names the configuration key, what was found and what is expected.
 */
export async function createClusterSource(
  options: CreateClusterSourceOptions,
): Promise<ClusterSource> {
  const adapters = new Map<string, ClusterAdapter>(
    Object.entries({
      manifests: connectManifests,
      kubeconfig: connectKubeconfig,
      ...options.adapters,
    }),
  );
  const clusters: Cluster[] = [];
  const keyByName = new Map<string, string>();
  const close = async () => {
    await Promise.all(clusters.map(cluster => cluster.client?.close()));
  };
  try {
    const entries = readEntries(options.config);
    for (const [index, config] of entries.entries()) {
      const key = `${KEY}[${index}]`;
      const type = config.getOptional('type');
      const adapter = adapters.get(String(type));
      if (!adapter) {
        throw new InputError(
          `${key}.type: found ${
            type === undefined ? 'nothing' : JSON.stringify(type)
          }; expected one of ${[...adapters.keys()].join(', ')}`,
        );
      }
      for (const connected of await adapter({ config, key }, options)) {
        const { name } = connected;
        clusters.push({ id: clusterId(name), ...connected });
        const first = keyByName.get(name);
        if (first) {
          throw new InputError(
            `${key}: the cluster name ${JSON.stringify(
              name,
            )} is already used by ${first}; every cluster needs a name of its own`,
          );
        }
        keyByName.set(name, key);
      }
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { listClusters: async () => clusters, close };
}

function readEntries(config: Config): Config[] {
  try {
    return config.getOptionalConfigArray(KEY) ?? [];
  } catch {
    throw new InputError(
      `${KEY}: expected a list of clusters, each with a type, such as { type: manifests, name: demo, path: ./clusters/demo }`,
    );
  }
}
