import type { Knex } from 'knex';
import type { ClaimMatcher } from '../catalog/ClaimMatcher';
import type { EntityListener } from '../catalog/EntityListener';
import { chunk } from '../database/chunk';
import type {
  DbClaimsRow,
  DbEntitiesRow,
  DbPostureClustersRow,
  DbPostureProfilesRow,
  DbWorkloadProfileNamesRow,
  DbWorkloadsRow,
} from '../database/tables';
import type {
  InventoryChange,
  InventoryListener,
} from '../inventory/InventoryListener';
import type { DirtyEntities } from './DirtyEntities';

/** Options of {@link DirtyMarker}. */
export interface DirtyMarkerOptions {
  matcher: ClaimMatcher;
  dirty: DirtyEntities;
  /** Called after every mark, once others can see it. */
  onMarked: () => void;
}

/** Turns changed facts into entities to judge anew: those that the change touches, and no others. */
export class DirtyMarker implements InventoryListener, EntityListener {
  private readonly options: DirtyMarkerOptions;

  constructor(options: DirtyMarkerOptions) {
    this.options = options;
  }

  async entitiesChanged(tx: Knex, entityRefs: string[]): Promise<void> {
    await this.mark(tx, entityRefs);
  }

  async inventoryChanged(tx: Knex, change: InventoryChange): Promise<void> {
    const refs = new Set<string>();
    const add = (found: string[]) => {
      for (const ref of found) {
        refs.add(ref);
      }
    };
    for (const ids of chunk(change.workloadIds)) {
      add(await this.claimants(tx, ids));
    }
    await this.options.matcher.rematchWorkloads(
      tx,
      change.relabelledWorkloadIds,
    );
    for (const ids of chunk(change.relabelledWorkloadIds)) {
      add(await this.claimants(tx, ids));
    }
    add(await this.namesakes(tx, change.workloadIds));
    for (const ids of chunk(change.profileIds)) {
      add(
        await tx<DbPostureProfilesRow>('posture_profiles')
          .whereIn('profile_id', ids)
          .pluck('entity_ref'),
      );
    }
    for (const [mechanism, values] of valuesByMechanism(change.profileNames)) {
      for (const part of chunk([...values])) {
        const workloadIds = await tx<DbWorkloadProfileNamesRow>(
          'workload_profile_names',
        )
          .where({ cluster_id: change.clusterId, mechanism })
          .whereIn('value', part)
          .distinct()
          .pluck('workload_id');
        for (const ids of chunk(workloadIds)) {
          add(await this.claimants(tx, ids));
        }
      }
    }
    if (change.reach === 'cluster') {
      add(
        await tx<DbPostureClustersRow>('posture_clusters')
          .where('cluster_id', change.clusterId)
          .pluck('entity_ref'),
      );
      add(
        await tx<DbClaimsRow>('claims')
          .join('workloads', 'workloads.id', 'claims.workload_id')
          .where('workloads.cluster_id', change.clusterId)
          .distinct()
          .pluck('claims.entity_ref'),
      );
    }
    if (refs.size > 0) {
      await this.mark(tx, refs);
    }
  }

  private async mark(tx: Knex, refs: Iterable<string>): Promise<void> {
    const { dirty, onMarked } = this.options;
    await dirty.mark(tx, refs);
    if (isTransaction(tx)) {
      // Whoever looks before the commit finds nothing, and would sleep over it. Nothing is marked after a rollback.
      tx.executionPromise.then(onMarked, () => {});
    } else {
      onMarked();
    }
  }

  /** Entities named like a workload: one without any claim shows it as its nearest miss. */
  private async namesakes(tx: Knex, workloadIds: string[]): Promise<string[]> {
    const found: string[] = [];
    for (const ids of chunk(workloadIds)) {
      for (const column of ['name', 'kubernetes_id']) {
        found.push(
          ...(await tx<DbEntitiesRow>('entities')
            .whereIn(
              column,
              tx<DbWorkloadsRow>('workloads').whereIn('id', ids).select('name'),
            )
            .pluck('entity_ref')),
        );
      }
    }
    return found;
  }

  private async claimants(tx: Knex, workloadIds: string[]): Promise<string[]> {
    return tx<DbClaimsRow>('claims')
      .whereIn('workload_id', workloadIds)
      .distinct()
      .pluck('entity_ref');
  }
}

function isTransaction(knex: Knex): knex is Knex.Transaction {
  return knex.isTransaction === true;
}

function valuesByMechanism(
  names: InventoryChange['profileNames'],
): Map<string, Set<string>> {
  const values = new Map<string, Set<string>>();
  for (const { mechanism, value } of names) {
    const group = values.get(mechanism) ?? new Set();
    values.set(mechanism, group.add(value));
  }
  return values;
}
