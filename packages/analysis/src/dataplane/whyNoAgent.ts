import { couldRunOn } from '../confinement/couldRunOn';
import { PodLevelSpec } from '../confinement/podSecurity';

/** What of a node its lack of an agent is explained by. */
export interface NodeOfCluster {
  name: string;
  labels?: Record<string, string>;
  taints?: { key: string; value?: string; effect: string }[];
  ready?: 'yes' | 'no' | 'unknown';
}

/**
 * Why a Linux node has no agent, as far as its labels and taints tell.
 *
 * @param placement - what the template of the agents' DaemonSet says of placement
 */
export function whyNoAgent(
  node: NodeOfCluster,
  placement: PodLevelSpec | undefined,
): string {
  const labels = node.labels ?? {};
  if (labels['eks.amazonaws.com/compute-type'] === 'fargate') {
    return 'a Fargate node, which runs no agents';
  }
  if (labels['eks.amazonaws.com/compute-type'] === 'hybrid') {
    return 'an EKS hybrid node, left out by affinity';
  }
  if (
    labels.type === 'virtual-kubelet' ||
    (node.taints ?? []).some(({ key }) => key.startsWith('virtual-kubelet.io/'))
  ) {
    return 'a virtual node, which runs no agents';
  }
  if (placement && !couldRunOn(placement, node)) {
    const taint = (node.taints ?? []).find(
      one =>
        !couldRunOn(placement, { name: node.name, taints: [one] }) &&
        one.effect !== 'PreferNoSchedule',
    );
    return taint
      ? `kept away by the taint ${taint.key}`
      : 'left out by the node selector of the DaemonSet';
  }
  return node.ready === 'no'
    ? 'the node is not ready'
    : 'no agent was placed there yet, or affinity leaves it out';
}
