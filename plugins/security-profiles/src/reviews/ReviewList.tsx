import { useEffect, useMemo, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  Button,
  Cell,
  Link,
  Select,
  TablePagination,
  ToggleButton,
  ToggleButtonGroup,
  useBreakpoint,
  useTable,
  type ColumnConfig,
} from '@backstage/ui';
import type { ReviewSummary } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { useAnnounce } from '../components/Announcer';
import { ApprovalMark } from '../components/ApprovalMark';
import { Chip } from '../components/Chip';
import lists from '../components/Lists.module.css';
import { ResponsiveTable } from '../components/ResponsiveTable';
import sectionStyles from '../components/Section.module.css';
import { ErrorState, LoadingState } from '../components/StateBoundary';
import { TextCell } from '../components/TextCell';
import { useReviewLinks } from '../data/useReviewLinks';
import { useServerNow } from '../data/useServerNow';
import { useUrlState } from '../data/useUrlState';
import { formatAge } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';
import { dueOf, isOpen, nameInRef, touchesText } from './reviewTexts';

const PAGE_SIZE = 25;
const PAGE_SIZES = [25, 50, 100];

const FILTERS = ['needs-me', 'asked-by-me', 'all'] as const;
type Filter = (typeof FILTERS)[number];

const STATES = [
  'pending',
  'changes-requested',
  'approved',
  'approved-emergency',
  'revoked',
  'stale',
  'expired',
  'rejected',
  'withdrawn',
  'superseded',
  'lapsed',
] as const;

interface Counts {
  needsMe: number;
  askedByMe: number;
  all: number;
}

interface Query {
  filter: Filter;
  states: string[];
  environments: string[];
}

function countOf(counts: Counts, filter: Filter): number {
  switch (filter) {
    case 'needs-me':
      return counts.needsMe;
    case 'asked-by-me':
      return counts.askedByMe;
    default:
      return counts.all;
  }
}

function useColumns(now: number): ColumnConfig<ReviewSummary>[] {
  const texts = useTexts();
  const { t } = texts;
  const links = useReviewLinks();
  return useMemo(
    () => [
      {
        id: 'what',
        label: t('reviews.what'),
        isRowHeader: true,
        defaultWidth: '2fr',
        minWidth: 200,
        cell: ({ id, profile, environment, tier }) => {
          const href = links.review(id);
          return (
            <Cell>
              <div className={lists.cell}>
                {href ? (
                  <Link href={href}>
                    <span dir="auto" translate="no">
                      {profile.name}
                    </span>
                  </Link>
                ) : (
                  <span className={lists.strong} dir="auto" translate="no">
                    {profile.name}
                  </span>
                )}
                <span className={lists.small}>
                  {[
                    profile.kind,
                    profile.namespace,
                    environment,
                    tier && t('reviewPage.tier', { tier }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </div>
            </Cell>
          );
        },
      },
      {
        id: 'state',
        label: t('reviews.state'),
        defaultWidth: '1.3fr',
        minWidth: 160,
        cell: ({ state, expiresAt }) => (
          <Cell>
            <ApprovalMark state={state} expiresAt={expiresAt} now={now} />
          </Cell>
        ),
      },
      {
        id: 'touches',
        label: t('reviews.touches'),
        defaultWidth: '1.3fr',
        minWidth: 140,
        cell: ({ touches }) => (
          <TextCell>{touchesText(texts, touches)}</TextCell>
        ),
      },
      {
        id: 'askedBy',
        label: t('reviews.askedBy'),
        minWidth: 130,
        cell: ({ requestedBy, createdAt }) => (
          <Cell>
            <time dateTime={createdAt} className={lists.text} dir="auto">
              {t('reviews.askedAgo', {
                name: nameInRef(requestedBy),
                age: formatAge(texts, now - Date.parse(createdAt)),
              })}
            </time>
          </Cell>
        ),
      },
      {
        id: 'due',
        label: t('reviews.due'),
        minWidth: 110,
        defaultWidth: '0.8fr',
        cell: ({ state, requestExpiresAt }) => {
          if (!isOpen(state)) {
            return <TextCell>–</TextCell>;
          }
          const due = dueOf(texts, requestExpiresAt, now);
          return (
            <Cell>
              <time dateTime={requestExpiresAt}>
                {due.urgency === 'soon' ? (
                  <Chip tone="warning">! {due.text}</Chip>
                ) : (
                  due.text
                )}
              </time>
            </Cell>
          );
        },
      },
    ],
    [t, texts, links, now],
  );
}

interface EmptyProps {
  filter: Filter;
  counts: Counts | undefined;
  isFiltered: 'yes' | 'no';
}

function Empty(props: EmptyProps) {
  const { filter, counts, isFiltered } = props;
  const { t } = useTexts();
  const url = useUrlState();
  if (isFiltered === 'yes') {
    return (
      <div className={lists.row}>
        <span>{t('reviews.empty.filtered')}</span>
        <Button
          variant="secondary"
          onPress={() => url.set({ state: undefined, env: undefined })}
        >
          {t('containers.clear')}
        </Button>
      </div>
    );
  }
  const hasOthers = (counts?.all ?? 0) > 0;
  return (
    <div className={lists.row}>
      <span>
        {t(hasOthers ? `reviews.empty.${filter}` : 'reviews.empty.all')}
      </span>
      {hasOthers && filter !== 'all' ? (
        <Link href={url.href({ filter: 'all' })}>
          {t('reviews.empty.needsMeOthers')} ({counts?.all})
        </Link>
      ) : null}
    </div>
  );
}

/** The reviews, what waits for the reader first. */
export function ReviewList() {
  const api = useApi(securityProfilesApiRef);
  const texts = useTexts();
  const { t, maybe } = texts;
  const url = useUrlState();
  const links = useReviewLinks();
  const announce = useAnnounce();
  const { up } = useBreakpoint();
  const [servedAt, setServedAt] = useState<string>();
  const [counts, setCounts] = useState<Counts>();
  const [fallback, setFallback] = useState<Filter>('needs-me');
  const now = useServerNow(servedAt);
  const columns = useColumns(now);

  const askedFilter = url.get('filter');
  const chosen = FILTERS.find(value => value === askedFilter);
  const filter = chosen ?? fallback;
  const askedStates = url.getAll('state');
  const environmentsKey = JSON.stringify(url.getAll('env'));
  const statesKey = JSON.stringify(
    askedStates.filter(state => (STATES as readonly string[]).includes(state)),
  );
  const query = useMemo<Query>(
    () => ({
      filter,
      states: JSON.parse(statesKey),
      environments: JSON.parse(environmentsKey),
    }),
    [filter, statesKey, environmentsKey],
  );
  const ignored = [
    ...(askedFilter !== undefined && !chosen ? [askedFilter] : []),
    ...askedStates.filter(state => !query.states.includes(state)),
  ];
  const [known, setKnown] = useState<readonly string[]>([]);

  const { tableProps, reload } = useTable<ReviewSummary, Query>({
    mode: 'cursor',
    filter: query,
    paginationOptions: { pageSize: PAGE_SIZE, pageSizeOptions: PAGE_SIZES },
    async getData({ cursor, pageSize, filter: wanted = query, signal }) {
      const { data } = await api.request('get', '/reviews', {
        params: {
          query: {
            cursor,
            limit: pageSize,
            filter: wanted.filter,
            state: wanted.states.length > 0 ? wanted.states : undefined,
            environment:
              wanted.environments.length > 0 ? wanted.environments : undefined,
          },
        },
        signal,
      });
      const page = data!;
      setServedAt(page.servedAt);
      setCounts(page.counts);
      // Who has not chosen gets the first filter that holds something.
      const first = FILTERS.find(one => countOf(page.counts, one) > 0);
      setFallback(first ?? 'needs-me');
      return {
        data: page.items,
        totalCount: page.totalItems,
        nextCursor: page.pageInfo.nextCursor,
        prevCursor: page.pageInfo.prevCursor,
      };
    },
  });
  const { data, error, pagination } = tableProps;

  useEffect(() => {
    const seen = (data ?? []).map(({ environment }) => environment);
    setKnown(previous => {
      const next = new Set([...previous, ...seen]);
      return next.size === previous.length ? previous : [...next].sort();
    });
  }, [data]);

  const total =
    pagination.type === 'page'
      ? pagination.totalCount ?? data?.length ?? 0
      : data?.length ?? 0;
  const isWhole = (data?.length ?? 0) >= total;
  const announced = useRef<string>();
  useEffect(() => {
    const result = `${filter} ${total}`;
    if (data && !tableProps.isStale && announced.current !== result) {
      announced.current = result;
      announce(t('reviews.results', { count: total }));
    }
  }, [announce, data, filter, tableProps.isStale, total, t]);

  const heading = <h2 className={sectionStyles.title}>{t('reviews.title')}</h2>;
  if (error) {
    return (
      <>
        {heading}
        <ErrorState
          error={error}
          what="state.what.reviews"
          forbidden="state.forbiddenReviews"
          onRetry={reload}
        />
      </>
    );
  }
  if (!data) {
    return (
      <>
        {heading}
        <LoadingState heights={[40, 240]} />
      </>
    );
  }
  const isFiltered =
    query.states.length > 0 || query.environments.length > 0 ? 'yes' : 'no';
  const empty = (
    <Empty filter={filter} counts={counts} isFiltered={isFiltered} />
  );
  const environments = [...new Set([...known, ...query.environments])];
  return (
    <div className={sectionStyles.page}>
      {heading}
      <div className={sectionStyles.head}>
        <ToggleButtonGroup
          aria-label={t('reviews.filter')}
          selectionMode="single"
          disallowEmptySelection
          selectedKeys={[filter]}
          onSelectionChange={keys => {
            const [key] = [...keys];
            if (key !== undefined) {
              url.set({ filter: String(key) });
            }
          }}
        >
          {FILTERS.map(value => (
            <ToggleButton key={value} id={value}>
              {t(`reviews.filter.${value}`, {
                count: counts ? countOf(counts, value) : '…',
              })}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <div className={sectionStyles.actions}>
          <Select
            label={t('reviews.state')}
            selectedKey={query.states[0] ?? 'all:'}
            onSelectionChange={key =>
              url.set({ state: key === 'all:' ? undefined : String(key) })
            }
            options={[
              { value: 'all:', label: t('reviews.any') },
              ...STATES.map(value => ({
                value: value as string,
                label: maybe(`approval.state.${value}`) ?? value,
              })),
            ]}
          />
          {environments.length > 1 || query.environments.length > 0 ? (
            <Select
              label={t('reviews.environment')}
              selectedKey={query.environments[0] ?? 'all:'}
              onSelectionChange={key =>
                url.set({ env: key === 'all:' ? undefined : String(key) })
              }
              options={[
                { value: 'all:', label: t('reviews.any') },
                ...environments.map(name => ({ value: name, label: name })),
              ]}
            />
          ) : null}
        </div>
      </div>
      {ignored.length > 0 ? (
        <p className={lists.text}>
          {t('containers.ignored', { value: ignored.join(', ') })}
        </p>
      ) : null}
      {data.length === 0 ? (
        empty
      ) : (
        <ResponsiveTable
          columns={columns}
          rows={data}
          table={{
            ...tableProps,
            data,
            rowConfig: { getHref: ({ id }) => links.review(id) },
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
