import type { CollectedDataplane } from '../facts/CollectedDataplane';
import type {
  CollectedCluster,
  CollectedNamespace,
  CollectedNode,
  CollectedProfile,
  CollectedSource,
  CollectedTopic,
  CollectedWorkload,
  InventoryChanges,
  InventoryWriter,
  StoredFacts,
} from '../facts/CollectedFacts';

interface HeldFacts {
  workloads: Map<string, CollectedWorkload>;
  profiles: Map<string, CollectedProfile>;
  nodes: Map<string, CollectedNode>;
  namespaces: Map<string, CollectedNamespace>;
  sources: Map<string, CollectedSource>;
  topics: Map<string, CollectedTopic>;
}

/**
 * The in-memory twin of the inventory: passes the same contract suite as the one in the database. It keeps the writes
 * of facts in their order, and fails them as told.
 */
export class InMemoryInventory implements InventoryWriter {
  clusters: CollectedCluster[] = [];
  readonly writes: { clusterId: string; changes: InventoryChanges }[] = [];
  readonly clusterFacts = new Map<
    string,
    { kubernetesVersion?: string; operatorVersion?: string }
  >();
  readonly dataplanes = new Map<string, CollectedDataplane>();
  readonly problems = new Map<string, { where: string; message: string }[]>();
  /** Asked before each write of facts; what it throws, the write throws. */
  beforeApply: (changes: InventoryChanges) => void | Promise<void> = () => {};
  private readonly held = new Map<string, HeldFacts>();

  /** Everything that is held of a cluster. */
  facts(clusterId: string): HeldFacts {
    let facts = this.held.get(clusterId);
    if (!facts) {
      facts = {
        workloads: new Map(),
        profiles: new Map(),
        nodes: new Map(),
        namespaces: new Map(),
        sources: new Map(),
        topics: new Map(),
      };
      this.held.set(clusterId, facts);
    }
    return facts;
  }

  /** One workload by kind and name. */
  workload(
    clusterId: string,
    kind: string,
    name: string,
  ): CollectedWorkload | undefined {
    return [...this.facts(clusterId).workloads.values()].find(
      each => each.kind === kind && each.name === name,
    );
  }

  async replaceClusters(
    clusters: CollectedCluster[],
    options: { others: 'remove' | 'keep' } = { others: 'remove' },
  ): Promise<void> {
    this.clusters = clusters;
    if (options.others === 'keep') {
      return;
    }
    const kept = new Set(clusters.map(({ id }) => id));
    for (const id of [...this.held.keys()]) {
      if (!kept.has(id)) {
        this.held.delete(id);
        this.clusterFacts.delete(id);
        this.dataplanes.delete(id);
        this.problems.delete(id);
      }
    }
  }

  async readStored(clusterId: string): Promise<StoredFacts> {
    const facts = this.facts(clusterId);
    return {
      workloads: new Map(
        [...facts.workloads.values()].map(each => [each.id, each.contentHash]),
      ),
      profiles: new Set(facts.profiles.keys()),
      nodes: new Set(facts.nodes.keys()),
      namespaces: new Set(facts.namespaces.keys()),
      sources: [...facts.sources.values()],
    };
  }

  async apply(clusterId: string, changes: InventoryChanges): Promise<void> {
    await this.beforeApply(changes);
    const facts = this.facts(clusterId);
    replace(facts.workloads, changes.workloads, 'id', changes.removedWorkloads);
    replace(facts.profiles, changes.profiles, 'id', changes.removedProfiles);
    replace(facts.nodes, changes.nodes, 'name', changes.removedNodes);
    replace(
      facts.namespaces,
      changes.namespaces,
      'name',
      changes.removedNamespaces,
    );
    replace(facts.topics, changes.topics, 'name', []);
    this.writes.push({ clusterId, changes });
  }

  async writeSources(
    clusterId: string,
    sources: CollectedSource[],
  ): Promise<void> {
    for (const source of sources) {
      this.facts(clusterId).sources.set(source.resource, source);
    }
  }

  async writeClusterFacts(
    clusterId: string,
    facts: { kubernetesVersion?: string; operatorVersion?: string },
  ): Promise<void> {
    this.clusterFacts.set(clusterId, facts);
  }

  async writeDataplane(
    clusterId: string,
    dataplane: CollectedDataplane,
  ): Promise<void> {
    this.dataplanes.set(clusterId, {
      ...this.dataplanes.get(clusterId),
      ...dataplane,
    });
  }

  async writeProblems(
    clusterId: string,
    problems: { where: string; message: string }[],
  ): Promise<void> {
    this.problems.set(clusterId, problems);
  }
}

function replace<K extends string, T extends Record<K, string>>(
  held: Map<string, T>,
  added: T[],
  key: K,
  removed: string[],
): void {
  for (const each of added) {
    held.set(each[key], each);
  }
  for (const each of removed) {
    held.delete(each);
  }
}
