import type { ProfileKind, ProfileObject } from '@security-profiles/analysis';
import type { KubernetesObject } from '../../clusters/ClusterSource';
import { asLabels, asRecord, asText, withoutUndefined } from './readFields';

/** Width of the column; an API server's uids have 36 characters. */
const longestUid = 128;

/** Keeps of an SPO profile its spec, the names pods may use and the operator's claim of its content. */
export function projectProfile(
  object: KubernetesObject,
  options: { kind: ProfileKind; version: string; namespaced: 'yes' | 'no' },
): ProfileObject {
  const { metadata } = object;
  const status = asRecord(object.status);
  const labels = asLabels(metadata.labels);
  return withoutUndefined<ProfileObject>({
    kind: options.kind,
    version: options.version,
    namespace:
      options.namespaced === 'yes' ? asText(metadata.namespace) : undefined,
    name: metadata.name,
    uid: (asText(metadata.uid) ?? `${options.kind}/${metadata.name}`).slice(
      0,
      longestUid,
    ),
    spec: asRecord(object.spec) ?? {},
    statusName:
      asText(status?.localhostProfile) ?? asText(status?.usage) ?? undefined,
    syscallsAnnotation: asText(metadata.annotations?.syscalls),
    labels: Object.keys(labels).length > 0 ? labels : undefined,
    deleting: typeof metadata.deletionTimestamp === 'string' ? true : undefined,
  });
}

/** One profile's state on one node, from the labels of a SecurityProfileNodeStatus. */
export interface NodeStatusFacts {
  name: string;
  namespace: string;
  profileId: string;
  node: string;
  state: string;
  /** uid of the profile that owns it. */
  profileUid?: string;
}

/**
 * Reads a node status from its labels, which are the same in every version of the operator, while its fields are not.
 * Undefined where the labels are missing.
 */
export function projectNodeStatus(
  object: KubernetesObject,
): NodeStatusFacts | undefined {
  const labels = asLabels(object.metadata.labels);
  const profileId = labels['spo.x-k8s.io/profile-id'];
  const node = labels['spo.x-k8s.io/node-name'];
  const state = labels['spo.x-k8s.io/profile-state'];
  if (!profileId || !node || !state) {
    return undefined;
  }
  const owner = Array.isArray(object.metadata.ownerReferences)
    ? object.metadata.ownerReferences[0]
    : undefined;
  return withoutUndefined({
    name: object.metadata.name,
    namespace: asText(object.metadata.namespace) ?? '',
    profileId,
    node,
    state,
    profileUid: asText(owner?.uid),
  });
}
