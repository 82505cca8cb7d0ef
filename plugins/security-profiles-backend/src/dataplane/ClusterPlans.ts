import type { DataplanePlan } from '@security-profiles/analysis';
import type { Knex } from 'knex';
import type { Clock } from '../clock/Clock';
import type { DbClustersRow } from '../database/tables';
import { ClusterPlanStore } from './ClusterPlanStore';

/** What somebody wants to note. */
export interface PlanRequest {
  version: string;
  /** Day, as `2026-12-02`. */
  date: string;
  reason: string;
}

/** A plan that can't be noted, with the field that is wrong. */
export class UnlikelyPlanError extends Error {
  readonly field: string;

  constructor(field: string, message: string) {
    super(message);
    this.name = 'UnlikelyPlanError';
    this.field = field;
  }
}

/** Options of {@link ClusterPlans}. */
export interface ClusterPlansOptions {
  knex: Knex;
  clock: Clock;
  /** Told in the transaction that notes a plan. */
  onNoted: (tx: Knex, clusterId: string) => Promise<void>;
}

const furthest = 2 * 366 * 24 * 60 * 60_000;

/** Notes when the Cilium of a cluster is going to be patched. */
export class ClusterPlans {
  private readonly options: ClusterPlansOptions;
  private readonly store = new ClusterPlanStore();

  constructor(options: ClusterPlansOptions) {
    this.options = options;
  }

  /**
   * The plan as noted; undefined where there is no such cluster.
   *
   * @throws UnlikelyPlanError for a day that has passed or is years away
   */
  async note(
    clusterId: string,
    request: PlanRequest,
    by: string,
  ): Promise<(DataplanePlan & { state: 'planned' }) | undefined> {
    const { knex, clock, onNoted } = this.options;
    const now = clock.now();
    const day = Date.parse(request.date);
    if (Number.isNaN(day)) {
      throw new UnlikelyPlanError('/body/date', 'there is no such day');
    }
    if (request.date < now.toISOString().slice(0, 10)) {
      throw new UnlikelyPlanError(
        '/body/date',
        'the day has passed: name one from today on',
      );
    }
    if (day - now.getTime() > furthest) {
      throw new UnlikelyPlanError(
        '/body/date',
        'the day is more than two years away',
      );
    }
    const plan = {
      version: request.version,
      date: request.date,
      reason: request.reason.trim(),
      by,
      notedAt: now.toISOString(),
    };
    if (plan.reason === '') {
      throw new UnlikelyPlanError('/body/reason', 'say why then');
    }
    return knex.transaction(async tx => {
      const cluster = await tx<DbClustersRow>('clusters')
        .where('id', clusterId)
        .first();
      if (!cluster) {
        return undefined;
      }
      await this.store.add(tx, clusterId, plan);
      await onNoted(tx, clusterId);
      return { ...plan, state: 'planned' as const };
    });
  }
}
