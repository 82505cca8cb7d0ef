import type { ProfileKind } from '@security-profiles/analysis';
import type { Knex } from 'knex';
import type { DbClusterResourcesRow, DbProfilesRow } from '../database/tables';

const profileKinds: ProfileKind[] = [
  'SeccompProfile',
  'SelinuxProfile',
  'RawSelinuxProfile',
  'AppArmorProfile',
];

/** When each kind of profile was last known to be as stored, by kind. */
export async function profileReadTimes(
  tx: Knex,
  clusterId: string,
): Promise<Map<string, string | null>> {
  const sources = await tx<DbClusterResourcesRow>('cluster_resources').where(
    'cluster_id',
    clusterId,
  );
  return new Map(
    profileKinds.map(kind => [
      kind,
      sources.find(({ resource }) =>
        resource.startsWith(`${kind.toLowerCase()}s.`),
      )?.last_fresh ?? null,
    ]),
  );
}

/**
 * Since when a profile has its present content. A content that is the first one ever seen may be far older than that; for
 * any other, the former one was still there when the kind was last read.
 */
export function revisionColumns(
  derived: Pick<DbProfilesRow, 'effective_digest' | 'source_digest'>,
  before: DbProfilesRow | undefined,
  times: { now: string; lastRead: string | null },
): Pick<DbProfilesRow, 'revision_since' | 'revision_not_before'> {
  const contentOf = (row: typeof derived) =>
    row.effective_digest ?? row.source_digest;
  if (!before) {
    return { revision_since: times.now, revision_not_before: null };
  }
  return contentOf(before) === contentOf(derived)
    ? {
        revision_since: before.revision_since,
        revision_not_before: before.revision_not_before,
      }
    : { revision_since: times.now, revision_not_before: times.lastRead };
}
