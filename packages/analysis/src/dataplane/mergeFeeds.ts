import { CiliumAdvisory } from './ciliumAdvisory';
import { CiliumRelease } from './ciliumReleases';
import { mergeAliases } from './parseAdvisoryFeed';

/**
 * Releases of a newer source beside those of an older one: what was released stays released, and a digest that only one
 * of them knows is kept.
 *
 * @public
 */
export function mergeReleases(
  newer: readonly CiliumRelease[],
  older: readonly CiliumRelease[],
): CiliumRelease[] {
  const byTag = new Map(older.map(release => [release.tag, release]));
  for (const release of newer) {
    const known = byTag.get(release.tag);
    byTag.set(release.tag, {
      ...known,
      ...release,
      // The older one says why a tag is no release: lists of tags don't.
      ...(known?.released === false && { released: false }),
    });
  }
  return [...byTag.values()];
}

/** Advisories of a newer source beside those of an older one; those that mean the same are one. @public */
export function mergeAdvisories(
  newer: readonly CiliumAdvisory[],
  older: readonly CiliumAdvisory[],
): CiliumAdvisory[] {
  return mergeAliases([...newer, ...older]);
}
