import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { Cluster, ClusterProblem } from './ClusterSource';

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

/** Clusters that come and go. */
export interface ClusterSupply {
  /** See `ClusterSource.listClusters`; rejects only with the signal's reason. */
  list(options: { signal: AbortSignal }): Promise<ConnectedClusters>;
  /** See `ClusterSource.problems`. */
  problems(): ClusterProblem[];
  /** Closes every client. */
  close(): Promise<void>;
}

/**
 * Connects the clusters of one entry of the configuration: a list that stays, or a supply. Throws an `InputError` that
 * names the configuration key when the entry can't work.
 */
export type ClusterAdapter = (
  entry: ClusterEntry,
  context: ClusterAdapterContext,
) => Promise<ConnectedClusters | ClusterSupply>;
