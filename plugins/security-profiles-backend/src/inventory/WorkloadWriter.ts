import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import type {
  DbClaimsRow,
  DbWorkloadContainersRow,
  DbWorkloadProfileNamesRow,
  DbWorkloadsRow,
} from '../database/tables';
import type { CollectedWorkload } from '../facts/CollectedFacts';
import { type NamedProfile, namedProfiles } from '../facts/profileNames';

/** What a write of workloads changed. */
export interface WrittenWorkloads {
  ids: string[];
  /** Those among them that are new or have other labels. */
  relabelled: string[];
}

type ContainerRow = DbWorkloadContainersRow & { id?: number };

/** What changes of a container while its signature stays. */
const countColumns = ['pods', 'nodes', 'declared', 'started_at'] as const;

const detailTables = [
  'workload_labels',
  'workload_containers',
  'workload_profile_names',
];

/**
 * Writes workloads with their labels, containers and the profiles that these name.
 *
 * @remarks
 * Workloads come in parts of a fixed number of statements, and of each only the rows that differ are written: a rollout
 * moves pods from node to node, and touches neither labels nor names.
 */
export class WorkloadWriter {
  async write(
    tx: Knex,
    clusterId: string,
    workloads: CollectedWorkload[],
  ): Promise<WrittenWorkloads> {
    const written: WrittenWorkloads = { ids: [], relabelled: [] };
    for (const part of chunk(workloads)) {
      const before = new Map(
        (await tx<DbWorkloadsRow>('workloads').whereIn('id', idsOf(part))).map(
          row => [row.id, row],
        ),
      );
      const changed = part.filter(
        ({ id, contentHash }) => before.get(id)?.content_hash !== contentHash,
      );
      if (changed.length === 0) {
        continue;
      }
      const rows = changed.map(workload => workloadRow(clusterId, workload));
      await tx('workloads').insert(rows).onConflict('id').merge();
      const known = changed.filter(({ id }) => before.has(id));
      const relabelled = new Set(
        rows
          .filter(row => before.get(row.id)?.label_sets !== row.label_sets)
          .map(({ id }) => id),
      );
      await this.writeLabels(
        tx,
        changed.filter(({ id }) => relabelled.has(id)),
        known,
      );
      await this.writeContainers(tx, changed, known);
      await this.writeNames(tx, clusterId, changed, known);
      written.ids.push(...idsOf(changed));
      written.relabelled.push(...relabelled);
    }
    return written;
  }

  /** Removes workloads with everything that hangs on them. */
  async remove(tx: Knex, ids: string[]): Promise<void> {
    for (const part of chunk(ids)) {
      for (const table of detailTables) {
        await tx(table).whereIn('workload_id', part).delete();
      }
      await tx<DbClaimsRow>('claims').whereIn('workload_id', part).delete();
      await tx('workloads').whereIn('id', part).delete();
    }
  }

  private async writeLabels(
    tx: Knex,
    relabelled: CollectedWorkload[],
    known: CollectedWorkload[],
  ): Promise<void> {
    const ids = new Set(idsOf(known));
    await this.deleteOf(
      tx,
      'workload_labels',
      relabelled.filter(({ id }) => ids.has(id)),
    );
    await this.insertAll(
      tx,
      'workload_labels',
      relabelled.flatMap(({ id, labelSets }) =>
        distinct(
          labelSets.flatMap(set =>
            Object.entries(set).map(([key, value]) => ({ key, value })),
          ),
        ).map(label => ({ workload_id: id, ...label })),
      ),
    );
  }

  /** Rows stand in the order of their signatures; where only numbers differ they keep their place. */
  private async writeContainers(
    tx: Knex,
    changed: CollectedWorkload[],
    known: CollectedWorkload[],
  ): Promise<void> {
    const stored = groupById(
      known.length > 0
        ? await tx<Required<ContainerRow>>('workload_containers')
            .whereIn('workload_id', idsOf(known))
            .orderBy('id')
        : [],
    );
    const rewritten: CollectedWorkload[] = [];
    const inserted: ContainerRow[] = [];
    const counted: ContainerRow[] = [];
    for (const workload of changed) {
      const rows = containerRows(workload);
      const before = stored.get(workload.id) ?? [];
      if (
        rows.length === before.length &&
        rows.every((row, index) => sameContainer(row, before[index]))
      ) {
        rows.forEach((row, index) => {
          const stands = before[index];
          if (countColumns.some(column => row[column] !== stands[column])) {
            counted.push({ id: stands.id, ...row });
          }
        });
      } else {
        if (before.length > 0) {
          rewritten.push(workload);
        }
        inserted.push(...rows);
      }
    }
    await this.deleteOf(tx, 'workload_containers', rewritten);
    await this.insertAll(tx, 'workload_containers', inserted);
    for (const part of chunk(counted)) {
      await tx('workload_containers')
        .insert(part)
        .onConflict('id')
        .merge([...countColumns]);
    }
  }

  private async writeNames(
    tx: Knex,
    clusterId: string,
    changed: CollectedWorkload[],
    known: CollectedWorkload[],
  ): Promise<void> {
    const stored = groupById(
      known.length > 0
        ? await tx<DbWorkloadProfileNamesRow>('workload_profile_names').whereIn(
            'workload_id',
            idsOf(known),
          )
        : [],
    );
    const renamed = changed.filter(
      workload =>
        keysOf(namesOf(workload)) !== keysOf(stored.get(workload.id) ?? []),
    );
    await this.deleteOf(
      tx,
      'workload_profile_names',
      renamed.filter(({ id }) => stored.has(id)),
    );
    await this.insertAll(
      tx,
      'workload_profile_names',
      renamed.flatMap(workload =>
        namesOf(workload).map(name => ({
          workload_id: workload.id,
          cluster_id: clusterId,
          ...name,
        })),
      ),
    );
  }

  private async deleteOf(
    tx: Knex,
    table: string,
    workloads: CollectedWorkload[],
  ): Promise<void> {
    if (workloads.length > 0) {
      await tx(table).whereIn('workload_id', idsOf(workloads)).delete();
    }
  }

  private async insertAll(
    tx: Knex,
    table: string,
    rows: object[],
  ): Promise<void> {
    for (const part of chunk(rows)) {
      await tx(table).insert(part);
    }
  }
}

function idsOf(workloads: { id: string }[]): string[] {
  return workloads.map(({ id }) => id);
}

function workloadRow(
  clusterId: string,
  workload: CollectedWorkload,
): DbWorkloadsRow {
  return {
    id: workload.id,
    cluster_id: clusterId,
    api_group: workload.apiGroup,
    kind: workload.kind,
    namespace: workload.namespace,
    name: workload.name,
    label_sets: JSON.stringify(workload.labelSets),
    path_prefix: workload.pathPrefix,
    pods: workload.pods,
    content_hash: workload.contentHash,
  };
}

function containerRows({ id, containers }: CollectedWorkload): ContainerRow[] {
  return containers.map(entry => ({
    workload_id: id,
    name: entry.container.name,
    type: entry.container.type,
    origin: entry.origin,
    basis: entry.basis,
    pods: entry.pods,
    container: JSON.stringify(entry.container),
    nodes: JSON.stringify(entry.nodes),
    declared: entry.declared ? JSON.stringify(entry.declared) : null,
    started_at: entry.startedAt ?? null,
  }));
}

function sameContainer(a: ContainerRow, b: ContainerRow): boolean {
  return (
    a.container === b.container && a.origin === b.origin && a.basis === b.basis
  );
}

function namesOf({ containers }: CollectedWorkload): NamedProfile[] {
  return distinct(
    containers.flatMap(({ container }) => namedProfiles(container)),
  );
}

function keysOf(names: { mechanism: string; value: string }[]): string {
  return JSON.stringify(
    names.map(({ mechanism, value }) => `${mechanism} ${value}`).sort(),
  );
}

function distinct<T extends object>(items: T[]): T[] {
  return [...new Map(items.map(item => [JSON.stringify(item), item])).values()];
}

function groupById<T extends { workload_id: string }>(
  rows: T[],
): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.workload_id);
    if (group) {
      group.push(row);
    } else {
      groups.set(row.workload_id, [row]);
    }
  }
  return groups;
}
