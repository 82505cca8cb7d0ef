import { useCallback, useEffect, useRef } from 'react';
import { useParams } from 'react-router-dom';
import { useApi } from '@backstage/core-plugin-api';
import { BreadcrumbEntry } from '@backstage/frontend-plugin-api';
import { Box, Cell, Link, useTable, type ColumnConfig } from '@backstage/ui';
import { EntityRefLink } from '@backstage/plugin-catalog-react';
import type {
  Cluster,
  ClusterDetail,
  Node,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { Chip } from '../components/Chip';
import { FreshnessStamp } from '../components/FreshnessStamp';
import { TextCell } from '../components/TextCell';
import lists from '../components/Lists.module.css';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { Section } from '../components/Section';
import sectionStyles from '../components/Section.module.css';
import { sourceNotices } from '../components/noticesOfSources';
import { SourcesTable } from '../components/SourcesTable';
import {
  ErrorState,
  LoadingState,
  StateBoundary,
} from '../components/StateBoundary';
import { useClusterLink } from '../data/useClusterLink';
import { useLoaded } from '../data/useLoaded';
import { useServerNow } from '../data/useServerNow';
import { formatDate, formatMoment } from '../texts/formatTime';
import { useTexts, type Texts } from '../texts/useTexts';
import {
  isInRollOut,
  isReleaseDataOld,
  patchesText,
  versionsText,
} from './cilium';
import { concernsOf, hasCilium } from './clusterOrder';
import { AdvisoriesSection } from './AdvisoriesSection';
import styles from './ClusterPage.module.css';
import { ClusterServices } from './ClusterServices';
import { FitSection } from './FitSection';
import { NodeVersions } from './NodeVersions';
import { OperatorSection } from './OperatorSection';
import { SettingsSection } from './SettingsSection';
import { UpgradeSection } from './UpgradeSection';

const POLL_EVERY = 30_000;
const NODE_PAGE_SIZE = 50;

/** The state of a cluster in one sentence. */
export function clusterSentence(
  texts: Texts,
  cluster: Cluster,
  now: number,
): string {
  const { t } = texts;
  const { name, cilium } = cluster;
  const reason = cluster.reason ?? t('freshness.noReason');
  const time = formatMoment(texts, cluster.asOf ?? '', now);
  switch (cluster.state) {
    case 'unreachable':
    case 'stale':
      return t('cluster.sentence.unreachable', { name, time: time || '?' });
    case 'not-collected':
      return t('cluster.sentence.notCollected', { name, reason });
    case 'failed':
    case 'forbidden':
      return t('cluster.sentence.failed', { name, reason });
    default:
  }
  if (!hasCilium(cluster)) {
    return t('cluster.sentence.noCilium', {
      name,
      reason: cilium.reason ?? t('cluster.sentence.noCiliumReason'),
    });
  }
  if (isInRollOut(cilium)) {
    return t('cluster.sentence.rollOut', {
      name,
      versions: versionsText(texts, cilium),
    });
  }
  const [{ version }] = cilium.versions;
  const line = cilium.line.name;
  if (cilium.line.state === 'ended') {
    return cilium.line.until
      ? t('cluster.sentence.ended', {
          name,
          version,
          date: formatDate(texts, cilium.line.until, now),
        })
      : t('cluster.sentence.endedUndated', { name, version });
  }
  if (cilium.line.state === 'vendor') {
    return t('cluster.sentence.vendor', { name, version });
  }
  if (cilium.patchesBehind === null) {
    return t('cluster.sentence.lineUnknown', { name, version });
  }
  if (cilium.patchesBehind === 0) {
    return t('cluster.sentence.newest', { name, version, line });
  }
  return t(
    isReleaseDataOld(cilium.releasesAsOf, now)
      ? 'cluster.sentence.behindAtLeast'
      : 'cluster.sentence.behind',
    { name, version, line, count: cilium.patchesBehind },
  );
}

type NodeRow = Node & { id: string };

interface NodesProps {
  clusterId: string;
}

function Nodes(props: NodesProps) {
  const { clusterId } = props;
  const api = useApi(securityProfilesApiRef);
  const { t, maybe } = useTexts();
  const { tableProps, reload } = useTable<NodeRow>({
    mode: 'cursor',
    paginationOptions: { pageSize: NODE_PAGE_SIZE },
    async getData({ cursor, pageSize, signal }) {
      const { data } = await api.request('get', '/clusters/{clusterId}/nodes', {
        params: { path: { clusterId }, query: { cursor, limit: pageSize } },
        signal,
      });
      const page = data!;
      return {
        data: page.items.map(node => ({ ...node, id: node.name })),
        totalCount: page.totalItems,
        nextCursor: page.pageInfo.nextCursor,
        prevCursor: page.pageInfo.prevCursor,
      };
    },
  });
  const { data, error, pagination } = tableProps;
  const columns: ColumnConfig<NodeRow>[] = [
    {
      id: 'node',
      label: t('cluster.node'),
      isRowHeader: true,
      defaultWidth: '1.5fr',
      minWidth: 140,
      cell: node => <TextCell>{node.name}</TextCell>,
    },
    {
      id: 'ready',
      label: t('cluster.ready'),
      minWidth: 80,
      defaultWidth: '0.7fr',
      cell: node => (
        <Cell>
          <Chip
            tone={node.ready === 'no' ? 'negative' : 'neutral'}
            border={
              node.ready === 'yes' || node.ready === 'no' ? 'solid' : 'dashed'
            }
          >
            {maybe(`cluster.readyValue.${node.ready}`) ?? node.ready}
          </Chip>
        </Cell>
      ),
    },
    {
      id: 'cilium',
      label: t('clusters.cilium'),
      minWidth: 100,
      cell: node => (
        <TextCell>{node.cilium?.version ?? t('cluster.noAgent')}</TextCell>
      ),
    },
    {
      id: 'kernel',
      label: t('cluster.kernel'),
      minWidth: 120,
      cell: node => <TextCell>{node.kernel ?? '–'}</TextCell>,
    },
    {
      id: 'architecture',
      label: t('cluster.architecture'),
      minWidth: 125,
      defaultWidth: '0.7fr',
      cell: node => <TextCell>{node.architecture ?? '–'}</TextCell>,
    },
    {
      id: 'runtime',
      label: t('cluster.runtime'),
      minWidth: 140,
      cell: node => <TextCell>{node.runtime ?? '–'}</TextCell>,
    },
    {
      id: 'kubelet',
      label: t('cluster.kubelet'),
      minWidth: 100,
      cell: node => <TextCell>{node.kubelet ?? '–'}</TextCell>,
    },
    {
      id: 'spo',
      label: t('cluster.operatorDaemon'),
      minWidth: 140,
      cell: node => (
        <TextCell>{maybe(`cluster.spo.${node.spo}`) ?? node.spo}</TextCell>
      ),
    },
  ];
  const total =
    pagination.type === 'page' ? pagination.totalCount : data?.length;
  const isWhole = (data?.length ?? 0) >= (total ?? 0);
  return (
    <Section
      headingLevel={3}
      anchor="nodes"
      title={
        total === undefined
          ? t('cluster.nodes')
          : t('cluster.nodesCount', { count: total })
      }
    >
      {error ? (
        <ErrorState
          error={error}
          what="state.what.nodes"
          forbidden="state.forbiddenClusters"
          onRetry={reload}
        />
      ) : null}
      {!error && !data ? <LoadingState heights={[160]} /> : null}
      {isWhole ? null : <NodeVersions clusterId={clusterId} />}
      {!error && data ? (
        <ResponsiveTable
          columns={columns}
          rows={data}
          emptyState={t('cluster.noNodes')}
          table={{
            ...tableProps,
            emptyState: t('cluster.noNodes'),
            pagination: isWhole ? { type: 'none' } : pagination,
          }}
        />
      ) : null}
    </Section>
  );
}

interface ClusterViewProps {
  cluster: ClusterDetail;
  now: number;
  onChanged(): void;
}

function ClusterView(props: ClusterViewProps) {
  const { cluster, now, onChanged } = props;
  const texts = useTexts();
  const { t } = texts;
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, [cluster.id]);
  const { advisories, nodesWithout } = cluster.cilium;
  const advisoryParts = (['applies', 'maybe', 'unknown'] as const)
    .filter(key => (advisories?.[key] ?? 0) > 0)
    .map(key =>
      t(`cluster.advisories.${key}`, {
        count: advisories?.[key] ?? 0,
      }),
    );
  const concerns = concernsOf(cluster);
  const problems = [
    ...(concerns.includes('ended')
      ? [t('cluster.problem.ended', { line: cluster.cilium.line.name })]
      : []),
    ...(concerns.includes('behind')
      ? [
          t('cluster.problem.behind', {
            patches: patchesText(
              texts,
              cluster.cilium,
              isReleaseDataOld(cluster.cilium.releasesAsOf, now),
            ),
          }),
        ]
      : []),
    ...(concerns.includes('roll-out')
      ? [
          t('cluster.problem.rollOut', {
            count: cluster.cilium.versions.length,
            versions: versionsText(texts, cluster.cilium),
          }),
        ]
      : []),
    ...sourceNotices(texts, cluster.sources, now),
    ...(hasCilium(cluster) && nodesWithout > 0
      ? [t('cluster.nodesWithoutAgent', { count: nodesWithout })]
      : []),
  ];
  return (
    <div className={sectionStyles.page}>
      <Box bg="neutral" className={sectionStyles.section}>
        <h2
          ref={heading}
          tabIndex={-1}
          className={sectionStyles.title}
          dir="auto"
        >
          {cluster.name}
        </h2>
        <p className={styles.sentence}>
          {clusterSentence(texts, cluster, now)}
        </p>
        <div className={lists.row}>
          <FreshnessStamp sources={cluster.sources} now={now} />
        </div>
        <dl className={lists.facts}>
          <dt>{t('cluster.environment')}</dt>
          <dd>{cluster.environment || '–'}</dd>
          {cluster.owner ? (
            <>
              <dt>{t('cluster.owner')}</dt>
              <dd>
                <EntityRefLink entityRef={cluster.owner} />
              </dd>
            </>
          ) : null}
          {cluster.tls === 'not-verified' ? (
            <>
              <dt>{t('cluster.tls')}</dt>
              <dd>{t('cluster.tlsNotVerified')}</dd>
            </>
          ) : null}
          <dt>{t('clusters.kubernetes')}</dt>
          <dd>{cluster.kubernetes ?? t('clusters.unknownVersion')}</dd>
          <dt>{t('cluster.operator')}</dt>
          <dd>
            <Link href="#operator">
              {cluster.spo.version ??
                texts.maybe(`sourceState.${cluster.spo.state}`) ??
                cluster.spo.state}
            </Link>
            {cluster.spo.profiles === undefined
              ? null
              : `, ${t('cluster.profilesCount', {
                  count: cluster.spo.profiles,
                })}`}
          </dd>
          <dt>{t('cluster.services')}</dt>
          <dd>
            <Link href="#services">
              {cluster.services.toLocaleString(texts.locale)}
            </Link>
          </dd>
          {advisoryParts.length > 0 ? (
            <>
              <dt>{t('cluster.advisories')}</dt>
              <dd>{advisoryParts.join(', ')}</dd>
            </>
          ) : null}
        </dl>
      </Box>
      <Section headingLevel={3} title={t('cluster.problems')}>
        {problems.length === 0 ? (
          <p className={lists.text}>{t('cluster.noProblems')}</p>
        ) : (
          <ul className={lists.plain}>
            {problems.map(problem => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
        )}
      </Section>
      <UpgradeSection cluster={cluster} now={now} onNoted={onChanged} />
      {cluster.dataplane ? (
        <>
          <AdvisoriesSection clusterId={cluster.id} now={now} />
          <FitSection cluster={cluster} now={now} />
        </>
      ) : null}
      <Nodes key={cluster.id} clusterId={cluster.id} />
      {cluster.dataplane ? (
        <SettingsSection dataplane={cluster.dataplane} />
      ) : null}
      <OperatorSection cluster={cluster} />
      <ClusterServices cluster={cluster} />
      <Section headingLevel={3} title={t('sources.title')}>
        <SourcesTable sources={cluster.sources} now={now} show="resource" />
      </Section>
    </div>
  );
}

/** One cluster: what it runs, what is wrong, its nodes, and the sources of all that. */
export function ClusterPage() {
  const { clusterId = '' } = useParams();
  const api = useApi(securityProfilesApiRef);
  const clusterLink = useClusterLink();
  const load = useCallback(
    async (signal: AbortSignal) =>
      (
        await api.request('get', '/clusters/{clusterId}', {
          params: { path: { clusterId } },
          signal,
        })
      ).data!,
    [api, clusterId],
  );
  const loaded = useLoaded(load, { pollEvery: POLL_EVERY });
  const now = useServerNow(loaded.data?.servedAt);
  return (
    <StateBoundary
      loaded={loaded}
      what="state.what.cluster"
      forbidden="state.forbiddenClusters"
      skeleton={[160, 80, 240]}
    >
      {cluster => (
        <BreadcrumbEntry
          entry={{
            label: cluster.name,
            href: clusterLink(clusterId) ?? '',
          }}
        >
          <ClusterView cluster={cluster} now={now} onChanged={loaded.reload} />
        </BreadcrumbEntry>
      )}
    </StateBoundary>
  );
}
