import {
  type CiliumAdvisory,
  type CiliumRelease,
  parseAdvisoryFeed,
  parseReleaseFeed,
} from '@security-profiles/analysis';
import advisories from './ciliumAdvisories.json';
import releases from './ciliumReleases.json';

/** A feed as it is used: checked, with the day that it is of. */
export interface BundledFeed {
  releases: CiliumRelease[];
  releasesAsOf: string;
  advisories: CiliumAdvisory[];
  advisoriesAsOf: string;
}

/**
 * The snapshot that comes with the plugin; the sources of each date stand beside it in the files.
 * `node tools/generate/cilium-feed.mjs` makes it anew.
 *
 * @param now - later dates are left out
 */
export function bundledFeed(now: string): BundledFeed {
  const ofReleases = parseReleaseFeed(releases, { now });
  const ofAdvisories = parseAdvisoryFeed(advisories, { now });
  return {
    releases: ofReleases.items,
    releasesAsOf: ofReleases.asOf,
    advisories: ofAdvisories.items,
    advisoriesAsOf: ofAdvisories.asOf,
  };
}
