import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import type {
  DbClusterDataplaneRow,
  DbClusterResourcesRow,
  DbClustersRow,
  DbNamespacesRow,
  DbNodesRow,
  DbWorkloadsRow,
} from '../database/tables';
import {
  type CollectedDataplane,
  dataplaneParts,
} from '../facts/CollectedDataplane';
import type {
  CollectedCluster,
  CollectedSource,
  InventoryChanges,
  InventoryWriter,
  StoredFacts,
} from '../facts/CollectedFacts';
import type { InventoryListener } from './InventoryListener';
import { ProfileWriter } from './ProfileWriter';
import { servedNodes } from './servedNodes';
import { TopicWriter } from './TopicWriter';
import type { WriteGuard } from '../facts/WriteGuard';
import { WorkloadWriter } from './WorkloadWriter';

const clusterTables = [
  'cluster_dataplane',
  'cluster_resources',
  'cluster_problems',
  'nodes',
  'namespaces',
  'profiles',
  'workload_profile_names',
  'cluster_facts',
];

/** Options of {@link DatabaseInventory}. */
export interface DatabaseInventoryOptions {
  knex: Knex;
  listener: InventoryListener;
  /** Asked in every transaction that writes facts of a cluster. */
  guard?: WriteGuard;
}

/** The inventory in the plugin's own database. */
export class DatabaseInventory implements InventoryWriter {
  private readonly knex: Knex;
  private readonly listener: InventoryListener;
  private readonly guard: WriteGuard | undefined;
  private readonly profileWriter = new ProfileWriter();
  private readonly topicWriter = new TopicWriter();
  private readonly workloadWriter = new WorkloadWriter();

  constructor(options: DatabaseInventoryOptions) {
    this.knex = options.knex;
    this.listener = options.listener;
    this.guard = options.guard;
  }

  /** The same inventory for a writer that may lose its right to write. */
  guardedBy(guard: WriteGuard): DatabaseInventory {
    return new DatabaseInventory({
      knex: this.knex,
      listener: this.listener,
      guard,
    });
  }

  async replaceClusters(
    clusters: CollectedCluster[],
    options: { others: 'remove' | 'keep' } = { others: 'remove' },
  ): Promise<void> {
    await this.knex.transaction(async tx => {
      const present = new Map(
        (await tx<DbClustersRow>('clusters')).map(row => [row.id, row]),
      );
      const listed = new Set(clusters.map(cluster => cluster.id));
      for (const id of present.keys()) {
        if (!listed.has(id) && options.others === 'remove') {
          await this.removeCluster(tx, id);
        }
      }
      for (const cluster of clusters) {
        const row = {
          id: cluster.id,
          name: cluster.name,
          type: cluster.type,
          environment: cluster.environment,
          owner_ref: cluster.ownerRef ?? null,
          not_collected: cluster.notCollected ?? null,
          tls: cluster.tls ?? null,
        };
        const before = present.get(cluster.id);
        const differs = (Object.keys(row) as (keyof typeof row)[]).some(
          column => before?.[column] !== row[column],
        );
        // The list is read again and again: unchanged, it must not have every entity judged anew.
        if (differs) {
          await tx('clusters').insert(row).onConflict('id').merge(row);
          await this.notify(tx, { clusterId: cluster.id, reach: 'cluster' });
        }
      }
    });
  }

  async readStored(clusterId: string): Promise<StoredFacts> {
    const workloads = await this.knex<DbWorkloadsRow>('workloads')
      .where('cluster_id', clusterId)
      .select('id', 'content_hash');
    const names = async (table: string, column: string) =>
      new Set<string>(
        await this.knex(table).where('cluster_id', clusterId).pluck(column),
      );
    const sources = await this.knex<DbClusterResourcesRow>(
      'cluster_resources',
    ).where('cluster_id', clusterId);
    return {
      workloads: new Map(workloads.map(row => [row.id, row.content_hash])),
      profiles: await names('profiles', 'id'),
      nodes: await names('nodes', 'name'),
      namespaces: await names('namespaces', 'name'),
      sources: sources.map(row => ({
        resource: row.resource,
        state: row.state as CollectedSource['state'],
        since: row.since,
        lastFresh: row.last_fresh ?? undefined,
        count: row.object_count,
        reason: row.reason ?? undefined,
      })),
    };
  }

  async apply(
    clusterId: string,
    changes: InventoryChanges,
    options: { now: string },
  ): Promise<void> {
    await this.writing(clusterId, async tx => {
      const servedBefore =
        changes.nodes.length + changes.removedNodes.length > 0
          ? await servedNodes(tx, clusterId)
          : undefined;
      const nodesChanged = await this.writeNodes(tx, clusterId, changes);
      const relabelled = await this.writeNamespaces(tx, clusterId, changes);
      const topics = await this.topicWriter.write(tx, clusterId, changes);
      const below = await this.workloadsIn(tx, clusterId, [
        ...relabelled,
        ...topics.namespaces,
      ]);
      const reach =
        nodesChanged === 'changed' ? ('cluster' as const) : topics.reach;
      const workloads = await this.workloadWriter.write(
        tx,
        clusterId,
        changes.workloads,
      );
      const profiles = await this.profileWriter.write(tx, clusterId, {
        changes,
        servedBefore,
        now: options.now,
      });
      if (
        reach === 'cluster' ||
        topics.written === 'some' ||
        relabelled.length > 0 ||
        profiles.ids.length > 0
      ) {
        await this.raiseFactsVersion(tx, clusterId);
      }
      await this.listener.inventoryChanged(tx, {
        clusterId,
        workloadIds: [...workloads.ids, ...changes.removedWorkloads, ...below],
        relabelledWorkloadIds: workloads.relabelled,
        profileIds: profiles.ids,
        profileNames: profiles.names,
        reach,
      });
      // Listeners look at the claims of a removed workload before its rows go.
      await this.workloadWriter.remove(tx, changes.removedWorkloads);
    });
  }

  async writeSources(
    clusterId: string,
    sources: CollectedSource[],
  ): Promise<void> {
    await this.writing(clusterId, async tx => {
      const before = new Map(
        (
          await tx<DbClusterResourcesRow>('cluster_resources').where(
            'cluster_id',
            clusterId,
          )
        ).map(row => [row.resource, row]),
      );
      const rows = sources.map(source => ({
        cluster_id: clusterId,
        resource: source.resource,
        state: source.state,
        since: source.since,
        last_fresh: source.lastFresh ?? null,
        object_count: source.count,
        reason: source.reason ?? null,
      }));
      for (const part of chunk(rows)) {
        await tx('cluster_resources')
          .insert(part)
          .onConflict(['cluster_id', 'resource'])
          .merge();
      }
      const stateChanged = rows.some(
        row => before.get(row.resource)?.state !== row.state,
      );
      if (stateChanged) {
        await this.notify(tx, { clusterId, reach: 'cluster' });
      }
    });
  }

  async writeClusterFacts(
    clusterId: string,
    facts: { kubernetesVersion?: string; operatorVersion?: string },
  ): Promise<void> {
    await this.writing(clusterId, async tx => {
      await tx('clusters')
        .where('id', clusterId)
        .update({
          kubernetes_version: facts.kubernetesVersion ?? null,
          operator_version: facts.operatorVersion ?? null,
        });
    });
  }

  async writeDataplane(
    clusterId: string,
    dataplane: CollectedDataplane,
  ): Promise<void> {
    await this.writing(clusterId, async tx => {
      const stored = new Map(
        (
          await tx<DbClusterDataplaneRow>('cluster_dataplane').where(
            'cluster_id',
            clusterId,
          )
        ).map(row => [row.part, row.facts]),
      );
      const rows = dataplaneParts
        .filter(part => dataplane[part] !== undefined)
        .map(part => ({
          cluster_id: clusterId,
          part,
          facts: JSON.stringify(dataplane[part]),
        }))
        .filter(row => stored.get(row.part) !== row.facts);
      if (rows.length > 0) {
        await tx('cluster_dataplane')
          .insert(rows)
          .onConflict(['cluster_id', 'part'])
          .merge();
        await this.notify(tx, { clusterId, reach: 'cluster' });
      }
    });
  }

  /** What all clusters are judged by has changed. */
  async judgeAllAnew(tx: Knex): Promise<void> {
    for (const id of await tx<DbClustersRow>('clusters').pluck('id')) {
      await this.notify(tx, { clusterId: id, reach: 'cluster' });
    }
  }

  /** What one cluster is judged by has changed. */
  async judgeAnew(tx: Knex, clusterId: string): Promise<void> {
    await this.notify(tx, { clusterId, reach: 'cluster' });
  }

  async writeProblems(
    clusterId: string,
    problems: { where: string; message: string }[],
  ): Promise<void> {
    await this.writing(clusterId, async tx => {
      await tx('cluster_problems').where('cluster_id', clusterId).delete();
      for (const part of chunk(problems)) {
        await tx('cluster_problems').insert(
          part.map(problem => ({
            cluster_id: clusterId,
            location: problem.where,
            message: problem.message,
          })),
        );
      }
    });
  }

  private async writing(
    clusterId: string,
    write: (tx: Knex) => Promise<void>,
  ): Promise<void> {
    await this.knex.transaction(async tx => {
      await this.guard?.check(tx, clusterId);
      await write(tx);
    });
  }

  private async writeNodes(
    tx: Knex,
    clusterId: string,
    changes: InventoryChanges,
  ): Promise<'changed' | 'same'> {
    let written = 0;
    for (const names of chunk(changes.removedNodes)) {
      written += await tx('nodes')
        .where('cluster_id', clusterId)
        .whereIn('name', names)
        .delete();
    }
    // After a start every node is handed over; most are as they were.
    for (const part of chunk(changes.nodes)) {
      const stored = new Map(
        (
          await tx<DbNodesRow>('nodes')
            .where('cluster_id', clusterId)
            .whereIn(
              'name',
              part.map(node => node.name),
            )
        ).map(row => [row.name, row.facts]),
      );
      const rows = part
        .map(node => ({
          cluster_id: clusterId,
          name: node.name,
          facts: JSON.stringify(node),
        }))
        .filter(row => stored.get(row.name) !== row.facts);
      if (rows.length > 0) {
        await tx('nodes')
          .insert(rows)
          .onConflict(['cluster_id', 'name'])
          .merge();
        written += rows.length;
      }
    }
    return written > 0 ? 'changed' : 'same';
  }

  private async writeNamespaces(
    tx: Knex,
    clusterId: string,
    changes: InventoryChanges,
  ): Promise<string[]> {
    const relabelled: string[] = [];
    for (const names of chunk(changes.removedNamespaces)) {
      await tx('namespaces')
        .where('cluster_id', clusterId)
        .whereIn('name', names)
        .delete();
    }
    // After a start every namespace is handed over; most are as they were.
    for (const part of chunk(changes.namespaces)) {
      const stored = new Map(
        (
          await tx<DbNamespacesRow>('namespaces')
            .where('cluster_id', clusterId)
            .whereIn(
              'name',
              part.map(({ name }) => name),
            )
        ).map(row => [row.name, row.labels]),
      );
      const rows = part
        .map(namespace => ({
          cluster_id: clusterId,
          name: namespace.name,
          labels: JSON.stringify(namespace.labels),
        }))
        .filter(row => stored.get(row.name) !== row.labels);
      if (rows.length > 0) {
        await tx('namespaces')
          .insert(rows)
          .onConflict(['cluster_id', 'name'])
          .merge();
        relabelled.push(...rows.map(({ name }) => name));
      }
    }
    return relabelled;
  }

  /** Ids of the workloads of some namespaces. */
  private async workloadsIn(
    tx: Knex,
    clusterId: string,
    namespaces: string[],
  ): Promise<string[]> {
    const ids: string[] = [];
    for (const names of chunk([...new Set(namespaces)])) {
      ids.push(
        ...(await tx<DbWorkloadsRow>('workloads')
          .where('cluster_id', clusterId)
          .whereIn('namespace', names)
          .pluck('id')),
      );
    }
    return ids;
  }

  private async removeCluster(tx: Knex, clusterId: string): Promise<void> {
    await this.notify(tx, { clusterId, reach: 'cluster' });
    const ids = await tx<DbWorkloadsRow>('workloads')
      .where('cluster_id', clusterId)
      .pluck('id');
    await this.workloadWriter.remove(tx, ids);
    for (const table of clusterTables) {
      await tx(table).where('cluster_id', clusterId).delete();
    }
    await tx('clusters').where('id', clusterId).delete();
  }

  private async raiseFactsVersion(tx: Knex, clusterId: string): Promise<void> {
    await tx('clusters').where('id', clusterId).increment('facts_version', 1);
  }

  private async notify(
    tx: Knex,
    change: { clusterId: string; reach: 'cluster' },
  ): Promise<void> {
    await this.raiseFactsVersion(tx, change.clusterId);
    await this.listener.inventoryChanged(tx, {
      ...change,
      workloadIds: [],
      relabelledWorkloadIds: [],
      profileIds: [],
      profileNames: [],
    });
  }
}
