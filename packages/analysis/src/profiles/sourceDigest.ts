import { canonicalDigest } from './canonicalJson';
import { ProfileObject } from './profileObject';
import { canonicalSpec, readProfileSpec } from './profileSpec';

/** Name of the canonical form that digests are made of; part of what is hashed. @public */
export const canonicalSchema = 'sp-canon/1';

/**
 * `sha256:` digest of what an object's author wrote, to match an object in a cluster with a file in Git.
 *
 * @remarks
 * Over the v1 form of the spec: sets sorted, defaults filled, integers as decimal strings; metadata and status don't
 * count. The order of seccomp rules does count here: the CRD calls that list atomic.
 * @public
 */
export function sourceDigest(profile: ProfileObject): string {
  const spec = readProfileSpec(profile);
  return canonicalDigest({
    schema: canonicalSchema,
    digest: 'source',
    kind: spec.kind,
    spec: canonicalSpec(spec),
  });
}
