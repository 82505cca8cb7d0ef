import {
  compareProfiles,
  type ProfileComparison,
  type ProfileContent,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import { unpackContent } from '../facts/profileContents';

/** Compares contents that collection has kept. */
export class ChangeReader {
  /** How one content of these profiles differs from another; undefined where one of them was not kept. */
  async between(
    knex: Knex,
    profileIds: string[],
    digests: { before: string; after: string | null },
  ): Promise<ProfileComparison | undefined> {
    const { before, after } = digests;
    if (after === null) {
      return undefined;
    }
    const was = await this.content(knex, profileIds, before);
    const is = await this.content(knex, profileIds, after);
    return was && is && compareProfiles(was, is);
  }

  private async content(
    knex: Knex,
    profileIds: string[],
    digest: string,
  ): Promise<ProfileContent | undefined> {
    for (const ids of chunk(profileIds)) {
      const row: { content: string } | undefined = await knex(
        'profile_revisions',
      )
        .join(
          'profile_contents',
          'profile_contents.hash',
          'profile_revisions.content_hash',
        )
        .whereIn('profile_revisions.profile_id', ids)
        .where('profile_revisions.effective_digest', digest)
        .first('profile_contents.content');
      if (row) {
        return unpackContent(row.content);
      }
    }
    return undefined;
  }
}
