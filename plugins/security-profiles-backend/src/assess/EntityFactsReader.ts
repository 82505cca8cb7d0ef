import {
  type ClusterFacts,
  type EntityFacts,
  indexProfiles,
  type WorkloadFacts,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import type { ApprovalDecisions } from '../approvals/ApprovalDecisions';
import { kubernetesIdLabel } from '../facts/kubernetesIdLabel';
import { chunk } from '../database/chunk';
import type {
  DbClaimsRow,
  DbClustersRow,
  DbEntitiesRow,
  DbWorkloadContainersRow,
  DbWorkloadsRow,
} from '../database/tables';
import { namedProfiles } from '../facts/profileNames';
import type { ClusterFactsReader } from './ClusterFactsReader';

/** An environment as config has it. */
export interface EnvironmentSettings {
  name: string;
  clusters: string[];
  counted: 'counted' | 'not-counted';
}

/** Options of {@link EntityFactsReader}. */
export interface EntityFactsReaderOptions {
  clusters: ClusterFactsReader;
  environments: EnvironmentSettings[];
  approvals: ApprovalDecisions;
}

const nearMissesShown = 5;

/** Gathers for one entity everything that is known of its workloads and of the clusters they run on. */
export class EntityFactsReader {
  private readonly options: EntityFactsReaderOptions;

  constructor(options: EntityFactsReaderOptions) {
    this.options = options;
  }

  /** Undefined when the catalog no longer has the entity. */
  async read(
    knex: Knex,
    entityRef: string,
    options: { now: string },
  ): Promise<EntityFacts | undefined> {
    const entity = await knex<DbEntitiesRow>('entities')
      .where('entity_ref', entityRef)
      .first();
    if (!entity) {
      return undefined;
    }
    const workloads = await this.readWorkloads(knex, entityRef);
    const clusterIds = [
      ...new Set(workloads.map(({ clusterId }) => clusterId)),
    ];
    const clusters = await this.options.clusters.read(
      knex,
      clusterIds,
      options,
    );
    const approvals = await this.options.approvals.ofClusters(
      knex,
      clusterIds,
      { now: options.now, profileIds: usedProfiles(workloads, clusters) },
    );
    const connected = await knex<DbClustersRow>('clusters').select('id');
    return {
      entity: {
        ref: entity.entity_ref,
        name: entity.name,
        title: entity.title ?? undefined,
        type: entity.type ?? undefined,
        lifecycle: entity.lifecycle ?? undefined,
        tags: JSON.parse(entity.tags),
        class: entity.class ?? undefined,
      },
      environments: this.options.environments.map(environment => ({
        name: environment.name,
        clusters: environment.clusters,
        counted: environment.counted === 'counted',
      })),
      clusters: [...clusters.values()],
      workloads,
      approvals,
      matching: {
        selectors: [selectorOf(entity)],
        clusters: connected.length,
        nearMisses:
          workloads.length === 0 ? await this.nearMisses(knex, entity) : [],
      },
    };
  }

  private async readWorkloads(
    knex: Knex,
    entityRef: string,
  ): Promise<WorkloadFacts[]> {
    const rows = await knex('claims')
      .join<DbWorkloadsRow>('workloads', 'workloads.id', 'claims.workload_id')
      .where('claims.entity_ref', entityRef)
      .orderBy(['workloads.cluster_id', 'workloads.namespace', 'workloads.id'])
      .select<(DbWorkloadsRow & { claim: string })[]>(
        'workloads.*',
        'claims.claim',
      );
    const ids = rows.map(({ id }) => id);
    const claims = new Map<string, DbClaimsRow[]>();
    const containers = new Map<string, DbWorkloadContainersRow[]>();
    for (const part of chunk(ids)) {
      for (const row of await knex<DbClaimsRow>('claims').whereIn(
        'workload_id',
        part,
      )) {
        claims.set(row.workload_id, [
          ...(claims.get(row.workload_id) ?? []),
          row,
        ]);
      }
      for (const row of await knex<DbWorkloadContainersRow>(
        'workload_containers',
      )
        .whereIn('workload_id', part)
        .orderBy('id')) {
        containers.set(row.workload_id, [
          ...(containers.get(row.workload_id) ?? []),
          row,
        ]);
      }
    }
    return rows.flatMap(row => {
      const others = (claims.get(row.id) ?? []).filter(
        claim => claim.entity_ref !== entityRef,
      );
      // An asserted claim shows nothing of what another entity holds by the cluster's own word.
      if (
        row.claim === 'asserted' &&
        others.some(other => other.claim === 'confirmed')
      ) {
        return [];
      }
      const labelSets: Record<string, string>[] = JSON.parse(row.label_sets);
      return [
        {
          id: row.id,
          clusterId: row.cluster_id,
          apiGroup: row.api_group,
          namespace: row.namespace,
          kind: row.kind,
          name: row.name,
          labels: Object.assign({}, ...labelSets),
          pathPrefix: row.path_prefix,
          claim: row.claim as 'confirmed' | 'asserted',
          claimedByOthers: others.length,
          pods: Number(row.pods),
          containers: (containers.get(row.id) ?? []).map(container => ({
            container: JSON.parse(container.container),
            origin: container.origin as 'declared' | 'injected',
            basis: container.basis as 'live' | 'template',
            pods: container.pods,
            nodes: JSON.parse(container.nodes),
            ...(container.declared && {
              declared: JSON.parse(container.declared),
            }),
            ...(container.started_at && { startedAt: container.started_at }),
          })),
        },
      ];
    });
  }

  private async nearMisses(
    knex: Knex,
    entity: DbEntitiesRow,
  ): Promise<
    { cluster: string; namespace: string; kind: string; name: string }[]
  > {
    return knex<DbWorkloadsRow>('workloads')
      .join('clusters', 'clusters.id', 'workloads.cluster_id')
      .whereIn('workloads.name', [entity.name, entity.kubernetes_id])
      .whereNotExists(
        knex('claims')
          .whereRaw('?? = ??', ['claims.workload_id', 'workloads.id'])
          .select('claims.workload_id'),
      )
      .orderBy(['clusters.name', 'workloads.namespace', 'workloads.kind'])
      .limit(nearMissesShown)
      .select(
        'clusters.name as cluster',
        'workloads.namespace',
        'workloads.kind',
        'workloads.name',
      );
  }
}

function selectorOf(
  entity: DbEntitiesRow,
): EntityFacts['matching']['selectors'][number] {
  const restricted = {
    ...(entity.only_namespace ? { namespace: entity.only_namespace } : {}),
    ...(entity.only_cluster ? { cluster: entity.only_cluster } : {}),
  };
  if (entity.workload_ref) {
    return {
      labelSelector: `workload ${entity.workload_ref}`,
      from: 'security-profiles.io/workload',
      ...restricted,
    };
  }
  if (entity.selector) {
    return {
      labelSelector: entity.selector_error
        ? `${entity.selector} (not readable: ${entity.selector_error})`
        : entity.selector,
      from: 'backstage.io/kubernetes-label-selector',
      ...restricted,
    };
  }
  return {
    labelSelector: `${kubernetesIdLabel}=${entity.kubernetes_id}`,
    from: entity.id_source,
    ...restricted,
  };
}

/** Profiles that the containers of these workloads may run under, by what they name. */
function usedProfiles(
  workloads: WorkloadFacts[],
  clusters: Map<string, ClusterFacts>,
): string[] {
  const used = new Set<string>();
  for (const { clusterId, containers } of workloads) {
    const index = indexProfiles(
      (clusters.get(clusterId)?.profiles ?? []).map(({ profile }) => profile),
    );
    for (const { container } of containers) {
      for (const { mechanism, value } of namedProfiles(container)) {
        for (const profile of index.byPodValue(mechanism, value)) {
          used.add(profile.id);
        }
      }
    }
  }
  return [...used];
}
