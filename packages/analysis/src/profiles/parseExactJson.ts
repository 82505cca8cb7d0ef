/**
 * Parses JSON with every number as its text, so that int64 beyond 2^53 stays exact.
 *
 * @returns undefined when the text is not JSON
 */
export function parseExactJson(text: string): unknown {
  const quoted = text.replace(
    /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g,
    token => (token.startsWith('"') ? token : `"${token}"`),
  );
  try {
    return JSON.parse(quoted);
  } catch {
    return undefined;
  }
}
