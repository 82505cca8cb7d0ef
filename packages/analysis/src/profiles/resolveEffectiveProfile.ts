import {
  canonicalDigest,
  canonicalJson,
  CanonicalText,
  CanonicalValue,
  compareCodeUnits,
} from './canonicalJson';
import { parseExactJson } from './parseExactJson';
import { IndexedProfile, ProfileIndex } from './profileIndex';
import { modeOfDefaultAction, modeOfSpec, ProfileMode } from './profileMode';
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
  /** The base that brought it, the nearest of several; absent where the profile itself has it. No part of a digest. */
  broughtBy?: string;
}

/** What a SelinuxProfile comes to with its parents. @public */
export interface EffectiveSelinux {
  /** Parents of kind System, sorted: their content is not known. */
  inherit: string[];
  /** Permissions by type and class, sorted. */
  allow: { [type: string]: { [objectClass: string]: string[] } };
  /** The parent that brought a permission, by `type:class:permission`; absent where the profile itself has it. */
  broughtBy?: { [permission: string]: string };
}

/** Calls on which the operator's annotation and our own union of the bases differ. @public */
export interface BaseDisagreement {
  /** Calls with a rule that only the bases give, sorted. */
  missing: string[];
  /** Calls with a rule that only the annotation has, sorted. */
  added: string[];
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
  /** Calls with rules of different actions, sorted: SPO 1.0 keeps them all, later releases merge. Absent without any. */
  ambiguous?: string[];
  /** Present where the operator's annotation says something else than the bases. */
  disagreement?: BaseDisagreement;
  /** The base in a registry that ends the chain, as `oci://…`. */
  registryBase?: string;
  /** Of a SelinuxProfile; absent for other kinds and when unresolved. */
  seLinux?: EffectiveSelinux;
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
        mode: modeOfSpec(spec),
      };
  }
}

function resolveSeccomp(
  profile: ProfileObject,
  spec: SeccompSpec,
  index: ProfileIndex,
): EffectiveProfile {
  const chain = walkBases(profile, spec, index);
  const mode = modeOfSpec(spec);
  const { registry } = chain;
  const unresolved = (because: string): EffectiveProfile => ({
    resolution: 'unresolved',
    because,
    bases: chain.bases,
    effectiveDigest: null,
    allows: null,
    mode,
    ...(registry !== undefined && { registryBase: registry }),
  });
  if (chain.problem !== undefined) {
    return unresolved(chain.problem);
  }
  const own = expandRules([{ rules: spec.syscalls }, ...chain.links]);
  const annotated = readAnnotation(profile);
  if (registry === undefined) {
    return finish({
      spec,
      mode,
      rules: own,
      chain,
      resolution: chain.bases.length ? 'base-chain' : 'own',
      disagreement: annotated && differences(own, annotated),
    });
  }
  if (!annotated) {
    return unresolved(
      `the base ${registry} is in a registry, and the object has no readable annotation "syscalls" from the operator`,
    );
  }
  return finish({
    spec,
    mode,
    rules: attributed(annotated, own, registry),
    chain,
    resolution: isPinned(registry) ? 'pinned' : 'annotation',
    because: `the base ${registry} is in a registry; the rules are those of the operator's annotation "syscalls"`,
    disagreement: differences(own, annotated, 'registry'),
  });
}

/** Whether a reference to a registry names one content for ever. @public */
export function isPinned(reference: string): boolean {
  return /@sha256:[0-9a-f]{64}$/.test(reference);
}

/**
 * Rules by what their canonical bytes begin with, which is all but the name, and by the bytes of the name; both in order,
 * so that going through them gives the rules in the order of their bytes.
 */
type RuleGroups = Map<string, Map<string, EffectiveRule>>;

function readAnnotation(profile: ProfileObject): RuleGroups | undefined {
  const annotated =
    profile.syscallsAnnotation === undefined
      ? undefined
      : parseExactJson(profile.syscallsAnnotation);
  return Array.isArray(annotated)
    ? expandRules([{ rules: readSyscallRules(annotated) }])
    : undefined;
}

/** The annotation's rules, each attributed as our own union says; what that lacks came from the registry. */
function attributed(
  annotated: RuleGroups,
  own: RuleGroups,
  registry: string,
): RuleGroups {
  const groups: RuleGroups = new Map();
  for (const [start, rules] of annotated) {
    const group = new Map<string, EffectiveRule>();
    for (const [name, rule] of rules) {
      const held = own.get(start)?.get(name);
      group.set(name, held ?? { ...rule, broughtBy: registry });
    }
    groups.set(start, group);
  }
  return groups;
}

/** Where the annotation says something else; a base in a registry may add to what we know, and never takes away. */
function differences(
  own: RuleGroups,
  annotated: RuleGroups,
  unknownBase?: 'registry',
): BaseDisagreement | undefined {
  const missing = namesOnlyIn(own, annotated);
  const added = unknownBase ? [] : namesOnlyIn(annotated, own);
  return missing.length + added.length > 0 ? { missing, added } : undefined;
}

function namesOnlyIn(some: RuleGroups, others: RuleGroups): string[] {
  const names = new Set<string>();
  for (const [start, rules] of some) {
    const other = others.get(start);
    for (const [bytes, { name }] of rules) {
      if (!other?.has(bytes)) {
        names.add(name);
      }
    }
  }
  return [...names].sort(compareCodeUnits);
}

interface BaseChain {
  bases: string[];
  /** Nearest first. */
  links: { name: string; rules: SyscallRule[] }[];
  /** The `oci://` reference that ends the chain. */
  registry?: string;
  problem?: string;
}

/**
 * From the profile to the root, as SPO 1.0.0 goes: by name, whether a base is disabled or partial or not. Source:
 * internal/pkg/daemon/seccompprofile/seccompprofile.go.
 */
function walkBases(
  profile: ProfileObject,
  spec: SeccompSpec,
  index: ProfileIndex,
): BaseChain {
  const chain: BaseChain = { bases: [], links: [] };
  const seen = new Set([profile.name]);
  let next = spec.baseProfileName;
  while (next !== undefined) {
    chain.bases.push(next);
    if (seen.has(next)) {
      chain.problem = `the bases form a circle at ${next}`;
      return chain;
    }
    if (chain.bases.length > mostBases) {
      chain.problem = `the chain of bases is longer than ${mostBases}`;
      return chain;
    }
    if (next.startsWith('oci://')) {
      chain.registry = next;
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
    chain.links.push({ name: next, rules: baseSpec.syscalls });
    next = baseSpec.baseProfileName;
  }
  return chain;
}

function finish(options: {
  spec: SeccompSpec;
  mode: ProfileMode;
  rules: RuleGroups;
  chain: BaseChain;
  resolution: EffectiveProfile['resolution'];
  because?: string;
  disagreement?: BaseDisagreement;
}): EffectiveProfile {
  const { spec, mode, chain, resolution, because, disagreement } = options;
  const rules = [...options.rules.values()].flatMap(group => [
    ...group.values(),
  ]);
  const { syscalls: _own, baseProfileName: _base, ...rest } = spec;
  const lenient = modeOfDefaultAction(spec.defaultAction);
  const allowed = new Set<string>();
  const actions = new Map<string, string>();
  const ambiguous = new Set<string>();
  for (const { name, action } of rules) {
    if (action === 'SCMP_ACT_ALLOW' || action === 'SCMP_ACT_LOG') {
      allowed.add(name);
    }
    if ((actions.get(name) ?? action) !== action) {
      ambiguous.add(name);
    }
    actions.set(name, action);
  }
  return {
    resolution,
    ...(because && { because }),
    bases: chain.bases,
    effectiveDigest: digestOf(spec.kind, {
      ...canonicalSpec({ ...rest, syscalls: [] }),
      syscalls: canonicalRules(options.rules),
    }),
    allows:
      lenient === 'allows-by-default' || lenient === 'logs-by-default'
        ? null
        : allowed.size,
    mode,
    rules,
    ...(ambiguous.size > 0 && {
      ambiguous: [...ambiguous].sort(compareCodeUnits),
    }),
    ...(disagreement && { disagreement }),
    ...(chain.registry !== undefined && { registryBase: chain.registry }),
  };
}

/**
 * One rule per call, without duplicates, in the order of their canonical bytes. What several profiles of a chain have is
 * attributed to the first of them.
 */
function expandRules(
  links: { name?: string; rules: SyscallRule[] }[],
): RuleGroups {
  const groups: RuleGroups = new Map();
  for (const { name: broughtBy, rules } of links) {
    for (const { names, action, errnoRet, args } of rules) {
      const sorted = sortArguments(args);
      // The name comes last in the canonical order of a rule's keys.
      const start = canonicalJson({
        action,
        args: sorted.map(arg => ({ ...arg })),
        errnoRet,
      }).slice(0, -1);
      const group = groups.get(start) ?? new Map<string, EffectiveRule>();
      groups.set(start, group);
      for (const name of names) {
        const bytes = JSON.stringify(name);
        if (!group.has(bytes)) {
          group.set(bytes, {
            name,
            action,
            errnoRet,
            args: sorted,
            ...(broughtBy !== undefined && { broughtBy }),
          });
        }
      }
    }
  }
  return new Map(
    inOrder(groups).map(([start, group]) => [start, new Map(inOrder(group))]),
  );
}

/** Entries in the order of the code units of their keys. */
function inOrder<V>(map: Map<string, V>): [string, V][] {
  return [...map].sort(([a], [b]) => compareCodeUnits(a, b));
}

/** The list of rules as canonical bytes. */
function canonicalRules(groups: RuleGroups): CanonicalText {
  const rules: string[] = [];
  for (const [start, group] of groups) {
    for (const name of group.keys()) {
      rules.push(`${start},"name":${name}}`);
    }
  }
  return new CanonicalText(`[${rules.join(',')}]`);
}

/** Conditions of one rule must all hold, so their order means nothing. */
function sortArguments(args: SyscallArgument[]): SyscallArgument[] {
  return args.length < 2
    ? args
    : [...args].sort((a, b) =>
        compareCodeUnits(canonicalJson({ ...a }), canonicalJson({ ...b })),
      );
}

function resolveSelinux(
  profile: ProfileObject,
  spec: SelinuxSpec,
  index: ProfileIndex,
): EffectiveProfile {
  const mode = modeOfSpec(spec);
  const bases: string[] = [];
  const system = new Set<string>();
  const allow = new Map<string, Map<string, Set<string>>>();
  const broughtBy = new Map<string, string>();
  const seen = new Set([profile.name]);
  const parentsOf = new Map<string, string[]>();
  const waiting: { spec: SelinuxSpec; name?: string }[] = [{ spec }];
  let problem: string | undefined;
  for (let link = waiting.shift(); link; link = waiting.shift()) {
    const current = link.spec;
    mergeAllow(allow, current.allow, permission => {
      if (link?.name !== undefined) {
        broughtBy.set(permission, link.name);
      }
    });
    parentsOf.set(
      link.name ?? profile.name,
      current.inherit
        .filter(({ kind }) => kind === 'SelinuxProfile')
        .map(({ name }) => name),
    );
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
        waiting.push({
          spec: readProfileSpec(base) as SelinuxSpec,
          name: parent.name,
        });
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
  const circle = circleAmong(parentsOf);
  if (circle !== undefined) {
    problem ??= `the parents form a circle at ${circle}`;
  }
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
  const inherit = [...system].sort(compareCodeUnits);
  const merged = sortedAllow(allow);
  return {
    resolution: uniqueBases.length ? 'base-chain' : 'own',
    bases: uniqueBases,
    effectiveDigest: digestOf(spec.kind, {
      ...canonicalSpec({ ...rest, inherit: [], allow: {} }),
      inherit,
      allow: merged,
    }),
    allows: null,
    mode,
    seLinux: {
      inherit,
      allow: merged,
      ...(broughtBy.size > 0 && { broughtBy: Object.fromEntries(broughtBy) }),
    },
  };
}

/** A profile that inherits from itself in the end: the policy of none of the circle can be loaded. */
function circleAmong(
  parentsOf: ReadonlyMap<string, readonly string[]>,
): string | undefined {
  const open = new Map(parentsOf);
  for (let before = 0; before !== open.size; ) {
    before = open.size;
    // Parents come after their children, so most are gone after one round.
    for (const [name, parents] of [...open].reverse()) {
      if (!parents.some(parent => open.has(parent))) {
        open.delete(name);
      }
    }
  }
  const [first] = open.keys();
  return first;
}

function mergeAllow(
  into: Map<string, Map<string, Set<string>>>,
  allow: SelinuxSpec['allow'],
  added: (permission: string) => void,
): void {
  for (const [type, classes] of Object.entries(allow)) {
    const held = into.get(type) ?? new Map<string, Set<string>>();
    into.set(type, held);
    for (const [objectClass, permissions] of Object.entries(classes)) {
      const names = held.get(objectClass) ?? new Set<string>();
      held.set(objectClass, names);
      for (const permission of permissions) {
        if (!names.has(permission)) {
          names.add(permission);
          added(`${type}:${objectClass}:${permission}`);
        }
      }
    }
  }
}

function sortedAllow(
  allow: Map<string, Map<string, Set<string>>>,
): EffectiveSelinux['allow'] {
  const types: [string, EffectiveSelinux['allow'][string]][] = [];
  for (const [type, classes] of inOrder(allow)) {
    const permissions: [string, string[]][] = [];
    for (const [objectClass, names] of inOrder(classes)) {
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
