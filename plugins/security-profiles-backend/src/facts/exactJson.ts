import { parse, stringify } from 'lossless-json';

/**
 * JSON with integers exact beyond 2^53: such an integer is a `bigint` in memory and a plain number in the text.
 * Rules of profiles hold int64 values, and a digest must not depend on rounding.
 */
export function parseExactJson(text: string): unknown {
  return parse(text, undefined, value => {
    const number = Number(value);
    if (/^-?\d+$/.test(value) && !Number.isSafeInteger(number)) {
      return BigInt(value);
    }
    return number;
  });
}

/** The counterpart of {@link parseExactJson}. */
export function stringifyExactJson(value: unknown): string {
  return stringify(value) ?? 'null';
}
