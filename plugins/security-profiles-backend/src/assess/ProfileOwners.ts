import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import type { DbPostureProfilesRow, DbProfilesRow } from '../database/tables';

/**
 * Owners of profiles by their confirmed uses: they decide whose votes count (see `VoterDirectory`), so that a use which
 * comes or goes may change the verdict on every entity under the profile, that of the user itself included.
 */
export class ProfileOwners {
  /** Profiles that these entities are written to use. */
  async usedBy(tx: Knex, entityRefs: readonly string[]): Promise<string[]> {
    const ids: string[] = [];
    for (const refs of chunk(entityRefs)) {
      ids.push(
        ...(await tx<DbPostureProfilesRow>('posture_profiles')
          .whereIn('entity_ref', refs)
          .distinct()
          .pluck('profile_id')),
      );
    }
    return ids;
  }

  /** The owners of each profile, as one text. */
  async ofProfiles(
    tx: Knex,
    profileIds: readonly string[],
  ): Promise<Map<string, string>> {
    const owners = new Map<string, string>();
    for (const ids of chunk(profileIds)) {
      const rows: { profile_id: string; owner_ref: string }[] = await tx(
        'posture_profiles',
      )
        .join('entities', 'entities.entity_ref', 'posture_profiles.entity_ref')
        .whereIn('posture_profiles.profile_id', ids)
        .whereNotNull('entities.owner_ref')
        .where('posture_profiles.claim', 'confirmed')
        .distinct()
        .orderBy('entities.owner_ref')
        .select('posture_profiles.profile_id', 'entities.owner_ref');
      for (const { profile_id: id, owner_ref: owner } of rows) {
        owners.set(id, `${owners.get(id) ?? ''} ${owner}`);
      }
    }
    return owners;
  }

  /** Entities under these profiles or under those of their names in other clusters: they share one decision. */
  async users(tx: Knex, profileIds: readonly string[]): Promise<string[]> {
    const users: string[] = [];
    for (const ids of chunk(profileIds)) {
      const names = tx<DbProfilesRow>('profiles')
        .whereIn('id', ids)
        .select('name');
      users.push(
        ...(await tx<DbPostureProfilesRow>('posture_profiles')
          .whereIn(
            'profile_id',
            tx<DbProfilesRow>('profiles').whereIn('name', names).select('id'),
          )
          .distinct()
          .pluck('entity_ref')),
      );
    }
    return users;
  }
}
