import type { DataplanePlan } from '@security-profiles/analysis';
import type { Knex } from 'knex';
import type { DbClusterPlansRow } from '../database/tables';

/** Planned patches of clusters: only added to, the newest of a cluster counts. */
export class ClusterPlanStore {
  async add(tx: Knex, clusterId: string, plan: DataplanePlan): Promise<void> {
    const row: Omit<DbClusterPlansRow, 'id'> = {
      cluster_id: clusterId,
      version: plan.version,
      planned_for: plan.date,
      noted_by: plan.by,
      reason: plan.reason,
      noted_at: plan.notedAt,
    };
    await tx('cluster_plans').insert(row);
  }

  async newest(
    knex: Knex,
    clusterId: string,
  ): Promise<DataplanePlan | undefined> {
    const row = await knex<DbClusterPlansRow>('cluster_plans')
      .where('cluster_id', clusterId)
      .orderBy('id', 'desc')
      .first();
    return (
      row && {
        version: row.version,
        date: row.planned_for,
        by: row.noted_by,
        reason: row.reason,
        notedAt: row.noted_at,
      }
    );
  }
}
