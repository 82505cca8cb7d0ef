/**
 * Parses JSON with every number as its text where one of them may be beyond 2^53, so that int64 stays exact; else with
 * numbers as numbers, which is much faster.
 *
 * @returns undefined when the text is not JSON
 */
export function parseExactJson(text: string): unknown {
  try {
    return JSON.parse(hasUnsafeNumber(text) ? quoteNumbers(text) : text);
  } catch {
    return undefined;
  }
}

/** 15 digits are always safe. */
function hasUnsafeNumber(text: string): boolean {
  return /\d{16}|\d[.eE]/.test(text);
}

function quoteNumbers(text: string): string {
  return text.replace(
    /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g,
    token => (token.startsWith('"') ? token : `"${token}"`),
  );
}
