import {
  areDisjoint,
  argumentSets,
  ArgumentSet,
  contains,
  covers,
  mergeRanges,
} from './argumentSets';
import { SyscallArgument } from './profileSpec';
import { mostPermissive, permissiveness } from './seccompAction';

/** One rule about one call. */
export interface CallRule {
  action: string;
  args: readonly SyscallArgument[];
}

/** What a filter says of one call. */
export interface CallPermission {
  rules: readonly CallRule[];
  /** What happens where no rule matches. */
  defaultAction: string;
}

/**
 * How what one filter says of a call stands to what another says: `unclear` where each allows something that the other
 * does not, where it can't be decided, or where an action or a condition is not known.
 */
export type PermissionChange = 'same' | 'wider' | 'narrower' | 'unclear';

/**
 * Compares what two filters say of one call, over all arguments.
 *
 * @remarks
 * Never wrong, and certain wherever each rule of one side lies within one rule of the other. Conditions that only
 * several rules together cover, other than ranges of one argument, come out as `unclear`.
 */
export function comparePermissions(
  before: CallPermission,
  after: CallPermission,
): PermissionChange {
  if (isUnconditional(before) && isUnconditional(after)) {
    return compareActions(decidingAction(before), decidingAction(after));
  }
  const one = prepare(before);
  const other = prepare(after);
  if (!one || !other) {
    return JSON.stringify(before) === JSON.stringify(after)
      ? 'same'
      : 'unclear';
  }
  const notWider = isWithin(other, one);
  const notNarrower = isWithin(one, other);
  if (notWider) {
    return notNarrower ? 'same' : 'narrower';
  }
  return notNarrower ? 'wider' : 'unclear';
}

function isUnconditional({ rules }: CallPermission): boolean {
  return rules.every(({ args }) => args.length === 0);
}

/** What happens to every call of a name of which no rule has conditions. */
function decidingAction({ rules, defaultAction }: CallPermission): string {
  return mostPermissive(rules.map(({ action }) => action)) ?? defaultAction;
}

function compareActions(before: string, after: string): PermissionChange {
  const was = permissiveness(before);
  const is = permissiveness(after);
  if (was === undefined || is === undefined) {
    return before === after ? 'same' : 'unclear';
  }
  if (was === is) {
    return 'same';
  }
  return is > was ? 'wider' : 'narrower';
}

/** What happens to one call: the most permissive of the rules that match, else the default. */
export function permissionFor(
  permission: CallPermission,
  args: readonly (bigint | undefined)[],
): string {
  const matching = permission.rules.filter(rule =>
    // What is not understood may match.
    (argumentSets(rule.args) ?? [new Map()]).some(set => contains(set, args)),
  );
  return (
    mostPermissive(matching.map(({ action }) => action)) ??
    permission.defaultAction
  );
}

interface Part {
  rank: number;
  set: ArgumentSet;
}

interface Prepared {
  parts: Part[];
  rest: number;
}

function prepare(permission: CallPermission): Prepared | undefined {
  const rest = permissiveness(permission.defaultAction);
  const byRank = new Map<number, ArgumentSet[]>();
  for (const { action, args } of permission.rules) {
    const rank = permissiveness(action);
    const sets = argumentSets(args);
    if (rank === undefined || !sets) {
      return undefined;
    }
    const held = byRank.get(rank) ?? [];
    held.push(...sets);
    byRank.set(rank, held);
  }
  const unconditional = [...byRank.values()].some(sets =>
    sets.some(set => set.size === 0),
  );
  if (rest === undefined && !unconditional) {
    return undefined;
  }
  const parts: Part[] = [];
  for (const [rank, sets] of [...byRank].sort(([a], [b]) => b - a)) {
    const stronger = [...parts];
    for (const set of mergeRanges(sets)) {
      // What a more permissive rule covers has no effect.
      if (!stronger.some(other => covers(other.set, set))) {
        parts.push({ rank, set });
      }
    }
  }
  return {
    parts,
    rest: rest ?? 0,
  };
}

/** Whether `part` lets nothing through that `whole` does not. */
function isWithin(part: Prepared, whole: Prepared): boolean {
  return (
    part.parts.every(({ rank, set }) => isAtLeast(whole, rank, set)) &&
    (isEverywhere(part) || isAtLeastElsewhere(part, whole))
  );
}

/** Whether a filter is at least as permissive as a rank on all calls of a set. */
function isAtLeast(filter: Prepared, rank: number, set: ArgumentSet): boolean {
  if (filter.parts.some(one => one.rank >= rank && covers(one.set, set))) {
    return true;
  }
  return (
    filter.rest >= rank &&
    filter.parts.every(one => one.rank >= rank || areDisjoint(one.set, set))
  );
}

/** The same for the calls that no rule of `part` names, where its default holds. */
function isAtLeastElsewhere(part: Prepared, whole: Prepared): boolean {
  const rank = part.rest;
  if (isEverywhere(whole)) {
    return whole.parts.some(one => one.rank >= rank && one.set.size === 0);
  }
  return (
    whole.rest >= rank &&
    whole.parts.every(
      one =>
        one.rank >= rank || part.parts.some(own => covers(own.set, one.set)),
    )
  );
}

/** Whether a rule names every call, so that the default never holds. */
function isEverywhere(filter: Prepared): boolean {
  return filter.parts.some(({ set }) => set.size === 0);
}
