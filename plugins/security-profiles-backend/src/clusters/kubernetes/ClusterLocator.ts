import type { ClusterDetails } from '@backstage/plugin-kubernetes-node';

/** A cluster as it was found. */
export interface LocatedCluster {
  /** Where it was found, for messages: a configuration key or an entity ref. */
  key: string;
  details: ClusterDetails;
  /** Why its source does not let it be collected. */
  refused?: string;
  /** `public`: a host name that leads elsewhere is not connected. */
  addresses: 'any' | 'public';
}

/** Finds clusters in one place. */
export interface ClusterLocator {
  /** The configuration key, for messages. */
  key: string;
  /** `fixed`: the answer never changes and never fails. */
  changes: 'fixed' | 'changing';
  /** Rejects with anything when the place can't be asked. */
  locate(): Promise<LocatedCluster[]>;
}
