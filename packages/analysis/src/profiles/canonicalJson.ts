import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';

/** A part of a value whose canonical bytes are known already. */
export class CanonicalText {
  constructor(readonly text: string) {}
}

/** Plain data without floats: what a digest is made of. */
export type CanonicalValue =
  | CanonicalText
  | string
  | boolean
  | CanonicalValue[]
  | { [key: string]: CanonicalValue | undefined };

/**
 * The bytes of a value after RFC 8785 (JCS), as text: keys sorted by UTF-16 code units, no white space.
 *
 * @remarks
 * Numbers don't occur: integers are decimal strings here, because JCS goes through doubles and loses int64 beyond 2^53.
 */
export function canonicalJson(value: CanonicalValue): string {
  if (value instanceof CanonicalText) {
    return value.text;
  }
  if (Array.isArray(value)) {
    return `[${value.map(canonicalJson).join(',')}]`;
  }
  if (typeof value === 'object') {
    const members: string[] = [];
    for (const key of Object.keys(value).sort(compareCodeUnits)) {
      const member = value[key];
      if (member !== undefined) {
        members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
      }
    }
    return `{${members.join(',')}}`;
  }
  return JSON.stringify(value);
}

/** `sha256:` and the hex digest of a value's canonical bytes. */
export function canonicalDigest(value: CanonicalValue): string {
  return `sha256:${bytesToHex(sha256(utf8ToBytes(canonicalJson(value))))}`;
}

/** Any parsed data as a canonical value: integers as decimal strings, null and undefined left out. */
export function toCanonical(value: unknown): CanonicalValue | undefined {
  if (value === null || value === undefined) {
    return undefined;
  }
  if (typeof value === 'string' || typeof value === 'boolean') {
    return value;
  }
  if (typeof value === 'bigint' || typeof value === 'number') {
    return String(value);
  }
  if (Array.isArray(value)) {
    return value.map(item => toCanonical(item) ?? '');
  }
  if (typeof value === 'object') {
    const members: [string, CanonicalValue][] = [];
    for (const [key, item] of Object.entries(value)) {
      const member = toCanonical(item);
      if (member !== undefined) {
        members.push([key, member]);
      }
    }
    return Object.fromEntries(members);
  }
  return String(value);
}

/** Order of UTF-16 code units, the same in every locale. */
export function compareCodeUnits(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
