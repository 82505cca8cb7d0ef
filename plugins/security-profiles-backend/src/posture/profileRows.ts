import type { Profile } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import { type EntityScope, narrowToReadable } from '../access/EntityScope';
import type { DbProfilesRow } from '../database/tables';

/** A profile with everything that one row of a list shows. */
export type ProfileRow = Omit<DbProfilesRow, 'object' | 'node_states'> & {
  cluster_name: string;
  first_seen: string | null;
  /** PostgreSQL gives counts as text. */
  users: number | string;
};

const columns = [
  'profiles.id',
  'profiles.cluster_id',
  'profiles.kind',
  'profiles.namespace',
  'profiles.name',
  'profiles.installed',
  'profiles.mode',
  'profiles.default_action',
  'profiles.source_digest',
  'profiles.effective_digest',
  'profiles.resolution',
  'profiles.because',
  'profiles.bases',
  'profiles.allows',
  'profiles.beyond_calls',
  'profiles.beyond_rank',
  'profiles.worst_risk',
  'clusters.name as cluster_name',
];

/** The profiles with their clusters, to be narrowed. */
export function profilesInClusters(knex: Knex): Knex.QueryBuilder {
  return knex('profiles').join(
    'clusters',
    'clusters.id',
    'profiles.cluster_id',
  );
}

/** Entities that the caller may read and whose containers run under the profile at hand. */
export function readableUsers(
  knex: Knex,
  entities: EntityScope,
): Knex.QueryBuilder {
  const query = knex('posture_profiles')
    .join('entities', 'entities.entity_ref', 'posture_profiles.entity_ref')
    .whereRaw('?? = ??', ['posture_profiles.profile_id', 'profiles.id']);
  narrowToReadable(knex, entities, query);
  return query;
}

/** Adds what a row shows: of the users only those that the caller may read. */
export function selectProfileRows(
  knex: Knex,
  query: Knex.QueryBuilder,
  entities: EntityScope,
): Knex.QueryBuilder<DbProfilesRow, ProfileRow[]> {
  const since = knex('profile_revisions')
    .whereRaw('?? = ??', ['profile_revisions.profile_id', 'profiles.id'])
    .whereRaw('?? = ??', [
      'profile_revisions.source_digest',
      'profiles.source_digest',
    ])
    .whereRaw("?? = coalesce(??, '')", [
      'profile_revisions.effective_digest',
      'profiles.effective_digest',
    ])
    .select('profile_revisions.first_seen');
  return query.select(
    ...columns,
    since.as('first_seen'),
    readableUsers(knex, entities).count('*').as('users'),
  );
}

/** A row as the HTTP API gives it. */
export function toProfile(row: ProfileRow): Profile {
  return {
    id: row.id,
    clusterId: row.cluster_id,
    cluster: row.cluster_name,
    ...(row.namespace ? { namespace: row.namespace } : {}),
    kind: row.kind,
    name: row.name,
    mode: row.mode,
    ...(row.default_action ? { defaultAction: row.default_action } : {}),
    sourceDigest: row.source_digest,
    effectiveDigest: row.effective_digest,
    resolution: row.resolution,
    ...(row.because ? { because: row.because } : {}),
    bases: JSON.parse(row.bases),
    allows: row.allows,
    ...(row.first_seen ? { revisionSince: row.first_seen } : {}),
    installed: JSON.parse(row.installed),
    users: Number(row.users),
    beyond: {
      calls: row.beyond_calls,
      ...(row.worst_risk ? { worstRisk: row.worst_risk } : {}),
    },
  };
}
