import type { ElevatedContainer } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import { type EntityScope, mayName } from '../access/EntityScope';
import type { DbPostureElevatedRow } from '../database/tables';
import {
  type Page,
  type PageRequest,
  readCursor,
  toPage,
} from '../paging/pageCursor';
import {
  rankOf,
  type ScorecardFilter,
  scorecardQuery,
  severityOrder,
} from './scorecardQuery';

/** Answers who can see everything: AI agents, eBPF collectors and whatever else asks for much of the kernel. */
export class ElevatedReadModel {
  private readonly knex: Knex;

  constructor(options: { knex: Knex }) {
    this.knex = options.knex;
  }

  async list(request: {
    filter: ScorecardFilter;
    page: PageRequest;
    scope: EntityScope;
  }): Promise<Page<ElevatedContainer>> {
    const { page, scope } = request;
    // The class of a container counts here, not that of its entity.
    const { class: classes, ...filter } = request.filter;
    const identity = ['scorecard-elevated', request.filter];
    const offset = readCursor(page, identity);
    const query = scorecardQuery(this.knex, filter, scope).join(
      'posture_elevated',
      'posture_elevated.entity_ref',
      'postures.entity_ref',
    );
    if (filter.environment) {
      query.where('posture_elevated.environment', filter.environment);
    }
    if (classes?.length) {
      query.whereIn('posture_elevated.class', classes);
    }
    const [{ count }] = await query.clone().count({ count: '*' });
    const rows = await query
      .clone()
      .orderByRaw(rankOf('posture_elevated.risk', severityOrder))
      .orderBy([
        'posture_elevated.entity_ref',
        'posture_elevated.cluster',
        'posture_elevated.namespace',
        'posture_elevated.id',
      ])
      .limit(page.limit)
      .offset(offset)
      .select<(DbPostureElevatedRow & { owner_ref: string | null })[]>(
        'posture_elevated.*',
        'entities.owner_ref',
      );
    return toPage(
      rows.map(row => ({
        entityRef: row.entity_ref,
        ...(row.owner_ref && mayName(scope, row.owner_ref) === 'yes'
          ? { owner: row.owner_ref }
          : {}),
        cluster: row.cluster,
        environment: row.environment,
        workloadId: row.workload_id,
        namespace: row.namespace,
        kind: row.kind,
        name: row.name,
        container: row.container,
        class: row.class,
        level: row.level,
        ...(row.risk ? { risk: row.risk } : {}),
        elevations: JSON.parse(row.elevations),
        grant: {
          state: row.grant_state,
          ...(row.grant_expires_at ? { expiresAt: row.grant_expires_at } : {}),
        },
      })),
      {
        totalItems: Number(count),
        offset,
        limit: page.limit,
        filter: identity,
      },
    );
  }
}
