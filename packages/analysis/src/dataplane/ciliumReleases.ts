/** One release of Cilium, in the shape of the data that the backend carries. @public */
export interface CiliumRelease {
  /** As `v1.20.2`. */
  tag: string;
  /** Date or UTC timestamp. */
  published_at: string;
  /** As `v1.20`. */
  branch: string;
  prerelease: boolean;
  /** `sha256:…` of the agent's image index. */
  agent_image_digest?: string;
  /** Only `false`: tagged, never released. */
  released?: boolean;
}

/** Major, minor and patch, to compare as numbers. */
export type VersionNumbers = [number, number, number];

/** Release by digest of its agent image, for {@link parseCiliumImage}. @public */
export function ciliumDigests(
  releases: readonly CiliumRelease[],
): ReadonlyMap<string, string> {
  const digests = new Map<string, string>();
  for (const release of releases) {
    if (release.agent_image_digest) {
      digests.set(release.agent_image_digest, release.tag);
    }
  }
  return digests;
}

/** `1.20.0-rc.1` gives 1, 20, 0; undefined for what is no version. */
export function versionNumbers(version: string): VersionNumbers | undefined {
  const match = /^v?(\d+)\.(\d+)\.(\d+)(?:[-+].*)?$/.exec(version);
  return match
    ? [Number(match[1]), Number(match[2]), Number(match[3])]
    : undefined;
}

/** Negative when `a` is older. Pre-releases come before the release of the same numbers. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [versionNumbers(a), versionNumbers(b)];
  if (!left || !right) {
    return left === right ? 0 : Number(Boolean(left)) - Number(Boolean(right));
  }
  for (const part of [0, 1, 2]) {
    if (left[part] !== right[part]) {
      return left[part] - right[part];
    }
  }
  return Number(!a.includes('-')) - Number(!b.includes('-'));
}

/** Stable releases that were out at a time. */
export function stableReleases(
  releases: readonly CiliumRelease[],
  now: string,
): CiliumRelease[] {
  return releases.filter(
    release =>
      !release.prerelease &&
      release.released !== false &&
      release.published_at.slice(0, 10) <= now.slice(0, 10) &&
      versionNumbers(release.tag) !== undefined,
  );
}
