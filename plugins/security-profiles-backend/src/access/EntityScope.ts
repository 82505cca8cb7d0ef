import type { Knex } from 'knex';
import type { ReadScope } from './ReadScope';
import type { VisibleEntities } from './CatalogVisibility';
import { applySqlConditions } from './sqlCondition';

/** Which entities a caller may read the posture of: the policy's conditions and the catalog's visibility together. */
export interface EntityScope {
  /** Undefined: the policy denies postures altogether. */
  postures: ReadScope | undefined;
  visible: VisibleEntities;
}

/**
 * Pairs of an entity and whatever `query` selects, cut to what the caller may read. `query` selects from a table
 * joined with `entities`, and its first column is `entity_ref`.
 */
export async function readableRows<T extends { entity_ref: string }>(
  knex: Knex,
  scope: EntityScope,
  query: Knex.QueryBuilder,
): Promise<T[]> {
  if (!scope.postures || scope.visible.scope === 'none') {
    return [];
  }
  if (scope.postures.conditions) {
    applySqlConditions(query, scope.postures.conditions, knex);
  }
  const rows = (await query) as T[];
  const { visible } = scope;
  return visible.scope === 'all'
    ? rows
    : rows.filter(row => visible.refs.has(row.entity_ref));
}

/** The same in SQL alone, for what is counted, sorted or paged there. `query` selects from a table joined with `entities`. */
export function narrowToReadable(
  knex: Knex,
  scope: EntityScope,
  query: Knex.QueryBuilder,
): void {
  const { postures, visible } = scope;
  if (!postures || visible.scope === 'none') {
    query.whereRaw('1 = 0');
    return;
  }
  if (postures.conditions) {
    applySqlConditions(query, postures.conditions, knex);
  }
  if (visible.scope === 'some') {
    // One bound value, however many there are: SQLite refuses statements with too many.
    query.whereRaw(
      knex.client.config.client === 'pg'
        ? 'entities.entity_ref in (select jsonb_array_elements_text(?::jsonb))'
        : 'entities.entity_ref in (select value from json_each(?))',
      [JSON.stringify([...visible.refs])],
    );
  }
}

/** Whether an answer may name an owner, system or entity to the caller; what it may not name, it counts. */
export function mayName(scope: EntityScope, ref: string): 'yes' | 'no' {
  const { visible } = scope;
  return visible.scope === 'all' ||
    (visible.scope === 'some' && visible.refs.has(ref))
    ? 'yes'
    : 'no';
}
