/** Most names in a sentence. */
const most = 3;

/** `a`, `a and b`, `a, b, c and 4 more`. */
export function nameList(names: readonly string[]): string {
  const shown = names.slice(0, most);
  const rest = names.length - shown.length;
  const parts = rest > 0 ? [...shown, `${rest} more`] : [...shown];
  const last = parts.pop() ?? '';
  return parts.length > 0 ? `${parts.join(', ')} and ${last}` : last;
}
