import type { WorkloadSummary } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import type { ReadScope } from '../access/ReadScope';
import { applySqlConditions } from '../access/sqlCondition';
import { kubernetesIdLabel } from '../facts/kubernetesIdLabel';
import type { DbWorkloadsRow } from '../database/tables';
import {
  type Page,
  type PageRequest,
  readCursor,
  toPage,
} from '../paging/pageCursor';

/** Which workloads of a list are wanted. */
export interface WorkloadFilter {
  clusterId?: string[];
  namespace?: string;
}

/** Answers which workloads the clusters run, whether an entity claims them or not. */
export class WorkloadsReadModel {
  private readonly knex: Knex;

  constructor(options: { knex: Knex }) {
    this.knex = options.knex;
  }

  async list(request: {
    filter: WorkloadFilter;
    page: PageRequest;
    scope: ReadScope;
  }): Promise<Page<WorkloadSummary>> {
    const { filter, page, scope } = request;
    const offset = readCursor(page, ['workloads', filter]);
    const query = this.knex('workloads').join(
      'clusters',
      'clusters.id',
      'workloads.cluster_id',
    );
    if (scope.conditions) {
      applySqlConditions(query, scope.conditions, this.knex);
    }
    if (filter.clusterId?.length) {
      query.whereIn('workloads.cluster_id', filter.clusterId);
    }
    if (filter.namespace) {
      query.where('workloads.namespace', filter.namespace);
    }
    const [{ count }] = await query.clone().count({ count: '*' });
    const rows = await query
      .clone()
      .orderBy([
        'clusters.name',
        'workloads.namespace',
        'workloads.kind',
        'workloads.name',
        'workloads.id',
      ])
      .limit(page.limit)
      .offset(offset)
      .select<
        (DbWorkloadsRow & { cluster_name: string; environment: string })[]
      >('workloads.*', 'clusters.name as cluster_name', 'clusters.environment');
    return toPage(
      rows.map(row => ({
        id: row.id,
        clusterId: row.cluster_id,
        cluster: row.cluster_name,
        environment: row.environment,
        namespace: row.namespace,
        kind: row.kind,
        name: row.name,
        pods: Number(row.pods),
        labels: labelsOfPods(JSON.parse(row.label_sets)),
      })),
      {
        totalItems: Number(count),
        offset,
        limit: page.limit,
        filter: ['workloads', filter],
      },
    );
  }
}

/**
 * One set of labels for a workload: that of its pods or template, which selectors are written for. The label that names
 * the entity counts wherever it stands.
 */
function labelsOfPods(
  labelSets: Record<string, string>[],
): Record<string, string> {
  const named = labelSets.find(labels => labels[kubernetesIdLabel]);
  return {
    ...(labelSets.at(-1) ?? {}),
    ...(named ? { [kubernetesIdLabel]: named[kubernetesIdLabel] } : {}),
  };
}
