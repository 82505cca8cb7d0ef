import {
  ciliumDigests,
  ciliumNodeVersion,
  type CiliumNodeVersion,
  type CiliumVersions,
  ciliumVersions,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import type {
  DbClusterResourcesRow,
  DbClustersRow,
  DbNodesRow,
} from '../database/tables';
import type { CollectedNode } from '../facts/CollectedFacts';
import type { CiliumReleaseData } from './bundledCiliumReleases';

/** What runs below the services of one cluster. */
export interface DataplaneFacts {
  nodes: CollectedNode[];
  cilium: CiliumVersions | null;
  /** `no`: the pods were read, and none is an agent of Cilium. */
  ciliumInstalled: 'yes' | 'no' | 'unknown';
  /** Why nothing can be said of Cilium. */
  ciliumReason?: string;
  releasesAsOf: string;
}

/** Options of {@link ClusterDataplane}. */
export interface ClusterDataplaneOptions {
  releases: CiliumReleaseData;
}

/** Reads the nodes of a cluster and judges its Cilium, once per version of the facts and day. */
export class ClusterDataplane {
  private readonly releases: CiliumReleaseData;
  private readonly held = new Map<
    string,
    { version: string; facts: DataplaneFacts }
  >();

  private readonly digests: ReadonlyMap<string, string>;

  constructor(options: ClusterDataplaneOptions) {
    this.releases = options.releases;
    this.digests = ciliumDigests(options.releases.releases);
  }

  async read(
    knex: Knex,
    cluster: Pick<DbClustersRow, 'id' | 'facts_version'>,
    options: { now: string },
  ): Promise<DataplaneFacts> {
    // Whether a release line has ended depends on the day.
    const version = `${cluster.facts_version} ${options.now.slice(0, 10)}`;
    const held = this.held.get(cluster.id);
    if (held?.version === version) {
      return held.facts;
    }
    const nodes = (
      await knex<DbNodesRow>('nodes')
        .where('cluster_id', cluster.id)
        .orderBy('name')
    ).map(row => JSON.parse(row.facts) as CollectedNode);
    const pods = await knex<DbClusterResourcesRow>('cluster_resources')
      .where({ cluster_id: cluster.id, resource: 'pods' })
      .first();
    const facts = {
      nodes,
      releasesAsOf: this.releases.asOf,
      ...this.judge(nodes, pods, options.now),
    };
    this.held.set(cluster.id, { version, facts });
    return facts;
  }

  /** Version of the agent on one node; undefined where none runs. */
  agentVersion(node: CollectedNode): CiliumNodeVersion | undefined {
    return (
      node.cilium &&
      ciliumNodeVersion({ nodeName: node.name, ...node.cilium }, this.digests)
    );
  }

  private judge(
    nodes: CollectedNode[],
    pods: DbClusterResourcesRow | undefined,
    now: string,
  ): Pick<DataplaneFacts, 'cilium' | 'ciliumInstalled' | 'ciliumReason'> {
    const agents = nodes.flatMap(node =>
      node.cilium ? [{ nodeName: node.name, ...node.cilium }] : [],
    );
    if (agents.length > 0) {
      return {
        ciliumInstalled: 'yes',
        cilium: ciliumVersions({ nodes, agents }, this.releases.releases, now),
      };
    }
    return pods?.last_fresh
      ? {
          cilium: null,
          ciliumInstalled: 'no',
          ciliumReason: 'No agent of Cilium runs in this cluster.',
        }
      : {
          cilium: null,
          ciliumInstalled: 'unknown',
          ciliumReason: 'Pods of this cluster have not been read yet.',
        };
  }
}
