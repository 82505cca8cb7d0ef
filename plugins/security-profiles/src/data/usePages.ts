import { useCallback, useEffect, useRef, useState } from 'react';
import { useLoaded, type Loaded } from './useLoaded';

/** One page of a list of the API. */
export interface ApiPage<T> {
  items: T[];
  totalItems: number;
  pageInfo: { nextCursor?: string };
}

/** A list that grows by a page when the reader asks for more. */
export interface Pages<TPage extends ApiPage<unknown>> {
  /** The first page, with its states. */
  loaded: Loaded<TPage>;
  /** The items of all pages so far. */
  items: TPage['items'];
  /** How many are not here yet; 0 where there is no next page. */
  left: number;
  isPending: boolean;
  /** Why the last page could not be had. */
  error: Error | undefined;
  more(): void;
}

interface Later<TPage> {
  pages: TPage[];
  isPending: boolean;
  error: Error | undefined;
  /** What the pages follow. */
  first: TPage | undefined;
}

/**
 * Loads the first page of a list, and the next ones on demand.
 *
 * @param load - must keep its identity while it asks for the same list
 */
export function usePages<TPage extends ApiPage<unknown>>(
  load: (cursor: string | undefined, signal: AbortSignal) => Promise<TPage>,
): Pages<TPage> {
  const loadFirst = useCallback(
    (signal: AbortSignal) => load(undefined, signal),
    [load],
  );
  const loaded = useLoaded(loadFirst);
  const first = loaded.data;
  const [kept, setLater] = useState<Later<TPage>>({
    pages: [],
    isPending: false,
    error: undefined,
    first: undefined,
  });
  // Pages of another list, or of an older answer, don't follow this first page.
  const later: Later<TPage> =
    kept.first === first
      ? kept
      : { pages: [], isPending: false, error: undefined, first };
  const running = useRef<AbortController>();
  useEffect(() => () => running.current?.abort(), [load]);
  const last = later.pages[later.pages.length - 1] ?? first;
  const cursor = last?.pageInfo.nextCursor;
  const more = () => {
    if (!cursor || later.isPending) {
      return;
    }
    const { pages } = later;
    setLater({ pages, isPending: true, error: undefined, first });
    const controller = new AbortController();
    running.current = controller;
    load(cursor, controller.signal).then(
      page =>
        setLater(previous =>
          previous.first === first && !controller.signal.aborted
            ? {
                pages: [...pages, page],
                isPending: false,
                error: undefined,
                first,
              }
            : previous,
        ),
      (error: Error) =>
        setLater(previous =>
          previous.first === first && !controller.signal.aborted
            ? { pages, isPending: false, error, first }
            : previous,
        ),
    );
  };
  const items = [first, ...later.pages].flatMap(page => page?.items ?? []);
  return {
    loaded,
    items,
    left: cursor ? Math.max(1, (last?.totalItems ?? 0) - items.length) : 0,
    isPending: later.isPending,
    error: later.error,
    more,
  };
}
