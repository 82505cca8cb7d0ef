import { createHash } from 'node:crypto';
import type {
  ClusterProblem,
  DiscoveredResource,
  KubernetesObject,
  ResourceRef,
} from '../ClusterSource';
import { readKinds, splitApiVersion, type KindTable } from './readKinds';
import type { ManifestFile } from './ManifestFolder';

/** Options of {@link assembleObjects}. */
export interface AssembleObjectsOptions {
  /** Goes into made-up uids, so that those of two clusters differ. */
  clusterName: string;
  files: ManifestFile[];
  /** Stand in place of objects of the files with the same kind, namespace and name, or beside them. */
  overlay: KubernetesObject[];
}

/** The cluster that a folder describes. */
export interface AssembledObjects {
  objects: { resource: ResourceRef; object: KubernetesObject }[];
  resources: DiscoveredResource[];
  /** The nodes' kubelet version where all agree. */
  kubernetesVersion?: string;
  problems: ClusterProblem[];
}

interface Candidate {
  object: KubernetesObject;
  /** Undefined for an object of the overlay. */
  where?: string;
}

/**
 * Makes one cluster of the objects of many files: the namespace follows the kind's scope (`default` where it is left
 * out, as kubectl does), uids that are left out are made from cluster, kind, namespace and name, and of two objects
 * with the same identity the first stays.
 */
export function assembleObjects(
  options: AssembleObjectsOptions,
): AssembledObjects {
  const { files, overlay, clusterName } = options;
  const candidates: Candidate[] = [
    ...overlay.map(object => ({ object })),
    ...files.flatMap(file =>
      file.objects.map(({ object, line }) => ({
        object,
        where: `${file.path}:${line}`,
      })),
    ),
  ];
  const kinds = readKinds(candidates.map(({ object }) => object));
  const problems: ClusterProblem[] = [];
  const chosen = new Map<string, Candidate>();
  for (const { object, where } of candidates) {
    const scoped = withNamespace(object, kinds);
    const key = identityOf(scoped, kinds);
    const first = chosen.get(key);
    if (!first) {
      chosen.set(key, { object: scoped, where });
    } else if (first.where && where) {
      problems.push({
        where,
        message: `${describe(scoped)} is already defined in ${
          first.where
        }; this one is ignored.`,
      });
    }
  }

  const uidFor = (identity: string) => uidOf(clusterName, identity);
  const objects = [...chosen].map(([key, { object }]) => ({
    resource: kinds.resourceOf(object),
    object: withOwnerUids(
      withUid(object, uidFor(key)),
      (owner: KubernetesObject) => {
        const identity = identityOf(owner, kinds);
        return chosen.get(identity)?.object.metadata.uid ?? uidFor(identity);
      },
      kinds,
    ),
  }));
  return {
    objects,
    resources: kinds.resources,
    kubernetesVersion: versionOfNodes(objects.map(({ object }) => object)),
    problems,
  };
}

function withNamespace(
  object: KubernetesObject,
  kinds: KindTable,
): KubernetesObject {
  const { namespace, ...metadata } = object.metadata;
  return kinds.resourceOf(object).scope === 'Cluster'
    ? { ...object, metadata }
    : {
        ...object,
        metadata: { ...metadata, namespace: namespace ?? 'default' },
      };
}

function withUid(object: KubernetesObject, uid: string): KubernetesObject {
  return object.metadata.uid
    ? object
    : { ...object, metadata: { ...object.metadata, uid } };
}

function withOwnerUids(
  object: KubernetesObject,
  uidOfOwner: (owner: KubernetesObject) => string,
  kinds: KindTable,
): KubernetesObject {
  const { ownerReferences } = object.metadata;
  if (!ownerReferences?.some(owner => !owner.uid)) {
    return object;
  }
  const resolved = ownerReferences.map(owner => {
    if (owner.uid) {
      return owner;
    }
    const target = withNamespace(
      {
        apiVersion: owner.apiVersion,
        kind: owner.kind,
        metadata: { name: owner.name, namespace: object.metadata.namespace },
      },
      kinds,
    );
    return { ...owner, uid: uidOfOwner(target) };
  });
  return {
    ...object,
    metadata: { ...object.metadata, ownerReferences: resolved },
  };
}

function identityOf(object: KubernetesObject, kinds: KindTable): string {
  const { group, plural } = kinds.resourceOf(object);
  const { namespace, name } = object.metadata;
  return JSON.stringify([group, plural, namespace ?? '', name]);
}

function uidOf(clusterName: string, identity: string): string {
  const hex = createHash('sha256')
    .update(JSON.stringify([clusterName, identity]))
    .digest('hex');
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-');
}

function versionOfNodes(objects: KubernetesObject[]): string | undefined {
  const versions = new Set<unknown>();
  for (const object of objects) {
    if (object.kind === 'Node' && splitApiVersion(object).group === '') {
      const status = object.status as
        | { nodeInfo?: { kubeletVersion?: unknown } }
        | undefined
        | null;
      versions.add(status?.nodeInfo?.kubeletVersion);
    }
  }
  const [version] = versions;
  return versions.size === 1 && typeof version === 'string'
    ? version
    : undefined;
}

function describe(object: KubernetesObject): string {
  const { namespace, name } = object.metadata;
  return `${object.kind} ${namespace ? `${namespace}/` : ''}${name}`;
}
