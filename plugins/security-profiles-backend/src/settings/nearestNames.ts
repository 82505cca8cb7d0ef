/** Most names to offer instead of an unknown one. */
const most = 3;

/** Names that somebody may have meant by one that is unknown, nearest first. */
export function nearestNames(
  unknown: string,
  known: readonly string[],
): string[] {
  return known
    .map(name => ({ name, distance: editDistance(unknown, name) }))
    .sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1))
    .slice(0, most)
    .map(({ name }) => name);
}

/**
 * Letters to insert, drop or replace, after Levenshtein. A name that holds the other is near, however much it adds:
 * people leave out words.
 */
function editDistance(a: string, b: string): number {
  if (a.length > 2 && b.includes(a)) {
    return 1;
  }
  let above = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= b.length; column += 1) {
      current.push(
        Math.min(
          above[column] + 1,
          current[column - 1] + 1,
          above[column - 1] + (a[row - 1] === b[column - 1] ? 0 : 1),
        ),
      );
    }
    above = current;
  }
  return above[b.length];
}
