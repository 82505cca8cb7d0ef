import type { Clock } from '../clock/Clock';
import type { FeedKind } from './CiliumFeed';
import type { FeedSource } from './FeedSource';
import { FileFeedSource } from './FileFeedSource';
import { UrlFeedSource } from './UrlFeedSource';

/** Where config says that a feed is. */
export type FeedPlace = { url: string; token?: string } | { file: string };

/** Makes the sources of config. */
export function createFeedSources(
  places: Partial<Record<FeedKind, FeedPlace>>,
  options: { clock: Clock; resolvePath: (path: string) => string },
): Partial<Record<FeedKind, FeedSource>> {
  const sourceOf = (place: FeedPlace): FeedSource =>
    'url' in place
      ? new UrlFeedSource({ ...place, clock: options.clock })
      : new FileFeedSource({ path: options.resolvePath(place.file) });
  return {
    ...(places.releases && { releases: sourceOf(places.releases) }),
    ...(places.advisories && { advisories: sourceOf(places.advisories) }),
  };
}
