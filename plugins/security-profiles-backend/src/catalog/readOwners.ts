import type { AuthService } from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import type { DbEntitiesRow } from '../database/tables';
import { catalogEntityFields, readCatalogEntity } from './readCatalogEntity';

/** Options of {@link readOwners}. */
export interface ReadOwnersOptions {
  knex: Knex;
  catalog: CatalogService;
  auth: AuthService;
}

/**
 * Who owns each of these entities. One that was registered a moment ago is not in the mirror yet; its owner may ask for
 * it all the same, so the catalog is asked for the few that are missing.
 */
export async function readOwners(
  entityRefs: string[],
  options: ReadOwnersOptions,
): Promise<Map<string, { ownerRef?: string }>> {
  const { knex, catalog, auth } = options;
  const rows = await knex<DbEntitiesRow>('entities').whereIn(
    'entity_ref',
    entityRefs,
  );
  const known = new Set(rows.map(row => row.entity_ref));
  const missing = entityRefs.filter(ref => !known.has(ref));
  if (missing.length > 0) {
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs: missing, fields: catalogEntityFields },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    for (const entity of items) {
      if (entity) {
        rows.push(readCatalogEntity(entity));
      }
    }
  }
  return new Map(
    rows.map(row => [
      row.entity_ref,
      row.owner_ref ? { ownerRef: row.owner_ref } : {},
    ]),
  );
}
