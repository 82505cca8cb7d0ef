import type { Page, PageRequest } from '../paging/pageCursor';
import { type CsvColumn, csvHeadings, csvRows } from './scorecardCsv';

/** Rows that are read and written at once. */
const rowsAtOnce = 1000;

/**
 * A whole list as CSV, page after page: it is read no faster than it is sent, and no further once nobody takes it.
 *
 * @param read - gives one page of the list; it is called first before anything is sent
 */
export async function* exportScorecard<T>(
  read: (page: PageRequest) => Promise<Page<T>>,
  columns: readonly CsvColumn<T>[],
): AsyncGenerator<string> {
  let page = await read({ limit: rowsAtOnce });
  yield csvHeadings(columns);
  for (;;) {
    if (page.items.length > 0) {
      yield csvRows(page.items, columns);
    }
    const cursor = page.pageInfo.nextCursor;
    if (cursor === undefined) {
      return;
    }
    page = await read({ limit: rowsAtOnce, cursor });
  }
}
