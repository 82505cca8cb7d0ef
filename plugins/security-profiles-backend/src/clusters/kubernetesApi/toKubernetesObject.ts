import type { Depth, KubernetesObject, ResourceRef } from '../ClusterSource';

/** What an object of an answer is known to be. */
export interface ObjectShape {
  resource: ResourceRef;
  kind: string | undefined;
  depth: Depth;
}

/** Completes an object of an answer with version and kind, at its depth; undefined when it has no name. */
export function toKubernetesObject(
  value: unknown,
  shape: ObjectShape,
): KubernetesObject | undefined {
  const object = value as Partial<KubernetesObject> | null | undefined;
  const metadata = object?.metadata;
  if (typeof metadata?.name !== 'string' || metadata.name === '') {
    return undefined;
  }
  const { group, version } = shape.resource;
  const apiVersion = group ? `${group}/${version}` : version;
  if (shape.depth === 'metadata') {
    return { apiVersion, kind: shape.kind, metadata };
  }
  return {
    ...object,
    apiVersion: object?.apiVersion ?? apiVersion,
    kind: object?.kind ?? shape.kind,
    metadata,
  };
}
