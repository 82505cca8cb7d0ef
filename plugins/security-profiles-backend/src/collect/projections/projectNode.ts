import type { KubernetesObject } from '../../clusters/ClusterSource';
import type { CollectedNode } from '../../facts/CollectedFacts';
import {
  asLabels,
  asRecord,
  asRecords,
  asText,
  withoutUndefined,
} from './readFields';

/** A node without what other objects say of it. */
export type NodeFacts = Omit<CollectedNode, 'cilium' | 'spo'>;

/** Keeps of a node what profiles, scheduling and the dataplane depend on. */
export function projectNode(object: KubernetesObject): NodeFacts {
  const status = asRecord(object.status) ?? {};
  const info = asRecord(status.nodeInfo) ?? {};
  const ready = asRecords(status.conditions).find(
    condition => condition.type === 'Ready',
  )?.status;
  return withoutUndefined<NodeFacts>({
    name: object.metadata.name,
    labels: asLabels(object.metadata.labels),
    taints: asRecords(asRecord(object.spec)?.taints).map(taint =>
      withoutUndefined({
        key: asText(taint.key) ?? '',
        value: asText(taint.value),
        effect: asText(taint.effect) ?? '',
      }),
    ),
    ready: readiness(ready),
    kernel: asText(info.kernelVersion),
    architecture: asText(info.architecture),
    operatingSystem: asText(info.operatingSystem),
    osImage: asText(info.osImage),
    runtime: asText(info.containerRuntimeVersion),
    kubelet: asText(info.kubeletVersion),
  });
}

function readiness(status: unknown): 'yes' | 'no' | 'unknown' {
  if (status === 'True') {
    return 'yes';
  }
  return status === 'False' ? 'no' : 'unknown';
}
