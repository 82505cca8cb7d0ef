import type { ScorecardEntity } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import { type EntityScope, mayName } from '../access/EntityScope';
import {
  type Page,
  type PageRequest,
  readCursor,
  toPage,
} from '../paging/pageCursor';
import {
  columnsOf,
  levelOrder,
  rankOf,
  type ScorecardColumns,
  type ScorecardFilter,
  scorecardQuery,
  severityOrder,
  targetAnswer,
} from './scorecardQuery';

/** What entities are sorted by; with `-` in front the other way round. */
export type ScorecardSort =
  | 'target'
  | '-target'
  | 'level'
  | '-level'
  | 'name'
  | '-name'
  | 'owner'
  | '-owner'
  | 'score'
  | '-score'
  | 'finding'
  | '-finding';

interface EntityRow {
  entity_ref: string;
  title: string | null;
  type: string | null;
  lifecycle: string | null;
  owner_ref: string | null;
  system_ref: string | null;
  class: string;
  level: string;
  approval: string;
  score: number | null;
  target_level: string | null;
  target_met: string;
  worst_finding: string | null;
  worst_severity: string | null;
  next_step: string | null;
  open_reviews: number;
  assessed_at: string;
}

/** Answers the list of entities behind any number of a scorecard. */
export class ScorecardEntitiesReadModel {
  private readonly knex: Knex;

  constructor(options: { knex: Knex }) {
    this.knex = options.knex;
  }

  async list(request: {
    filter: ScorecardFilter;
    sort: ScorecardSort;
    page: PageRequest;
    scope: EntityScope;
  }): Promise<Page<ScorecardEntity>> {
    const { filter, sort, page, scope } = request;
    const identity = ['scorecard-entities', filter, sort];
    const offset = readCursor(page, identity);
    const columns = columnsOf(filter);
    const query = scorecardQuery(this.knex, filter, scope);
    const [{ count }] = await query.clone().count({ count: '*' });
    const rows = await query
      .clone()
      .orderByRaw(orderOf(sort, columns))
      .limit(page.limit)
      .offset(offset)
      .select<EntityRow[]>(
        'entities.entity_ref',
        'entities.title',
        'entities.type',
        'entities.lifecycle',
        'entities.owner_ref',
        'entities.system_ref',
        'postures.class',
        columns.level,
        columns.approval,
        columns.score,
        'postures.target_level',
        'postures.target_met',
        'postures.worst_finding',
        'postures.worst_severity',
        'postures.next_step',
        'postures.open_reviews',
        'postures.assessed_at',
      );
    const environments = await this.environments(
      rows.map(row => row.entity_ref),
    );
    return toPage(
      rows.map(row =>
        toEntity(row, {
          scope,
          environments: environments.get(row.entity_ref) ?? [],
        }),
      ),
      {
        totalItems: Number(count),
        offset,
        limit: page.limit,
        filter: identity,
      },
    );
  }

  private async environments(refs: string[]): Promise<Map<string, string[]>> {
    const environments = new Map<string, string[]>();
    const rows = await this.knex('posture_scopes')
      .whereIn('entity_ref', refs)
      .orderBy('environment')
      .select<{ entity_ref: string; environment: string }[]>(
        'entity_ref',
        'environment',
      );
    for (const { entity_ref: ref, environment } of rows) {
      environments.set(ref, [...(environments.get(ref) ?? []), environment]);
    }
    return environments;
  }
}

function orderOf(sort: ScorecardSort, columns: ScorecardColumns): string {
  const direction = sort.startsWith('-') ? 'desc' : 'asc';
  const terms: Record<string, string[]> = {
    target: [
      rankOf(`(${targetAnswer})`, ['no', 'unknown', 'yes', 'none']),
      rankOf(columns.level, levelOrder),
    ],
    level: [rankOf(columns.level, levelOrder)],
    name: ['entities.name'],
    owner: ["coalesce(entities.owner_ref, '')"],
    // What has no score comes after what has one.
    score: [`coalesce(${columns.score}, 101)`],
    finding: [
      rankOf('postures.worst_severity', severityOrder),
      "coalesce(postures.worst_finding, '')",
    ],
  };
  return [
    ...terms[sort.replace('-', '')].map(term => `${term} ${direction}`),
    'entities.name asc',
    'entities.entity_ref asc',
  ].join(', ');
}

function toEntity(
  row: EntityRow,
  options: { scope: EntityScope; environments: string[] },
): ScorecardEntity {
  const { environments, scope } = options;
  return {
    entityRef: row.entity_ref,
    ...(row.title ? { title: row.title } : {}),
    ...(row.type ? { type: row.type } : {}),
    ...(row.lifecycle ? { lifecycle: row.lifecycle } : {}),
    ...named('owner', row.owner_ref, scope),
    ...named('system', row.system_ref, scope),
    class: row.class,
    level: row.level,
    approval: row.approval,
    target: {
      level: row.target_level,
      met: row.target_level === null ? 'none' : row.target_met,
    },
    score: row.score,
    ...(row.worst_finding && row.worst_severity
      ? {
          worstFinding: { id: row.worst_finding, severity: row.worst_severity },
        }
      : {}),
    ...(row.next_step ? { nextStep: row.next_step } : {}),
    openReviews: row.open_reviews,
    environments,
    assessedAt: row.assessed_at,
  };
}

function named<K extends string>(
  key: K,
  ref: string | null,
  scope: EntityScope,
): { [P in K]?: string } {
  return ref !== null && mayName(scope, ref) === 'yes'
    ? ({ [key]: ref } as { [P in K]: string })
    : {};
}
