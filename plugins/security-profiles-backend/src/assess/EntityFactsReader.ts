import {
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

type ClaimedRow = DbWorkloadsRow & Pick<DbClaimsRow, 'claim' | 'entity_ref'>;

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
    return (await this.readAll(knex, [entityRef], options)).get(entityRef);
  }

  /** Facts of many entities by their refs, in reads that they share; without those that the catalog no longer has. */
  async readAll(
    knex: Knex,
    entityRefs: readonly string[],
    options: { now: string },
  ): Promise<Map<string, EntityFacts>> {
    const entities: DbEntitiesRow[] = [];
    for (const refs of chunk(entityRefs)) {
      entities.push(
        ...(await knex<DbEntitiesRow>('entities').whereIn('entity_ref', refs)),
      );
    }
    const workloadsOf = await this.readWorkloads(
      knex,
      entities.map(entity => entity.entity_ref),
    );
    const all = [...workloadsOf.values()].flat();
    const clusterIds = [...new Set(all.map(({ clusterId }) => clusterId))];
    const clusters = await this.options.clusters.read(
      knex,
      clusterIds,
      options,
    );
    const indexes = new Map(
      [...clusters].map(([id, { profiles }]) => [
        id,
        indexProfiles(profiles.map(({ profile }) => profile)),
      ]),
    );
    const decisions = await this.options.approvals.ofClusters(
      knex,
      clusterIds,
      { now: options.now, profileIds: [...usedProfiles(all, indexes)] },
    );
    const connected = await knex<DbClustersRow>('clusters').select('id');
    const result = new Map<string, EntityFacts>();
    for (const entity of entities) {
      const workloads = workloadsOf.get(entity.entity_ref) ?? [];
      const own = new Set(workloads.map(({ clusterId }) => clusterId));
      const used = usedProfiles(workloads, indexes);
      result.set(entity.entity_ref, {
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
        clusters: [...clusters].flatMap(([id, facts]) =>
          own.has(id) ? [facts] : [],
        ),
        workloads,
        approvals: decisions
          .filter(
            ({ clusterId, profileId, review }) =>
              own.has(clusterId) && (review === 'asked' || used.has(profileId)),
          )
          .map(({ environment, profileId, decision }) => ({
            environment,
            profileId,
            decision,
          })),
        matching: {
          selectors: [selectorOf(entity)],
          clusters: connected.length,
          nearMisses:
            workloads.length === 0 ? await this.nearMisses(knex, entity) : [],
        },
      });
    }
    return result;
  }

  private async readWorkloads(
    knex: Knex,
    entityRefs: readonly string[],
  ): Promise<Map<string, WorkloadFacts[]>> {
    const rows: ClaimedRow[] = [];
    for (const refs of chunk(entityRefs)) {
      rows.push(
        ...(await knex('claims')
          .join<DbWorkloadsRow>(
            'workloads',
            'workloads.id',
            'claims.workload_id',
          )
          .whereIn('claims.entity_ref', refs)
          .orderBy([
            'workloads.cluster_id',
            'workloads.namespace',
            'workloads.id',
          ])
          .select<ClaimedRow[]>(
            'workloads.*',
            'claims.claim',
            'claims.entity_ref',
          )),
      );
    }
    const claims = new Map<string, DbClaimsRow[]>();
    const containers = new Map<string, DbWorkloadContainersRow[]>();
    for (const part of chunk([...new Set(rows.map(({ id }) => id))])) {
      for (const row of await knex<DbClaimsRow>('claims').whereIn(
        'workload_id',
        part,
      )) {
        add(claims, row.workload_id, row);
      }
      for (const row of await knex<DbWorkloadContainersRow>(
        'workload_containers',
      )
        .whereIn('workload_id', part)
        .orderBy('id')) {
        add(containers, row.workload_id, row);
      }
    }
    const result = new Map<string, WorkloadFacts[]>();
    for (const row of rows) {
      const others = (claims.get(row.id) ?? []).filter(
        claim => claim.entity_ref !== row.entity_ref,
      );
      // An asserted claim shows nothing of what another entity holds by the cluster's own word.
      if (
        row.claim === 'confirmed' ||
        !others.some(other => other.claim === 'confirmed')
      ) {
        add(
          result,
          row.entity_ref,
          workloadFacts(row, {
            claimedByOthers: others.length,
            containers: containers.get(row.id) ?? [],
          }),
        );
      }
    }
    return result;
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

function add<T>(groups: Map<string, T[]>, key: string, item: T): void {
  const group = groups.get(key);
  if (group) {
    group.push(item);
  } else {
    groups.set(key, [item]);
  }
}

function workloadFacts(
  row: ClaimedRow,
  of: { claimedByOthers: number; containers: DbWorkloadContainersRow[] },
): WorkloadFacts {
  const labelSets: Record<string, string>[] = JSON.parse(row.label_sets);
  return {
    id: row.id,
    clusterId: row.cluster_id,
    apiGroup: row.api_group,
    namespace: row.namespace,
    kind: row.kind,
    name: row.name,
    labels: Object.assign({}, ...labelSets),
    pathPrefix: row.path_prefix,
    claim: row.claim as 'confirmed' | 'asserted',
    claimedByOthers: of.claimedByOthers,
    containers: of.containers.map(container => ({
      container: JSON.parse(container.container),
      origin: container.origin as 'declared' | 'injected',
      basis: container.basis as 'live' | 'template',
      pods: container.pods,
      nodes: JSON.parse(container.nodes),
      ...(container.declared && { declared: JSON.parse(container.declared) }),
      ...(container.started_at && { startedAt: container.started_at }),
    })),
  };
}

/** Profiles that the containers of these workloads may run under, by what they name. */
function usedProfiles(
  workloads: WorkloadFacts[],
  indexes: Map<string, ReturnType<typeof indexProfiles>>,
): Set<string> {
  const used = new Set<string>();
  for (const { clusterId, containers } of workloads) {
    for (const { container } of containers) {
      for (const { mechanism, value } of namedProfiles(container)) {
        for (const profile of indexes
          .get(clusterId)
          ?.byPodValue(mechanism, value) ?? []) {
          used.add(profile.id);
        }
      }
    }
  }
  return used;
}
