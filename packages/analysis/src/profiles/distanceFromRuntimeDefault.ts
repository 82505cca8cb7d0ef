import type { Risk } from '../risk/risk';
import { runtimeCapabilities } from '../risk/runtimeCapabilities';
import { CallPermission, comparePermissions } from './callPermission';
import { compareCodeUnits } from './canonicalJson';
import { isOlderKernel } from './kernelVersion';
import { ProfileContent } from './profileContent';
import { SyscallArgument } from './profileSpec';
import { EffectiveRule } from './resolveEffectiveProfile';
import {
  runtimeDefaultBaseline,
  RuntimeDefaultRule,
  runtimeDefaultTable,
} from './runtimeDefaultTable';
import { mostPermissive, outcomeOf } from './seccompAction';
import { broughtByOf, permissionInWords, rulesByName } from './seccompRules';
import { groupedSyscalls, syscallGroups, syscallRisk } from './syscallGroups';

/** A call that a profile lets through and RuntimeDefault would not. @public */
export interface BeyondCall {
  name: string;
  risk: Risk;
  /** Id of a group of {@link syscallGroups}. */
  group: string;
  /** One line of why it matters. */
  because: string;
  /** Where RuntimeDefault allows it under conditions: what it allows, in words. */
  args?: string;
  /** The most permissive that the profile says of it. */
  action: string;
  /** The base that brought it; absent for the profile's own. */
  broughtBy?: string;
}

/** How a seccomp profile stands to RuntimeDefault. @public */
export interface RuntimeDefaultDistance {
  /** Riskiest first, then by group and name. */
  beyond: BeyondCall[];
  /** Calls that both let through, sorted. */
  within: string[];
  /** Calls that RuntimeDefault allows and the profile refuses, sorted: the gain. */
  denied: string[];
  /** Name and version of the table. */
  baseline: string;
}

/** Whose RuntimeDefault. @public */
export interface RuntimeDefaultOptions {
  /** Of the container, as from `capabilitiesOf`; `ALL` stands for every one. */
  capabilities: ReadonlySet<string>;
  /** As in the node label `kubernetes.io/arch`; absent: what any of them allows by name. */
  architecture?: string;
  /** As in the node's `kernelVersion`; absent: a kernel that Kubernetes still supports. */
  kernel?: string;
}

const riskOrder: Risk[] = ['critical', 'high', 'medium', 'low'];

/** The rules of the table by call. */
const rulesOf = new Map<string, RuntimeDefaultRule[]>();
for (const rule of runtimeDefaultTable) {
  for (const name of rule.names) {
    rulesOf.set(name, [...(rulesOf.get(name) ?? []), rule]);
  }
}

/**
 * Compares what a seccomp profile lets through with what RuntimeDefault would, for one container.
 *
 * @remarks
 * RuntimeDefault is not static: the runtime builds it from the container's capabilities and the kernel. It limits the
 * arguments of `clone`, `personality` and `socket`; a rule that allows more of their arguments is beyond it. What is left
 * to a tracer or an agent counts as let through. Of a profile that allows by default only calls are listed that are known
 * here. The table is moby's; containerd and CRI-O are close to it, not equal. Other kinds of profiles have no distance.
 * @public
 */
export function distanceFromRuntimeDefault(
  content: ProfileContent,
  options: RuntimeDefaultOptions,
): RuntimeDefaultDistance {
  const { seccomp } = content;
  const distance: RuntimeDefaultDistance = {
    beyond: [],
    within: [],
    denied: [],
    baseline: runtimeDefaultBaseline,
  };
  if (!seccomp) {
    return distance;
  }
  const allowed = baselineFor(options);
  const byName = rulesByName(seccomp.rules);
  const names = new Set([...byName.keys(), ...rulesOf.keys()]);
  if (outcomeOf(seccomp.defaultAction) !== 'denied') {
    for (const name of groupedSyscalls) {
      names.add(name);
    }
  }
  for (const name of names) {
    const own = {
      rules: byName.get(name) ?? [],
      defaultAction: seccomp.defaultAction,
    };
    const theirs = allowed(name);
    if (!letsThrough(own)) {
      if (theirs) {
        distance.denied.push(name);
      }
    } else if (theirs && isWithin(own, theirs)) {
      distance.within.push(name);
    } else {
      distance.beyond.push(beyondCall(name, own, theirs));
    }
  }
  distance.beyond.sort(byRiskGroupAndName);
  distance.within.sort(compareCodeUnits);
  distance.denied.sort(compareCodeUnits);
  return distance;
}

/** What RuntimeDefault allows of a call; undefined where it allows nothing. */
type Baseline = (name: string) => CallPermission | undefined;

/** RuntimeDefault for one container. */
function baselineFor(options: RuntimeDefaultOptions): Baseline {
  const applicable = new Set(
    runtimeDefaultTable.filter(rule => applies(rule, options)),
  );
  return name => {
    const rules = (rulesOf.get(name) ?? []).filter(rule =>
      applicable.has(rule),
    );
    return rules.length > 0
      ? {
          rules: rules.map(({ args }) => ({
            action: 'SCMP_ACT_ALLOW',
            args: args ?? [],
          })),
          defaultAction: 'SCMP_ACT_ERRNO',
        }
      : undefined;
  };
}

function applies(
  rule: RuntimeDefaultRule,
  options: RuntimeDefaultOptions,
): boolean {
  const { capabilities, architecture, kernel } = options;
  const holds = (name: string) =>
    capabilities.has('ALL') || capabilities.has(name);
  if (
    !(rule.capabilities ?? []).every(holds) ||
    (rule.withoutCapabilities ?? []).some(holds)
  ) {
    return false;
  }
  if (rule.minKernel && kernel && isOlderKernel(kernel, rule.minKernel)) {
    return false;
  }
  if (architecture !== undefined) {
    return (
      (rule.architectures?.includes(architecture) ?? true) &&
      !rule.notArchitectures?.includes(architecture)
    );
  }
  // Where an argument stands differs between architectures, so of several places only the usual one counts.
  return !(rule.architectures && rule.args);
}

/** What RuntimeDefault allows a container without added capabilities. */
const ordinary = baselineFor({ capabilities: new Set(runtimeCapabilities) });

/** What RuntimeDefault says of one call to a container without added capabilities. */
export function runtimeDefaultPermission(name: string): CallPermission {
  return ordinary(name) ?? { rules: [], defaultAction: 'SCMP_ACT_ERRNO' };
}

/** The arguments with which RuntimeDefault allows a call to a container without added capabilities; none: no limits. */
export function runtimeDefaultLimits(
  name: string,
): (readonly SyscallArgument[])[] {
  return runtimeDefaultPermission(name)
    .rules.map(({ args }) => args)
    .filter(args => args.length > 0);
}

function letsThrough(own: CallPermission): boolean {
  const always = own.rules.some(({ args }) => args.length === 0);
  return (
    own.rules.some(({ action }) => outcomeOf(action) !== 'denied') ||
    (!always && outcomeOf(own.defaultAction) !== 'denied')
  );
}

/** Denying in another way than RuntimeDefault is no distance, so all of it counts as one. */
function isWithin(own: CallPermission, theirs: CallPermission): boolean {
  if (theirs.rules.some(({ args }) => args.length === 0)) {
    return own.rules.every(({ action }) => outcomeOf(action) !== 'unknown');
  }
  const outcome = (action: string) =>
    outcomeOf(action) === 'denied' ? 'SCMP_ACT_ERRNO' : action;
  const change = comparePermissions(theirs, {
    rules: own.rules.map(({ action, args }) => ({
      action: outcome(action),
      args,
    })),
    defaultAction: outcome(own.defaultAction),
  });
  return change === 'same' || change === 'narrower';
}

function beyondCall(
  name: string,
  own: CallPermission & { rules: readonly EffectiveRule[] },
  theirs: CallPermission | undefined,
): BeyondCall {
  const { risk, group, because } = syscallRisk(name);
  const broughtBy = broughtByOf(own.rules);
  return {
    name,
    risk,
    group,
    because,
    ...(theirs && {
      args: permissionInWords(
        name,
        theirs.rules.map(rule => ({
          ...rule,
          args: [...rule.args],
          name,
          errnoRet: '0',
        })),
        theirs.defaultAction,
      ),
    }),
    action:
      mostPermissive(own.rules.map(({ action }) => action)) ??
      own.defaultAction,
    ...(broughtBy !== undefined && { broughtBy }),
  };
}

const groupOrder = new Map(syscallGroups.map(({ id }, at) => [id, at]));

/** Riskiest first, then by group and name. */
export function byRiskGroupAndName(a: BeyondCall, b: BeyondCall): number {
  return (
    riskOrder.indexOf(a.risk) - riskOrder.indexOf(b.risk) ||
    (groupOrder.get(a.group) ?? 0) - (groupOrder.get(b.group) ?? 0) ||
    compareCodeUnits(a.name, b.name)
  );
}
