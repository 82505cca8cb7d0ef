import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import type {
  DbClaimsRow,
  DbEntitiesRow,
  DbWorkloadsRow,
} from '../database/tables';
import {
  type MatchableWorkload,
  matchWorkload,
  workloadRef,
} from './matchWorkload';

type WorkloadRow = Pick<
  DbWorkloadsRow,
  'id' | 'namespace' | 'kind' | 'name' | 'label_sets'
> & { cluster_name: string };

/**
 * Keeps the claims: which entity each workload belongs to.
 *
 * Both directions go through an index (the labels of workloads, the anchors of entities), so a change costs what it
 * touches and not entities × workloads.
 */
export class ClaimMatcher {
  /** Looks at the claims on these workloads anew. */
  async rematchWorkloads(tx: Knex, workloadIds: string[]): Promise<void> {
    for (const ids of chunk(workloadIds)) {
      const rows = await this.workloads(tx).whereIn('workloads.id', ids);
      const entities = await this.candidateEntities(tx, rows);
      await tx<DbClaimsRow>('claims').whereIn('workload_id', ids).delete();
      await this.writeClaims(tx, entities, rows);
    }
  }

  /** Looks at the claims of these entities anew, and of those that share an id with one of them. */
  async rematchEntities(tx: Knex, entityRefs: string[]): Promise<void> {
    for (const refs of chunk(entityRefs)) {
      const entities = await tx<DbEntitiesRow>('entities').whereIn(
        'entity_ref',
        refs,
      );
      await tx<DbClaimsRow>('claims').whereIn('entity_ref', refs).delete();
      const workloads = await this.candidateWorkloads(tx, entities);
      await this.writeClaims(tx, entities, workloads);
    }
  }

  private workloads(tx: Knex) {
    return tx<DbWorkloadsRow>('workloads')
      .join('clusters', 'clusters.id', 'workloads.cluster_id')
      .select<WorkloadRow[]>(
        'workloads.id',
        'workloads.namespace',
        'workloads.kind',
        'workloads.name',
        'workloads.label_sets',
        'clusters.name as cluster_name',
      );
  }

  private async candidateEntities(
    tx: Knex,
    workloads: WorkloadRow[],
  ): Promise<DbEntitiesRow[]> {
    const valuesByKey = new Map<string, Set<string>>();
    for (const workload of workloads) {
      for (const labels of JSON.parse(workload.label_sets)) {
        for (const [key, value] of Object.entries<string>(labels)) {
          const values = valuesByKey.get(key) ?? new Set();
          valuesByKey.set(key, values.add(value));
        }
      }
    }
    const found = new Map<string, DbEntitiesRow>();
    const keep = (rows: DbEntitiesRow[]) => {
      for (const row of rows) {
        found.set(row.entity_ref, row);
      }
    };
    // Entities ask for few distinct keys; labels that nobody asks for are not looked up one by one.
    const askedKeys = new Set(
      await tx<DbEntitiesRow>('entities')
        .whereNotNull('anchor_key')
        .distinct()
        .pluck('anchor_key'),
    );
    for (const [key, values] of valuesByKey) {
      if (askedKeys.has(key)) {
        for (const part of chunk([...values])) {
          keep(
            await tx<DbEntitiesRow>('entities')
              .where('anchor_key', key)
              .whereIn('anchor_value', part),
          );
        }
      }
    }
    keep(
      await tx<DbEntitiesRow>('entities')
        .whereNull('anchor_key')
        .whereNotNull('selector')
        .whereNull('selector_error'),
    );
    for (const part of chunk(workloads.map(row => refOf(row)))) {
      keep(await tx<DbEntitiesRow>('entities').whereIn('workload_ref', part));
    }
    return [...found.values()];
  }

  private async candidateWorkloads(
    tx: Knex,
    entities: DbEntitiesRow[],
  ): Promise<WorkloadRow[]> {
    const found = new Map<string, WorkloadRow>();
    const keep = (rows: WorkloadRow[]) => {
      for (const row of rows) {
        found.set(row.id, row);
      }
    };
    const valuesByKey = new Map<string, Set<string>>();
    const names = new Set<string>();
    const namespaces = new Set<string | undefined>();
    for (const entity of entities) {
      if (entity.workload_ref) {
        names.add(entity.workload_ref.split('/').at(-1) ?? '');
      } else if (entity.anchor_key && entity.anchor_value !== null) {
        const values = valuesByKey.get(entity.anchor_key) ?? new Set();
        valuesByKey.set(entity.anchor_key, values.add(entity.anchor_value));
      } else if (entity.selector && !entity.selector_error) {
        // A selector without an equality has no anchor: everything it might mean is looked at.
        namespaces.add(entity.only_namespace ?? undefined);
      }
    }
    for (const part of chunk([...names])) {
      keep(await this.workloads(tx).whereIn('workloads.name', part));
    }
    if (namespaces.has(undefined)) {
      keep(await this.workloads(tx));
    } else {
      for (const part of chunk([...namespaces] as string[])) {
        keep(await this.workloads(tx).whereIn('workloads.namespace', part));
      }
    }
    for (const [key, values] of valuesByKey) {
      for (const part of chunk([...values])) {
        keep(
          await this.workloads(tx).whereIn(
            'workloads.id',
            tx('workload_labels')
              .where('key', key)
              .whereIn('value', part)
              .select('workload_id'),
          ),
        );
      }
    }
    return [...found.values()];
  }

  private async writeClaims(
    tx: Knex,
    entities: DbEntitiesRow[],
    workloads: WorkloadRow[],
  ): Promise<void> {
    const holders = await this.idHolders(tx, entities);
    const byAnchor = new Map<string, DbEntitiesRow[]>();
    const others: DbEntitiesRow[] = [];
    for (const entity of entities) {
      if (entity.anchor_key && entity.anchor_value !== null) {
        const key = JSON.stringify([entity.anchor_key, entity.anchor_value]);
        byAnchor.set(key, [...(byAnchor.get(key) ?? []), entity]);
      } else {
        others.push(entity);
      }
    }
    const claims: DbClaimsRow[] = [];
    for (const row of workloads) {
      const workload: MatchableWorkload = {
        clusterName: row.cluster_name,
        namespace: row.namespace,
        kind: row.kind,
        name: row.name,
        labelSets: JSON.parse(row.label_sets),
      };
      const candidates = new Set(others);
      for (const labels of workload.labelSets) {
        for (const pair of Object.entries(labels)) {
          for (const entity of byAnchor.get(JSON.stringify(pair)) ?? []) {
            candidates.add(entity);
          }
        }
      }
      for (const entity of candidates) {
        const claim = matchWorkload(entity, workload, {
          idHolders: holders.get(entity.kubernetes_id) ?? [],
        });
        if (claim) {
          claims.push({
            entity_ref: entity.entity_ref,
            workload_id: row.id,
            claim,
          });
        }
      }
    }
    for (const part of chunk(claims)) {
      await tx<DbClaimsRow>('claims')
        .insert(part)
        .onConflict(['entity_ref', 'workload_id'])
        .merge();
    }
  }

  private async idHolders(
    tx: Knex,
    entities: DbEntitiesRow[],
  ): Promise<Map<string, Pick<DbEntitiesRow, 'entity_ref' | 'name'>[]>> {
    const ids = [...new Set(entities.map(entity => entity.kubernetes_id))];
    const holders = new Map<
      string,
      Pick<DbEntitiesRow, 'entity_ref' | 'name'>[]
    >();
    for (const part of chunk(ids)) {
      const rows = await tx<DbEntitiesRow>('entities')
        .whereIn('kubernetes_id', part)
        .select('entity_ref', 'name', 'kubernetes_id');
      for (const row of rows) {
        holders.set(row.kubernetes_id, [
          ...(holders.get(row.kubernetes_id) ?? []),
          row,
        ]);
      }
    }
    return holders;
  }
}

function refOf(row: WorkloadRow): string {
  return workloadRef({
    clusterName: row.cluster_name,
    namespace: row.namespace,
    kind: row.kind,
    name: row.name,
  });
}
