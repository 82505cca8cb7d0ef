import { CiliumLine, ciliumLine, newestPatch } from './ciliumLine';
import {
  CiliumRelease,
  stableReleases,
  versionNumbers,
} from './ciliumReleases';

/** One minor branch over time. @public */
export interface ReleaseLine {
  /** As `1.19`. */
  name: string;
  /** Day of its first release. */
  since: string;
  state: CiliumLine['state'];
  /** Day on which it ended. */
  until?: string;
  /** Minor with whose first release it ends, where that has not come out. */
  endsWith?: string;
  /** About when that is: the first releases of the last years came out in February and July. */
  endEstimate?: string;
  newest: { version: string; date: string };
  patches: number;
}

/** Lines are this many minors long. */
const lineLength = 3;

/**
 * Every minor with a stable release at a time, newest first, with its time of support.
 *
 * @public
 */
export function releaseLines(
  releases: readonly CiliumRelease[],
  now: string,
): ReleaseLine[] {
  const firsts = new Map<string, string>();
  const counts = new Map<string, number>();
  const dates = new Map<string, string>();
  for (const { tag, published_at } of stableReleases(releases, now)) {
    const [major, minor] = versionNumbers(tag)!;
    const name = `${major}.${minor}`;
    const day = published_at.slice(0, 10);
    dates.set(tag.replace(/^v/, ''), day);
    counts.set(name, (counts.get(name) ?? 0) + 1);
    const first = firsts.get(name);
    if (first === undefined || day < first) {
      firsts.set(name, day);
    }
  }
  return [...firsts]
    .map(([name, since]): ReleaseLine => {
      const { state, until } = ciliumLine(`${name}.0`, releases, now);
      const version = newestPatch(`${name}.0`, releases, now)!;
      const successor = plus(name, lineLength);
      const estimate = estimateOf(successor, firsts);
      return {
        name,
        since,
        state,
        ...(until !== undefined && { until }),
        ...(state !== 'ended' && { endsWith: successor }),
        ...(state !== 'ended' && estimate && { endEstimate: estimate }),
        newest: { version, date: dates.get(version) ?? since },
        patches: counts.get(name) ?? 0,
      };
    })
    .sort((a, b) => rankOf(b.name) - rankOf(a.name));
}

function plus(name: string, minors: number): string {
  const [major, minor] = name.split('.').map(Number);
  return `${major}.${minor + minors}`;
}

function rankOf(name: string): number {
  const [major, minor] = name.split('.').map(Number);
  return major * 10_000 + minor;
}

/** Two minors come out a year: one year after the last but one. */
function estimateOf(
  name: string,
  firsts: ReadonlyMap<string, string>,
): string | undefined {
  for (let back = 2; back <= 2 * lineLength; back += 2) {
    const known = firsts.get(plus(name, -back));
    if (known !== undefined) {
      return `${Number(known.slice(0, 4)) + back / 2}${known.slice(4, 10)}`;
    }
  }
  return undefined;
}
