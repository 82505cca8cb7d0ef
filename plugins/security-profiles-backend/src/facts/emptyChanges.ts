import type { InventoryChanges } from './CollectedFacts';

/** Changes with nothing in them. */
export function emptyChanges(): InventoryChanges {
  return {
    workloads: [],
    removedWorkloads: [],
    profiles: [],
    removedProfiles: [],
    nodes: [],
    removedNodes: [],
    namespaces: [],
    removedNamespaces: [],
    topics: [],
  };
}
