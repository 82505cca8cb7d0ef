import { SyscallArgument } from './profileSpec';

/** Values of one argument: a range, both ends included, or those whose masked bits are `value`. */
type Values =
  | { kind: 'range'; from: bigint; to: bigint }
  | { kind: 'bits'; mask: bigint; value: bigint };

/** Calls by their arguments: every argument that is named must have one of its values; none named, every call. */
export type ArgumentSet = ReadonlyMap<string, Values>;

/** Arguments are unsigned and 64 bits wide. */
const largest = 2n ** 64n - 1n;

/**
 * The calls that a rule covers, as sets any of which is enough; undefined when a condition is not understood.
 *
 * @remarks
 * Conditions on different arguments must all hold. Runtimes add one rule per condition where a rule names an argument
 * twice, so any of these is enough: runc and crun do that to keep what Docker's first profiles meant. NE is two ranges.
 * For MASKED_EQ `value` is the mask and `valueTwo` what the masked bits are compared with.
 */
export function argumentSets(
  args: readonly SyscallArgument[],
): ArgumentSet[] | undefined {
  if (args.length === 0) {
    return [new Map()];
  }
  const named = new Set(args.map(({ index }) => index));
  if (named.size < args.length) {
    const alternatives: ArgumentSet[] = [];
    for (const arg of args) {
      const sets = argumentSets([arg]);
      if (!sets) {
        return undefined;
      }
      alternatives.push(...sets);
    }
    return alternatives;
  }
  let sets: Map<string, Values>[] = [new Map()];
  for (const arg of args) {
    const values = valuesOf(arg);
    if (!values) {
      return undefined;
    }
    sets = sets.flatMap(set =>
      values.map(one => new Map(set).set(arg.index, one)),
    );
  }
  return sets;
}

/**
 * Ranges of one argument that meet or overlap become one; everything else stays as it is.
 *
 * @remarks
 * Only sets that name the same single argument are merged: `LT 5` and `EQ 5` are one range, and what splits a range
 * over rules changes nothing.
 */
export function mergeRanges(sets: readonly ArgumentSet[]): ArgumentSet[] {
  const byArgument = new Map<string, { from: bigint; to: bigint }[]>();
  const rest: ArgumentSet[] = [];
  for (const set of sets) {
    const [[index, values] = [undefined, undefined]] = set;
    if (set.size === 1 && index !== undefined && values?.kind === 'range') {
      const held = byArgument.get(index) ?? [];
      held.push(values);
      byArgument.set(index, held);
    } else {
      rest.push(set);
    }
  }
  const merged: ArgumentSet[] = [];
  for (const [index, found] of byArgument) {
    found.sort((a, b) => compare(a.from, b.from));
    let [current] = found;
    for (const next of found.slice(1)) {
      if (next.from <= current.to + 1n) {
        current = {
          from: current.from,
          to: next.to > current.to ? next.to : current.to,
        };
      } else {
        merged.push(rangeSet(index, current));
        current = next;
      }
    }
    merged.push(rangeSet(index, current));
  }
  return [...merged, ...rest];
}

/** Whether every call of `part` is one of `whole`. Exact. */
export function covers(whole: ArgumentSet, part: ArgumentSet): boolean {
  for (const [index, values] of whole) {
    const own = part.get(index);
    if (!(own ? includes(values, own) : isEverything(values))) {
      return false;
    }
  }
  return true;
}

/** Whether no call is in both. May say no where it is not certain. */
export function areDisjoint(a: ArgumentSet, b: ArgumentSet): boolean {
  for (const [index, values] of a) {
    const other = b.get(index);
    if (other && haveNothingInCommon(values, other)) {
      return true;
    }
  }
  return false;
}

/** Whether a call with these arguments is in the set; an argument that is not given is 0. */
export function contains(
  set: ArgumentSet,
  args: readonly (bigint | undefined)[],
): boolean {
  for (const [index, values] of set) {
    const arg = args[Number(index)] ?? 0n;
    const holds =
      values.kind === 'range'
        ? values.from <= arg && arg <= values.to
        : (arg & values.mask) === values.value;
    if (!holds) {
      return false;
    }
  }
  return true;
}

function valuesOf(arg: SyscallArgument): Values[] | undefined {
  const value = BigInt(arg.value);
  const second = BigInt(arg.valueTwo);
  if (value < 0n || value > largest || second < 0n || second > largest) {
    return undefined;
  }
  switch (arg.op) {
    case 'SCMP_CMP_EQ':
      return ranges([value, value]);
    case 'SCMP_CMP_NE':
      return ranges([0n, value - 1n], [value + 1n, largest]);
    case 'SCMP_CMP_LT':
      return ranges([0n, value - 1n]);
    case 'SCMP_CMP_LE':
      return ranges([0n, value]);
    case 'SCMP_CMP_GT':
      return ranges([value + 1n, largest]);
    case 'SCMP_CMP_GE':
      return ranges([value, largest]);
    case 'SCMP_CMP_MASKED_EQ':
      // Compared with bits outside of the mask it never holds.
      return (second & ~value) === 0n
        ? [{ kind: 'bits', mask: value, value: second }]
        : [];
    default:
      return undefined;
  }
}

function ranges(...pairs: [bigint, bigint][]): Values[] {
  return pairs
    .filter(([from, to]) => from <= to)
    .map(([from, to]) => ({ kind: 'range', from, to }));
}

function rangeSet(
  index: string,
  range: { from: bigint; to: bigint },
): ArgumentSet {
  return new Map([[index, { kind: 'range', ...range }]]);
}

function isEverything(values: Values): boolean {
  return values.kind === 'range'
    ? values.from === 0n && values.to === largest
    : values.mask === 0n;
}

/** Whether every value of `part` is one of `whole`; neither is ever empty. */
function includes(whole: Values, part: Values): boolean {
  if (whole.kind === 'range') {
    const { from, to } = boundsOf(part);
    return whole.from <= from && to <= whole.to;
  }
  if (part.kind === 'bits') {
    return (
      (whole.mask & ~part.mask) === 0n &&
      (part.value & whole.mask) === whole.value
    );
  }
  // The highest bit in which the ends differ and all below take both values within the range.
  const differing = part.from ^ part.to;
  const free = (1n << BigInt(bitLength(differing))) - 1n;
  return (whole.mask & free) === 0n && (part.from & whole.mask) === whole.value;
}

function haveNothingInCommon(a: Values, b: Values): boolean {
  if (a.kind === 'bits' && b.kind === 'bits') {
    const both = a.mask & b.mask;
    return (a.value & both) !== (b.value & both);
  }
  const one = boundsOf(a);
  const other = boundsOf(b);
  if (one.to < other.from || other.to < one.from) {
    return true;
  }
  // One single value against bits is certain.
  const [single, bits] = a.kind === 'range' ? [a, b] : [b, a];
  return (
    single.kind === 'range' &&
    bits.kind === 'bits' &&
    single.from === single.to &&
    (single.from & bits.mask) !== bits.value
  );
}

/** Smallest and largest value; both are taken. */
function boundsOf(values: Values): { from: bigint; to: bigint } {
  return values.kind === 'range'
    ? values
    : { from: values.value, to: values.value | (largest & ~values.mask) };
}

function bitLength(value: bigint): number {
  return value === 0n ? 0 : value.toString(2).length;
}

function compare(a: bigint, b: bigint): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}
