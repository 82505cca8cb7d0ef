import { PodLevelSpec, Toleration } from './podSecurity';

/** What placement and the meaning of a profile depend on, of one node. @public */
export interface NodeFacts {
  name: string;
  labels?: Record<string, string>;
  taints?: { key: string; value?: string; effect: string }[];
  /** As `amd64`; the label `kubernetes.io/arch` where absent. */
  architecture?: string;
  /** `status.nodeInfo.kernelVersion`. */
  kernel?: string;
}

/**
 * Whether the scheduler could place a pod on a node, by operating system, node selector, taints and tolerations.
 *
 * @remarks
 * Affinity and free capacity are not looked at, so the answer may include nodes that are never used. Source: Kubernetes,
 * "Assigning Pods to Nodes" and "Taints and Tolerations".
 * @public
 */
export function couldRunOn(pod: PodLevelSpec, node: NodeFacts): boolean {
  const labels = node.labels ?? {};
  const system = labels['kubernetes.io/os'];
  if (system && system !== (pod.os ?? 'linux')) {
    return false;
  }
  for (const [key, value] of Object.entries(pod.nodeSelector ?? {})) {
    // Nodes of which no labels are known may match.
    if (node.labels && labels[key] !== value) {
      return false;
    }
  }
  const hard = (node.taints ?? []).filter(
    taint => taint.effect === 'NoSchedule' || taint.effect === 'NoExecute',
  );
  return hard.every(taint =>
    (pod.tolerations ?? []).some(toleration => tolerates(toleration, taint)),
  );
}

function tolerates(
  toleration: Toleration,
  taint: { key: string; value?: string; effect: string },
): boolean {
  if (toleration.effect && toleration.effect !== taint.effect) {
    return false;
  }
  if (toleration.operator === 'Exists') {
    return !toleration.key || toleration.key === taint.key;
  }
  return (
    toleration.key === taint.key &&
    (toleration.value ?? '') === (taint.value ?? '')
  );
}

/** The architecture of a node, as `amd64`; undefined where nothing tells. */
export function architectureOf(node: NodeFacts): string | undefined {
  return node.architecture ?? node.labels?.['kubernetes.io/arch'];
}
