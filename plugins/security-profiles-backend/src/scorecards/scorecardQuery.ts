import type { Knex } from 'knex';
import { type EntityScope, narrowToReadable } from '../access/EntityScope';

/** Which entities a scorecard is about. Every value that is given narrows it. */
export interface ScorecardFilter {
  /** Part of the name or title, whatever its case. */
  q?: string;
  /** Levels in this environment only, and entities that run there. */
  environment?: string;
  level?: string[];
  target?: string[];
  approval?: string[];
  class?: string[];
  /** Ref of a group or person: what it owns, and what groups below it own. */
  owner?: string;
  system?: string;
  /** Entities in which this finding fails, warns or is unknown. */
  findingId?: string;
  /** Entities with a workload in the cluster of this name. */
  cluster?: string;
}

/** Columns of a scorecard, by what the filter asks about. */
export interface ScorecardColumns {
  level: string;
  approval: string;
  score: string;
}

/** Worst first. */
export const levelOrder = [
  'exposed',
  'unknown',
  'accepted',
  'baseline',
  'profiled',
];

/** Worst first. */
export const severityOrder = ['critical', 'high', 'medium', 'low'];

/** SQL that gives 0 for the first of the values, 1 for the next, …; `column` is one of our own names. */
export function rankOf(column: string, order: readonly string[]): string {
  const cases = order.map((value, index) => `when '${value}' then ${index}`);
  return `case ${column} ${cases.join(' ')} else ${order.length} end`;
}

/** SQL for the answer to a target: `yes`, `no`, `unknown`, or `none` where nothing is asked. */
export const targetAnswer =
  "case when postures.target_level is null then 'none' else postures.target_met end";

/** Where levels, approvals and scores stand: in the environment that the filter names, else over all that count. */
export function columnsOf(filter: ScorecardFilter): ScorecardColumns {
  const table = filter.environment ? 'posture_scopes' : 'postures';
  return {
    level: `${table}.level`,
    approval: `${table}.approval`,
    score: `${table}.score`,
  };
}

/**
 * The postures of the entities that a caller may read and a filter names: `postures` joined with `entities`, and with
 * `posture_scopes` where the filter names an environment.
 *
 * @remarks
 * An entity that no workload belongs to has nothing that could be judged and is in no scorecard.
 */
export function scorecardQuery(
  knex: Knex,
  filter: ScorecardFilter,
  scope: EntityScope,
): Knex.QueryBuilder {
  const columns = columnsOf(filter);
  const query = knex('postures').join(
    'entities',
    'entities.entity_ref',
    'postures.entity_ref',
  );
  narrowToReadable(knex, scope, query);
  if (filter.environment) {
    const { environment } = filter;
    query
      .join(
        'posture_scopes',
        'posture_scopes.entity_ref',
        'postures.entity_ref',
      )
      .where('posture_scopes.environment', environment);
  } else {
    query.where('postures.environments', '>', 0);
  }
  if (filter.q) {
    const pattern = `%${filter.q
      .toLocaleLowerCase('en-US')
      .replace(/[!%_]/g, '!$&')}%`;
    query.where(inner =>
      inner
        .whereRaw("lower(entities.name) like ? escape '!'", [pattern])
        .orWhereRaw("lower(entities.title) like ? escape '!'", [pattern]),
    );
  }
  if (filter.level?.length) {
    query.whereIn(columns.level, filter.level);
  }
  if (filter.approval?.length) {
    query.whereIn(columns.approval, filter.approval);
  }
  if (filter.target?.length) {
    query.whereRaw(
      `(${targetAnswer}) in (${filter.target.map(() => '?').join(', ')})`,
      filter.target,
    );
  }
  if (filter.class?.length) {
    query.whereIn('postures.class', filter.class);
  }
  if (filter.owner) {
    query.whereIn('entities.owner_ref', ownersBelow(knex, filter.owner));
  }
  if (filter.system) {
    query.where('entities.system_ref', lowerCased(filter.system));
  }
  if (filter.findingId) {
    query.whereIn(
      'postures.entity_ref',
      knex('posture_findings')
        .where('finding_id', filter.findingId)
        .select('entity_ref'),
    );
  }
  if (filter.cluster) {
    query.whereIn(
      'postures.entity_ref',
      knex('posture_clusters')
        .join('clusters', 'clusters.id', 'posture_clusters.cluster_id')
        .where('clusters.name', filter.cluster)
        .select('posture_clusters.entity_ref'),
    );
  }
  return query;
}

/** A ref and all groups below it; groups that are part of each other in a circle end the search. */
function ownersBelow(knex: Knex, owner: string): Knex.QueryBuilder {
  return knex
    .withRecursive('below', below => {
      below
        .from(
          knex.raw('(select cast(? as text) as ref) as top', [
            lowerCased(owner),
          ]),
        )
        .select('top.ref')
        .union(further => {
          further
            .from('memberships')
            .join('below', 'below.ref', 'memberships.group_ref')
            .where('memberships.member_ref', 'like', 'group:%')
            .select('memberships.member_ref as ref');
        });
    })
    .from('below')
    .select('ref');
}

/** Refs are compared without case, as the catalog does. */
function lowerCased(ref: string): string {
  return ref.toLocaleLowerCase('en-US');
}

/** Whether a scorecard is about everything there is, so that nothing has to be looked up to leave something out. */
export function isAboutEverything(
  filter: ScorecardFilter,
  scope: EntityScope,
): 'yes' | 'no' {
  return scope.postures !== undefined &&
    scope.postures.conditions === undefined &&
    scope.visible.scope === 'all' &&
    Object.values(filter).every(
      value => value === undefined || value.length === 0,
    )
    ? 'yes'
    : 'no';
}
