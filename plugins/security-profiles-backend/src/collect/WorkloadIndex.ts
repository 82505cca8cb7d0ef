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

interface PodEntry {
  owner?: OwnerFacts;
  workloadKey: string;
  namespace: string;
  name: string;
  node: string;
  counted: 'yes' | 'no';
  labels: Interned<Record<string, string>>;
  spec: Interned<PodSecuritySpec>;
  started?: Record<string, string>;
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
  private readonly podsByWorkload = new Map<string, Set<string>>();
  private readonly podsByOwner = new Map<string, Set<string>>();
  private readonly controllers = new Map<string, ControllerFacts>();
  private readonly controllersByUid = new Map<string, ControllerFacts>();
  /** Uids of controllers by the uid of their owner. */
  private readonly controllersByOwner = new Map<string, Set<string>>();
  private readonly labels = new Interner<Record<string, string>>();
  private readonly specs = new Interner<PodSecuritySpec>();
  private readonly clusterId: string;

  constructor(options: { clusterId: string }) {
    this.clusterId = options.clusterId;
  }

  putPod(key: string, pod: PodFacts): void {
    const entry: PodEntry = {
      owner: pod.owner,
      workloadKey: keyOf(this.resolve(pod)),
      namespace: pod.namespace,
      name: pod.name,
      node: pod.node,
      counted: counts(pod.phase),
      labels: this.labels.take(pod.labels),
      spec: this.specs.take(pod.spec),
      ...(pod.started && { started: pod.started }),
    };
    const before = this.pods.get(key);
    const same =
      before !== undefined &&
      before.workloadKey === entry.workloadKey &&
      before.node === entry.node &&
      before.counted === entry.counted &&
      before.labels === entry.labels &&
      before.spec === entry.spec &&
      JSON.stringify(before.started) === JSON.stringify(entry.started) &&
      before.owner?.uid === entry.owner?.uid;
    if (before) {
      this.unlink(key, before);
    }
    this.link(key, entry);
    if (!same) {
      this.dirty.add(entry.workloadKey);
      if (before) {
        this.dirty.add(before.workloadKey);
      }
    }
  }

  removePod(key: string): void {
    const before = this.pods.get(key);
    if (before) {
      this.unlink(key, before);
      this.dirty.add(before.workloadKey);
    }
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
    const keys = new Set(this.podsByWorkload.keys());
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
    const live = [...(this.podsByWorkload.get(key) ?? [])]
      .map(podKey => this.pods.get(podKey)!)
      .filter(pod => pod.counted === 'yes');
    const stands =
      controller !== undefined &&
      standingKinds.has(controller.kind) &&
      controller.template !== undefined &&
      !(controller.owner && this.isWorkload(controller.owner));
    if (live.length === 0 && !stands) {
      return undefined;
    }
    const labelSets = new Map<string, Record<string, string>>();
    for (const labels of [
      controller?.labels,
      controller?.templateLabels,
      ...live.map(pod => pod.labels.value),
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
      pods: live.length,
      containers:
        live.length > 0
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
    for (const key of [...(this.podsByOwner.get(ownerUid) ?? [])]) {
      const entry = this.pods.get(key)!;
      const workloadKey = keyOf(this.resolve(entry));
      if (workloadKey !== entry.workloadKey) {
        this.dirty.add(entry.workloadKey);
        this.dirty.add(workloadKey);
        entry.labels.uses += 1;
        entry.spec.uses += 1;
        this.unlink(key, entry);
        this.link(key, { ...entry, workloadKey });
      }
    }
  }

  private link(key: string, entry: PodEntry): void {
    this.pods.set(key, entry);
    addTo(this.podsByWorkload, entry.workloadKey, key);
    if (entry.owner) {
      addTo(this.podsByOwner, entry.owner.uid, key);
    }
  }

  private unlink(key: string, entry: PodEntry): void {
    this.pods.delete(key);
    removeFrom(this.podsByWorkload, entry.workloadKey, key);
    if (entry.owner) {
      removeFrom(this.podsByOwner, entry.owner.uid, key);
    }
    this.labels.release(entry.labels);
    this.specs.release(entry.spec);
  }
}

function addTo(index: Map<string, Set<string>>, key: string, value: string) {
  const values = index.get(key);
  if (values) {
    values.add(value);
  } else {
    index.set(key, new Set([value]));
  }
}

function removeFrom(
  index: Map<string, Set<string>>,
  key: string,
  value: string,
) {
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
  pods: Pick<PodEntry, 'spec' | 'node' | 'started'>[],
  template: PodSecuritySpec | undefined,
): CollectedContainer[] {
  const declared = new Map(
    template
      ? listContainers(template).map(container => [container.name, container])
      : [],
  );
  const bySpec = new Map<Interned<PodSecuritySpec>, DeclaredContainer[]>();
  const entries = new Map<string, CollectedContainer>();
  for (const pod of pods) {
    let containers = bySpec.get(pod.spec);
    if (!containers) {
      containers = listContainers(pod.spec.value);
      bySpec.set(pod.spec, containers);
    }
    for (const container of containers) {
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
      const startedAt = pod.started?.[container.name];
      if (
        startedAt !== undefined &&
        (entry.startedAt === undefined || startedAt < entry.startedAt)
      ) {
        entry.startedAt = startedAt;
      }
      entry.pods += 1;
      if (pod.node) {
        entry.nodes[pod.node] = (entry.nodes[pod.node] ?? 0) + 1;
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
