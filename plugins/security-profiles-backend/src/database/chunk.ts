/** SQLite refuses statements with too many bound values; 100 rows of at most 20 columns stay far below every limit. */
export const rowsPerStatement = 100;

/** Cuts a list into parts that fit one statement. */
export function* chunk<T>(items: readonly T[]): Generator<T[]> {
  for (let start = 0; start < items.length; start += rowsPerStatement) {
    yield items.slice(start, start + rowsPerStatement);
  }
}
