import type { PodSecuritySpec } from '@security-profiles/analysis';
import type { KubernetesObject } from '../../clusters/ClusterSource';
import type { CiliumAgentFacts } from '../../facts/CollectedFacts';
import { projectPodSpec } from './projectPodSpec';
import {
  asLabels,
  asRecord,
  asRecords,
  asText,
  withoutUndefined,
} from './readFields';

/** The controller of an object, from its owner references. */
export interface OwnerFacts {
  uid: string;
  apiGroup: string;
  kind: string;
  name: string;
}

/** What is kept of a pod. */
export interface PodFacts {
  uid: string;
  namespace: string;
  name: string;
  owner?: OwnerFacts;
  /** Empty until the pod is scheduled. */
  node: string;
  phase: string;
  createdAt: string;
  labels: Record<string, string>;
  spec: PodSecuritySpec;
  /** ISO time of the last start by container, of those that run now. */
  started?: Record<string, string>;
  ciliumAgent?: CiliumAgentFacts;
  /** `daemon`: the operator's own daemon, which says that its node is served. */
  operatorRole?: 'daemon';
}

/** Labels that differ from pod to pod of one workload and select nothing that a person means. */
const podOnlyLabels = new Set([
  'pod-template-hash',
  'controller-revision-hash',
  'pod-template-generation',
  'statefulset.kubernetes.io/pod-name',
  'apps.kubernetes.io/pod-index',
  'batch.kubernetes.io/job-completion-index',
  'batch.kubernetes.io/controller-uid',
  'controller-uid',
  'rollouts-pod-template-hash',
]);

/** Kinds and names longer than any that an API server serves; it does not check those of owner references. */
const longestOwnerField = 253;

/** The controller among the owner references, as Kubernetes' own tools pick it. */
export function projectOwner(object: KubernetesObject): OwnerFacts | undefined {
  const references = asRecords(object.metadata.ownerReferences);
  const owner =
    references.find(reference => reference.controller === true) ??
    references[0];
  const [uid, kind, name] = [
    asText(owner?.uid),
    asText(owner?.kind),
    asText(owner?.name),
  ];
  const apiVersion = asText(owner?.apiVersion) ?? 'v1';
  const apiGroup = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
  if (
    uid === undefined ||
    kind === undefined ||
    name === undefined ||
    [kind, name, apiGroup].some(field => field.length > longestOwnerField)
  ) {
    return undefined;
  }
  return { uid, kind, name, apiGroup };
}

/** Keeps of a pod what security, matching and the dataplane depend on. */
export function projectPod(object: KubernetesObject): PodFacts {
  const { metadata } = object;
  const status = asRecord(object.status) ?? {};
  const spec = asRecord(object.spec) ?? {};
  const labels = asLabels(metadata.labels);
  const namespace = asText(metadata.namespace) ?? 'default';
  return withoutUndefined<PodFacts>({
    uid: asText(metadata.uid) ?? `${namespace}/${metadata.name}`,
    namespace,
    name: metadata.name,
    owner: projectOwner(object),
    node: asText(spec.nodeName) ?? '',
    phase: asText(status.phase) ?? 'Unknown',
    createdAt: asText(metadata.creationTimestamp) ?? '',
    labels: Object.fromEntries(
      Object.entries(labels).filter(([key]) => !podOnlyLabels.has(key)),
    ),
    spec: projectPodSpec(spec, {
      annotations: metadata.annotations,
      endedContainers: endedEphemeralContainers(status),
    }),
    started: startedContainers(status),
    ciliumAgent: projectCiliumAgent(spec, status, {
      labels,
      createdAt: asText(metadata.creationTimestamp),
    }),
    operatorRole:
      labels.app === 'security-profiles-operator' && labels.name === 'spod'
        ? 'daemon'
        : undefined,
  });
}

function endedEphemeralContainers(
  status: Record<string, unknown>,
): Set<string> {
  return new Set(
    asRecords(status.ephemeralContainerStatuses)
      .filter(entry => asRecord(asRecord(entry.state)?.terminated))
      .flatMap(entry => asText(entry.name) ?? []),
  );
}

function startedContainers(
  status: Record<string, unknown>,
): Record<string, string> | undefined {
  const started = [
    status.initContainerStatuses,
    status.containerStatuses,
    status.ephemeralContainerStatuses,
  ]
    .flatMap(asRecords)
    .flatMap((entry): [string, string][] => {
      const name = asText(entry.name);
      const at = asText(asRecord(asRecord(entry.state)?.running)?.startedAt);
      return name !== undefined && at !== undefined ? [[name, at]] : [];
    });
  return started.length > 0 ? Object.fromEntries(started) : undefined;
}

/**
 * The agent container of a Cilium pod. The pre-flight pods carry the next version's image under other labels and
 * another container name, so the container's name decides.
 */
function projectCiliumAgent(
  spec: Record<string, unknown>,
  status: Record<string, unknown>,
  pod: { labels: Record<string, string>; createdAt?: string },
): CiliumAgentFacts | undefined {
  const container = asRecords(spec.containers).find(
    entry => entry.name === 'cilium-agent',
  );
  if (!container) {
    return undefined;
  }
  const containerStatus = asRecords(status.containerStatuses).find(
    entry => entry.name === 'cilium-agent',
  );
  const ready = containerStatus?.ready;
  return withoutUndefined<CiliumAgentFacts>({
    image: asText(container.image) ?? '',
    imageId: asText(containerStatus?.imageID),
    statusImage: asText(containerStatus?.image),
    chart: pod.labels['helm.sh/chart'],
    ready: readiness(ready),
    createdAt: pod.createdAt,
    startedAt: asText(status.startTime),
  });
}

function readiness(ready: unknown): 'yes' | 'no' | 'unknown' {
  if (ready === true) {
    return 'yes';
  }
  return ready === false ? 'no' : 'unknown';
}
