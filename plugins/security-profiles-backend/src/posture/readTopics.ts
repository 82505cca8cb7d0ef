import type { Knex } from 'knex';
import type { TopicFacts } from '../facts/CollectedFacts';
import { chunk } from '../database/chunk';
import type { DbClusterFactsRow } from '../database/tables';

/** Topics by cluster; one that was never read of a cluster is absent. */
export async function readTopics(
  knex: Knex,
  clusterIds: string[],
): Promise<Map<string, Partial<TopicFacts>>> {
  const found = new Map<string, Partial<TopicFacts>>(
    clusterIds.map(id => [id, {}]),
  );
  for (const ids of chunk(clusterIds)) {
    for (const row of await knex<DbClusterFactsRow>('cluster_facts').whereIn(
      'cluster_id',
      ids,
    )) {
      Object.assign(found.get(row.cluster_id)!, {
        [row.topic]: JSON.parse(row.facts),
      });
    }
  }
  return found;
}
