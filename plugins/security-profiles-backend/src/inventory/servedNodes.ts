import type { Knex } from 'knex';
import type { DbNodesRow } from '../database/tables';
import type { CollectedNode } from '../facts/CollectedFacts';

/** Names of the nodes that run the operator's daemon, sorted. */
export async function servedNodes(
  tx: Knex,
  clusterId: string,
): Promise<string[]> {
  const rows = await tx<DbNodesRow>('nodes')
    .where('cluster_id', clusterId)
    .select('facts');
  return rows
    .map(row => JSON.parse(row.facts) as CollectedNode)
    .filter(node => node.spo === 'served')
    .map(node => node.name)
    .sort();
}
