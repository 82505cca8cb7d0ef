import { createHash } from 'node:crypto';
import {
  ANNOTATION_LOCATION,
  ANNOTATION_ORIGIN_LOCATION,
  type Entity,
} from '@backstage/catalog-model';
import type { WorkloadSummary } from '@security-profiles/backstage-plugin-security-profiles-common';

/** Label that ties a workload to the entity that has the same value as annotation. */
const KUBERNETES_ID = 'backstage.io/kubernetes-id';
const KUBERNETES_LABEL_SELECTOR = 'backstage.io/kubernetes-label-selector';
const KUBERNETES_NAMESPACE = 'backstage.io/kubernetes-namespace';

/** Annotation that names the one workload of an entity, as `<cluster>/<namespace>/<kind>/<name>`. */
const WORKLOAD_ANNOTATION = 'security-profiles.io/workload';

const PART_OF = 'app.kubernetes.io/part-of';
const NAME = 'app.kubernetes.io/name';
const MAX_NAME = 63;
const UNOWNED = 'unowned';
const LOCATION = 'security-profiles-clusters:generated';

// What every cluster brings along. Nobody owns a service there, and its dataplane has rows of its own.
const SYSTEM_NAMESPACES: ReadonlySet<string> = new Set([
  'kube-system',
  'kube-public',
  'kube-node-lease',
  'security-profiles-operator',
  'openshift-security-profiles',
  'cilium',
  'cilium-secrets',
  'cert-manager',
  'local-path-storage',
]);

/** Options of {@link makeEntities}. */
export interface MakeEntitiesOptions {
  /** Label of workloads whose value is the owning group's name. Without it everything is owned by `unowned`. */
  ownerLabel?: string;
}

/** What {@link makeEntities} made of the workloads, and what it left out. */
export interface GeneratedEntities {
  /** Groups, then systems, then components, each by name: the same workloads always give the same list. */
  entities: Entity[];
  /** Workloads of system namespaces, which no component is made of. */
  leftOut: { workloads: number; namespaces: string[] };
}

interface Claim {
  /** Workloads with the same key belong to one component. */
  key: string;
  name: string;
  /** Tells namesakes apart for a reader; absent for an id, which is a name that somebody chose. */
  place?: { namespace: string; cluster?: string };
  annotations: Record<string, string>;
}

/**
 * Catalog entities that stand for the given workloads: one Component for each, a System for each namespace and a Group
 * for each owner.
 *
 * @remarks
 * A Component is what shares the label `backstage.io/kubernetes-id`; without it, what shares
 * `app.kubernetes.io/part-of` and `app.kubernetes.io/name` in one namespace; both across clusters, since an environment
 * is not a service. Without these labels it is one workload of one cluster: that two workloads have the same name says
 * nothing, and an annotation can name only one. The annotations select exactly the workloads that the Component was
 * made of. Where two Components would get one name, the one with an id keeps it and the others get a suffix made of
 * what tells them apart: no name depends on the order of the workloads.
 */
export function makeEntities(
  workloads: WorkloadSummary[],
  options: MakeEntitiesOptions = {},
): GeneratedEntities {
  const system = workloads.filter(isSystem);
  const members = new Map<string, { claim: Claim; of: WorkloadSummary[] }>();
  for (const workload of workloads.filter(w => !isSystem(w)).sort(compare)) {
    const claim = claimOf(workload);
    const known = members.get(claim.key);
    if (known) {
      known.of.push(workload);
    } else {
      members.set(claim.key, { claim, of: [workload] });
    }
  }

  const all = [...members.values()];
  const componentName = uniqueNames(all.map(({ claim }) => claim));
  const systemName = uniqueNames(
    [...new Set(all.flatMap(({ of }) => of.map(w => w.namespace)))].map(
      namespace => ({ key: namespace, name: namespace }),
    ),
  );
  const owners = all.map(({ of }) => ownerOf(of, options.ownerLabel));
  const groupName = uniqueNames(
    [...new Set(owners)].map(owner => ({ key: owner, name: owner })),
  );

  const systemOwners = new Map<string, Set<string>>();
  const components = all.map(({ claim, of }, index): Entity => {
    const namespaces = [...new Set(of.map(w => w.namespace))].sort();
    for (const namespace of namespaces) {
      const known = systemOwners.get(namespace) ?? new Set<string>();
      known.add(owners[index]);
      systemOwners.set(namespace, known);
    }
    return {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: {
        name: get(componentName, claim.key),
        title: titleOf(claim, get(componentName, claim.key)),
        description: `Generated from the ${clusterList(of)}: ${countedKinds(
          of,
        )} in ${namespaces.join(', ')}`,
        tags: ['generated'],
        annotations: { ...locationAnnotations(), ...claim.annotations },
      },
      spec: {
        type: 'service',
        lifecycle: 'unknown',
        owner: `group:default/${get(groupName, owners[index])}`,
        ...(namespaces.length === 1 && {
          system: `system:default/${get(systemName, namespaces[0])}`,
        }),
      },
    };
  });

  const systems = [...systemOwners].map(
    ([namespace, known]): Entity => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'System',
      metadata: {
        name: get(systemName, namespace),
        title: namespace,
        description: `Generated from the namespace ${namespace}`,
        tags: ['generated'],
        annotations: locationAnnotations(),
      },
      spec: {
        // A namespace of several owners belongs to none of them alone.
        owner: `group:default/${
          known.size === 1 ? get(groupName, [...known][0]) : UNOWNED
        }`,
      },
    }),
  );

  const groups = new Map([...groupName].map(([label, name]) => [name, label]));
  if (systems.some(s => s.spec?.owner === `group:default/${UNOWNED}`)) {
    groups.set(UNOWNED, UNOWNED);
  }
  const groupEntities = [...groups].map(
    ([name, title]): Entity => ({
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Group',
      metadata: {
        name,
        title,
        description:
          name === UNOWNED
            ? 'Stands for the owner of what names no owner in the cluster'
            : `Generated from the label ${options.ownerLabel} in the clusters`,
        tags: ['generated'],
        annotations: locationAnnotations(),
      },
      spec: { type: 'team', children: [] },
    }),
  );

  return {
    entities: [
      ...groupEntities.sort(byName),
      ...systems.sort(byName),
      ...components.sort(byName),
    ],
    leftOut: {
      workloads: system.length,
      namespaces: [...new Set(system.map(w => w.namespace))].sort(),
    },
  };
}

function isSystem(workload: WorkloadSummary): boolean {
  return SYSTEM_NAMESPACES.has(workload.namespace);
}

function claimOf(workload: WorkloadSummary): Claim {
  const id = workload.labels[KUBERNETES_ID];
  if (id) {
    return {
      key: `id\0${id}`,
      name: id,
      annotations: { [KUBERNETES_ID]: id },
    };
  }
  const { cluster, namespace, kind, name } = workload;
  const partOf = workload.labels[PART_OF];
  const appName = workload.labels[NAME];
  if (partOf && appName) {
    return {
      key: `app\0${namespace}\0${partOf}\0${appName}`,
      name: appName,
      place: { namespace },
      annotations: {
        // A workload with an id of its own belongs to that id, even if the other labels are equal.
        [KUBERNETES_LABEL_SELECTOR]: `${PART_OF}=${partOf},${NAME}=${appName},!${KUBERNETES_ID}`,
        [KUBERNETES_NAMESPACE]: namespace,
      },
    };
  }
  return {
    key: `workload\0${cluster}\0${namespace}\0${kind}\0${name}`,
    name,
    place: { namespace, cluster },
    annotations: {
      [WORKLOAD_ANNOTATION]: `${cluster}/${namespace}/${kind}/${name}`,
    },
  };
}

/**
 * The value of the label that most of the workloads carry, so that one stray copy in a test cluster doesn't move a
 * service; between equally many the first in the alphabet.
 */
function ownerOf(
  workloads: WorkloadSummary[],
  ownerLabel: string | undefined,
): string {
  if (!ownerLabel) {
    return UNOWNED;
  }
  const counts = new Map<string, number>();
  for (const workload of workloads) {
    const value = workload.labels[ownerLabel];
    if (value) {
      counts.set(value, (counts.get(value) ?? 0) + 1);
    }
  }
  const [most] = [...counts].sort(
    ([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1),
  );
  return most ? most[0] : UNOWNED;
}

/**
 * A catalog name for each key. Where several would get one name, the one without a place (its id is a name that
 * somebody chose) keeps it, and every other one gets its namespace and a digest of its key.
 */
function uniqueNames(
  wanted: Pick<Claim, 'key' | 'name' | 'place'>[],
): Map<string, string> {
  const byClean = new Map<string, typeof wanted>();
  for (const item of wanted) {
    const clean = cleanName(item.name);
    byClean.set(clean, [...(byClean.get(clean) ?? []), item]);
  }
  const names = new Map<string, string>();
  for (const [clean, items] of byClean) {
    const exact = items.filter(item => item.name === clean);
    const chosen = exact.filter(item => item.place === undefined);
    const plain = chosen[0] ?? (items.length === 1 ? exact[0] : undefined);
    for (const item of items) {
      names.set(
        item.key,
        item === plain
          ? clean
          : withSuffix(
              item.place
                ? `${cleanName(item.place.namespace)}-${clean}`
                : clean,
              item.key,
            ),
      );
    }
  }
  return names;
}

function titleOf(claim: Claim, name: string): string {
  if (name === claim.name || !claim.place) {
    return claim.name;
  }
  const { namespace, cluster } = claim.place;
  return `${claim.name} (${cluster ? `${namespace}, ${cluster}` : namespace})`;
}

function withSuffix(name: string, key: string): string {
  const suffix = createHash('sha256').update(key).digest('hex').slice(0, 8);
  const head = name
    .slice(0, MAX_NAME - suffix.length - 1)
    .replace(/[^a-z0-9]+$/, '');
  return `${head}-${suffix}`;
}

/** Lower case, letters, digits and separators, at most 63 characters: what every kind of entity accepts. */
function cleanName(name: string): string {
  const clean = name
    .toLocaleLowerCase('en-US')
    .replace(/[^a-z0-9._-]+/g, '-')
    .slice(0, MAX_NAME)
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '');
  return clean || 'unnamed';
}

function clusterList(workloads: WorkloadSummary[]): string {
  const clusters = [...new Set(workloads.map(w => w.cluster))].sort();
  return clusters.length === 1
    ? `cluster ${clusters[0]}`
    : `clusters ${clusters.join(', ')}`;
}

function countedKinds(workloads: WorkloadSummary[]): string {
  const names = [...new Set(workloads.map(w => `${w.kind} ${w.name}`))].sort();
  return names.length > 3
    ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`
    : names.join(', ');
}

function locationAnnotations(): Record<string, string> {
  return {
    [ANNOTATION_LOCATION]: LOCATION,
    [ANNOTATION_ORIGIN_LOCATION]: LOCATION,
  };
}

function compare(a: WorkloadSummary, b: WorkloadSummary): number {
  const keyOf = (w: WorkloadSummary) =>
    [w.namespace, w.kind, w.name, w.cluster].join('\0');
  return keyOf(a) < keyOf(b) ? -1 : 1;
}

function byName(a: Entity, b: Entity): number {
  return a.metadata.name < b.metadata.name ? -1 : 1;
}

function get(names: Map<string, string>, key: string): string {
  const name = names.get(key);
  if (name === undefined) {
    throw new Error(`No name was made for ${key}`);
  }
  return name;
}
