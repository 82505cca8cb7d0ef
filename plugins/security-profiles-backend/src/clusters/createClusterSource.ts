import type { LoggerService } from '@backstage/backend-plugin-api';
import { type Config, ConfigReader } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { ClusterAdapter, ClusterSupply } from './ClusterAdapter';
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
  /** The entries to take when config has no key `securityProfiles.clusters` at all; an empty list there means none. */
  defaultEntries?: { type: string }[];
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
  const supplies: { key: string; supply: ClusterSupply }[] = [];
  const keyByName = new Map<string, string>();
  const close = async () => {
    await Promise.all([
      ...clusters.map(cluster => cluster.client?.close()),
      ...supplies.map(({ supply }) => supply.close()),
    ]);
  };
  try {
    const entries = readEntries(options);
    for (const [index, config] of entries.entries()) {
      const key = options.config.has(KEY)
        ? `${KEY}[${index}]`
        : `${KEY} (not set, so its default)`;
      const type = config.getOptional('type');
      const adapter = adapters.get(String(type));
      if (!adapter) {
        throw new InputError(
          `${key}.type: found ${
            type === undefined ? 'nothing' : JSON.stringify(type)
          }; expected one of ${[...adapters.keys()].join(', ')}`,
        );
      }
      const connected = await adapter({ config, key }, options);
      if (!Array.isArray(connected)) {
        supplies.push({ key, supply: connected });
        continue;
      }
      for (const one of connected) {
        clusters.push(withId(one));
        const first = keyByName.get(one.name);
        if (first) {
          throw new InputError(
            `${key}: the cluster name ${JSON.stringify(
              one.name,
            )} is already used by ${first}; every cluster needs a name of its own`,
          );
        }
        keyByName.set(one.name, key);
      }
    }
  } catch (error) {
    await close();
    throw error;
  }

  const said = new Set<string>();
  const leaveOut = (key: string, name: string, first: string) => {
    const message = `${key}: the cluster name ${JSON.stringify(
      name,
    )} is already used by ${first}; this cluster is left out`;
    if (!said.has(message)) {
      said.add(message);
      options.logger.warn(message);
    }
  };
  return {
    async listClusters({ signal }) {
      const listed = [...clusters];
      const keys = new Map(keyByName);
      for (const { key, supply } of supplies) {
        for (const one of await supply.list({ signal })) {
          const first = keys.get(one.name);
          if (first) {
            leaveOut(key, one.name, first);
          } else {
            keys.set(one.name, key);
            listed.push(withId(one));
          }
        }
      }
      return listed;
    },
    problems: () => supplies.flatMap(({ supply }) => supply.problems()),
    close,
  };
}

function withId(cluster: Omit<Cluster, 'id'>): Cluster {
  return { id: clusterId(cluster.name), ...cluster };
}

function readEntries(options: CreateClusterSourceOptions): Config[] {
  const { config, defaultEntries = [] } = options;
  if (!config.has(KEY)) {
    return defaultEntries.map(entry => new ConfigReader(entry));
  }
  try {
    return config.getConfigArray(KEY);
  } catch {
    throw new InputError(
      `${KEY}: expected a list of clusters, each with a type, such as { type: manifests, name: demo, path: ./clusters/demo }`,
    );
  }
}
