const MARK = '\u0000integer:';

/**
 * JSON with each bigint as the integer it is: manifests may hold integers beyond 2^53, such as a seccomp argument.
 *
 * @param {unknown} value
 */
export function stringifyExactly(value) {
  let marked = 'no';
  const text = JSON.stringify(value, (_, inner) => {
    if (typeof inner !== 'bigint') return inner;
    if (Number.isSafeInteger(Number(inner))) return Number(inner);
    marked = 'yes';
    return `${MARK}${inner}`;
  });
  return marked === 'no'
    ? text
    : text.replace(/"\\u0000integer:(-?\d+)"/g, '$1');
}
