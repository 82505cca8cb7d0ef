import type { Knex } from 'knex';
import type { NamedProfile } from '../facts/profileNames';

/** What a write of collected facts changed, for those who must judge anew. */
export interface InventoryChange {
  clusterId: string;
  /** Workloads that were added, changed or removed. */
  workloadIds: string[];
  /** Workloads whose labels may have changed: their claims must be looked at again. */
  relabelledWorkloadIds: string[];
  /** Profiles that were added, changed or removed, dependents through base chains included. */
  profileIds: string[];
  /** Names under which pods may name these profiles. */
  profileNames: NamedProfile[];
  /** `cluster`: something that every service on the cluster shows has changed. */
  reach: 'named' | 'cluster';
}

/** Told of every change inside the transaction that makes it. */
export interface InventoryListener {
  inventoryChanged(tx: Knex, change: InventoryChange): Promise<void>;
}
