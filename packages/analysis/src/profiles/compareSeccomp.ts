import type { Risk } from '../risk/risk';
import {
  CallPermission,
  comparePermissions,
  PermissionChange,
} from './callPermission';
import { compareCodeUnits } from './canonicalJson';
import { ClassifiedLine } from './comparison';
import { runtimeDefaultPermission } from './distanceFromRuntimeDefault';
import { SeccompContent } from './profileContent';
import { EffectiveRule } from './resolveEffectiveProfile';
import { actionInWords, outcomeOf, permissiveness } from './seccompAction';
import { broughtByOf, permissionInWords, rulesByName } from './seccompRules';
import { syscallRisk } from './syscallGroups';

/** Flags of a filter that change what a process may do or see. Source: seccomp(2). */
const flags: Record<
  string,
  { direction: 'wider' | 'changed'; risk: Risk | 'none'; because: string }
> = {
  SECCOMP_FILTER_FLAG_SPEC_ALLOW: {
    direction: 'wider',
    risk: 'medium',
    because: 'switches off a protection against speculative execution',
  },
  SECCOMP_FILTER_FLAG_LOG: {
    direction: 'changed',
    risk: 'none',
    because: 'what is refused is logged',
  },
  SECCOMP_FILTER_FLAG_TSYNC: {
    direction: 'changed',
    risk: 'none',
    because: 'all threads get the filter at once',
  },
  SECCOMP_FILTER_FLAG_WAIT_KILLABLE_RECV: {
    direction: 'changed',
    risk: 'none',
    because: 'a process that waits for an agent can only be killed',
  },
};

/** Every difference between what two seccomp profiles enforce. */
export function compareSeccomp(
  before: SeccompContent,
  after: SeccompContent,
): ClassifiedLine[] {
  return [
    ...ofDefaultAction(before, after),
    ...ofFlags(before, after),
    ...ofArchitectures(before, after),
    ...ofListener(before, after),
    ...ofCalls(before, after),
  ];
}

function ofDefaultAction(
  before: SeccompContent,
  after: SeccompContent,
): ClassifiedLine[] {
  const [from, to] = [before.defaultAction, after.defaultAction];
  if (from === to) {
    return [];
  }
  const [was, is] = [outcomeOf(from), outcomeOf(to)];
  const [rank, newRank] = [permissiveness(from), permissiveness(to)];
  const line = {
    subject: 'defaultAction',
    before: actionInWords(from),
    after: actionInWords(to),
    because: 'holds for every call that no rule names',
  };
  if (rank === undefined || newRank === undefined) {
    return [{ ...line, direction: 'changed', risk: 'high', about: 'mode' }];
  }
  if (rank === newRank) {
    return [];
  }
  if (newRank < rank) {
    return [{ ...line, direction: 'narrower', risk: 'none', about: 'mode' }];
  }
  const risks = {
    allowed: 'critical',
    'decided-elsewhere': 'high',
    denied: 'none',
    unknown: 'high',
  } as const;
  return [
    {
      ...line,
      direction: 'wider',
      risk: was === is ? 'none' : risks[is],
      about: was === is ? 'content' : 'mode',
    },
  ];
}

function ofFlags(
  before: SeccompContent,
  after: SeccompContent,
): ClassifiedLine[] {
  return changedMembers(before.flags, after.flags).map(({ name, change }) => {
    const known = Object.hasOwn(flags, name)
      ? flags[name]
      : {
          direction: 'changed' as const,
          risk: 'medium' as const,
          because: 'a flag that this version does not know',
        };
    const removed = known.direction === 'wider' ? 'narrower' : 'changed';
    return {
      subject: name,
      before: change === 'added' ? 'not set' : 'set',
      after: change === 'added' ? 'set' : 'not set',
      because: known.because,
      group: 'flags',
      direction: change === 'added' ? known.direction : removed,
      risk:
        change === 'added' || removed === 'changed'
          ? known.risk
          : ('none' as const),
      about: 'content' as const,
    };
  });
}

/** Programs of an ABI that isn't listed are killed; without any, only those of the node's own run. */
function ofArchitectures(
  before: SeccompContent,
  after: SeccompContent,
): ClassifiedLine[] {
  return changedMembers(architecturesOf(before), architecturesOf(after)).map(
    ({ name, change }) => ({
      subject: name,
      before: change === 'added' ? 'not covered' : 'covered',
      after: change === 'added' ? 'covered' : 'not covered',
      group: 'architectures',
      direction:
        change === 'added' ? ('wider' as const) : ('narrower' as const),
      risk: change === 'added' ? ('low' as const) : ('none' as const),
      because:
        change === 'added'
          ? 'programs of this ABI run, and one more set of calls of the kernel is open'
          : 'programs of this ABI are killed',
      about: 'content' as const,
    }),
  );
}

function architecturesOf(content: SeccompContent): string[] {
  return content.architectures.length > 0
    ? content.architectures
    : ['SCMP_ARCH_NATIVE'];
}

function ofListener(
  before: SeccompContent,
  after: SeccompContent,
): ClassifiedLine[] {
  if (before.listenerPath === after.listenerPath) {
    return [];
  }
  const asksAgent = [before, after].some(
    ({ defaultAction, rules }) =>
      defaultAction === 'SCMP_ACT_NOTIFY' ||
      rules.some(({ action }) => action === 'SCMP_ACT_NOTIFY'),
  );
  return [
    {
      subject: 'listenerPath',
      before: before.listenerPath ?? 'no agent',
      after: after.listenerPath ?? 'no agent',
      because: asksAgent
        ? 'another agent decides the calls that are left to one'
        : 'no call is left to an agent',
      direction: 'changed',
      risk: asksAgent ? 'high' : 'none',
      about: 'content',
    },
  ];
}

function ofCalls(
  before: SeccompContent,
  after: SeccompContent,
): ClassifiedLine[] {
  const was = rulesByName(before.rules);
  const is = rulesByName(after.rules);
  const lines: ClassifiedLine[] = [];
  for (const name of new Set([...was.keys(), ...is.keys()])) {
    const old = was.get(name) ?? [];
    const young = is.get(name) ?? [];
    const change = comparePermissions(
      { rules: old, defaultAction: before.defaultAction },
      { rules: young, defaultAction: after.defaultAction },
    );
    if (change !== 'same') {
      lines.push(
        callLine(name, change, {
          before: { rules: old, defaultAction: before.defaultAction },
          after: { rules: young, defaultAction: after.defaultAction },
        }),
      );
    } else if (errorsOf(old) !== errorsOf(young)) {
      lines.push({
        subject: name,
        before: permissionInWords(name, old, before.defaultAction),
        after: permissionInWords(name, young, after.defaultAction),
        group: syscallRisk(name).group,
        because: 'the call fails with another error',
        direction: 'changed',
        risk: 'none',
        about: 'content',
      });
    }
  }
  return lines.sort((a, b) => compareCodeUnits(a.subject, b.subject));
}

interface NamedPermission extends CallPermission {
  rules: readonly EffectiveRule[];
}

function callLine(
  name: string,
  change: Exclude<PermissionChange, 'same'>,
  sides: { before: NamedPermission; after: NamedPermission },
): ClassifiedLine {
  const { before, after } = sides;
  const { group, risk, because } = syscallRisk(name);
  const opens = outcomesOf(before) !== outcomesOf(after);
  const direction = change === 'unclear' ? 'changed' : change;
  const source = direction === 'narrower' ? before : after;
  const broughtBy = broughtByOf(source.rules);
  const beyond =
    direction !== 'narrower' &&
    comparePermissions(runtimeDefaultPermission(name), after);
  return {
    subject: name,
    before: permissionInWords(name, before.rules, before.defaultAction),
    after: permissionInWords(name, after.rules, after.defaultAction),
    group,
    ...(direction !== 'narrower' && { because }),
    direction,
    risk: direction === 'narrower' || !opens ? 'none' : risk,
    ...(broughtBy !== undefined && { broughtBy }),
    ...(beyond !== false && {
      runtimeDefault:
        beyond === 'same' || beyond === 'narrower'
          ? ('within' as const)
          : ('beyond' as const),
    }),
    about: 'content',
  };
}

/** What may become of a call, with the conditions: equal where only the way of refusing or logging differs. */
function outcomesOf(permission: NamedPermission): string {
  return JSON.stringify([
    outcomeOf(permission.defaultAction),
    permission.rules.map(({ action, args }) => [outcomeOf(action), args]),
  ]);
}

function errorsOf(rules: readonly EffectiveRule[]): string {
  return JSON.stringify(
    rules
      .filter(({ action }) => outcomeOf(action) !== 'allowed')
      .map(({ action, errnoRet, args }) => [action, errnoRet, args]),
  );
}

function changedMembers(
  before: readonly string[],
  after: readonly string[],
): { name: string; change: 'added' | 'removed' }[] {
  return [
    ...after
      .filter(name => !before.includes(name))
      .map(name => ({ name, change: 'added' as const })),
    ...before
      .filter(name => !after.includes(name))
      .map(name => ({ name, change: 'removed' as const })),
  ];
}
