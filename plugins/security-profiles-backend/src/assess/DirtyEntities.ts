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
        .insert(
          refs.map(ref => ({ entity_ref: ref, version: firstVersion(tx) })),
        )
        .onConflict('entity_ref')
        .merge({ version: tx.raw('dirty_entities.version + 1') });
    }
  }

  /**
   * Claims up to `limit` entities until `until` (milliseconds); those of an assessor that died come back then. Goes on
   * behind the entity `after`: from the start each time, those that always change would keep the others waiting.
   */
  async claim(
    knex: Knex,
    options: { limit: number; now: number; until: number; after?: string },
  ): Promise<ClaimedEntity[]> {
    return knex.transaction(async tx => {
      const query = tx<DbDirtyEntitiesRow>('dirty_entities')
        .where('claimed_until', '<', options.now)
        .orderBy('entity_ref')
        .limit(options.limit)
        .select('entity_ref', 'version');
      if (options.after !== undefined) {
        query.where('entity_ref', '>', options.after);
      }
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
   * Ends claims. Answers those of which nothing changed since they were claimed, so that what was judged may be written;
   * the others stay marked and are judged again.
   */
  async finish(
    tx: Knex,
    claimed: readonly ClaimedEntity[],
  ): Promise<Set<string>> {
    const done = new Set<string>();
    for (const part of chunk(claimed)) {
      const refs = part.map(({ entityRef }) => entityRef);
      const versions = await this.lock(tx, refs);
      const unchanged = part
        .filter(({ entityRef, version }) => versions.get(entityRef) === version)
        .map(({ entityRef }) => entityRef);
      for (const ref of unchanged) {
        done.add(ref);
      }
      const changed = refs.filter(ref => versions.has(ref) && !done.has(ref));
      if (unchanged.length > 0) {
        await tx('dirty_entities').whereIn('entity_ref', unchanged).delete();
      }
      if (changed.length > 0) {
        await tx('dirty_entities')
          .whereIn('entity_ref', changed)
          .update({ claimed_until: 0 });
      }
    }
    return done;
  }

  /** Versions of marks that nobody raises until the transaction ends. */
  private async lock(
    tx: Knex,
    entityRefs: string[],
  ): Promise<Map<string, number>> {
    const query = tx<DbDirtyEntitiesRow>('dirty_entities')
      .whereIn('entity_ref', entityRefs)
      .select('entity_ref', 'version');
    if (tx.client.config.client === 'pg') {
      // In the order that marks are made in: no two transactions wait for each other in a circle.
      query.orderByRaw('entity_ref collate "C"').forUpdate();
    }
    return new Map(
      (await query).map(row => [row.entity_ref, Number(row.version)]),
    );
  }
}

/**
 * What the versions of a new mark begin at: anywhere, so that whoever still judges by a mark that is gone never takes a
 * newer one for it.
 */
function firstVersion(tx: Knex): Knex.Raw {
  return tx.client.config.client === 'pg'
    ? tx.raw('floor(random() * 4503599627370496)::bigint')
    : tx.raw('abs(random() % 4503599627370496)');
}
