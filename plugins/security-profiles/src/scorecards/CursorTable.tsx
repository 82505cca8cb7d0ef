import { useEffect, useRef } from 'react';
import {
  TablePagination,
  useBreakpoint,
  useTable,
  type ColumnConfig,
} from '@backstage/ui';
import { useAnnounce } from '../components/Announcer';
import lists from '../components/Lists.module.css';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { ErrorState, LoadingState } from '../components/StateBoundary';
import { useUrlState } from '../data/useUrlState';
import { useTexts } from '../texts/useTexts';
import { isNarrowed, type ScorecardFilter } from './scorecardQuery';

const PAGE_SIZE = 25;
const PAGE_SIZES = [25, 50, 100];

/** A page of a list of the HTTP API. */
export interface CursorPage<T> {
  items: T[];
  totalItems: number;
  pageInfo: { nextCursor?: string; prevCursor?: string };
}

/** Props of {@link CursorTable}. */
export interface CursorTableProps<T> {
  columns: ColumnConfig<T & { id: string }>[];
  filter: ScorecardFilter;
  load: (
    query: ScorecardFilter & { cursor?: string; limit: number },
    signal: AbortSignal,
  ) => Promise<CursorPage<T>>;
  idOf: (row: T) => string;
  /** What an empty list says while no filter is set. */
  empty: string;
}

/** A list of a scorecard, page by page. */
export function CursorTable<T>(props: CursorTableProps<T>) {
  const { columns, filter, load, idOf, empty } = props;
  const { t } = useTexts();
  const url = useUrlState();
  const announce = useAnnounce();
  const { up } = useBreakpoint();
  const { tableProps, reload } = useTable<T & { id: string }, ScorecardFilter>({
    mode: 'cursor',
    filter,
    paginationOptions: { pageSize: PAGE_SIZE, pageSizeOptions: PAGE_SIZES },
    async getData({ cursor, pageSize, filter: wanted = filter, signal }) {
      const page = await load({ ...wanted, cursor, limit: pageSize }, signal);
      return {
        data: page.items.map(item => ({ ...item, id: idOf(item) })),
        totalCount: page.totalItems,
        nextCursor: page.pageInfo.nextCursor,
        prevCursor: page.pageInfo.prevCursor,
      };
    },
  });
  const { data, error, pagination } = tableProps;
  const total =
    pagination.type === 'page'
      ? pagination.totalCount ?? data?.length ?? 0
      : data?.length ?? 0;
  const announced = useRef<number>();
  useEffect(() => {
    if (data && !tableProps.isStale && announced.current !== total) {
      announced.current = total;
      announce(t('scorecards.results', { count: total }));
    }
  }, [announce, data, tableProps.isStale, t, total]);
  if (error) {
    return (
      <ErrorState
        error={error}
        what="state.what.scorecards"
        forbidden="state.forbiddenScorecards"
        onRetry={reload}
      />
    );
  }
  if (!data) {
    return <LoadingState heights={[240]} />;
  }
  if (data.length === 0) {
    return (
      <p className={lists.text}>
        {isNarrowed(url) === 'yes' ? t('scorecards.empty.filtered') : empty}
      </p>
    );
  }
  const isWhole = data.length >= total;
  return (
    <>
      <ResponsiveTable
        columns={columns}
        rows={data}
        table={{
          ...tableProps,
          data,
          pagination: isWhole ? { type: 'none' } : pagination,
        }}
      />
      {!up('sm') && pagination.type === 'page' && !isWhole ? (
        <TablePagination {...pagination} />
      ) : null}
    </>
  );
}
