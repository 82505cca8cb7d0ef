import type { ClusterFacts, IndexedProfile } from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import { readTopics } from '../posture/readTopics';
import type {
  DbClusterResourcesRow,
  DbClustersRow,
  DbNamespacesRow,
  DbProfilesRow,
} from '../database/tables';
import type {
  ClusterDataplane,
  DataplaneFacts,
} from '../dataplane/ClusterDataplane';
import type { TopicFacts } from '../facts/CollectedFacts';
import { parseExactJson } from '../facts/exactJson';

/** What config says of a cluster that its API does not tell. */
export interface ClusterSettings {
  seccompDefault: 'declared' | 'not-declared';
}

/** Options of {@link ClusterFactsReader}. */
export interface ClusterFactsReaderOptions {
  dataplane: ClusterDataplane;
  settingsOf: (clusterName: string) => ClusterSettings;
}

/** Reads the facts of whole clusters, once per version of them and not once per entity. */
export class ClusterFactsReader {
  private readonly options: ClusterFactsReaderOptions;
  private readonly held = new Map<
    string,
    { version: string; dataplane: DataplaneFacts; facts: ClusterFacts }
  >();

  constructor(options: ClusterFactsReaderOptions) {
    this.options = options;
  }

  async read(
    knex: Knex,
    clusterIds: string[],
    options: { now: string },
  ): Promise<Map<string, ClusterFacts>> {
    const rows = await knex<DbClustersRow>('clusters')
      .whereIn('id', clusterIds)
      .orderBy('name');
    const result = new Map<string, ClusterFacts>();
    for (const row of rows) {
      const version = String(row.facts_version);
      // It knows when its verdict is another one although no fact has changed.
      const dataplane = await this.options.dataplane.read(knex, row, options);
      const held = this.held.get(row.id);
      if (held?.version === version && held.dataplane === dataplane) {
        result.set(row.id, held.facts);
      } else {
        const facts = await this.readCluster(knex, row, dataplane);
        this.held.set(row.id, { version, dataplane, facts });
        result.set(row.id, facts);
      }
    }
    return result;
  }

  private async readCluster(
    knex: Knex,
    row: DbClustersRow,
    dataplane: DataplaneFacts,
  ): Promise<ClusterFacts> {
    const sources = await knex<DbClusterResourcesRow>('cluster_resources')
      .where('cluster_id', row.id)
      .orderBy('resource');
    const {
      nodes,
      cilium,
      verdict,
      ciliumInstalled,
      ciliumReason,
      releasesAsOf,
    } = dataplane;
    const profiles = await knex<DbProfilesRow>('profiles')
      .where('cluster_id', row.id)
      .orderBy('id');
    const operatorSource = sources.find(source =>
      source.resource.startsWith('seccompprofiles.'),
    );
    const settings = this.options.settingsOf(row.name);
    const topics = (await readTopics(knex, [row.id])).get(row.id) ?? {};
    return {
      id: row.id,
      name: row.name,
      environment: row.environment,
      owner: row.owner_ref ?? undefined,
      seccompDefault: settings.seccompDefault === 'declared',
      sources: sources.map(source => ({
        cluster: row.name,
        resource: source.resource,
        state: source.state,
        since: source.since,
        lastFresh: source.last_fresh ?? undefined,
        count: source.object_count,
        reason: source.reason ?? undefined,
      })),
      profiles: profiles.map(profile => ({
        profile: {
          ...(parseExactJson(profile.object) as IndexedProfile),
          id: profile.id,
        },
        nodeStates: JSON.parse(profile.node_states),
        ...(profile.revision_since && {
          revision: {
            since: profile.revision_since,
            ...(profile.revision_not_before && {
              notBefore: profile.revision_not_before,
            }),
          },
        }),
      })),
      operatorNodes: nodes
        .filter(node => node.spo === 'served')
        .map(node => node.name),
      operatorInstalled: operatorInstalled(operatorSource),
      nodes: nodes.map(node => ({
        name: node.name,
        labels: node.labels,
        taints: node.taints,
        architecture: node.architecture,
        kernel: node.kernel,
      })),
      ...(topics['runtime-classes'] && {
        runtimeHandlers: topics['runtime-classes'],
      }),
      ...(topics.bindings && { bindings: topics.bindings }),
      ...(topics.recordings && { recordings: topics.recordings }),
      namespaceLabels: await this.namespaceLabels(knex, row.id, topics),
      ...(topics.webhooks && { webhooks: topics.webhooks }),
      ...(topics['cluster-rights'] && {
        clusterRights: topics['cluster-rights'],
      }),
      ...(topics['accounts-without-token'] && {
        accountsWithoutToken: topics['accounts-without-token'],
      }),
      ...(topics.operator && { operator: topics.operator }),
      cilium,
      dataplane: verdict ?? undefined,
      ciliumInstalled,
      ciliumReason,
      releasesAsOf,
    };
  }

  /** Labels of the namespaces that hold a binding or a recording; those of others decide nothing. */
  private async namespaceLabels(
    knex: Knex,
    clusterId: string,
    topics: Partial<TopicFacts>,
  ): Promise<Record<string, Record<string, string>>> {
    const names = new Set(
      [...(topics.bindings ?? []), ...(topics.recordings ?? [])].map(
        ({ namespace }) => namespace,
      ),
    );
    const labels: Record<string, Record<string, string>> = {};
    for (const part of chunk([...names])) {
      const rows = await knex<DbNamespacesRow>('namespaces')
        .where('cluster_id', clusterId)
        .whereIn('name', part);
      for (const row of rows) {
        labels[row.name] = JSON.parse(row.labels);
      }
    }
    return labels;
  }
}

function operatorInstalled(
  source: DbClusterResourcesRow | undefined,
): 'yes' | 'no' | 'unknown' {
  if (source?.state === 'not-installed') {
    return 'no';
  }
  return source?.last_fresh ? 'yes' : 'unknown';
}
