import { type ChangeClass, compareProfiles } from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import type { DbProfileContentsRow, DbProfilesRow } from '../database/tables';
import { unpackContent } from '../facts/profileContents';

/**
 * How the content of each profile differs from what was stored before, by id. Those are missing that are new, enforce and
 * are written the same, or of which either content is not known.
 */
export async function changesBetween(
  tx: Knex,
  rows: readonly DbProfilesRow[],
  stored: ReadonlyMap<string, DbProfilesRow>,
): Promise<Map<string, ChangeClass>> {
  const pairs = rows.flatMap(after => {
    const before = stored.get(after.id);
    return before?.content_hash &&
      after.content_hash &&
      (before.source_digest !== after.source_digest ||
        before.effective_digest !== after.effective_digest)
      ? [{ before, after }]
      : [];
  });
  const changes = new Map<string, ChangeClass>();
  for (const part of chunk(pairs)) {
    const contents = new Map(
      (
        await tx<DbProfileContentsRow>('profile_contents').whereIn('hash', [
          ...new Set(
            part.flatMap(pair => [
              pair.before.content_hash!,
              pair.after.content_hash!,
            ]),
          ),
        ])
      ).map(row => [row.hash, row.content]),
    );
    for (const { before, after } of part) {
      const from = contents.get(before.content_hash!);
      const to = contents.get(after.content_hash!);
      if (from !== undefined && to !== undefined) {
        const { class: change } = compareProfiles(
          unpackContent(from),
          unpackContent(to),
          { sourceDigests: [before.source_digest, after.source_digest] },
        );
        changes.set(after.id, change);
      }
    }
    await new Promise(resolve => setImmediate(resolve));
  }
  return changes;
}
