import { useCallback } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Link, type ColumnConfig } from '@backstage/ui';
import type {
  ProfileDetail,
  ProfileNode,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { ChartFrame } from '../components/ChartFrame';
import { NodeGrid, NodeSquare } from '../components/NodeGrid';
import lists from '../components/Lists.module.css';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { Section } from '../components/Section';
import { StateBoundary } from '../components/StateBoundary';
import { Terms } from '../components/Term';
import { TextCell } from '../components/TextCell';
import { useLoaded } from '../data/useLoaded';
import { useUrlState } from '../data/useUrlState';
import { formatList } from '../texts/formatTime';
import { useTexts, type Texts } from '../texts/useTexts';
import { nodeStateText, nodeText, patternOf } from './nodeStates';
import styles from './Profile.module.css';

const PAGE_SIZE = 200;
/** More nodes than this are neither drawn nor read as a picture. */
const MOST_NODES = 2000;
const SHOWN_NAMES = 3;

type NodeRow = ProfileNode & { id: string };

interface Nodes {
  items: NodeRow[];
  total: number;
  counts: { state: string; nodes: number }[];
}

function captionOf(texts: Texts, nodes: Nodes): string {
  const { t } = texts;
  const lacking = nodes.items.filter(
    ({ state }) => state !== 'installed' && state !== 'no-operator',
  );
  // What the operator does not serve can't lack a profile.
  const total = nodes.counts
    .filter(({ state }) => state !== 'no-operator')
    .reduce((sum, count) => sum + count.nodes, 0);
  if (total === 0) {
    return t('profiles.nodesNone');
  }
  if (lacking.length === 0) {
    return t('profilePage.nodesGood', { count: total });
  }
  const used = lacking.filter(({ pods }) => pods > 0);
  return used.length === 0
    ? t('profilePage.nodesLacking', {
        count: lacking.length,
        total,
      })
    : t('profilePage.nodesLackingUsed', {
        count: lacking.length,
        total,
        nodes:
          formatList(used.slice(0, SHOWN_NAMES).map(({ name }) => name)) +
          (used.length > SHOWN_NAMES
            ? ` ${t('profilePage.andMore', {
                count: used.length - SHOWN_NAMES,
              })}`
            : ''),
      });
}

interface NodesViewProps {
  nodes: Nodes;
  profile: ProfileDetail;
}

function NodesView(props: NodesViewProps) {
  const { nodes, profile } = props;
  const texts = useTexts();
  const { t } = texts;
  const url = useUrlState();
  const asked = url.get('state');
  const state = nodes.counts.find(count => count.state === asked)?.state;
  const rows = nodes.items.filter(node => !state || node.state === state);
  const columns: ColumnConfig<NodeRow>[] = [
    {
      id: 'node',
      label: t('cluster.node'),
      isRowHeader: true,
      defaultWidth: '2fr',
      minWidth: 160,
      cell: node => <TextCell>{node.name}</TextCell>,
    },
    {
      id: 'state',
      label: t('profilePage.nodeStateColumn'),
      minWidth: 140,
      cell: node => <TextCell>{nodeStateText(texts, node)}</TextCell>,
    },
    {
      id: 'ready',
      label: t('cluster.ready'),
      minWidth: 90,
      cell: node => (
        <TextCell>
          {texts.maybe(`cluster.readyValue.${node.ready}`) ?? node.ready}
        </TextCell>
      ),
    },
    {
      id: 'pods',
      label: t('profilePage.nodePodsColumn'),
      minWidth: 120,
      cell: node => (
        <TextCell>{node.pods.toLocaleString(texts.locale)}</TextCell>
      ),
    },
  ];
  return (
    <ChartFrame
      headingLevel={4}
      title={t('profilePage.nodesOn', { cluster: profile.cluster })}
      caption={captionOf(texts, nodes)}
      fileName={`${profile.name}-nodes.csv`}
      csv={[
        columns.map(({ label }) => label),
        ...rows.map(node => [
          node.name,
          nodeStateText(texts, node),
          node.ready,
          String(node.pods),
        ]),
      ]}
      table={
        <ResponsiveTable
          columns={columns}
          rows={rows}
          emptyState={t('profiles.nodesNone')}
          table={{
            data: rows,
            pagination: { type: 'none' },
            ...(rows.length > PAGE_SIZE
              ? {
                  virtualized: { estimatedRowHeight: 48 },
                  style: { height: '40rem' },
                }
              : {}),
          }}
        />
      }
    >
      <ul className={styles.legend}>
        {nodes.counts.map(count => (
          <li key={count.state}>
            <NodeSquare pattern={patternOf(count.state)} />
            <Link
              href={url.href({
                state: state === count.state ? undefined : count.state,
              })}
              aria-current={state === count.state ? 'true' : undefined}
            >
              {nodeStateText(texts, { state: count.state })}{' '}
              {count.nodes.toLocaleString(texts.locale)}
            </Link>
          </li>
        ))}
        <li className={lists.small}>{t('profilePage.outlined')}</li>
      </ul>
      {asked !== undefined && state === undefined ? (
        <p className={lists.text}>
          {t('containers.ignored', { value: asked })}
        </p>
      ) : null}
      {state === undefined ? null : (
        <div className={lists.row}>
          <span>
            {t('profilePage.nodesFiltered', {
              count: rows.length,
              state: nodeStateText(texts, { state }),
            })}
          </span>
          <Link href={url.href({ state: undefined })}>
            {t('containers.clear')}
          </Link>
        </div>
      )}
      <NodeGrid
        label={t('profilePage.nodesOn', { cluster: profile.cluster })}
        items={rows.map(node => ({
          id: node.id,
          text: nodeText(texts, node),
          pattern: patternOf(node.state),
          outline: node.pods > 0 ? 'yes' : 'no',
        }))}
      />
      {nodes.total > nodes.items.length ? (
        <p className={lists.text}>
          {t('profilePage.nodesLeft', {
            shown: nodes.items.length,
            count: nodes.total,
          })}
        </p>
      ) : null}
    </ChartFrame>
  );
}

/** Props of {@link NodesTab}. */
export interface NodesTabProps {
  profile: ProfileDetail;
}

/** On which nodes of its cluster a profile is, and which of those that lack it matter. */
export function NodesTab(props: NodesTabProps) {
  const { profile } = props;
  const profileId = profile.id;
  const api = useApi(securityProfilesApiRef);
  const { t } = useTexts();
  const load = useCallback(
    async (signal: AbortSignal): Promise<Nodes> => {
      const items: NodeRow[] = [];
      let cursor: string | undefined;
      for (;;) {
        const { data } = await api.request(
          'get',
          '/profiles/{profileId}/nodes',
          {
            params: {
              path: { profileId },
              query: { cursor, limit: PAGE_SIZE },
            },
            signal,
          },
        );
        const page = data!;
        items.push(...page.items.map(node => ({ ...node, id: node.name })));
        cursor = page.pageInfo.nextCursor;
        if (!cursor || items.length >= MOST_NODES || signal.aborted) {
          return { items, total: page.totalItems, counts: page.counts };
        }
      }
    },
    [api, profileId],
  );
  const loaded = useLoaded(load);
  return (
    <Section headingLevel={3} title={t('profilePage.nodes')}>
      <Terms terms={['installed on N of M nodes']} />
      <StateBoundary
        loaded={loaded}
        what="state.what.nodes"
        forbidden="state.notFound"
        skeleton={[40, 200]}
      >
        {nodes => <NodesView nodes={nodes} profile={profile} />}
      </StateBoundary>
    </Section>
  );
}
