import type { CiliumRelease } from '@security-profiles/analysis';
import data from './ciliumReleases.json';

/** What is known of Cilium's releases, and of which day that is. */
export interface CiliumReleaseData {
  /** Day of the newest fact in it. */
  asOf: string;
  releases: CiliumRelease[];
}

/** The snapshot that comes with the plugin; the sources of each date stand beside it in the file. */
export const bundledCiliumReleases: CiliumReleaseData = {
  asOf: data.asOf,
  releases: data.releases,
};
