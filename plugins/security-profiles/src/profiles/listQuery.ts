import type { UrlState } from '../data/useUrlState';

/** The kinds of profiles, as Kubernetes calls them. */
export const KINDS = [
  'SeccompProfile',
  'AppArmorProfile',
  'SelinuxProfile',
  'RawSelinuxProfile',
] as const;

/** The modes that profiles are filtered by. */
export const MODES = [
  'enforcing',
  'permissive',
  'complain',
  'allows-by-default',
  'logs-by-default',
  'disabled',
  'unknown',
] as const;

/** The columns that the server sorts by. */
export const SORT_COLUMNS = [
  'name',
  'cluster',
  'users',
  'allows',
  'beyond',
] as const;

/** How the list of profiles is asked for, as the address says it. */
export interface ListQuery {
  q: string | undefined;
  kind: (typeof KINDS)[number] | undefined;
  clusterId: string | undefined;
  mode: (typeof MODES)[number] | undefined;
  beyond: 'some' | 'none' | undefined;
  use: 'used' | 'unused' | undefined;
  sort: { column: (typeof SORT_COLUMNS)[number]; direction: 'up' | 'down' };
  /** What the address says and no filter understands. */
  ignored: string[];
}

function oneOf<T extends string>(
  values: readonly T[],
  asked: string | undefined,
): T | undefined {
  return values.find(value => value === asked);
}

const BEYOND = { true: 'some', false: 'none' } as const;

/** Reads the filters and the order of the list from the address; what it does not understand is named, not guessed. */
export function readListQuery(url: Pick<UrlState, 'get'>): ListQuery {
  const asked = {
    kind: url.get('kind'),
    mode: url.get('mode'),
    beyond: url.get('beyond'),
    use: url.get('use'),
    sort: url.get('sort'),
  };
  const kind = oneOf(KINDS, asked.kind);
  const mode = oneOf(MODES, asked.mode);
  const beyondWord = oneOf(['true', 'false'] as const, asked.beyond);
  const use = oneOf(['used', 'unused'] as const, asked.use);
  const column = oneOf(SORT_COLUMNS, asked.sort?.replace(/^-/, ''));
  const isUnread = {
    kind: asked.kind !== undefined && !kind,
    mode: asked.mode !== undefined && !mode,
    beyond: asked.beyond !== undefined && !beyondWord,
    use: asked.use !== undefined && !use,
    sort: asked.sort !== undefined && !column,
  };
  return {
    q: url.get('q') || undefined,
    kind,
    clusterId: url.get('cluster'),
    mode,
    beyond: beyondWord && BEYOND[beyondWord],
    use,
    sort: {
      column: column ?? 'name',
      direction: column && asked.sort?.startsWith('-') ? 'down' : 'up',
    },
    ignored: (Object.keys(asked) as (keyof typeof asked)[]).flatMap(name =>
      isUnread[name] ? [String(asked[name])] : [],
    ),
  };
}

/** Whether anything narrows the list. */
export function isFiltered(query: ListQuery): boolean {
  const { q, kind, clusterId, mode, beyond, use } = query;
  return [q, kind, clusterId, mode, beyond, use].some(
    value => value !== undefined,
  );
}
