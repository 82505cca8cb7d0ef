import { InputRefusedError } from '../access/errors';
import { contentHash } from '../facts/ids';

/** Which part of a list an answer holds. */
export interface PageRequest {
  limit: number;
  cursor?: string;
}

/** A page as the HTTP API gives it. */
export interface Page<T> {
  items: T[];
  totalItems: number;
  pageInfo: { nextCursor?: string; prevCursor?: string };
}

interface CursorContent {
  offset: number;
  /** Hash of the filter: a cursor of one list is none of another. */
  filter: string;
}

const largestOffset = 10_000_000;

/** The request names a cursor that is not one of ours, or belongs to another list. */
export class InvalidCursorError extends InputRefusedError {
  constructor() {
    super(
      '/query/cursor',
      'is not a cursor of this list; start again without it to get the first page',
    );
  }
}

/**
 * Where a page starts.
 *
 * @throws InvalidCursorError
 */
export function readCursor(request: PageRequest, filter: unknown): number {
  if (request.cursor === undefined) {
    return 0;
  }
  try {
    const content: CursorContent = JSON.parse(
      Buffer.from(request.cursor, 'base64url').toString('utf8'),
    );
    if (
      Number.isInteger(content.offset) &&
      content.offset >= 0 &&
      content.offset <= largestOffset &&
      content.filter === contentHash(filter)
    ) {
      return content.offset;
    }
  } catch {
    // Not ours: said below.
  }
  throw new InvalidCursorError();
}

function writeCursor(offset: number, filter: unknown): string {
  const content: CursorContent = { offset, filter: contentHash(filter) };
  return Buffer.from(JSON.stringify(content)).toString('base64url');
}

/** A page with the cursors before and after it. */
export function toPage<T>(
  items: T[],
  options: {
    totalItems: number;
    offset: number;
    limit: number;
    filter: unknown;
  },
): Page<T> {
  const { totalItems, offset, limit, filter } = options;
  return {
    items,
    totalItems,
    pageInfo: {
      ...(offset + items.length < totalItems && items.length > 0
        ? { nextCursor: writeCursor(offset + limit, filter) }
        : {}),
      ...(offset > 0
        ? { prevCursor: writeCursor(Math.max(0, offset - limit), filter) }
        : {}),
    },
  };
}
