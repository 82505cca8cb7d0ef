import { versionNumbers } from './ciliumReleases';

/** `1.19` of `1.19.8` and of `v1.33.1-eks-b9364f6`; undefined for what names no minor. */
export function minorOf(version: string): string | undefined {
  const match = /^v?(\d+)\.(\d+)(?:[.+-]|$)/.exec(version);
  return match ? `${Number(match[1])}.${Number(match[2])}` : undefined;
}

/** Negative when minor `a` is older; numbers, not text: `1.9` is before `1.18`. */
export function compareMinors(a: string, b: string): number {
  const [left, right] = [a, b].map(
    minor => versionNumbers(`${minor}.0`) ?? [0, 0, 0],
  );
  return left[0] - right[0] || left[1] - right[1];
}
