import type { Entity } from '@backstage/catalog-model';

/** A User of the catalog with the relations that the catalog would give it. */
export function person(name: string, groups: string[]): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'User',
    metadata: { name, namespace: 'default' },
    spec: { memberOf: groups },
    relations: groups.map(parent => ({
      type: 'memberOf',
      targetRef: `group:default/${parent}`,
    })),
  };
}

/** A Group of the catalog with the relations that the catalog would give it. */
export function group(name: string, parents: string[] = []): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name, namespace: 'default' },
    spec: { type: 'team', children: [] },
    relations: parents.map(parent => ({
      type: 'childOf',
      targetRef: `group:default/${parent}`,
    })),
  };
}
