import {
  ciliumDigests,
  ciliumNodeVersion,
  type CiliumNodeVersion,
  type CiliumVersions,
  type DataplaneFacts as JudgedFacts,
  type DataplaneFeed,
  type DataplaneVerdict,
  judgeDataplane,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import type {
  DbClusterDataplaneRow,
  DbClusterResourcesRow,
  DbClustersRow,
  DbNodesRow,
} from '../database/tables';
import {
  ciliumConfigKey,
  ciliumNodeConfigsKey,
  type CollectedDataplane,
} from '../facts/CollectedDataplane';
import type { CollectedNode } from '../facts/CollectedFacts';
import { ClusterPlanStore } from './ClusterPlanStore';
import { combineDaemonSets } from './combineDaemonSets';

/** What runs below the services of one cluster. */
export interface DataplaneFacts {
  nodes: CollectedNode[];
  cilium: CiliumVersions | null;
  /** Everything that is said of the agents; null where none runs. */
  verdict: DataplaneVerdict | null;
  /** `no`: the pods were read, and none is an agent of Cilium. */
  ciliumInstalled: 'yes' | 'no' | 'unknown';
  /** Why nothing can be said of Cilium. */
  ciliumReason?: string;
  releasesAsOf?: string;
}

/** Options of {@link ClusterDataplane}. */
export interface ClusterDataplaneOptions {
  /** What is known of releases and advisories now; another object after every change. */
  feed: () => DataplaneFeed;
}

type Row = Pick<DbClustersRow, 'id' | 'facts_version' | 'kubernetes_version'>;

/** Reads the dataplane of a cluster and judges it, once per version of the facts, of the feed and of the day. */
export class ClusterDataplane {
  private readonly feed: () => DataplaneFeed;
  private readonly plans = new ClusterPlanStore();
  private readonly held = new Map<
    string,
    { version: string; feed: DataplaneFeed; facts: DataplaneFacts }
  >();
  private digests:
    | { feed: DataplaneFeed; byDigest: ReadonlyMap<string, string> }
    | undefined;

  constructor(options: ClusterDataplaneOptions) {
    this.feed = options.feed;
  }

  async read(
    knex: Knex,
    cluster: Row,
    options: { now: string },
  ): Promise<DataplaneFacts> {
    const { now } = options;
    const feed = this.feed();
    // Whether a release line has ended depends on the day.
    const version = `${cluster.facts_version} ${
      cluster.kubernetes_version
    } ${now.slice(0, 10)}`;
    const held = this.held.get(cluster.id);
    if (
      held?.version === version &&
      held.feed === feed &&
      !((held.facts.verdict?.validUntil ?? '9') <= now)
    ) {
      return held.facts;
    }
    const facts = await this.judge(knex, cluster, feed, now);
    this.held.set(cluster.id, { version, feed, facts });
    return facts;
  }

  /** Version of the agent on one node; undefined where none runs. */
  agentVersion(node: CollectedNode): CiliumNodeVersion | undefined {
    const feed = this.feed();
    if (this.digests?.feed !== feed) {
      this.digests = { feed, byDigest: ciliumDigests(feed.releases) };
    }
    return (
      node.cilium &&
      ciliumNodeVersion(
        { nodeName: node.name, ...node.cilium },
        this.digests.byDigest,
      )
    );
  }

  private async judge(
    knex: Knex,
    cluster: Row,
    feed: DataplaneFeed,
    now: string,
  ): Promise<DataplaneFacts> {
    const of = { cluster_id: cluster.id };
    const nodes = (
      await knex<DbNodesRow>('nodes').where(of).orderBy('name')
    ).map(row => JSON.parse(row.facts) as CollectedNode);
    const sources = await knex<DbClusterResourcesRow>('cluster_resources')
      .where(of)
      .whereIn('resource', ['pods', ciliumConfigKey, ciliumNodeConfigsKey]);
    const dataplane = readParts(
      await knex<DbClusterDataplaneRow>('cluster_dataplane').where(of),
    );
    const agents = nodes.flatMap(node =>
      node.cilium ? [{ nodeName: node.name, ...node.cilium }] : [],
    );
    const common = { nodes, releasesAsOf: feed.releasesAsOf };
    if (agents.length === 0) {
      return {
        ...common,
        cilium: null,
        verdict: null,
        ...withoutAgents(sources, dataplane),
      };
    }
    const plan = await this.plans.newest(knex, cluster.id);
    const verdict = judgeDataplane(
      {
        nodes,
        agents,
        ...(cluster.kubernetes_version && {
          kubernetes: cluster.kubernetes_version,
        }),
        ...controllersOf(dataplane),
        nodeConfigs: dataplane.nodeConfigs ?? [],
        ...(dataplane.config && { config: dataplane.config }),
        configReason: whyNoConfig(sources),
        ...(plan && { plan }),
      },
      feed,
      now,
    );
    return { ...common, ciliumInstalled: 'yes', cilium: verdict, verdict };
  }
}

function readParts(rows: DbClusterDataplaneRow[]): CollectedDataplane {
  return Object.fromEntries(
    rows.map(row => [row.part, JSON.parse(row.facts)]),
  ) as CollectedDataplane;
}

function controllersOf({
  daemonSets,
  deployments,
}: CollectedDataplane): Pick<
  JudgedFacts,
  'daemonSet' | 'placement' | 'operator' | 'preflight' | 'components'
> {
  const agents = combineDaemonSets(daemonSets?.agents ?? []);
  return {
    ...(agents && { daemonSet: agents, placement: agents.placement }),
    ...(deployments?.operator && { operator: deployments.operator }),
    ...(daemonSets?.preflight !== undefined && {
      preflight: daemonSets.preflight,
    }),
    // Only with both of them is it known what is not deployed.
    ...(daemonSets &&
      deployments && {
        components: [...daemonSets.components, ...deployments.components],
      }),
  };
}

function whyNoConfig(sources: DbClusterResourcesRow[]): string {
  const source = sources.find(({ resource }) => resource === ciliumConfigKey);
  switch (source?.state) {
    case 'forbidden':
      return 'the ConfigMap cilium-config may not be read';
    case undefined:
    case 'not-collected':
      return 'the ConfigMap cilium-config has not been read yet';
    default:
      return source?.reason ?? 'the ConfigMap cilium-config was not found';
  }
}

function withoutAgents(
  sources: DbClusterResourcesRow[],
  { daemonSets }: CollectedDataplane,
): Pick<DataplaneFacts, 'ciliumInstalled' | 'ciliumReason'> {
  const pods = sources.find(({ resource }) => resource === 'pods');
  if (!pods?.last_fresh) {
    return {
      ciliumInstalled: 'unknown',
      ciliumReason: 'Pods of this cluster have not been read yet.',
    };
  }
  const kinds = sources.find(
    ({ resource }) => resource === ciliumNodeConfigsKey,
  );
  if (daemonSets?.otherCni) {
    return {
      ciliumInstalled: 'no',
      ciliumReason: `${daemonSets.otherCni}: not judged here.`,
    };
  }
  return {
    ciliumInstalled: 'no',
    ciliumReason:
      kinds?.state === 'fresh'
        ? 'No agent of Cilium runs in this cluster; its kinds are still installed.'
        : 'No agent of Cilium runs in this cluster.',
  };
}
