import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { Cluster } from './ClusterSource';

/** One entry of `securityProfiles.clusters`, for the adapter of its type. */
export interface ClusterEntry {
  config: Config;
  /** As `securityProfiles.clusters[0]`, for messages. */
  key: string;
}

/** What adapters are given beside their entry. */
export interface ClusterAdapterContext {
  logger: LoggerService;
  /** The present time in milliseconds since 1970. */
  now: () => number;
  /** A number from 0 up to but not including 1. */
  random: () => number;
}

/** What an entry of the configuration connects: one or more clusters. */
export type ConnectedClusters = Omit<Cluster, 'id'>[];

/**
 * Connects the clusters of one entry of the configuration. Throws an `InputError` that names the configuration key
 * when the entry can't work.
 */
export type ClusterAdapter = (
  entry: ClusterEntry,
  context: ClusterAdapterContext,
) => Promise<ConnectedClusters>;
