import type { Setup } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import type { ReadScope } from '../access/ReadScope';
import { applySqlConditions } from '../access/sqlCondition';
import { type EntityScope, readableRows } from '../access/EntityScope';

/** Answers how far setting up has come, as far as the caller may see it. */
export class SetupReadModel {
  private readonly knex: Knex;

  constructor(options: { knex: Knex }) {
    this.knex = options.knex;
  }

  async get(request: {
    scope: ReadScope;
    entities: EntityScope;
  }): Promise<Setup> {
    const { knex } = this;
    const clusters = () => {
      const query = knex('clusters');
      if (request.scope.conditions) {
        applySqlConditions(query, request.scope.conditions, knex);
      }
      return query;
    };
    const connected = await clusters().pluck('clusters.id');
    const answering = await clusters()
      .whereIn(
        'clusters.id',
        knex('cluster_resources').where('state', 'fresh').select('cluster_id'),
      )
      .pluck('clusters.id');
    const operator = await clusters()
      .whereIn(
        'clusters.id',
        knex('cluster_resources')
          .where('resource', 'like', 'seccompprofiles.%')
          .whereNotNull('last_fresh')
          .whereNot('state', 'not-installed')
          .select('cluster_id'),
      )
      .orderBy('clusters.name')
      .pluck('clusters.name');
    const entities = await readableRows<{
      entity_ref: string;
      matched: string | null;
    }>(
      knex,
      request.entities,
      knex('entities').select(
        'entities.entity_ref',
        knex('claims')
          .whereRaw('?? = ??', ['claims.entity_ref', 'entities.entity_ref'])
          .limit(1)
          .select('claims.workload_id')
          .as('matched'),
      ),
    );
    return {
      clusters: { connected: connected.length, answering: answering.length },
      entities: {
        total: entities.length,
        matched: entities.filter(row => row.matched !== null).length,
      },
      operator: { clusters: operator },
    };
  }
}
