import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import type { Clock } from '../clock/Clock';
import type { DbClusterResourcesRow, DbPosturesRow } from '../database/tables';
import { toSource } from './sources';

/** Answers the entity's tab: its last posture with the sources as they are at this moment. */
export class PostureReadModel {
  private readonly knex: Knex;
  private readonly clock: Clock;

  constructor(options: { knex: Knex; clock: Clock }) {
    this.knex = options.knex;
    this.clock = options.clock;
  }

  /** Undefined where nothing has been judged yet, or not since time changed the verdict. */
  async get(entityRef: string): Promise<Posture | undefined> {
    const row = await this.knex<DbPosturesRow>('postures')
      .where('entity_ref', entityRef)
      .first();
    // An approval may have ended since: then the verdict is made anew before it is shown.
    if (
      !row ||
      (row.valid_until && row.valid_until <= this.clock.now().toISOString())
    ) {
      return undefined;
    }
    const posture: Posture = JSON.parse(row.body);
    const sources = await this.knex('posture_clusters')
      .join<DbClusterResourcesRow>(
        'cluster_resources',
        'cluster_resources.cluster_id',
        'posture_clusters.cluster_id',
      )
      .join('clusters', 'clusters.id', 'posture_clusters.cluster_id')
      .where('posture_clusters.entity_ref', entityRef)
      .orderBy(['clusters.name', 'cluster_resources.resource'])
      .select<(DbClusterResourcesRow & { cluster_name: string })[]>(
        'cluster_resources.*',
        'clusters.name as cluster_name',
      );
    return {
      ...posture,
      servedAt: this.clock.now().toISOString(),
      sources: sources.map(source => toSource(source, source.cluster_name)),
    };
  }
}
