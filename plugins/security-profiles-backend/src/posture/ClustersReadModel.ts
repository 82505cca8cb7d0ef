import {
  type DataplaneFeed,
  type DataplaneVerdict,
  operatorVersion,
  type ProfileObject,
} from '@security-profiles/analysis';
import type {
  CiliumAdvisoryPage,
  CiliumDataplane,
  Cluster,
  ClusterDetail,
  Node,
  Source,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import type { ReadScope } from '../access/ReadScope';
import { readTopics } from './readTopics';
import { applySqlConditions } from '../access/sqlCondition';
import type { Clock } from '../clock/Clock';
import type {
  DbClusterProblemsRow,
  DbClusterResourcesRow,
  DbClustersRow,
  DbProfilesRow,
} from '../database/tables';
import type { ClusterDataplane } from '../dataplane/ClusterDataplane';
import type { CollectedNode, TopicFacts } from '../facts/CollectedFacts';
import { parseExactJson } from '../facts/exactJson';
import { type EntityScope, readableRows } from '../access/EntityScope';
import {
  type Page,
  type PageRequest,
  readCursor,
  toPage,
} from '../paging/pageCursor';
import { servedOperator } from './servedOperator';
import { clusterState, toSource } from './sources';

/** Which clusters of a list are wanted. */
export interface ClusterFilter {
  environment?: string[];
  /** Refs of owners, whatever their case. */
  owner?: string[];
}

/** Options of {@link ClustersReadModel}. */
export interface ClustersReadModelOptions {
  knex: Knex;
  dataplane: ClusterDataplane;
  /** What verdicts rest on now. */
  feed: () => DataplaneFeed;
  clock: Clock;
}

/** A source that tells whether the operator is installed. */
const operatorResource = 'seccompprofiles.';

/** Answers the clusters page and the page of one cluster. */
export class ClustersReadModel {
  private readonly options: ClustersReadModelOptions;

  constructor(options: ClustersReadModelOptions) {
    this.options = options;
  }

  async list(request: {
    filter: ClusterFilter;
    page: PageRequest;
    scope: ReadScope;
    entities: EntityScope;
  }): Promise<Page<Cluster>> {
    const { knex } = this.options;
    const offset = readCursor(request.page, ['clusters', request.filter]);
    const query = knex<DbClustersRow>('clusters');
    if (request.scope.conditions) {
      applySqlConditions(query, request.scope.conditions, knex);
    }
    if (request.filter.environment?.length) {
      query.whereIn('clusters.environment', request.filter.environment);
    }
    if (request.filter.owner?.length) {
      const { owner } = request.filter;
      query.whereRaw(
        `lower(clusters.owner_ref) in (${owner.map(() => '?').join(', ')})`,
        owner.map(ref => ref.toLocaleLowerCase('en-US')),
      );
    }
    const [{ count }] = await query.clone().count({ count: '*' });
    const rows = await query
      .clone()
      .orderBy('clusters.name')
      .limit(request.page.limit)
      .offset(offset)
      .select<DbClustersRow[]>('clusters.*');
    return toPage(await this.toClusters(rows, request.entities), {
      totalItems: Number(count),
      offset,
      limit: request.page.limit,
      filter: ['clusters', request.filter],
    });
  }

  async get(
    id: string,
    entities: EntityScope,
  ): Promise<Omit<ClusterDetail, 'viewerMay'> | undefined> {
    const { knex, dataplane, clock } = this.options;
    const row = await knex<DbClustersRow>('clusters').where('id', id).first();
    if (!row) {
      return undefined;
    }
    const [cluster] = await this.toClusters([row], entities);
    const { verdict } = await dataplane.read(knex, row, {
      now: clock.now().toISOString(),
    });
    return { ...cluster, dataplane: verdict && toDataplane(verdict) };
  }

  async advisories(
    id: string,
    page: PageRequest,
  ): Promise<CiliumAdvisoryPage | undefined> {
    const { knex, dataplane, clock, feed } = this.options;
    const offset = readCursor(page, ['advisories', id]);
    const row = await knex<DbClustersRow>('clusters').where('id', id).first();
    if (!row) {
      return undefined;
    }
    const now = clock.now().toISOString();
    const { verdict } = await dataplane.read(knex, row, { now });
    const advisories = verdict?.advisories ?? [];
    const { advisoriesAsOf } = feed();
    return {
      servedAt: now,
      ...(advisoriesAsOf && { asOf: advisoriesAsOf }),
      counts: verdict?.advisoryCounts ?? { applies: 0, maybe: 0, unknown: 0 },
      ...toPage(advisories.slice(offset, offset + page.limit), {
        totalItems: advisories.length,
        offset,
        limit: page.limit,
        filter: ['advisories', id],
      }),
    };
  }

  async nodes(id: string, page: PageRequest): Promise<Page<Node> | undefined> {
    const { knex, dataplane, clock } = this.options;
    const offset = readCursor(page, ['nodes', id]);
    const row = await knex<DbClustersRow>('clusters').where('id', id).first();
    if (!row) {
      return undefined;
    }
    const { nodes } = await dataplane.read(knex, row, {
      now: clock.now().toISOString(),
    });
    return toPage(
      nodes
        .slice(offset, offset + page.limit)
        .map(node => toNode(node, dataplane.agentVersion(node))),
      {
        totalItems: nodes.length,
        offset,
        limit: page.limit,
        filter: ['nodes', id],
      },
    );
  }

  private async toClusters(
    rows: DbClustersRow[],
    entities: EntityScope,
  ): Promise<Cluster[]> {
    const { knex } = this.options;
    const ids = rows.map(row => row.id);
    const resources = await knex<DbClusterResourcesRow>('cluster_resources')
      .whereIn('cluster_id', ids)
      .orderBy('resource');
    const problems = await knex<DbClusterProblemsRow>('cluster_problems')
      .whereIn('cluster_id', ids)
      .orderBy('id');
    const topics = await readTopics(knex, ids);
    const nodeCounts = await this.counts('nodes', ids);
    const profileCounts = await this.counts('profiles', ids);
    const services = new Map<string, number>();
    const uses = await readableRows<{ entity_ref: string; cluster_id: string }>(
      knex,
      entities,
      knex('posture_clusters')
        .join('entities', 'entities.entity_ref', 'posture_clusters.entity_ref')
        .whereIn('posture_clusters.cluster_id', ids)
        .select('posture_clusters.entity_ref', 'posture_clusters.cluster_id'),
    );
    for (const use of uses) {
      services.set(use.cluster_id, (services.get(use.cluster_id) ?? 0) + 1);
    }
    return Promise.all(
      rows.map(row =>
        this.toCluster(row, {
          sources: [
            ...resources
              .filter(source => source.cluster_id === row.id)
              .map(source => toSource(source, row.name)),
            ...problems
              .filter(problem => problem.cluster_id === row.id)
              .map(problem => this.problemSource(problem, row.name)),
          ],
          nodes: nodeCounts.get(row.id) ?? 0,
          profiles: profileCounts.get(row.id) ?? 0,
          services: services.get(row.id) ?? 0,
          topics: topics.get(row.id) ?? {},
        }),
      ),
    );
  }

  /** A document that can't be read is one more source, named by its place. */
  private problemSource(row: DbClusterProblemsRow, cluster: string): Source {
    return {
      cluster,
      resource: row.location,
      state: 'failed',
      since: this.options.clock.now().toISOString(),
      reason: row.message,
    };
  }

  private async toCluster(
    row: DbClustersRow,
    facts: {
      sources: Source[];
      nodes: number;
      profiles: number;
      services: number;
      topics: Partial<TopicFacts>;
    },
  ): Promise<Cluster> {
    const { knex, dataplane, clock } = this.options;
    const now = clock.now().toISOString();
    const { cilium, verdict, ciliumInstalled, ciliumReason, releasesAsOf } =
      await dataplane.read(knex, row, { now });
    const { topics } = facts;
    const installed = operatorInstalled(
      facts.sources.find(source =>
        source.resource.startsWith(operatorResource),
      ),
    );
    const api =
      installed === 'yes' && !operatorVersion(topics.operator ?? undefined)
        ? await this.servedProfiles(row.id)
        : undefined;
    const operator = facts.sources.find(source =>
      source.resource.startsWith(operatorResource),
    );
    const pods = facts.sources.find(source => source.resource === 'pods');
    const { state, reason, asOf } = clusterState(facts.sources);
    return {
      id: row.id,
      name: row.name,
      environment: row.environment,
      ...(row.tls ? { tls: row.tls } : {}),
      ...(row.owner_ref ? { owner: row.owner_ref } : {}),
      kubernetes: row.kubernetes_version,
      nodes: facts.nodes,
      services: facts.services,
      servedAt: now,
      state: row.not_collected ? 'not-collected' : state,
      ...(row.not_collected ?? reason
        ? { reason: row.not_collected ?? reason }
        : {}),
      ...(asOf ? { asOf } : {}),
      spo: {
        ...servedOperator(topics.operator ?? undefined, {
          installed,
          ...(topics.webhooks && { webhooks: topics.webhooks }),
          ...(api && { api }),
        }),
        state: operator?.state ?? 'not-collected',
        profiles: facts.profiles,
      },
      cilium: {
        versions: cilium?.versions ?? [],
        nodesWithout: cilium?.nodesWithout ?? facts.nodes,
        line: cilium?.line ?? { name: '', state: 'unknown' },
        patchesBehind: cilium?.patchesBehind ?? null,
        state:
          ciliumInstalled === 'no'
            ? 'not-installed'
            : pods?.state ?? 'not-collected',
        ...(ciliumReason ? { reason: ciliumReason } : {}),
        releasesAsOf,
        ...(verdict && summaryOf(verdict)),
      },
      sources: facts.sources,
    };
  }

  /** Version and scope of the profiles that the cluster serves, as one of them says; undefined where there is none. */
  private async servedProfiles(
    clusterId: string,
  ): Promise<{ version: string; namespaced: 'yes' | 'no' } | undefined> {
    const profile = await this.options
      .knex<DbProfilesRow>('profiles')
      .where('cluster_id', clusterId)
      .first('object', 'namespace');
    if (!profile) {
      return undefined;
    }
    const { version } = parseExactJson(profile.object) as ProfileObject;
    return { version, namespaced: profile.namespace ? 'yes' : 'no' };
  }

  private async counts(
    table: string,
    clusterIds: string[],
  ): Promise<Map<string, number>> {
    const { knex } = this.options;
    const rows = await knex(table)
      .whereIn('cluster_id', clusterIds)
      .groupBy('cluster_id')
      .select<{ cluster_id: string; total: string | number }[]>(
        'cluster_id',
        knex.raw('count(*) as total'),
      );
    return new Map(rows.map(row => [row.cluster_id, Number(row.total)]));
  }
}

function operatorInstalled(
  source: Source | undefined,
): 'yes' | 'no' | 'unknown' {
  if (source?.state === 'not-installed') {
    return 'no';
  }
  return source?.lastFresh ? 'yes' : 'unknown';
}

/** What a list of clusters says of a dataplane beside its versions. */
function summaryOf(verdict: DataplaneVerdict) {
  const { rollOut, plan, newest, daysBehind, feed } = verdict;
  return {
    advisories: verdict.advisoryCounts,
    kernel: verdict.kernel.state,
    kubernetesFit: verdict.kubernetes.state,
    operator: verdict.operator.state,
    auditMode: verdict.auditMode,
    configState: verdict.config.state,
    ...(rollOut && { rollOut }),
    ...(plan && { plan }),
    ...(newest && { newest }),
    ...(daysBehind !== undefined && { daysBehind }),
    ...(feed.advisories.asOf && { advisoriesAsOf: feed.advisories.asOf }),
  };
}

/** What the page of one cluster says of it besides. */
function toDataplane(verdict: DataplaneVerdict): CiliumDataplane {
  return {
    ...(verdict.support && { support: verdict.support }),
    ...(verdict.prepared && { prepared: verdict.prepared }),
    without: verdict.without,
    notReady: verdict.notReady,
    notReadyTotal: verdict.notReadyTotal,
    operator: verdict.operator,
    kernel: verdict.kernel,
    kubernetes: verdict.kubernetes,
    settings: verdict.settings,
    ...(verdict.settingsReason && { settingsReason: verdict.settingsReason }),
    config: verdict.config,
    auditMode: verdict.auditMode,
    path: verdict.path,
    disagreements: verdict.disagreements,
    feed: verdict.feed,
  };
}

function toNode(
  node: CollectedNode,
  version: { version: string; source?: string } | undefined,
): Node {
  return {
    name: node.name,
    ready: node.ready,
    kernel: node.kernel,
    architecture: node.architecture,
    operatingSystem: node.operatingSystem,
    osImage: node.osImage,
    runtime: node.runtime,
    kubelet: node.kubelet,
    ...(node.cilium
      ? {
          cilium: {
            version: version?.version ?? 'unknown',
            source: version?.source ?? 'none',
            ready: node.cilium.ready,
          },
        }
      : {}),
    spo: node.spo,
  };
}
