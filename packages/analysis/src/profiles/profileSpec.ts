import {
  CanonicalText,
  CanonicalValue,
  compareCodeUnits,
  toCanonical,
} from './canonicalJson';
import { ProfileObject } from './profileObject';

/** One condition on an argument of a syscall, integers as decimal strings. */
export interface SyscallArgument {
  index: string;
  op: string;
  value: string;
  valueTwo: string;
}

/** One rule of a seccomp profile as written. */
export interface SyscallRule {
  names: string[];
  action: string;
  errnoRet: string;
  args: SyscallArgument[];
}

/** What all kinds share: how the object is switched on, and fields that this version of the core doesn't know. */
interface SpecBase {
  state: 'Enabled' | 'Disabled';
  extra: { [key: string]: CanonicalValue };
}

/** The v1 form of a SeccompProfile's spec. */
export interface SeccompSpec extends SpecBase {
  kind: 'SeccompProfile';
  defaultAction: string;
  architectures: string[];
  flags: string[];
  baseProfileName?: string;
  syscalls: SyscallRule[];
}

/** The v1 form of a SelinuxProfile's spec. */
export interface SelinuxSpec extends SpecBase {
  kind: 'SelinuxProfile';
  mode: 'Enforcing' | 'Permissive';
  inherit: { kind: 'System' | 'SelinuxProfile'; name: string }[];
  allow: { [type: string]: { [objectClass: string]: string[] } };
}

/** The v1 form of a RawSelinuxProfile's spec. */
export interface RawSelinuxSpec extends SpecBase {
  kind: 'RawSelinuxProfile';
  policy: string;
}

/** The v1 form of an AppArmorProfile's spec. */
export interface AppArmorSpec extends SpecBase {
  kind: 'AppArmorProfile';
  mode: 'Enforce' | 'Complain';
}

/** The v1 form of any profile's spec. */
export type ProfileSpec =
  | SeccompSpec
  | SelinuxSpec
  | RawSelinuxSpec
  | AppArmorSpec;

/**
 * Reads an object's spec into its v1 form: enum spelling and fields of old API versions converted, defaults filled,
 * sets sorted and without duplicates. Never throws: what has the wrong shape counts as absent.
 *
 * @remarks
 * Up to 0.10 the booleans `disabled`, `permissive` and `complainMode` stood for today's `state` and `mode`; at 1.0
 * Kubernetes prunes them in every version, so they only count in an object of an old version. Source: SPO v1.0.0,
 * deploy/base-crds/crds and doc/migration-guide-v1.md.
 */
export function readProfileSpec(profile: ProfileObject): ProfileSpec {
  const spec = record(profile.spec);
  const old = profile.version !== 'v1';
  const state =
    sameWord(spec.state, 'Disabled') || (old && spec.disabled === true)
      ? 'Disabled'
      : 'Enabled';
  const extra = (known: string[]) => unknownFields(spec, old, known);
  switch (profile.kind) {
    case 'SeccompProfile':
      return {
        kind: profile.kind,
        state,
        defaultAction: text(spec.defaultAction),
        architectures: set(spec.architectures),
        flags: set(spec.flags),
        baseProfileName: text(spec.baseProfileName) || undefined,
        syscalls: readSyscallRules(spec.syscalls),
        extra: extra([
          'defaultAction',
          'architectures',
          'flags',
          'baseProfileName',
          'syscalls',
        ]),
      };
    case 'SelinuxProfile': {
      const inherit = list(spec.inherit).map(item => {
        const parent = record(item);
        return {
          kind: sameWord(parent.kind, 'SelinuxProfile')
            ? ('SelinuxProfile' as const)
            : ('System' as const),
          name: text(parent.name),
        };
      });
      return {
        kind: profile.kind,
        state,
        mode:
          sameWord(spec.mode, 'Permissive') || (old && spec.permissive === true)
            ? 'Permissive'
            : 'Enforcing',
        inherit: inherit.length
          ? inherit
          : [{ kind: 'System', name: 'container' }],
        allow: readAllow(spec.allow),
        extra: extra(['mode', 'inherit', 'allow']),
      };
    }
    case 'RawSelinuxProfile':
      return {
        kind: profile.kind,
        state,
        policy: text(spec.policy).replace(/\r\n/g, '\n'),
        extra: extra(['policy']),
      };
    default:
      return {
        kind: 'AppArmorProfile',
        state,
        mode:
          sameWord(spec.mode, 'Complain') || (old && spec.complainMode === true)
            ? 'Complain'
            : 'Enforce',
        extra: extra(['mode']),
      };
  }
}

/** Reads rules of a spec or of the parsed annotation. */
export function readSyscallRules(value: unknown): SyscallRule[] {
  return list(value).map(item => {
    const rule = record(item);
    return {
      names: set(rule.names),
      action: text(rule.action),
      errnoRet: integer(rule.errnoRet),
      args: list(rule.args).map(argument => {
        const { index, op, value: first, valueTwo } = record(argument);
        return {
          index: integer(index),
          op: text(op),
          value: integer(first),
          valueTwo: integer(valueTwo),
        };
      }),
    };
  });
}

/** The spec as a canonical value, with everything that `listType=set` allows to reorder in one order. */
export function canonicalSpec(spec: ProfileSpec): {
  [key: string]: CanonicalValue | undefined;
} {
  const { kind, extra, ...known } = spec;
  const fields = toCanonical(known) as { [key: string]: CanonicalValue };
  return {
    ...(kind === 'AppArmorProfile' ? sortLists(extra) : extra),
    ...fields,
  };
}

function unknownFields(
  spec: Record<string, unknown>,
  old: boolean,
  known: string[],
): { [key: string]: CanonicalValue } {
  const handled = new Set([
    ...known,
    'state',
    ...(old ? ['disabled', 'permissive', 'complainMode'] : []),
  ]);
  const rest = Object.entries(spec).filter(([key]) => !handled.has(key));
  return toCanonical(Object.fromEntries(rest)) as {
    [key: string]: CanonicalValue;
  };
}

/** Every list of an AppArmorProfile is a set; raw text of old versions keeps its order but not its line ends. */
function sortLists(value: { [key: string]: CanonicalValue | undefined }): {
  [key: string]: CanonicalValue | undefined;
} {
  const sorted: [string, CanonicalValue | undefined][] = [];
  for (const [key, item] of Object.entries(value)) {
    if (Array.isArray(item)) {
      sorted.push([
        key,
        item.every(entry => typeof entry === 'string') ? set(item) : item,
      ]);
    } else if (typeof item === 'object' && !(item instanceof CanonicalText)) {
      sorted.push([key, sortLists(item)]);
    } else if (typeof item === 'string') {
      sorted.push([key, item.replace(/\r\n/g, '\n')]);
    } else {
      sorted.push([key, item]);
    }
  }
  return Object.fromEntries(sorted);
}

function readAllow(value: unknown): SelinuxSpec['allow'] {
  const allow: [string, { [objectClass: string]: string[] }][] = [];
  for (const [type, classes] of Object.entries(record(value))) {
    const permissions: [string, string[]][] = [];
    for (const [objectClass, names] of Object.entries(record(classes))) {
      permissions.push([objectClass, set(names)]);
    }
    allow.push([type, Object.fromEntries(permissions)]);
  }
  return Object.fromEntries(allow);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function set(value: unknown): string[] {
  const names = list(value).filter(
    (item): item is string => typeof item === 'string',
  );
  return [...new Set(names)].sort(compareCodeUnits);
}

function sameWord(value: unknown, word: string): boolean {
  return text(value).toLowerCase() === word.toLowerCase();
}

/** An integer as its shortest decimal string; absent and malformed count as the default 0. */
function integer(value: unknown): string {
  if (typeof value === 'bigint') {
    return value.toString();
  }
  if (typeof value === 'number' && Number.isInteger(value)) {
    return BigInt(value).toString();
  }
  if (typeof value === 'string' && /^[+-]?\d+$/.test(value)) {
    return BigInt(value).toString();
  }
  return '0';
}
