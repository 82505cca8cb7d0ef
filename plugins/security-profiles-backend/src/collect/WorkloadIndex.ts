import {
  appArmorAnnotation,
  type DeclaredContainer,
  listContainers,
  type PodSecuritySpec,
  type TemplateSettings,
} from '@security-profiles/analysis';
import type {
  CollectedContainer,
  CollectedWorkload,
} from '../facts/CollectedFacts';
import { contentHash, workloadId } from '../facts/ids';
import { type Interned, Interner } from './Interner';
import type { OwnerFacts, PodFacts } from './projections/projectPod';
import type { ControllerFacts } from './projections/projectWorkload';

/**
 * Pods that differ in nothing but their node: most of a workload. What is kept of them is kept once, with their number
 * per node.
 */
interface PodGroup {
  readonly key: string;
  readonly owner?: OwnerFacts;
  readonly namespace: string;
  /** Empty for pods of a workload; a pod by itself is a workload of its name. */
  readonly name: string;
  readonly counted: 'yes' | 'no';
  readonly labels: Interned<Record<string, string>>;
  readonly spec: Interned<PodSecuritySpec>;
  readonly nodes: Map<string, number>;
  /** Those whose containers are known to have started. */
  readonly started: Set<PodEntry>;
  workloadKey: string;
  pods: number;
}

/** All that is kept of one pod. */
interface PodEntry {
  readonly group: PodGroup;
  readonly node: Interned<string>;
  readonly started?: Record<string, string>;
}

interface WorkloadIdentity {
  apiGroup: string;
  kind: string;
  namespace: string;
  name: string;
}

/** Controllers that stand for their pods even while none runs. A ReplicaSet is read without its template. */
const standingKinds = new Set([
  'Deployment',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
]);

/** Deeper chains than Pod → ReplicaSet → Deployment → operator's object do not help a reader. */
const longestOwnerChain = 4;

function keyOf(identity: WorkloadIdentity): string {
  return JSON.stringify([
    identity.apiGroup,
    identity.kind,
    identity.namespace,
    identity.name,
  ]);
}

function identityOf(key: string): WorkloadIdentity {
  const [apiGroup, kind, namespace, name] = JSON.parse(key);
  return { apiGroup, kind, namespace, name };
}

/** Pods that count for a level: Pending or Running (api: levels). */
function counts(phase: string): 'yes' | 'no' {
  return phase === 'Pending' || phase === 'Running' ? 'yes' : 'no';
}

/** Which pods belong to which workload of one cluster, and what the workloads look like. */
export class WorkloadIndex {
  /** Keys of workloads to build anew; whoever builds them clears it. */
  readonly dirty = new Set<string>();
  private readonly pods = new Map<string, PodEntry>();
  private readonly groups = new Map<string, PodGroup>();
  private readonly groupsByWorkload = new Map<string, Set<PodGroup>>();
  private readonly groupsByOwner = new Map<string, Set<PodGroup>>();
  private readonly controllers = new Map<string, ControllerFacts>();
  private readonly controllersByUid = new Map<string, ControllerFacts>();
  /** Uids of controllers by the uid of their owner. */
  private readonly controllersByOwner = new Map<string, Set<string>>();
  private readonly labels = new Interner<Record<string, string>>();
  private readonly specs = new Interner<PodSecuritySpec>();
  private readonly nodes = new Interner<string>();
  private readonly clusterId: string;

  constructor(options: { clusterId: string }) {
    this.clusterId = options.clusterId;
  }

  putPod(key: string, pod: PodFacts): void {
    const group = this.groupOf(pod);
    const before = this.pods.get(key);
    if (
      before?.group === group &&
      before.node.value === pod.node &&
      JSON.stringify(before.started) === JSON.stringify(pod.started)
    ) {
      return;
    }
    const entry: PodEntry = {
      group,
      node: this.nodes.take(pod.node),
      started: pod.started,
    };
    this.add(entry);
    this.pods.set(key, entry);
    this.dirty.add(group.workloadKey);
    if (before) {
      this.take(before);
    }
  }

  removePod(key: string): void {
    const before = this.pods.get(key);
    if (before) {
      this.pods.delete(key);
      this.take(before);
    }
  }

  /** Keys of the pods that are held. */
  get podKeys(): Pick<ReadonlyMap<string, unknown>, 'size' | 'has' | 'keys'> {
    return this.pods;
  }

  putController(controller: ControllerFacts): void {
    const key = keyOf(controller);
    const before = this.controllers.get(key);
    if (before && JSON.stringify(before) === JSON.stringify(controller)) {
      return;
    }
    if (before) {
      this.forget(before);
    }
    this.controllers.set(key, controller);
    this.controllersByUid.set(controller.uid, controller);
    if (controller.owner) {
      addTo(this.controllersByOwner, controller.owner.uid, controller.uid);
    }
    this.dirty.add(key);
    this.reresolve(controller.uid);
  }

  removeController(identity: WorkloadIdentity): void {
    const key = keyOf(identity);
    const before = this.controllers.get(key);
    if (!before) {
      return;
    }
    this.controllers.delete(key);
    this.forget(before);
    this.dirty.add(key);
    this.reresolve(before.uid);
  }

  /** Keys of every workload there is. */
  keys(): Set<string> {
    const keys = new Set(this.groupsByWorkload.keys());
    for (const key of this.controllers.keys()) {
      keys.add(key);
    }
    return keys;
  }

  idOf(key: string): string {
    return workloadId(this.clusterId, identityOf(key));
  }

  /** The workload as it stands now; undefined where there is nothing to judge. */
  build(key: string): CollectedWorkload | undefined {
    const identity = identityOf(key);
    const controller = this.controllers.get(key);
    const live = [...(this.groupsByWorkload.get(key) ?? [])].filter(
      group => group.counted === 'yes',
    );
    const pods = live.reduce((sum, group) => sum + group.pods, 0);
    const stands =
      controller !== undefined &&
      standingKinds.has(controller.kind) &&
      controller.template !== undefined &&
      !(controller.owner && this.isWorkload(controller.owner));
    if (pods === 0 && !stands) {
      return undefined;
    }
    const labelSets = new Map<string, Record<string, string>>();
    for (const labels of [
      controller?.labels,
      controller?.templateLabels,
      ...live.map(group => group.labels.value),
    ]) {
      if (labels && Object.keys(labels).length > 0) {
        labelSets.set(JSON.stringify(Object.entries(labels).sort()), labels);
      }
    }
    const content = {
      ...identity,
      // Order of pods is the order of the watch: sorted, equal facts have equal hashes.
      labelSets: [...labelSets.entries()]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([, labels]) => labels),
      pathPrefix:
        identity.kind === 'Pod'
          ? 'spec'
          : controller?.pathPrefix ?? 'spec.template.spec',
      pods,
      containers:
        pods > 0
          ? liveContainers(live, controller?.template)
          : templateContainers(controller!.template!),
    };
    return {
      id: workloadId(this.clusterId, identity),
      ...content,
      contentHash: contentHash(content),
    };
  }

  private isWorkload(owner: OwnerFacts): boolean {
    return owner.kind !== 'Node';
  }

  private resolve(pod: {
    owner?: OwnerFacts;
    namespace: string;
    name: string;
  }): WorkloadIdentity {
    let identity: WorkloadIdentity = {
      apiGroup: '',
      kind: 'Pod',
      namespace: pod.namespace,
      name: pod.name,
    };
    let { owner } = pod;
    for (
      let step = 0;
      step < longestOwnerChain && owner && this.isWorkload(owner);
      step += 1
    ) {
      identity = {
        apiGroup: owner.apiGroup,
        kind: owner.kind,
        namespace: pod.namespace,
        name: owner.name,
      };
      owner = this.controllersByUid.get(owner.uid)?.owner;
    }
    return identity;
  }

  private forget(controller: ControllerFacts): void {
    if (this.controllersByUid.get(controller.uid) === controller) {
      this.controllersByUid.delete(controller.uid);
    }
    if (controller.owner) {
      removeFrom(this.controllersByOwner, controller.owner.uid, controller.uid);
    }
  }

  /** After a change to one link of a chain: everything below it may belong to another workload. */
  private reresolve(ownerUid: string, depth = 1): void {
    if (depth < longestOwnerChain) {
      for (const uid of this.controllersByOwner.get(ownerUid) ?? []) {
        this.reresolve(uid, depth + 1);
      }
    }
    for (const group of this.groupsByOwner.get(ownerUid) ?? []) {
      const workloadKey = keyOf(this.resolve(group));
      if (workloadKey !== group.workloadKey) {
        this.dirty.add(group.workloadKey);
        this.dirty.add(workloadKey);
        removeFrom(this.groupsByWorkload, group.workloadKey, group);
        group.workloadKey = workloadKey;
        addTo(this.groupsByWorkload, workloadKey, group);
      }
    }
  }

  private groupOf(pod: PodFacts): PodGroup {
    const { owner, namespace } = pod;
    const labels = this.labels.take(pod.labels);
    const spec = this.specs.take(pod.spec);
    const counted = counts(pod.phase);
    const name = owner && this.isWorkload(owner) ? '' : pod.name;
    const key = JSON.stringify([
      namespace,
      name,
      counted,
      labels.id,
      spec.id,
      owner?.uid,
      owner?.kind,
      owner?.name,
      owner?.apiGroup,
    ]);
    const found = this.groups.get(key);
    if (found) {
      this.labels.release(labels);
      this.specs.release(spec);
      return found;
    }
    const group: PodGroup = {
      key,
      owner,
      namespace,
      name,
      counted,
      labels,
      spec,
      nodes: new Map(),
      started: new Set(),
      workloadKey: keyOf(this.resolve({ owner, namespace, name })),
      pods: 0,
    };
    this.groups.set(key, group);
    addTo(this.groupsByWorkload, group.workloadKey, group);
    if (owner) {
      addTo(this.groupsByOwner, owner.uid, group);
    }
    return group;
  }

  private add(entry: PodEntry): void {
    const { group, node } = entry;
    group.pods += 1;
    if (node.value) {
      group.nodes.set(node.value, (group.nodes.get(node.value) ?? 0) + 1);
    }
    if (entry.started) {
      group.started.add(entry);
    }
  }

  /** Takes a pod out of its group, which goes with its last one. */
  private take(entry: PodEntry): void {
    const { group, node } = entry;
    group.started.delete(entry);
    this.dirty.add(group.workloadKey);
    group.pods -= 1;
    const left = (group.nodes.get(node.value) ?? 0) - 1;
    if (left > 0) {
      group.nodes.set(node.value, left);
    } else {
      group.nodes.delete(node.value);
    }
    this.nodes.release(node);
    if (group.pods === 0) {
      this.groups.delete(group.key);
      removeFrom(this.groupsByWorkload, group.workloadKey, group);
      if (group.owner) {
        removeFrom(this.groupsByOwner, group.owner.uid, group);
      }
      this.labels.release(group.labels);
      this.specs.release(group.spec);
    }
  }
}

function addTo<T>(index: Map<string, Set<T>>, key: string, value: T) {
  const values = index.get(key);
  if (values) {
    values.add(value);
  } else {
    index.set(key, new Set([value]));
  }
}

function removeFrom<T>(index: Map<string, Set<T>>, key: string, value: T) {
  const values = index.get(key);
  values?.delete(value);
  if (values?.size === 0) {
    index.delete(key);
  }
}

function templateContainers(template: PodSecuritySpec): CollectedContainer[] {
  return listContainers(template).map(container => ({
    container,
    origin: 'declared',
    basis: 'template',
    pods: 0,
    nodes: {},
  }));
}

/** One entry per container and distinct signature; a container that the template does not name was injected. */
function liveContainers(
  groups: Pick<PodGroup, 'spec' | 'pods' | 'nodes' | 'started'>[],
  template: PodSecuritySpec | undefined,
): CollectedContainer[] {
  const declared = new Map(
    template
      ? listContainers(template).map(container => [container.name, container])
      : [],
  );
  const entries = new Map<string, CollectedContainer>();
  for (const group of groups) {
    for (const container of listContainers(group.spec.value)) {
      const signature = JSON.stringify(container);
      let entry = entries.get(signature);
      if (!entry) {
        entry = {
          container,
          origin:
            template === undefined ||
            declared.has(container.name) ||
            container.type === 'ephemeral'
              ? 'declared'
              : 'injected',
          basis: 'live',
          pods: 0,
          nodes: {},
          ...templateSettings(declared.get(container.name)),
        };
        entries.set(signature, entry);
      }
      for (const { started } of group.started) {
        const startedAt = started?.[container.name];
        if (
          startedAt !== undefined &&
          (entry.startedAt === undefined || startedAt < entry.startedAt)
        ) {
          entry.startedAt = startedAt;
        }
      }
      entry.pods += group.pods;
      for (const [node, pods] of group.nodes) {
        entry.nodes[node] = (entry.nodes[node] ?? 0) + pods;
      }
    }
  }
  return [...entries.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, entry]) => ({
      ...entry,
      nodes: Object.fromEntries(Object.entries(entry.nodes).sort()),
    }));
}

/** What the template says of the profiles of a container, and nothing else of it. */
function templateSettings(
  container: DeclaredContainer | undefined,
): Pick<CollectedContainer, 'declared'> {
  if (!container) {
    return {};
  }
  const key = `${appArmorAnnotation}${container.name}`;
  const annotation = container.pod.annotations?.[key];
  const own = profileSettings(container.securityContext);
  const ofPod = profileSettings(container.pod.securityContext);
  const declared: TemplateSettings = {
    ...(own && { securityContext: own }),
    pod: {
      ...(ofPod && { securityContext: ofPod }),
      ...(annotation !== undefined && { annotations: { [key]: annotation } }),
    },
  };
  return { declared };
}

function profileSettings(
  context: TemplateSettings['securityContext'],
): TemplateSettings['securityContext'] {
  const { seccompProfile, appArmorProfile, seLinuxOptions } = context ?? {};
  return seccompProfile || appArmorProfile || seLinuxOptions
    ? {
        ...(seccompProfile && { seccompProfile }),
        ...(appArmorProfile && { appArmorProfile }),
        ...(seLinuxOptions && { seLinuxOptions }),
      }
    : undefined;
}
