import type { PermissionCriteria } from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';

/** A condition of a permission rule in SQL: narrows a query on the table of its resource. */
export type SqlCondition = (query: Knex.QueryBuilder, knex: Knex) => void;

/** Narrows a query by a tree of conditions, as a conditional decision of the permission policy gives it. */
export function applySqlConditions(
  query: Knex.QueryBuilder,
  criteria: PermissionCriteria<SqlCondition>,
  knex: Knex,
): void {
  if (typeof criteria === 'function') {
    query.where(inner => criteria(inner, knex));
  } else if ('allOf' in criteria) {
    for (const child of criteria.allOf) {
      applySqlConditions(query, child, knex);
    }
  } else if ('anyOf' in criteria) {
    query.where(outer => {
      for (const child of criteria.anyOf) {
        outer.orWhere(inner => applySqlConditions(inner, child, knex));
      }
    });
  } else if ('not' in criteria) {
    query.whereNot(inner => applySqlConditions(inner, criteria.not, knex));
  }
}
