import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';

/** The part of a screen's state that lives in the address. */
export interface UrlState {
  get(name: string): string | undefined;
  getAll(name: string): string[];
  /** Writes some parameters and leaves the others; undefined or an empty list removes one. */
  set(changes: Record<string, string | string[] | undefined>): void;
  /** As `set`, in place of the last entry of the history: for what changes with every key that is typed. */
  replace(changes: Record<string, string | string[] | undefined>): void;
  /** The address with some parameters changed, for a real link. */
  href(changes: Record<string, string | string[] | undefined>): string;
}

function apply(
  current: URLSearchParams,
  changes: Record<string, string | string[] | undefined>,
): URLSearchParams {
  const next = new URLSearchParams(current);
  for (const [name, value] of Object.entries(changes)) {
    next.delete(name);
    for (const item of value === undefined ? [] : [value].flat()) {
      next.append(name, item);
    }
  }
  return next;
}

/** Reads and writes the search parameters of the address. */
export function useUrlState(): UrlState {
  const [params, setParams] = useSearchParams();
  const set = useCallback(
    (changes: Record<string, string | string[] | undefined>) =>
      setParams(current => apply(current, changes)),
    [setParams],
  );
  const replace = useCallback(
    (changes: Record<string, string | string[] | undefined>) =>
      setParams(current => apply(current, changes), { replace: true }),
    [setParams],
  );
  return useMemo(
    () => ({
      get: name => params.get(name) ?? undefined,
      getAll: name => params.getAll(name),
      set,
      replace,
      href: changes => `?${apply(params, changes)}`,
    }),
    [params, set, replace],
  );
}
