import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import type {
  DbClaimsRow,
  DbEntitiesRow,
  DbMembershipsRow,
} from '../database/tables';
import type { ClaimMatcher } from './ClaimMatcher';
import type { EntityListener } from './EntityListener';
import { readMemberships } from './readMemberships';
import { catalogEntityFields, readCatalogEntity } from './readCatalogEntity';

/** Options of {@link CatalogMirror}. */
export interface CatalogMirrorOptions {
  knex: Knex;
  catalog: CatalogService;
  auth: AuthService;
  matcher: ClaimMatcher;
  listener: EntityListener;
}

/**
 * Keeps what is needed of the catalog's Components, so that no page has to ask the catalog in bulk.
 *
 * It is read with the plugin's own credentials: everything that leaves is filtered by what the viewer may read.
 */
export class CatalogMirror {
  private readonly options: CatalogMirrorOptions;

  constructor(options: CatalogMirrorOptions) {
    this.options = options;
  }

  /** Reads all Components. Rejects, and changes nothing, when the catalog answers only in part. */
  async refreshAll(options: { signal?: AbortSignal } = {}): Promise<void> {
    const { auth, catalog, knex } = this.options;
    const credentials = await auth.getOwnServiceCredentials();
    const rows = new Map<string, DbEntitiesRow>();
    for await (const page of catalog.streamEntities(
      { filter: { kind: 'Component' }, fields: catalogEntityFields },
      { credentials },
    )) {
      options.signal?.throwIfAborted();
      for (const entity of page) {
        const row = readCatalogEntity(entity);
        rows.set(row.entity_ref, row);
      }
    }
    const memberships = await this.readMemberships(credentials, options.signal);
    await knex.transaction(async tx => {
      if ((await this.writeMemberships(tx, memberships)) === 'changed') {
        await this.voicesChanged(tx);
      }
      const stored = new Map(
        (
          await tx<DbEntitiesRow>('entities').select(
            'entity_ref',
            'content_hash',
            'kubernetes_id',
          )
        ).map(row => [row.entity_ref, row]),
      );
      const changed = [...rows.values()].filter(
        row => stored.get(row.entity_ref)?.content_hash !== row.content_hash,
      );
      const removed = [...stored.keys()].filter(ref => !rows.has(ref));
      await this.write(tx, { changed, removed });
    });
  }

  /**
   * Reads one entity that the mirror may not know yet, with the caller's credentials.
   * `unknown`: it does not exist, is no Component, or the caller may not read it.
   */
  async refreshOne(
    entityRef: string,
    options: { credentials: BackstageCredentials },
  ): Promise<'known' | 'unknown'> {
    const entity = await this.options.catalog.getEntityByRef(
      entityRef,
      options,
    );
    if (entity?.kind.toLocaleLowerCase('en-US') !== 'component') {
      return 'unknown';
    }
    await this.options.knex.transaction(tx =>
      this.write(tx, { changed: [readCatalogEntity(entity)], removed: [] }),
    );
    return 'known';
  }

  private async readMemberships(
    credentials: BackstageCredentials,
    signal: AbortSignal | undefined,
  ): Promise<DbMembershipsRow[]> {
    const rows = new Map<string, DbMembershipsRow>();
    for await (const page of this.options.catalog.streamEntities(
      {
        filter: { kind: ['User', 'Group'] },
        fields: ['kind', 'metadata.namespace', 'metadata.name', 'relations'],
      },
      { credentials },
    )) {
      signal?.throwIfAborted();
      for (const row of page.flatMap(readMemberships)) {
        rows.set(JSON.stringify(row), row);
      }
    }
    return [...rows.values()];
  }

  private async writeMemberships(
    tx: Knex,
    rows: DbMembershipsRow[],
  ): Promise<'changed' | 'same'> {
    const wanted = new Set(rows.map(row => JSON.stringify(row)));
    const stored = new Map(
      (await tx<DbMembershipsRow>('memberships')).map(
        ({ member_ref, group_ref }) => [
          JSON.stringify({ member_ref, group_ref }),
          { member_ref, group_ref },
        ],
      ),
    );
    let removed = 0;
    for (const [key, row] of stored) {
      if (!wanted.has(key)) {
        removed += await tx('memberships').where(row).delete();
      }
    }
    const added = rows.filter(row => !stored.has(JSON.stringify(row)));
    for (const part of chunk(added)) {
      // Another replica may be writing the same memberships.
      await tx('memberships')
        .insert(part)
        .onConflict(['member_ref', 'group_ref'])
        .ignore();
    }
    return added.length + removed > 0 ? 'changed' : 'same';
  }

  /** Whose votes count may have changed: what runs under a profile that was ever asked for is judged again. */
  private async voicesChanged(tx: Knex): Promise<void> {
    const refs: string[] = await tx('posture_profiles')
      .join('profiles', 'profiles.id', 'posture_profiles.profile_id')
      .join('approval_reviews', {
        'approval_reviews.profile_kind': 'profiles.kind',
        'approval_reviews.profile_namespace': 'profiles.namespace',
        'approval_reviews.profile_name': 'profiles.name',
      })
      .distinct()
      .pluck('posture_profiles.entity_ref');
    await this.options.listener.entitiesChanged(tx, refs);
  }

  private async write(
    tx: Knex,
    change: { changed: DbEntitiesRow[]; removed: string[] },
  ): Promise<void> {
    const refs = [
      ...change.changed.map(row => row.entity_ref),
      ...change.removed,
    ];
    if (refs.length === 0) {
      return;
    }
    const ids = new Set(change.changed.map(row => row.kubernetes_id));
    for (const part of chunk(refs)) {
      const before = await tx<DbEntitiesRow>('entities')
        .whereIn('entity_ref', part)
        .pluck('kubernetes_id');
      for (const id of before) {
        ids.add(id);
      }
    }
    // Who holds an id decides whether a claim is confirmed: all that share one are looked at again.
    const affected = new Set(refs);
    for (const part of chunk([...ids])) {
      const sharing = await tx<DbEntitiesRow>('entities')
        .whereIn('kubernetes_id', part)
        .pluck('entity_ref');
      for (const ref of sharing) {
        affected.add(ref);
      }
    }
    // A confirmed claim that comes or goes decides what asserted claims on the same workloads show.
    const touched = new Set(affected);
    await this.addClaimantsBeside(tx, affected, touched);
    for (const part of chunk(change.removed)) {
      await tx<DbClaimsRow>('claims').whereIn('entity_ref', part).delete();
      await tx('entities').whereIn('entity_ref', part).delete();
    }
    for (const part of chunk(change.changed)) {
      await tx('entities').insert(part).onConflict('entity_ref').merge();
    }
    await this.options.matcher.rematchEntities(tx, [...affected]);
    await this.addClaimantsBeside(tx, affected, touched);
    await this.options.listener.entitiesChanged(tx, [...touched]);
  }

  /** Adds the entities that claim a workload which one of `refs` claims. */
  private async addClaimantsBeside(
    tx: Knex,
    refs: Iterable<string>,
    into: Set<string>,
  ): Promise<void> {
    for (const part of chunk([...refs])) {
      const beside = await tx<DbClaimsRow>('claims')
        .whereIn(
          'workload_id',
          tx<DbClaimsRow>('claims')
            .whereIn('entity_ref', part)
            .select('workload_id'),
        )
        .distinct()
        .pluck('entity_ref');
      for (const ref of beside) {
        into.add(ref);
      }
    }
  }
}
