import type { CollectedNode } from '../facts/CollectedFacts';
import type { NodeFacts } from './projections/projectNode';
import type { PodFacts } from './projections/projectPod';

type NodePod = Pick<
  PodFacts,
  'node' | 'phase' | 'createdAt' | 'ciliumAgent' | 'operatorRole'
>;

/** The nodes of one cluster with what runs on each: Cilium's agent and the operator's daemon. */
export class NodeIndex {
  /** Names of nodes to write anew; whoever writes them clears it. */
  readonly dirty = new Set<string>();
  private readonly nodes = new Map<string, NodeFacts>();
  private readonly pods = new Map<string, NodePod>();
  private readonly podsByNode = new Map<string, Set<string>>();

  putNode(node: NodeFacts): void {
    const before = this.nodes.get(node.name);
    if (!before || JSON.stringify(before) !== JSON.stringify(node)) {
      this.nodes.set(node.name, node);
      this.dirty.add(node.name);
    }
  }

  removeNode(name: string): void {
    if (this.nodes.delete(name)) {
      this.dirty.add(name);
    }
  }

  putPod(key: string, pod: PodFacts): void {
    if (!pod.ciliumAgent && !pod.operatorRole) {
      this.removePod(key);
      return;
    }
    const kept: NodePod = {
      node: pod.node,
      phase: pod.phase,
      createdAt: pod.createdAt,
      ciliumAgent: pod.ciliumAgent,
      operatorRole: pod.operatorRole,
    };
    const before = this.pods.get(key);
    if (before && JSON.stringify(before) === JSON.stringify(kept)) {
      return;
    }
    this.removePod(key);
    this.pods.set(key, kept);
    const keys = this.podsByNode.get(pod.node) ?? new Set();
    this.podsByNode.set(pod.node, keys.add(key));
    this.dirty.add(pod.node);
  }

  removePod(key: string): void {
    const before = this.pods.get(key);
    if (before) {
      this.pods.delete(key);
      this.podsByNode.get(before.node)?.delete(key);
      this.dirty.add(before.node);
    }
  }

  names(): Set<string> {
    const names = new Set(this.nodes.keys());
    for (const [name, keys] of this.podsByNode) {
      if (name && keys.size > 0) {
        names.add(name);
      }
    }
    return names;
  }

  build(name: string): CollectedNode | undefined {
    const pods = [...(this.podsByNode.get(name) ?? [])].map(
      key => this.pods.get(key)!,
    );
    const facts = this.nodes.get(name);
    if (!name || (!facts && pods.length === 0)) {
      return undefined;
    }
    // Two agents on one node during a surge or a forced delete: the newest Running one speaks.
    const [agent] = pods
      .filter(pod => pod.ciliumAgent)
      .sort(
        (a, b) =>
          Number(b.phase === 'Running') - Number(a.phase === 'Running') ||
          b.createdAt.localeCompare(a.createdAt),
      );
    return {
      // A node that may not be read still has a name where a pod runs on it.
      ...(facts ?? { name, labels: {}, taints: [], ready: 'unknown' }),
      ...(agent?.ciliumAgent ? { cilium: agent.ciliumAgent } : {}),
      spo: pods.some(pod => pod.operatorRole === 'daemon')
        ? 'served'
        : 'not-served',
    };
  }
}
