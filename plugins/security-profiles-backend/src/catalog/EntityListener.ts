import type { Knex } from 'knex';

/** Told of entities to judge anew, inside the transaction that changed them. */
export interface EntityListener {
  entitiesChanged(tx: Knex, entityRefs: string[]): Promise<void>;
}
