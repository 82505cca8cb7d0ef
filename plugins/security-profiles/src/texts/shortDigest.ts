const SHOWN = 8;

/** The first eight digits of a digest, by which people compare it. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, SHOWN);
}
