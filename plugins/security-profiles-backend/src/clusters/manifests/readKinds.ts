import type { DiscoveredResource, KubernetesObject } from '../ClusterSource';
import { SPO_GROUP } from '../spoGroup';
import {
  BUILT_IN_KINDS,
  OTHER_KINDS,
  SPO_KINDS,
  type KnownKind,
} from './knownKinds';

/** Which kinds a folder of manifests has, and where objects of them belong. */
export interface KindTable {
  /** What discovery lists. */
  resources: DiscoveredResource[];
  /** The resource of an object; one is made up for a kind that was never seen. */
  resourceOf(object: KubernetesObject): DiscoveredResource;
}

/**
 * Derives the served kinds from the objects themselves: Kubernetes' own kinds always; the operator's kinds all
 * together when there is an object of its group or a CustomResourceDefinition of it, else none; others as they occur.
 * A CustomResourceDefinition among the objects has the last word on plural, scope and versions.
 */
export function readKinds(objects: KubernetesObject[]): KindTable {
  const defined = new Map<string, KnownKind>();
  const seen = new Map<string, Set<string>>();
  for (const object of objects) {
    const definition = kindOfDefinition(object);
    if (definition) {
      defined.set(keyOf(definition.group, definition.kind), definition);
    }
    const { group, version } = splitApiVersion(object);
    const key = keyOf(group, object.kind ?? '');
    seen.set(key, (seen.get(key) ?? new Set()).add(version));
  }

  const kinds = new Map<string, KnownKind>();
  const add = (kind: KnownKind) =>
    kinds.set(keyOf(kind.group, kind.kind), kind);
  BUILT_IN_KINDS.forEach(add);
  for (const kind of operatorKinds(objects, seen, defined)) {
    add(kind);
  }
  for (const key of seen.keys()) {
    if (!kinds.has(key)) {
      const [group, kind] = JSON.parse(key) as [string, string];
      add(knownOrGuessed(group, kind, [...(seen.get(key) ?? [])]));
    }
  }
  for (const kind of defined.values()) {
    add(kind);
  }

  const resources = [...kinds.values()].flatMap(kind =>
    servedVersions(kind, seen).map(version => resource(kind, version)),
  );
  return {
    resources,
    resourceOf: object => {
      const { group, version } = splitApiVersion(object);
      const name = object.kind ?? '';
      const kind =
        kinds.get(keyOf(group, name)) ?? knownOrGuessed(group, name, [version]);
      return resource(kind, version);
    },
  };
}

/** Takes `apps/v1` apart; the core group is empty. */
export function splitApiVersion(object: { apiVersion?: string }): {
  group: string;
  version: string;
} {
  const parts = (object.apiVersion ?? '').split('/');
  return parts.length > 1
    ? { group: parts[0], version: parts[1] }
    : { group: '', version: parts[0] };
}

function operatorKinds(
  objects: KubernetesObject[],
  seen: Map<string, Set<string>>,
  defined: Map<string, KnownKind>,
): KnownKind[] {
  const ofGroup = objects.filter(
    object => splitApiVersion(object).group === SPO_GROUP,
  );
  if (ofGroup.length === 0) {
    // With nothing but definitions, exactly the defined kinds are served.
    return [];
  }
  const hasCurrent =
    ofGroup.some(object => splitApiVersion(object).version === 'v1') ||
    [...defined.values()].some(
      kind => kind.group === SPO_GROUP && kind.versions.includes('v1'),
    );
  // The operator's kinds became cluster-scoped together, with 0.9.0; a profile with a namespace that is no v1 object
  // shows a cluster from before.
  const isNamespacedEra =
    !hasCurrent &&
    ofGroup.some(
      object =>
        object.metadata.namespace !== undefined &&
        SPO_KINDS.some(
          kind => kind.kind === object.kind && kind.scope === 'Cluster',
        ),
    );
  return SPO_KINDS.map(kind => {
    const versionsSeen = [...(seen.get(keyOf(kind.group, kind.kind)) ?? [])];
    const versionOfEra = hasCurrent ? kind.versions[0] : kind.versions[1];
    return {
      ...kind,
      versions: versionsSeen.length > 0 ? versionsSeen : [versionOfEra],
      scope: isNamespacedEra ? 'Namespaced' : kind.scope,
    };
  });
}

function servedVersions(
  kind: KnownKind,
  seen: Map<string, Set<string>>,
): string[] {
  return [
    ...new Set([
      ...kind.versions,
      ...(seen.get(keyOf(kind.group, kind.kind)) ?? []),
    ]),
  ];
}

function kindOfDefinition(object: KubernetesObject): KnownKind | undefined {
  if (
    object.kind !== 'CustomResourceDefinition' ||
    splitApiVersion(object).group !== 'apiextensions.k8s.io'
  ) {
    return undefined;
  }
  const spec = object.spec as
    | {
        group?: unknown;
        scope?: unknown;
        names?: { kind?: unknown; plural?: unknown };
        versions?: unknown;
      }
    | undefined
    | null;
  const group = spec?.group;
  const kind = spec?.names?.kind;
  const plural = spec?.names?.plural;
  if (
    typeof group !== 'string' ||
    typeof kind !== 'string' ||
    typeof plural !== 'string' ||
    !Array.isArray(spec?.versions)
  ) {
    return undefined;
  }
  const versions = spec.versions
    .filter(version => version?.served === true)
    .map(version => String(version.name));
  const scope = spec.scope === 'Cluster' ? 'Cluster' : 'Namespaced';
  return { group, kind, plural, scope, versions };
}

function knownOrGuessed(
  group: string,
  kind: string,
  versions: string[],
): KnownKind {
  const known = [...BUILT_IN_KINDS, ...SPO_KINDS, ...OTHER_KINDS].find(
    each => each.group === group && each.kind === kind,
  );
  return known
    ? { ...known, versions }
    : { group, kind, versions, plural: naivePlural(kind), scope: 'Namespaced' };
}

function naivePlural(kind: string): string {
  const lower = kind.toLowerCase();
  if (/(s|x|z|ch|sh)$/.test(lower)) {
    return `${lower}es`;
  }
  return /[^aeiou]y$/.test(lower) ? `${lower.slice(0, -1)}ies` : `${lower}s`;
}

function resource(kind: KnownKind, version: string): DiscoveredResource {
  return {
    group: kind.group,
    version,
    plural: kind.plural,
    kind: kind.kind,
    scope: kind.scope,
  };
}

function keyOf(group: string, kind: string): string {
  return JSON.stringify([group, kind]);
}
