const MAX_DEPTH = 1_000;

/**
 * Turns every `bigint` that a number holds exactly into a number, in place, and leaves the others.
 *
 * Throws an `Error` when the value contains itself or is nested too deeply.
 */
export function withExactIntegers(value: unknown): unknown {
  return convert(value, [], new Set());
}

function convert(
  value: unknown,
  ancestors: unknown[],
  done: Set<unknown>,
): unknown {
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (ancestors.includes(value)) {
    throw new Error('The value contains itself');
  }
  if (done.has(value)) {
    return value;
  }
  if (ancestors.length >= MAX_DEPTH) {
    throw new Error('The value is nested too deeply');
  }
  ancestors.push(value);
  const record = value as Record<string, unknown>;
  for (const key of Object.keys(record)) {
    const before = record[key];
    const after = convert(before, ancestors, done);
    if (after !== before) {
      record[key] = after;
    }
  }
  ancestors.pop();
  done.add(value);
  return value;
}
