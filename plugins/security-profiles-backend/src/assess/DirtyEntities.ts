import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import type { DbDirtyEntitiesRow } from '../database/tables';

/** An entity that one assessor judges now. */
export interface ClaimedEntity {
  entityRef: string;
  /** Version that was seen when it was claimed. */
  version: number;
}

/** The entities that are to be judged anew: marked by whoever changes a fact, claimed by assessors. */
export class DirtyEntities {
  /** Marks entities; one that is being judged at the moment is judged once more. */
  async mark(tx: Knex, entityRefs: Iterable<string>): Promise<void> {
    // Sorted, so that two transactions that mark the same entities never wait for each other in a circle.
    for (const refs of chunk([...new Set(entityRefs)].sort())) {
      await tx('dirty_entities')
        .insert(refs.map(ref => ({ entity_ref: ref, version: 1 })))
        .onConflict('entity_ref')
        .merge({ version: tx.raw('dirty_entities.version + 1') });
    }
  }

  /** Claims up to `limit` entities until `until` (milliseconds); those of an assessor that died come back then. */
  async claim(
    knex: Knex,
    options: { limit: number; now: number; until: number },
  ): Promise<ClaimedEntity[]> {
    return knex.transaction(async tx => {
      const query = tx<DbDirtyEntitiesRow>('dirty_entities')
        .where('claimed_until', '<', options.now)
        .orderBy('entity_ref')
        .limit(options.limit)
        .select('entity_ref', 'version');
      if (tx.client.config.client === 'pg') {
        query.forUpdate().skipLocked();
      }
      const rows = await query;
      for (const part of chunk(rows)) {
        await tx('dirty_entities')
          .whereIn(
            'entity_ref',
            part.map(row => row.entity_ref),
          )
          .update({ claimed_until: options.until });
      }
      return rows.map(row => ({
        entityRef: row.entity_ref,
        version: Number(row.version),
      }));
    });
  }

  /** Claims one entity, whether an assessor has it already or not: of two that judge it, the first to finish writes. */
  async claimOne(
    knex: Knex,
    entityRef: string,
    options: { until: number },
  ): Promise<ClaimedEntity | undefined> {
    await knex('dirty_entities')
      .where('entity_ref', entityRef)
      .update({ claimed_until: options.until });
    const row = await knex<DbDirtyEntitiesRow>('dirty_entities')
      .where('entity_ref', entityRef)
      .first();
    return row && { entityRef, version: Number(row.version) };
  }

  /**
   * Ends a claim. `done`: nothing changed since it was claimed, so what was judged may be written.
   * `changed`: it stays marked and is judged again.
   */
  async finish(tx: Knex, claimed: ClaimedEntity): Promise<'done' | 'changed'> {
    const deleted = await tx('dirty_entities')
      .where({ entity_ref: claimed.entityRef, version: claimed.version })
      .delete();
    if (deleted > 0) {
      return 'done';
    }
    await tx('dirty_entities')
      .where('entity_ref', claimed.entityRef)
      .update({ claimed_until: 0 });
    return 'changed';
  }
}
