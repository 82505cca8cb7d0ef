import { judgeOperator, type OperatorFacts } from '@security-profiles/analysis';
import type { Knex } from 'knex';
import type { DbClusterFactsRow } from '../database/tables';
import type {
  CollectedTopic,
  InventoryChanges,
  TopicName,
} from '../facts/CollectedFacts';

/** What a write of topics changed. */
export interface WrittenTopics {
  written: 'none' | 'some';
  /** Namespaces whose workloads may have to be judged anew. */
  namespaces: string[];
  /** `cluster`: every service on the cluster may have to be. */
  reach: 'named' | 'cluster';
}

/** Topics that are lists of objects of a namespace, and concern the workloads there only. */
const namespaced: ReadonlySet<TopicName> = new Set(['bindings', 'recordings']);

/** Writes what is few in a cluster, a topic a row, and only where it differs. */
export class TopicWriter {
  async write(
    tx: Knex,
    clusterId: string,
    changes: InventoryChanges,
  ): Promise<WrittenTopics> {
    const result: WrittenTopics = {
      written: 'none',
      namespaces: [],
      reach: 'named',
    };
    for (const topic of changes.topics) {
      const key = { cluster_id: clusterId, topic: topic.name };
      const before = await tx<DbClusterFactsRow>('cluster_facts')
        .where(key)
        .first();
      const facts = JSON.stringify(topic.facts);
      if (before?.facts === facts) {
        continue;
      }
      await tx('cluster_facts')
        .insert({ ...key, facts })
        .onConflict(['cluster_id', 'topic'])
        .merge();
      result.written = 'some';
      if (namespaced.has(topic.name)) {
        result.namespaces.push(...namespacesThatDiffer(before?.facts, facts));
      } else if (concernsAll(topic, before?.facts)) {
        result.reach = 'cluster';
      }
    }
    return result;
  }
}

function namespacesThatDiffer(
  before: string | undefined,
  after: string,
): string[] {
  const [old, present] = [before ?? '[]', after].map(byNamespace);
  return [...new Set([...old.keys(), ...present.keys()])].filter(
    namespace => old.get(namespace) !== present.get(namespace),
  );
}

function byNamespace(facts: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const item of JSON.parse(facts) as { namespace: string }[]) {
    found.set(
      item.namespace,
      `${found.get(item.namespace) ?? ''}${JSON.stringify(item)}`,
    );
  }
  return found;
}

/** While the operator rolls out, its numbers change with every pod; services show the verdict on them only. */
function concernsAll(
  topic: CollectedTopic,
  before: string | undefined,
): boolean {
  if (topic.name !== 'operator' || before === undefined) {
    return true;
  }
  const verdict = (facts: OperatorFacts | null) => {
    const { state, hardening } = judgeOperator(facts ?? undefined);
    return JSON.stringify({ state, hardening });
  };
  return verdict(JSON.parse(before)) !== verdict(topic.facts);
}
