import {
  CiliumRelease,
  stableReleases,
  versionNumbers,
} from './ciliumReleases';

/** One minor branch and what the project still does for it. @public */
export interface CiliumLine {
  /** As `1.19`. */
  name: string;
  state: 'maintained' | 'last-maintained' | 'ended' | 'vendor' | 'unknown';
  /** The day on which the line ended. */
  until?: string;
}

/** How many minor branches the project maintains. Source: cilium, Documentation/contributing/release/organization.rst. */
const maintainedLines = 3;

/**
 * What the project does for the line of an upstream version at a time.
 *
 * @remarks
 * The newest three minors are maintained; a line ends on the day when the third newer one comes out. The project
 * publishes no other date. `unknown` for a minor without a stable release yet.
 * @public
 */
export function ciliumLine(
  version: string,
  releases: readonly CiliumRelease[],
  now: string,
): CiliumLine {
  const numbers = versionNumbers(version);
  if (!numbers) {
    return { name: 'unknown', state: 'unknown' };
  }
  const [major, minor] = numbers;
  const name = `${major}.${minor}`;
  const lines = firstReleases(releases, now);
  const newer = lines.filter(line => line.rank > rank(major, minor));
  const known = lines.some(line => line.rank === rank(major, minor));
  if (newer.length >= maintainedLines) {
    const successor = newer.find(
      line => line.rank === rank(major, minor + maintainedLines),
    );
    return {
      name,
      state: 'ended',
      ...(successor && { until: successor.date }),
    };
  }
  if (!known) {
    return { name, state: 'unknown' };
  }
  return {
    name,
    state:
      newer.length === maintainedLines - 1 ? 'last-maintained' : 'maintained',
  };
}

/**
 * How many released patches of its own line are newer than a version: a lower bound, as the data may lack the latest.
 * undefined when the line is not in the data.
 *
 * @public
 */
export function patchesBehind(
  version: string,
  releases: readonly CiliumRelease[],
  now: string,
): number | undefined {
  const newest = patchesOfLine(version, releases, now);
  if (!newest) {
    return undefined;
  }
  const numbers = versionNumbers(version);
  const prerelease = version.includes('-');
  return newest.filter(
    patch =>
      numbers !== undefined &&
      (patch > numbers[2] || (prerelease && patch === numbers[2])),
  ).length;
}

/**
 * Days since the first patch of its line came out that a version lacks; undefined when none is missing or the line is
 * not in the data.
 *
 * @public
 */
export function daysBehind(
  version: string,
  releases: readonly CiliumRelease[],
  now: string,
): number | undefined {
  const numbers = versionNumbers(version);
  if (!numbers) {
    return undefined;
  }
  const missing = stableReleases(releases, now).flatMap(release => {
    const other = versionNumbers(release.tag);
    return other &&
      other[0] === numbers[0] &&
      other[1] === numbers[1] &&
      other[2] > numbers[2]
      ? [release.published_at.slice(0, 10)]
      : [];
  });
  const [first] = missing.sort();
  return first === undefined
    ? undefined
    : Math.floor(
        (Date.parse(now.slice(0, 10)) - Date.parse(first)) / 86_400_000,
      );
}

/** Newest released patch of a version's line, as `1.19.8`. @public */
export function newestPatch(
  version: string,
  releases: readonly CiliumRelease[],
  now: string,
): string | undefined {
  const numbers = versionNumbers(version);
  const patches = patchesOfLine(version, releases, now);
  return numbers && patches
    ? `${numbers[0]}.${numbers[1]}.${Math.max(...patches)}`
    : undefined;
}

function patchesOfLine(
  version: string,
  releases: readonly CiliumRelease[],
  now: string,
): number[] | undefined {
  const numbers = versionNumbers(version);
  const patches: number[] = [];
  for (const release of stableReleases(releases, now)) {
    const other = versionNumbers(release.tag);
    if (
      numbers &&
      other &&
      other[0] === numbers[0] &&
      other[1] === numbers[1]
    ) {
      patches.push(other[2]);
    }
  }
  return patches.length ? patches : undefined;
}

function firstReleases(
  releases: readonly CiliumRelease[],
  now: string,
): { rank: number; date: string }[] {
  const dates = new Map<number, string>();
  for (const release of stableReleases(releases, now)) {
    const numbers = versionNumbers(release.tag);
    if (numbers) {
      const key = rank(numbers[0], numbers[1]);
      const date = release.published_at.slice(0, 10);
      const held = dates.get(key);
      if (held === undefined || date < held) {
        dates.set(key, date);
      }
    }
  }
  return [...dates].map(([key, date]) => ({ rank: key, date }));
}

function rank(major: number, minor: number): number {
  return major * 10_000 + minor;
}
