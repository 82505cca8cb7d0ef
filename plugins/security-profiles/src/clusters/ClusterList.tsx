import { useEffect, useMemo, useRef, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import {
  Button,
  Cell,
  Link,
  Select,
  TablePagination,
  useBreakpoint,
  useTable,
  type ColumnConfig,
} from '@backstage/ui';
import type { Cluster } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { useAnnounce } from '../components/Announcer';
import { Chip } from '../components/Chip';
import { FreshnessStamp, SourceMark } from '../components/FreshnessStamp';
import lists from '../components/Lists.module.css';
import { ResponsiveTable } from '../components/ResponsiveTable';
import sectionStyles from '../components/Section.module.css';
import { SetupSteps } from '../components/SetupSteps';
import { ErrorState, LoadingState } from '../components/StateBoundary';
import { useClusterLink } from '../data/useClusterLink';
import { useServerNow } from '../data/useServerNow';
import { useUrlState } from '../data/useUrlState';
import { useTexts } from '../texts/useTexts';
import {
  isInRollOut,
  isLineKnown,
  isReleaseDataOld,
  lineText,
  lineTone,
  patchesText,
  versionsText,
} from './cilium';
import { AdvisoryCounts } from './AdvisoryCounts';
import { PlanMark } from './PlanMark';
import { ReleaseLinesSection } from './ReleaseLinesSection';
import {
  CLUSTER_CONCERNS,
  concernsOf,
  hasCilium,
  readClusterSort,
  sortClusters,
  sortClustersBy,
  type ClusterConcern,
} from './clusterOrder';

const PAGE_SIZE = 100;
const PAGE_SIZES = [50, 100, 200];

const CONCERN_TEXT = {
  ended: 'clusters.ended',
  'roll-out': 'clusters.rollOut',
  behind: 'clusters.behind',
  unread: 'clusters.unread',
} as const;

interface SummaryProps {
  clusters: readonly Cluster[];
  isWhole: 'yes' | 'no';
}

function Summary(props: SummaryProps) {
  const { clusters, isWhole } = props;
  const { t } = useTexts();
  const url = useUrlState();
  const counts = CLUSTER_CONCERNS.map(concern => ({
    concern,
    count: clusters.filter(cluster => concernsOf(cluster).includes(concern))
      .length,
  })).filter(({ count }) => count > 0);
  const isJudged = clusters.some(({ cilium }) => cilium.patchesBehind !== null);
  return (
    <p className={lists.text}>
      {counts.length === 0
        ? t(isJudged ? 'clusters.good' : 'clusters.cantTell')
        : null}
      {counts.map(({ concern, count }, index) => (
        <span key={concern}>
          {index > 0 ? ' · ' : null}
          <Link href={url.href({ line: concern })}>
            {t(CONCERN_TEXT[concern], { count })}
          </Link>
        </span>
      ))}
      {isWhole === 'no' ? ` ${t('clusters.onThisPage')}` : null}
    </p>
  );
}

interface CiliumTextProps {
  cluster: Cluster;
}

function CiliumText(props: CiliumTextProps) {
  const { cilium } = props.cluster;
  const texts = useTexts();
  if (hasCilium(props.cluster)) {
    return <span>{versionsText(texts, cilium)}</span>;
  }
  // No agent was seen: that is "none" only where somebody could look.
  return cilium.state === 'fresh' || cilium.state === 'not-installed' ? (
    <span>{cilium.reason ?? texts.t('clusters.noCilium')}</span>
  ) : (
    <Chip tone="neutral" border="dashed">
      {texts.t('clusters.unknownVersion')}
    </Chip>
  );
}

function useColumns(
  now: number,
  isWhole: 'yes' | 'no',
): ColumnConfig<Cluster>[] {
  const texts = useTexts();
  const { t } = texts;
  const clusterLink = useClusterLink();
  return useMemo(() => {
    const columns: ColumnConfig<Cluster>[] = [
      {
        id: 'cluster',
        label: t('clusters.cluster'),
        isRowHeader: true,
        defaultWidth: '1.5fr',
        minWidth: 106,
        cell: cluster => {
          const href = clusterLink(cluster.id);
          return (
            <Cell>
              <div className={lists.cell}>
                {href ? (
                  <Link href={href}>{cluster.name}</Link>
                ) : (
                  <span className={lists.strong}>{cluster.name}</span>
                )}
                {cluster.environment || cluster.owner ? (
                  <span className={lists.small}>
                    {[
                      cluster.environment,
                      ...(cluster.owner ? [ownerName(cluster.owner)] : []),
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                ) : null}
              </div>
            </Cell>
          );
        },
      },
      {
        id: 'cilium',
        label: t('clusters.cilium'),
        defaultWidth: '2fr',
        minWidth: 112,
        cell: cluster => (
          <Cell>
            <div className={lists.cell}>
              <CiliumText cluster={cluster} />
              {isInRollOut(cluster.cilium) ? (
                <Chip tone="announcement">{t('dataplane.rollOut')}</Chip>
              ) : null}
            </div>
          </Cell>
        ),
      },
      {
        id: 'line',
        label: t('clusters.line'),
        defaultWidth: '1.5fr',
        minWidth: 108,
        cell: ({ cilium }) => (
          <Cell>
            {cilium.versions.length === 0 ? (
              '–'
            ) : (
              <Chip
                tone={lineTone(cilium.line.state)}
                border={isLineKnown(cilium.line.state) ? 'solid' : 'dashed'}
              >
                {cilium.line.name} {lineText(texts, cilium.line, now)}
              </Chip>
            )}
          </Cell>
        ),
      },
      {
        id: 'patches',
        label: t('clusters.patches'),
        defaultWidth: '1.2fr',
        minWidth: 114,
        cell: ({ cilium }) => (
          <Cell>
            {cilium.versions.length === 0 ? (
              '–'
            ) : (
              <Chip
                tone={cilium.patchesBehind ? 'warning' : 'neutral'}
                border={cilium.patchesBehind === null ? 'dashed' : 'solid'}
              >
                {patchesText(
                  texts,
                  cilium,
                  isReleaseDataOld(cilium.releasesAsOf, now),
                )}
              </Chip>
            )}
          </Cell>
        ),
      },
      {
        id: 'advisories',
        label: t('advisory.title'),
        defaultWidth: '1.3fr',
        minWidth: 136,
        cell: cluster => (
          <Cell>
            <div className={lists.cell}>
              {cluster.cilium.versions.length === 0 ? (
                '–'
              ) : (
                <AdvisoryCounts counts={cluster.cilium.advisories} />
              )}
              {cluster.cilium.plan ? (
                <PlanMark plan={cluster.cilium.plan} now={now} />
              ) : null}
            </div>
          </Cell>
        ),
      },
      {
        id: 'kernel',
        label: t('grid.kernel'),
        minWidth: 110,
        cell: ({ cilium: { kernel } }) => (
          <Cell>
            {kernel === undefined || kernel === 'not-applicable' ? (
              '–'
            ) : (
              <Chip
                tone={
                  kernel === 'unfit' || kernel === 'known-bad'
                    ? 'negative'
                    : 'neutral'
                }
                border={kernel === 'unknown' ? 'dashed' : 'solid'}
              >
                {texts.maybe(`grid.kernelValue.${kernel}`) ?? kernel}
              </Chip>
            )}
          </Cell>
        ),
      },
      {
        id: 'kubernetes',
        label: t('clusters.kubernetes'),
        minWidth: 144,
        cell: ({ kubernetes, cilium }) => (
          <Cell>
            <div className={lists.cell}>
              <span>{kubernetes ?? t('clusters.unknownVersion')}</span>
              {cilium.kubernetesFit ? (
                <Chip
                  tone={
                    cilium.kubernetesFit === 'untested' ? 'warning' : 'neutral'
                  }
                  border={
                    cilium.kubernetesFit === 'unknown' ? 'dashed' : 'solid'
                  }
                >
                  {texts.maybe(`grid.kubernetesFit.${cilium.kubernetesFit}`) ??
                    cilium.kubernetesFit}
                </Chip>
              ) : null}
            </div>
          </Cell>
        ),
      },
      {
        id: 'operator',
        label: t('clusters.operator'),
        minWidth: 96,
        cell: ({ spo }) => (
          <Cell>
            {spo.state === 'fresh' || spo.version !== null ? (
              spo.version ?? t('clusters.operatorVersionUnknown')
            ) : (
              <Chip
                tone="neutral"
                border={spo.state === 'not-installed' ? 'solid' : 'dashed'}
              >
                {texts.maybe(`sourceState.${spo.state}`) ?? spo.state}
              </Chip>
            )}
          </Cell>
        ),
      },
      {
        id: 'services',
        label: t('clusters.services'),
        minWidth: 122,
        defaultWidth: '0.7fr',
        cell: cluster => {
          const href = clusterLink(cluster.id);
          const text = cluster.services.toLocaleString(texts.locale);
          return (
            <Cell>
              {href && cluster.services > 0 ? (
                <Link
                  href={`${href}#services`}
                  aria-label={t('grid.servicesOf', {
                    count: cluster.services,
                    name: cluster.name,
                  })}
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
        id: 'facts',
        label: t('clusters.facts'),
        defaultWidth: '1.2fr',
        minWidth: 112,
        cell: cluster => (
          <Cell>
            {cluster.state === 'fresh' || cluster.sources.length > 0 ? (
              <FreshnessStamp sources={cluster.sources} now={now} />
            ) : (
              <SourceMark
                source={{
                  cluster: cluster.name,
                  resource: '',
                  state: cluster.state,
                  since: cluster.asOf ?? '',
                  reason: cluster.reason,
                }}
                now={now}
              />
            )}
          </Cell>
        ),
      },
    ];
    // A part of the clusters in order would look like all of them in order.
    return columns.map(column => ({
      ...column,
      isSortable: isWhole === 'yes' && readClusterSort(column.id) !== undefined,
    }));
  }, [t, texts, clusterLink, now, isWhole]);
}

interface Filter {
  environments: string[];
  owner: string | undefined;
}

/** A group of the default namespace by its name, any other owner by its ref. */
function ownerName(ref: string): string {
  return ref.replace(/^group:(default\/)?/i, '');
}

/** All values that were ever shown, so that a filter does not take away its own choices. */
function useKnown(values: readonly string[]): readonly string[] {
  const [known, setKnown] = useState<readonly string[]>([]);
  const key = JSON.stringify([...new Set(values)].filter(Boolean));
  useEffect(() => {
    const seen: string[] = JSON.parse(key);
    setKnown(previous => {
      const next = new Set([...previous, ...seen]);
      return next.size === previous.length ? previous : [...next].sort();
    });
  }, [key]);
  return known;
}

/** Every connected cluster, the one that needs a patch most first. */
export function ClusterList() {
  const api = useApi(securityProfilesApiRef);
  const texts = useTexts();
  const { t } = texts;
  const url = useUrlState();
  const [servedAt, setServedAt] = useState<string>();
  const now = useServerNow(servedAt);
  const announce = useAnnounce();
  const { up } = useBreakpoint();
  const environmentsKey = JSON.stringify(url.getAll('env'));
  const environments = useMemo<string[]>(
    () => JSON.parse(environmentsKey),
    [environmentsKey],
  );
  const asked = url.get('line');
  const concern = CLUSTER_CONCERNS.find(value => value === asked);
  const owner = url.get('owner');
  const filter = useMemo<Filter>(
    () => ({ environments, owner }),
    [environments, owner],
  );
  const askedSort = url.get('sort');
  const sort = readClusterSort(askedSort);

  const { tableProps, reload } = useTable<Cluster, Filter>({
    mode: 'cursor',
    filter,
    paginationOptions: { pageSize: PAGE_SIZE, pageSizeOptions: PAGE_SIZES },
    async getData({ cursor, pageSize, filter: wanted = filter, signal }) {
      const { data } = await api.request('get', '/clusters', {
        params: {
          query: {
            cursor,
            limit: pageSize,
            environment: wanted.environments.length
              ? wanted.environments
              : undefined,
            owner: wanted.owner === undefined ? undefined : [wanted.owner],
          },
        },
        signal,
      });
      const page = data!;
      setServedAt(page.items[0]?.servedAt);
      return {
        data: sortClusters(page.items),
        totalCount: page.totalItems,
        nextCursor: page.pageInfo.nextCursor,
        prevCursor: page.pageInfo.prevCursor,
      };
    },
  });
  const { data, error, pagination } = tableProps;
  const isPending = tableProps.isPending ?? false;

  const known = useKnown((data ?? []).map(({ environment }) => environment));
  const owners = useKnown((data ?? []).map(one => one.owner ?? ''));

  const chosen = (data ?? []).filter(
    cluster => !concern || concernsOf(cluster).includes(concern),
  );
  const rows = sort ? sortClustersBy(chosen, sort) : chosen;
  const total =
    pagination.type === 'page'
      ? pagination.totalCount ?? rows.length
      : rows.length;
  const isWhole = (data?.length ?? 0) >= total ? 'yes' : 'no';
  const columns = useColumns(now, isWhole);
  const announced = useRef<number>();
  useEffect(() => {
    if (data && announced.current !== rows.length) {
      announced.current = rows.length;
      announce(t('clusters.titleCount', { count: rows.length }));
    }
  }, [announce, data, rows.length, t]);

  const isFiltered =
    environments.length > 0 || owner !== undefined || concern !== undefined;
  const clear = (
    <div className={lists.row}>
      <span>{t('clusters.empty')}</span>
      <Button
        variant="secondary"
        onPress={() =>
          url.set({ env: undefined, owner: undefined, line: undefined })
        }
      >
        {t('containers.clear')}
      </Button>
    </div>
  );
  const heading = (
    <h2 className={sectionStyles.title}>
      {data ? t('clusters.titleCount', { count: total }) : t('clusters.title')}
    </h2>
  );

  if (error) {
    return (
      <>
        {heading}
        <ErrorState
          error={error}
          what="state.what.clusters"
          forbidden="state.forbiddenClusters"
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
  if (data.length === 0 && !isFiltered && !isPending) {
    return (
      <>
        {heading}
        <SetupSteps />
      </>
    );
  }
  return (
    <div className={sectionStyles.page}>
      <div className={sectionStyles.head}>
        <div>
          {heading}
          <Summary clusters={data} isWhole={isWhole} />
        </div>
        <div className={sectionStyles.actions}>
          {known.length > 1 || environments.length > 0 ? (
            <Select
              label={t('clusters.environment')}
              selectedKey={environments[0] ?? 'all:'}
              onSelectionChange={key =>
                url.set({ env: key === 'all:' ? undefined : String(key) })
              }
              options={[
                { value: 'all:', label: t('clusters.all') },
                ...[...new Set([...known, ...environments])].map(name => ({
                  value: name,
                  label: name,
                })),
              ]}
            />
          ) : null}
          {owners.length > 1 || owner !== undefined ? (
            <Select
              label={t('grid.owner')}
              selectedKey={owner ?? 'all:'}
              onSelectionChange={key =>
                url.set({ owner: key === 'all:' ? undefined : String(key) })
              }
              options={[
                { value: 'all:', label: t('clusters.all') },
                ...[...new Set([...owners, ...(owner ? [owner] : [])])].map(
                  ref => ({ value: ref, label: ownerName(ref) }),
                ),
              ]}
            />
          ) : null}
          <Select
            label={t('clusters.lineFilter')}
            selectedKey={concern ?? 'all'}
            onSelectionChange={key =>
              url.set({ line: key === 'all' ? undefined : String(key) })
            }
            options={[
              { value: 'all', label: t('clusters.all') },
              ...CLUSTER_CONCERNS.map((value: ClusterConcern) => ({
                value,
                label: t(`clusters.lineFilter.${value}`),
              })),
            ]}
          />
        </div>
      </div>
      {asked !== undefined && concern === undefined ? (
        <p className={lists.text}>
          {t('containers.ignored', { value: asked })}
        </p>
      ) : null}
      {askedSort !== undefined && sort === undefined ? (
        <p className={lists.text}>
          {t('containers.ignored', { value: askedSort })}
        </p>
      ) : null}
      <ReleaseLinesSection clusters={data} now={now} />
      <ResponsiveTable
        columns={columns}
        rows={rows}
        emptyState={clear}
        table={{
          ...tableProps,
          data: rows,
          sort: {
            descriptor: sort ?? null,
            onSortChange: ({ column, direction }) =>
              url.set({
                sort: `${direction === 'descending' ? '-' : ''}${column}`,
              }),
          },
          emptyState: clear,
          pagination: isWhole === 'yes' ? { type: 'none' } : pagination,
        }}
      />
      {!up('sm') && pagination.type === 'page' && isWhole === 'no' ? (
        <TablePagination {...pagination} />
      ) : null}
    </div>
  );
}
