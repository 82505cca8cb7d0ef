import { feedAge, releaseLines } from '@security-profiles/analysis';
import type { ReleaseLines } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Clock } from '../clock/Clock';
import type { CiliumFeed } from '../dataplane/CiliumFeed';

/** Options of {@link ReleaseLinesReadModel}. */
export interface ReleaseLinesReadModelOptions {
  feed: Pick<CiliumFeed, 'feed' | 'status'>;
  clock: Clock;
}

/** Answers the picture of release lines. */
export class ReleaseLinesReadModel {
  private readonly options: ReleaseLinesReadModelOptions;

  constructor(options: ReleaseLinesReadModelOptions) {
    this.options = options;
  }

  get(): ReleaseLines {
    const { feed, clock } = this.options;
    const now = clock.now().toISOString();
    return {
      servedAt: now,
      feeds: feed.status.map(status => ({
        ...status,
        age: feedAge(status.asOf, now),
      })),
      lines: releaseLines(feed.feed.releases, now),
    };
  }
}
