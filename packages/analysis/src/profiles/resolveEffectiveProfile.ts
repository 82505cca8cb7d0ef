import {
  canonicalDigest,
  canonicalJson,
  CanonicalValue,
  compareCodeUnits,
  toCanonical,
} from './canonicalJson';
import { parseExactJson } from './parseExactJson';
import { IndexedProfile, ProfileIndex } from './profileIndex';
import { modeOfDefaultAction, profileMode, ProfileMode } from './profileMode';
import { ProfileObject } from './profileObject';
import {
  canonicalSpec,
  readProfileSpec,
  readSyscallRules,
  SeccompSpec,
  SelinuxSpec,
  SyscallArgument,
  SyscallRule,
} from './profileSpec';
import { canonicalSchema } from './sourceDigest';

/** One rule of the effective content: one call, one action, one set of conditions. @public */
export interface EffectiveRule {
  name: string;
  action: string;
  /** Decimal. */
  errnoRet: string;
  /** All must hold; empty means every call of that name. */
  args: { index: string; op: string; value: string; valueTwo: string }[];
}

/** What a profile comes to with its bases. @public */
export interface EffectiveProfile {
  /**
   * Where the content is known from: the object alone, its chain of bases, the operator's annotation for a base in a
   * registry, the same with every such base named by digest, or not at all.
   */
  resolution: 'own' | 'base-chain' | 'annotation' | 'pinned' | 'unresolved';
  /** Why it is unresolved or rests on the annotation. */
  because?: string;
  /** Names of the bases, nearest first. */
  bases: string[];
  /** `sha256:…` over the content that is enforced; null when unresolved. */
  effectiveDigest: string | null;
  /** How many syscalls a SeccompProfile allows or logs; null when not known or when it allows by default. */
  allows: number | null;
  mode: ProfileMode;
  /** Rules of a SeccompProfile, sorted; absent for other kinds and when unresolved. */
  rules?: EffectiveRule[];
}

/** More bases than this and the operator's daemon gives up. Source: SPO v1.0.0, internal/pkg/daemon/seccompprofile. */
const mostBases = 14;

/**
 * What a profile enforces once its bases are merged in, and the digest that an approval binds to.
 *
 * @remarks
 * Only the bases' rules count; everything else comes from the profile itself. Order of rules, duplicates and how calls
 * are split over rules don't change the digest. SELinux parents are merged the same way; a parent of kind `System` is
 * named in the digest, its content is not known. A raw policy counts as written, with CRLF as LF.
 * @public
 */
export function resolveEffectiveProfile(
  profile: ProfileObject,
  index: ProfileIndex,
): EffectiveProfile {
  const spec = readProfileSpec(profile);
  switch (spec.kind) {
    case 'SeccompProfile':
      return resolveSeccomp(profile, spec, index);
    case 'SelinuxProfile':
      return resolveSelinux(profile, spec, index);
    default:
      return {
        resolution: 'own',
        bases: [],
        effectiveDigest: digestOf(spec.kind, canonicalSpec(spec)),
        allows: null,
        mode: profileMode(profile),
      };
  }
}

function resolveSeccomp(
  profile: ProfileObject,
  spec: SeccompSpec,
  index: ProfileIndex,
): EffectiveProfile {
  const chain = walkBases(profile, spec, index);
  const mode = profileMode(profile);
  const unresolved = (because: string): EffectiveProfile => ({
    resolution: 'unresolved',
    because,
    bases: chain.bases,
    effectiveDigest: null,
    allows: null,
    mode,
  });
  if (chain.problem) {
    return unresolved(chain.problem);
  }
  if (chain.registry) {
    const annotated =
      profile.syscallsAnnotation === undefined
        ? undefined
        : parseExactJson(profile.syscallsAnnotation);
    if (!Array.isArray(annotated)) {
      return unresolved(
        `the base ${chain.registry} is in a registry, and the object has no readable annotation "syscalls" from the operator`,
      );
    }
    const pinned = /@sha256:[0-9a-f]{64}$/.test(chain.registry);
    return finish({
      spec,
      mode,
      bases: chain.bases,
      rules: readSyscallRules(annotated),
      resolution: pinned ? 'pinned' : 'annotation',
      because: `the base ${chain.registry} is in a registry; the rules are those of the operator's annotation "syscalls"`,
    });
  }
  return finish({
    spec,
    mode,
    bases: chain.bases,
    rules: [...chain.rules, ...spec.syscalls],
    resolution: chain.bases.length ? 'base-chain' : 'own',
  });
}

interface BaseChain {
  bases: string[];
  /** Root first. */
  rules: SyscallRule[];
  /** The `oci://` reference that ends the chain. */
  registry?: string;
  problem?: string;
}

function walkBases(
  profile: ProfileObject,
  spec: SeccompSpec,
  index: ProfileIndex,
): BaseChain {
  const chain: BaseChain = { bases: [], rules: [] };
  const seen = new Set([profile.name]);
  let next = spec.baseProfileName;
  while (next !== undefined) {
    chain.bases.push(next);
    if (next.startsWith('oci://')) {
      chain.registry = next;
      return chain;
    }
    if (seen.has(next)) {
      chain.problem = `the bases form a circle at ${next}`;
      return chain;
    }
    if (chain.bases.length > mostBases) {
      chain.problem = `the chain of bases is longer than ${mostBases}`;
      return chain;
    }
    seen.add(next);
    const base: IndexedProfile | undefined = index.byName(
      'SeccompProfile',
      next,
      profile.namespace,
    );
    if (!base) {
      chain.problem = `the base ${next} does not exist`;
      return chain;
    }
    const baseSpec = readProfileSpec(base) as SeccompSpec;
    chain.rules.unshift(...baseSpec.syscalls);
    next = baseSpec.baseProfileName;
  }
  return chain;
}

function finish(options: {
  spec: SeccompSpec;
  mode: ProfileMode;
  bases: string[];
  rules: SyscallRule[];
  resolution: EffectiveProfile['resolution'];
  because?: string;
}): EffectiveProfile {
  const { spec, mode, bases, resolution, because } = options;
  const rules = expandRules(options.rules);
  const { syscalls: _own, baseProfileName: _base, ...rest } = spec;
  const lenient = modeOfDefaultAction(spec.defaultAction);
  const allowed = new Set<string>();
  for (const rule of rules) {
    if (rule.action === 'SCMP_ACT_ALLOW' || rule.action === 'SCMP_ACT_LOG') {
      allowed.add(rule.name);
    }
  }
  return {
    resolution,
    ...(because && { because }),
    bases,
    effectiveDigest: digestOf(spec.kind, {
      ...canonicalSpec({ ...rest, syscalls: [] }),
      syscalls: toCanonical(rules),
    }),
    allows:
      lenient === 'allows-by-default' || lenient === 'logs-by-default'
        ? null
        : allowed.size,
    mode,
    rules,
  };
}

/** One rule per call, without duplicates, in the order of their canonical bytes. */
function expandRules(rules: SyscallRule[]): EffectiveRule[] {
  const byBytes = new Map<string, EffectiveRule>();
  for (const { names, action, errnoRet, args } of rules) {
    const sorted = sortArguments(args);
    for (const name of names) {
      const rule = { name, action, errnoRet, args: sorted };
      byBytes.set(canonicalJson(toCanonical(rule) as CanonicalValue), rule);
    }
  }
  return [...byBytes.entries()]
    .sort(([a], [b]) => compareCodeUnits(a, b))
    .map(([, rule]) => rule);
}

/** Conditions of one rule must all hold, so their order means nothing. */
function sortArguments(args: SyscallArgument[]): SyscallArgument[] {
  return [...args].sort((a, b) =>
    compareCodeUnits(
      canonicalJson(toCanonical(a) as CanonicalValue),
      canonicalJson(toCanonical(b) as CanonicalValue),
    ),
  );
}

function resolveSelinux(
  profile: ProfileObject,
  spec: SelinuxSpec,
  index: ProfileIndex,
): EffectiveProfile {
  const mode = profileMode(profile);
  const bases: string[] = [];
  const system = new Set<string>();
  const allow = new Map<string, Map<string, Set<string>>>();
  const seen = new Set([profile.name]);
  const waiting: SelinuxSpec[] = [spec];
  let problem: string | undefined;
  for (let current = waiting.shift(); current; current = waiting.shift()) {
    mergeAllow(allow, current.allow);
    for (const parent of current.inherit) {
      if (parent.kind === 'System') {
        system.add(parent.name);
        continue;
      }
      bases.push(parent.name);
      if (seen.has(parent.name)) {
        continue;
      }
      seen.add(parent.name);
      const base = index.byName(
        'SelinuxProfile',
        parent.name,
        profile.namespace,
      );
      if (base) {
        waiting.push(readProfileSpec(base) as SelinuxSpec);
      } else {
        problem ??= `the parent ${parent.name} does not exist`;
      }
    }
    // The operator adds the template `container` unless a profile is inherited.
    if (!current.inherit.some(parent => parent.kind === 'SelinuxProfile')) {
      system.add('container');
    }
  }
  const uniqueBases = [...new Set(bases)];
  if (problem) {
    return {
      resolution: 'unresolved',
      because: problem,
      bases: uniqueBases,
      effectiveDigest: null,
      allows: null,
      mode,
    };
  }
  const { inherit: _inherit, allow: _allow, ...rest } = spec;
  return {
    resolution: uniqueBases.length ? 'base-chain' : 'own',
    bases: uniqueBases,
    effectiveDigest: digestOf(spec.kind, {
      ...canonicalSpec({ ...rest, inherit: [], allow: {} }),
      inherit: [...system].sort(compareCodeUnits),
      allow: canonicalAllow(allow),
    }),
    allows: null,
    mode,
  };
}

function mergeAllow(
  into: Map<string, Map<string, Set<string>>>,
  allow: SelinuxSpec['allow'],
): void {
  for (const [type, classes] of Object.entries(allow)) {
    const held = into.get(type) ?? new Map<string, Set<string>>();
    into.set(type, held);
    for (const [objectClass, permissions] of Object.entries(classes)) {
      const names = held.get(objectClass) ?? new Set<string>();
      held.set(objectClass, names);
      for (const permission of permissions) {
        names.add(permission);
      }
    }
  }
}

function canonicalAllow(
  allow: Map<string, Map<string, Set<string>>>,
): CanonicalValue {
  const types: [string, CanonicalValue][] = [];
  for (const [type, classes] of allow) {
    const permissions: [string, CanonicalValue][] = [];
    for (const [objectClass, names] of classes) {
      permissions.push([objectClass, [...names].sort(compareCodeUnits)]);
    }
    types.push([type, Object.fromEntries(permissions)]);
  }
  return Object.fromEntries(types);
}

function digestOf(
  kind: string,
  content: { [key: string]: CanonicalValue | undefined },
): string {
  return canonicalDigest({
    schema: canonicalSchema,
    digest: 'effective',
    kind,
    spec: content,
  });
}
