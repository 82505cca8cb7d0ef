import type { Entity } from '@backstage/catalog-model';

/** A Component of the catalog, owned by the team of its name. */
export function component(
  name: string,
  annotations: Record<string, string> = {},
  fields: { namespace?: string; spec?: Record<string, string> } = {},
): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, namespace: fields.namespace ?? 'default', annotations },
    spec: {
      type: 'service',
      lifecycle: 'production',
      owner: `team-${name}`,
      ...fields.spec,
    },
  };
}
