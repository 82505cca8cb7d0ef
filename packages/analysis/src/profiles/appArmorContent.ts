import { sha256 } from '@noble/hashes/sha2';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils';
import {
  CanonicalText,
  CanonicalValue,
  compareCodeUnits,
} from './canonicalJson';

/** What an AppArmorProfile allows; every list sorted and without duplicates. @public */
export interface AppArmorContent {
  /** May be run, and read. */
  executables: string[];
  /** May be mapped as code, and read. */
  libraries: string[];
  /** May be read; writing is refused, whatever else allows it. */
  readOnlyPaths: string[];
  /** May be written; reading is refused, whatever else allows it. */
  writeOnlyPaths: string[];
  readWritePaths: string[];
  /** As `raw`, `tcp`, `udp`. */
  network: string[];
  /** Lower case, without prefix. */
  capabilities: string[];
  /** Granted with `sys_rawio`, whether meant or not: every mount, remount and unmount. */
  mounts: 'granted' | 'not-granted';
  /** Rules that stand among the paths, as `ptrace (read)`: the operator lets them through. */
  ptrace: string[];
  /** Raw text of SPO up to 0.8, with CRLF as LF, instead of all of the above: it can't be judged. */
  policy?: { bytes: number; digest: string };
}

const ptraceEntry = /^ptrace\s*\(\s*([a-zA-Z, ]+?)\s*\)/;

/**
 * Reads the `abstract` of an AppArmorProfile, or the raw policy of old versions. What has the wrong shape counts as
 * absent: an empty abstract allows little. Source: SPO v1.0.0, internal/pkg/daemon/apparmorprofile/crd2armor.
 *
 * @param spec - canonical: lists sorted, null left out
 */
export function appArmorContent(spec: {
  [key: string]: CanonicalValue | undefined;
}): AppArmorContent {
  const abstract = record(spec.abstract);
  const executable = record(abstract.executable);
  const filesystem = record(abstract.filesystem);
  const network = record(abstract.network);
  const protocols = record(network.allowedProtocols);
  const ptrace = new Set<string>();
  const paths = (value: CanonicalValue | undefined): string[] =>
    sorted(
      strings(value).filter(entry => {
        const [, access] = ptraceEntry.exec(entry.trim()) ?? [];
        if (access !== undefined) {
          ptrace.add(`ptrace (${access.toLowerCase()})`);
        }
        return access === undefined && entry !== '';
      }),
    );
  const capabilities = sorted(
    strings(record(abstract.capability).allowedCapabilities).map(name =>
      name.trim().toLowerCase().replace(/^cap_/, ''),
    ),
  );
  const content = {
    executables: paths(executable.allowedExecutables),
    libraries: paths(executable.allowedLibraries),
    readOnlyPaths: paths(filesystem.readOnlyPaths),
    writeOnlyPaths: paths(filesystem.writeOnlyPaths),
    readWritePaths: paths(filesystem.readWritePaths),
  };
  return {
    ...content,
    network: [
      ...(network.allowRaw === true ? ['raw'] : []),
      ...(protocols.allowTcp === true ? ['tcp'] : []),
      ...(protocols.allowUdp === true ? ['udp'] : []),
    ],
    capabilities,
    mounts: capabilities.includes('sys_rawio') ? 'granted' : 'not-granted',
    ptrace: sorted([...ptrace]),
    ...(typeof spec.policy === 'string' &&
      spec.policy !== '' && {
        policy: textDigest(spec.policy.replace(/\r\n/g, '\n')),
      }),
  };
}

/** Size in UTF-8 and `sha256:` digest of a text that can only be compared as a whole. */
export function textDigest(text: string): { bytes: number; digest: string } {
  const bytes = utf8ToBytes(text);
  return {
    bytes: bytes.length,
    digest: `sha256:${bytesToHex(sha256(bytes))}`,
  };
}

function record(value: CanonicalValue | undefined): {
  [key: string]: CanonicalValue | undefined;
} {
  return typeof value === 'object' &&
    !Array.isArray(value) &&
    !(value instanceof CanonicalText)
    ? value
    : {};
}

function strings(value: CanonicalValue | undefined): string[] {
  return Array.isArray(value)
    ? value.filter((entry): entry is string => typeof entry === 'string')
    : [];
}

function sorted(values: string[]): string[] {
  return [...new Set(values)].sort(compareCodeUnits);
}
