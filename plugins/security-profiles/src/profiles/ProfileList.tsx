import { useEffect, useMemo, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  Button,
  Cell,
  Link,
  SearchField,
  Select,
  TablePagination,
  useBreakpoint,
  useTable,
  type ColumnConfig,
} from '@backstage/ui';
import type { Profile } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { useAnnounce } from '../components/Announcer';
import { Chip } from '../components/Chip';
import { SeverityMark } from '../components/FindingMark';
import lists from '../components/Lists.module.css';
import { ModeChip } from '../components/ModeChip';
import { ResponsiveTable } from '../components/ResponsiveTable';
import sectionStyles from '../components/Section.module.css';
import { ErrorState, LoadingState } from '../components/StateBoundary';
import { Terms } from '../components/Term';
import { TextCell } from '../components/TextCell';
import { useNow } from '../data/useNow';
import { useProfileLinks } from '../data/useProfileLinks';
import { useUrlState } from '../data/useUrlState';
import { formatMoment } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';
import {
  isFiltered,
  KINDS,
  MODES,
  readListQuery,
  type ListQuery,
} from './listQuery';
import styles from './ProfileList.module.css';

const PAGE_SIZE = 50;
const PAGE_SIZES = [25, 50, 100];
/** Milliseconds after the last key before the server is asked. */
const TYPING = 300;
const ANY = 'all:';

interface BeyondProps {
  profile: Profile;
}

/** How far a profile is from RuntimeDefault; what is not known is not zero. */
function Beyond(props: BeyondProps) {
  const { mode, kind, beyond } = props.profile;
  const { t } = useTexts();
  if (kind !== 'SeccompProfile') {
    return <span>{t('profileList.noCalls')}</span>;
  }
  if (mode === 'allows-by-default' || mode === 'logs-by-default') {
    return <Chip tone="negative">{t('profileList.beyondEverything')}</Chip>;
  }
  if (typeof beyond?.calls !== 'number') {
    return (
      <Chip tone="neutral" border="dashed">
        {t('profiles.contentUnknown')}
      </Chip>
    );
  }
  return beyond.calls === 0 ? (
    <span>{t('profileList.beyondNone')}</span>
  ) : (
    <span className={lists.row}>
      <span>{t('profileList.beyondCalls', { count: beyond.calls })}</span>
      {beyond.worstRisk ? <SeverityMark severity={beyond.worstRisk} /> : null}
    </span>
  );
}

function useColumns(): ColumnConfig<Profile>[] {
  const texts = useTexts();
  const { t, locale } = texts;
  const links = useProfileLinks();
  const now = useNow();
  return useMemo(
    () => [
      {
        id: 'name',
        label: t('profiles.name'),
        isRowHeader: true,
        isSortable: true,
        defaultWidth: '2fr',
        minWidth: 180,
        cell: ({ id, name, kind, namespace }) => {
          const href = links.profile(id);
          return (
            <Cell>
              <div className={lists.cell}>
                {href ? (
                  <Link href={href}>
                    <span dir="auto" translate="no">
                      {name}
                    </span>
                  </Link>
                ) : (
                  <span className={lists.strong} dir="auto" translate="no">
                    {name}
                  </span>
                )}
                <span className={lists.small} translate="no">
                  {namespace ? `${kind} · ${namespace}` : kind}
                </span>
              </div>
            </Cell>
          );
        },
      },
      {
        id: 'cluster',
        label: t('profiles.cluster'),
        isSortable: true,
        minWidth: 110,
        cell: ({ cluster }) => <TextCell>{cluster}</TextCell>,
      },
      {
        id: 'mode',
        label: t('profiles.mode'),
        defaultWidth: '1.2fr',
        minWidth: 130,
        cell: ({ mode }) => (
          <Cell>
            <ModeChip mode={mode} />
          </Cell>
        ),
      },
      {
        id: 'beyond',
        label: t('profileList.beyond'),
        isSortable: true,
        defaultWidth: '1.6fr',
        minWidth: 235,
        cell: profile => (
          <Cell>
            <Beyond profile={profile} />
          </Cell>
        ),
      },
      {
        id: 'allows',
        label: t('profileList.allows'),
        isSortable: true,
        defaultWidth: '0.7fr',
        minWidth: 110,
        cell: ({ allows }) => (
          <TextCell>
            {typeof allows === 'number' ? allows.toLocaleString(locale) : '–'}
          </TextCell>
        ),
      },
      {
        id: 'users',
        label: t('profileList.users'),
        isSortable: true,
        defaultWidth: '0.7fr',
        minWidth: 95,
        cell: ({ id, name, users }) => {
          const href = links.profile(id, 'users');
          const text = users.toLocaleString(locale);
          return (
            <Cell>
              {href && users > 0 ? (
                <Link
                  href={href}
                  aria-label={t('profileList.usersOf', { count: users, name })}
                >
                  {text}
                </Link>
              ) : (
                text
              )}
            </Cell>
          );
        },
      },
      {
        id: 'nodes',
        label: t('profiles.nodes'),
        minWidth: 130,
        cell: ({ installed: { nodes, of } }) => (
          <Cell>
            {of === 0 ? (
              <Chip tone="neutral" border="dashed">
                {t('profiles.nodesNone')}
              </Chip>
            ) : (
              <Chip tone={nodes < of ? 'warning' : 'neutral'}>
                {t('profiles.nodesOf', { nodes, of })}
              </Chip>
            )}
          </Cell>
        ),
      },
      {
        id: 'since',
        label: t('profileList.since'),
        defaultWidth: '0.8fr',
        minWidth: 95,
        cell: ({ revisionSince }) => (
          <Cell>
            {revisionSince ? (
              <time dateTime={revisionSince}>
                {formatMoment(texts, revisionSince, now)}
              </time>
            ) : (
              '–'
            )}
          </Cell>
        ),
      },
    ],
    [t, texts, locale, links, now],
  );
}

interface FiltersProps {
  query: ListQuery;
  /** Clusters to choose from, by id. */
  clusters: ReadonlyMap<string, string>;
}

function Filters(props: FiltersProps) {
  const { query, clusters } = props;
  const { t, maybe } = useTexts();
  const url = useUrlState();
  const [typed, setTyped] = useState(query.q ?? '');
  const written = useRef(query.q ?? '');
  useEffect(() => {
    // The address changed by another way than typing, as by Back.
    if ((query.q ?? '') !== written.current) {
      written.current = query.q ?? '';
      setTyped(query.q ?? '');
    }
  }, [query.q]);
  useEffect(() => {
    if (typed === written.current) {
      return undefined;
    }
    const timer = setTimeout(() => {
      written.current = typed;
      url.replace({ q: typed || undefined });
    }, TYPING);
    return () => clearTimeout(timer);
  }, [typed, url]);
  const choice = (
    name: string,
    label: string,
    selected: string | undefined,
    options: { value: string; label: string }[],
  ) => (
    <Select
      key={name}
      label={label}
      selectedKey={selected ?? ANY}
      onSelectionChange={key =>
        url.set({ [name]: key === ANY ? undefined : String(key) })
      }
      options={[{ value: ANY, label: t('reviews.any') }, ...options]}
    />
  );
  const beyond = { some: 'true', none: 'false' } as const;
  return (
    <div className={styles.filters}>
      <SearchField
        label={t('profileList.search')}
        value={typed}
        onChange={setTyped}
      />
      {choice(
        'kind',
        t('profiles.kind'),
        query.kind,
        KINDS.map(kind => ({ value: kind, label: kind })),
      )}
      {clusters.size > 1 || query.clusterId !== undefined
        ? choice(
            'cluster',
            t('profiles.cluster'),
            query.clusterId,
            [...clusters].map(([value, label]) => ({ value, label })),
          )
        : null}
      {choice(
        'mode',
        t('profiles.mode'),
        query.mode,
        MODES.map(mode => ({
          value: mode,
          label: maybe(`profiles.modeValue.${mode}`) ?? mode,
        })),
      )}
      {choice(
        'beyond',
        t('profileList.beyond'),
        query.beyond && beyond[query.beyond],
        [
          { value: 'true', label: t('profileList.beyondSome') },
          { value: 'false', label: t('profileList.beyondNone') },
        ],
      )}
      {choice('use', t('profileList.users'), query.use, [
        { value: 'used', label: t('profileList.used') },
        { value: 'unused', label: t('profileList.unused') },
      ])}
    </div>
  );
}

/** Names of the clusters to filter by: those of the rows, and those of the list of clusters where the reader may see it. */
function useClusterNames(
  rows: readonly Profile[] | undefined,
): ReadonlyMap<string, string> {
  const api = useApi(securityProfilesApiRef);
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const add = (entries: (readonly [string, string])[]) =>
    setNames(previous => {
      const next = new Map([...previous, ...entries]);
      return next.size === previous.size
        ? previous
        : new Map([...next].sort(([, a], [, b]) => a.localeCompare(b)));
    });
  useEffect(() => {
    const controller = new AbortController();
    api
      .request('get', '/clusters', {
        params: { query: { limit: 200 } },
        signal: controller.signal,
      })
      .then(
        ({ data }) =>
          add((data?.items ?? []).map(({ id, name }) => [id, name])),
        // Without the right to see clusters, those of the rows are there to choose from.
        () => {},
      );
    return () => controller.abort();
  }, [api]);
  useEffect(() => {
    add((rows ?? []).map(({ clusterId, cluster }) => [clusterId, cluster]));
  }, [rows]);
  return names;
}

/** Every profile of the connected clusters. */
export function ProfileList() {
  const api = useApi(securityProfilesApiRef);
  const texts = useTexts();
  const { t } = texts;
  const url = useUrlState();
  const links = useProfileLinks();
  const announce = useAnnounce();
  const { up } = useBreakpoint();
  const columns = useColumns();
  const query = readListQuery(url);
  const queryKey = JSON.stringify(query);
  const filter = useMemo<ListQuery>(() => JSON.parse(queryKey), [queryKey]);

  // Another object is another order to the table, which would ask the server again at every turn.
  const sort = useMemo(
    () => ({
      column: filter.sort.column,
      direction:
        filter.sort.direction === 'up'
          ? ('ascending' as const)
          : ('descending' as const),
    }),
    [filter],
  );

  const { tableProps, reload } = useTable<Profile, ListQuery>({
    mode: 'cursor',
    filter,
    sort,
    onSortChange: ({ column, direction }) =>
      url.set({
        sort: `${direction === 'descending' ? '-' : ''}${String(column)}`,
      }),
    paginationOptions: { pageSize: PAGE_SIZE, pageSizeOptions: PAGE_SIZES },
    async getData({ cursor, pageSize, filter: wanted = filter, signal }) {
      const { q, kind, clusterId, mode, beyond, use } = wanted;
      const { data } = await api.request('get', '/profiles', {
        params: {
          query: {
            cursor,
            limit: pageSize,
            q,
            kind: kind && [kind],
            clusterId: clusterId === undefined ? undefined : [clusterId],
            mode: mode && [mode],
            beyond,
            use,
            sort: `${wanted.sort.direction === 'down' ? '-' : ''}${
              wanted.sort.column
            }` as const,
          },
        },
        signal,
      });
      const page = data!;
      return {
        data: page.items,
        totalCount: page.totalItems,
        nextCursor: page.pageInfo.nextCursor,
        prevCursor: page.pageInfo.prevCursor,
      };
    },
  });
  const { data, error, pagination } = tableProps;
  const clusters = useClusterNames(data);
  const total =
    pagination.type === 'page'
      ? pagination.totalCount ?? data?.length ?? 0
      : data?.length ?? 0;
  const isWhole = (data?.length ?? 0) >= total;
  const announced = useRef<string>();
  useEffect(() => {
    const result = `${queryKey} ${total}`;
    if (data && !tableProps.isStale && announced.current !== result) {
      announced.current = result;
      announce(t('profileList.results', { count: total }));
    }
  }, [announce, data, queryKey, tableProps.isStale, total, t]);

  const heading = (
    <h2 className={sectionStyles.title}>
      {data
        ? t('profileList.titleCount', {
            count: total.toLocaleString(texts.locale),
          })
        : t('profileList.title')}
    </h2>
  );
  if (error) {
    return (
      <>
        {heading}
        <ErrorState
          error={error}
          what="state.what.profiles"
          forbidden="state.forbiddenProfiles"
          onRetry={reload}
        />
      </>
    );
  }
  if (!data) {
    return (
      <>
        {heading}
        <LoadingState heights={[40, 320]} />
      </>
    );
  }
  return (
    <div className={sectionStyles.page}>
      {heading}
      <Filters query={filter} clusters={clusters} />
      <Terms
        terms={[
          'beyond RuntimeDefault',
          'mode',
          'installed on N of M nodes',
          'revision',
        ]}
      />
      {query.ignored.length > 0 ? (
        <p className={lists.text}>
          {t('containers.ignored', { value: query.ignored.join(', ') })}
        </p>
      ) : null}
      {data.length === 0 ? (
        <div className={lists.row}>
          <span>
            {t(isFiltered(query) ? 'profileList.empty' : 'profileList.none')}
          </span>
          {isFiltered(query) ? (
            <Button
              variant="secondary"
              onPress={() => {
                url.set({
                  q: undefined,
                  kind: undefined,
                  cluster: undefined,
                  mode: undefined,
                  beyond: undefined,
                  use: undefined,
                });
              }}
            >
              {t('containers.clear')}
            </Button>
          ) : null}
        </div>
      ) : (
        <ResponsiveTable
          columns={columns}
          rows={data}
          table={{
            ...tableProps,
            data,
            rowConfig: { getHref: ({ id }) => links.profile(id) },
            pagination: isWhole ? { type: 'none' } : pagination,
          }}
        />
      )}
      {!up('sm') && pagination.type === 'page' && !isWhole ? (
        <TablePagination {...pagination} />
      ) : null}
    </div>
  );
}
