import { createHash } from 'node:crypto';

function opaqueId(parts: string[]): string {
  return createHash('sha256')
    .update(JSON.stringify(parts))
    .digest('hex')
    .slice(0, 32);
}

/** Opaque, URL-safe id of a profile; the same for the same object in the same cluster, also after a restart. */
export function profileId(
  clusterId: string,
  object: { kind: string; namespace?: string; name: string },
): string {
  return opaqueId([
    'profile',
    clusterId,
    object.kind,
    object.namespace ?? '',
    object.name,
  ]);
}

/** Opaque, URL-safe id of a workload; the same for the same object in the same cluster, also after a restart. */
export function workloadId(
  clusterId: string,
  object: { apiGroup: string; kind: string; namespace: string; name: string },
): string {
  return opaqueId([
    'workload',
    clusterId,
    object.apiGroup,
    object.kind,
    object.namespace,
    object.name,
  ]);
}

/** A short hash over any JSON value, to tell whether it changed. */
export function contentHash(value: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(value) ?? '')
    .digest('hex')
    .slice(0, 32);
}
