import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import { ProfileKind } from './profileObject';

/** Longest value of a label, in characters. */
const longest = 63;

/**
 * The value of the label `spo.x-k8s.io/profile-id` on the node status objects of a profile.
 *
 * @remarks
 * `<Kind>-<name>`; where that is 63 characters or longer, the kind and as many hex digits of its SHA-256 as fit into 63.
 * Source: SPO v1.0.0, internal/pkg/util/names.go.
 * @public
 */
export function nodeStatusProfileId(kind: ProfileKind, name: string): string {
  const friendly = `${kind}-${name}`;
  if (friendly.length < longest) {
    return friendly;
  }
  const digest = bytesToHex(sha256(utf8ToBytes(friendly)));
  return `${kind}-${digest.slice(0, longest - 1 - kind.length)}`;
}
