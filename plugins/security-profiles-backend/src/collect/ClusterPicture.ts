import { operatorVersion } from '@security-profiles/analysis';
import type { KubernetesObject } from '../clusters/ClusterSource';
import type {
  CollectedNamespace,
  InventoryChanges,
  TopicName,
} from '../facts/CollectedFacts';
import { ciliumNodeConfigsKey } from '../facts/CollectedDataplane';
import { emptyChanges } from '../facts/emptyChanges';
import { ClusterTopics } from './ClusterTopics';
import { DataplaneIndex } from './DataplaneIndex';
import { NodeIndex } from './NodeIndex';
import { ProfileIndexer } from './ProfileIndexer';
import { projectNode } from './projections/projectNode';
import { projectPod } from './projections/projectPod';
import {
  projectNodeStatus,
  projectProfile,
} from './projections/projectProfile';
import {
  projectController,
  projectOwnerOnly,
} from './projections/projectWorkload';
import { asLabels } from './projections/readFields';
import {
  type CollectedResource,
  nodeStatusesKey,
  profileKinds,
} from './resources';
import { WorkloadIndex } from './WorkloadIndex';

/** How a resource is served: the version that is read and its scope. */
export interface ServedResource {
  resource: CollectedResource;
  version: string;
  scope: 'Cluster' | 'Namespaced';
}

const podsKey = 'pods';

/** Names beyond this are refused by an API server; control characters break databases and logs. */
const acceptableName = /^[^\p{Cc}]{1,253}$/u;

/**
 * What one cluster holds, projected. Objects are thrown away the moment they arrive: only projections stay.
 */
export class ClusterPicture {
  /** What of the controllers and settings the dataplane is judged by. */
  readonly dataplane = new DataplaneIndex();
  private readonly workloads: WorkloadIndex;
  private readonly profiles: ProfileIndexer;
  private readonly nodes = new NodeIndex();
  private readonly topics = new ClusterTopics();
  private readonly namespaces = new Map<string, CollectedNamespace>();
  private readonly dirtyNamespaces = new Set<string>();
  /** Keys of the objects of a resource; the index of workloads has those of pods. */
  private readonly keys = new Map<string, Set<string>>();

  constructor(options: { clusterId: string }) {
    this.workloads = new WorkloadIndex(options);
    this.profiles = new ProfileIndexer(options);
  }

  /** Takes an object in; `skipped` when its name is none that an API server would accept. */
  put(served: ServedResource, object: KubernetesObject): 'kept' | 'skipped' {
    const { name, namespace } = object.metadata;
    if (
      !isAcceptable(name) ||
      (namespace !== undefined && !isAcceptable(namespace))
    ) {
      return 'skipped';
    }
    const key = objectKey(object);
    const { resource } = served;
    if (resource.key !== podsKey) {
      const keys = this.keys.get(resource.key) ?? new Set();
      this.keys.set(resource.key, keys.add(key));
    }
    const profileKind = profileKinds.get(resource.key);
    if (profileKind) {
      this.profiles.put(
        projectProfile(object, {
          kind: profileKind,
          version: served.version,
          namespaced: served.scope === 'Namespaced' ? 'yes' : 'no',
        }),
      );
      return 'kept';
    }
    this.topics.put(resource.key, key, object);
    switch (resource.key) {
      case podsKey: {
        const pod = projectPod(object);
        this.workloads.putPod(key, pod);
        this.nodes.putPod(key, pod);
        break;
      }
      case 'nodes':
        this.nodes.putNode(projectNode(object));
        break;
      case 'namespaces':
        this.namespaces.set(name, {
          name,
          labels: asLabels(object.metadata.labels),
        });
        this.dirtyNamespaces.add(name);
        break;
      case nodeStatusesKey:
        this.profiles.putStatus(key, projectNodeStatus(object));
        break;
      case ciliumNodeConfigsKey:
        this.dataplane.putNodeConfig(key, object);
        break;
      default:
        if (resource.group === 'apps' || resource.group === 'batch') {
          this.putController(resource, object);
        }
    }
    return 'kept';
  }

  /** Takes an object out. */
  remove(served: ServedResource, object: KubernetesObject): void {
    this.removeKey(served, objectKey(object));
  }

  /** How many objects of a resource are held. */
  count(resource: CollectedResource): number {
    return resource.key === podsKey
      ? this.workloads.podKeys.size
      : this.keys.get(resource.key)?.size ?? 0;
  }

  /** After a full list: takes out everything that the list did not name. */
  retain(served: ServedResource, listed: ReadonlySet<string>): void {
    const held =
      served.resource.key === podsKey
        ? this.workloads.podKeys.keys()
        : this.keys.get(served.resource.key) ?? [];
    for (const key of [...held]) {
      if (!listed.has(key)) {
        this.removeKey(served, key);
      }
    }
  }

  /** The operator's version, where one of its own objects says it. */
  get operatorVersion(): string | undefined {
    const topic = this.topics.build('operator');
    return topic.name === 'operator' && topic.facts
      ? operatorVersion(topic.facts)?.value
      : undefined;
  }

  /** What changed since the last call. `heldBack` are topics that are not to be handed over yet. */
  takeChanges(
    options: { heldBack?: ReadonlySet<TopicName> } = {},
  ): InventoryChanges {
    const changes = emptyChanges();
    for (const topic of [...this.topics.dirty]) {
      if (!options.heldBack?.has(topic)) {
        changes.topics.push(this.topics.build(topic));
        this.topics.dirty.delete(topic);
      }
    }
    for (const key of this.workloads.dirty) {
      const workload = this.workloads.build(key);
      if (workload) {
        changes.workloads.push(workload);
      } else {
        changes.removedWorkloads.push(this.workloads.idOf(key));
      }
    }
    for (const id of this.profiles.dirty) {
      const profile = this.profiles.build(id);
      if (profile) {
        changes.profiles.push(profile);
      } else {
        changes.removedProfiles.push(id);
      }
    }
    for (const name of this.nodes.dirty) {
      const node = this.nodes.build(name);
      if (node) {
        changes.nodes.push(node);
      } else if (name) {
        changes.removedNodes.push(name);
      }
    }
    for (const name of this.dirtyNamespaces) {
      const namespace = this.namespaces.get(name);
      if (namespace) {
        changes.namespaces.push(namespace);
      } else {
        changes.removedNamespaces.push(name);
      }
    }
    this.workloads.dirty.clear();
    this.profiles.dirty.clear();
    this.nodes.dirty.clear();
    this.dirtyNamespaces.clear();
    return changes;
  }

  /** After a write that failed: what it held is built anew at the next. */
  markDirty(changes: InventoryChanges): void {
    for (const key of this.workloads.keys()) {
      this.workloads.dirty.add(key);
    }
    for (const { id } of changes.profiles) {
      this.profiles.dirty.add(id);
    }
    for (const { name } of changes.nodes) {
      this.nodes.dirty.add(name);
    }
    for (const { name } of changes.namespaces) {
      this.dirtyNamespaces.add(name);
    }
    for (const id of changes.removedProfiles) {
      this.profiles.dirty.add(id);
    }
    for (const name of changes.removedNodes) {
      this.nodes.dirty.add(name);
    }
    for (const name of changes.removedNamespaces) {
      this.dirtyNamespaces.add(name);
    }
    for (const { name } of changes.topics) {
      this.topics.dirty.add(name);
    }
  }

  /** Ids and names of everything held, to find what is stored but gone. */
  held(): {
    workloads: Set<string>;
    profiles: Set<string>;
    nodes: Set<string>;
    namespaces: Set<string>;
  } {
    return {
      workloads: new Set(
        [...this.workloads.keys()].map(key => this.workloads.idOf(key)),
      ),
      profiles: this.profiles.ids(),
      nodes: this.nodes.names(),
      namespaces: new Set(this.namespaces.keys()),
    };
  }

  private putController(
    resource: CollectedResource,
    object: KubernetesObject,
  ): void {
    const options = { apiGroup: resource.group, kind: resource.kind };
    const facts =
      resource.depth === 'metadata'
        ? projectOwnerOnly(object, options)
        : projectController(object, options);
    this.workloads.putController(facts);
    if (resource.kind === 'DaemonSet' || resource.kind === 'Deployment') {
      this.dataplane.putController(objectKey(object), resource.kind, object);
    }
  }

  private removeKey(served: ServedResource, key: string): void {
    const { resource } = served;
    const wasHeld =
      resource.key === podsKey
        ? this.workloads.podKeys.has(key)
        : this.keys.get(resource.key)?.delete(key);
    if (!wasHeld) {
      return;
    }
    this.topics.remove(resource.key, key);
    const { namespace, name } = splitKey(key);
    const profileKind = profileKinds.get(resource.key);
    if (profileKind) {
      this.profiles.remove({
        kind: profileKind,
        namespace: served.scope === 'Namespaced' ? namespace : undefined,
        name,
      });
      return;
    }
    switch (resource.key) {
      case podsKey:
        this.workloads.removePod(key);
        this.nodes.removePod(key);
        break;
      case 'nodes':
        this.nodes.removeNode(name);
        break;
      case 'namespaces':
        this.namespaces.delete(name);
        this.dirtyNamespaces.add(name);
        break;
      case nodeStatusesKey:
        this.profiles.removeStatus(key);
        break;
      case ciliumNodeConfigsKey:
        this.dataplane.removeNodeConfig(key);
        break;
      default:
        if (resource.group === 'apps' || resource.group === 'batch') {
          if (resource.kind === 'DaemonSet' || resource.kind === 'Deployment') {
            this.dataplane.removeController(key, resource.kind);
          }
          this.workloads.removeController({
            apiGroup: resource.group,
            kind: resource.kind,
            namespace: namespace ?? 'default',
            name,
          });
        }
    }
  }
}

function isAcceptable(name: unknown): boolean {
  return typeof name === 'string' && acceptableName.test(name);
}

/** Key of an object within its resource; no acceptable name has a line end in it. */
export function objectKey(object: KubernetesObject): string {
  return `${object.metadata.namespace ?? ''}\n${object.metadata.name}`;
}

function splitKey(key: string): { namespace?: string; name: string } {
  const end = key.indexOf('\n');
  return {
    namespace: key.slice(0, end) || undefined,
    name: key.slice(end + 1),
  };
}
