import { compareCodeUnits } from '../profiles/canonicalJson';
import { isInstalled } from '../profiles/installedOn';
import {
  cleanPath,
  IndexedProfile,
  Mechanism,
  ProfileIndex,
} from '../profiles/profileIndex';
import { profileMode } from '../profiles/profileMode';
import { ProfileKind } from '../profiles/profileObject';
import { couldRunOn, NodeFacts } from './couldRunOn';
import { annotationPath, containerPath } from './fieldPaths';
import { operatorsOwnFile } from './operatorsOwnFiles';
import { DeclaredContainer, LocalhostProfileSource } from './podSecurity';
import { liveRecordings } from './recordings';
import { runtimeOf } from './sandboxRuntime';

/** What a container runs under, in one word. @public */
export type ConfinementState =
  | 'profile'
  | 'runtime-default'
  | 'unconfined'
  | 'unset'
  | 'dangling'
  | 'foreign'
  | 'ambiguous'
  | 'sandboxed'
  | 'not-applicable'
  | 'unknown';

/** What one container runs under for one mechanism. @public */
export interface Confinement {
  state: ConfinementState;
  setBy: 'container' | 'pod' | 'annotation' | 'none';
  /** Path of the field that decided, as `spec.template.spec.securityContext.seccompProfile`. */
  field?: string;
  /** What the pod says, as `Localhost operator/payments.json`; empty when nothing is set. */
  value: string;
  profileId?: string;
  profileName?: string;
  /** `will-not-start`: Kubernetes refuses to start new containers here. */
  inForce: 'yes' | 'no' | 'will-not-start' | 'unknown';
  because?: string;
  /** Nodes that lack the profile and run or could run this container, sorted. */
  missingOn?: string[];
  /** The binding that most likely set it. */
  binding?: ConfinementBinding;
}

/** The profile binding that most likely set a confinement: no mark on a pod tells it. @public */
export interface ConfinementBinding {
  namespace: string;
  name: string;
  /** What the template says instead; absent where it says nothing or none is known. */
  over?: string;
  because: string;
}

/** What one container runs under. @public */
export interface ContainerConfinement {
  seccomp: Confinement;
  appArmor: Confinement;
  seLinux: Confinement;
}

/** What the answer depends on besides the container. @public */
export interface ConfinementContext {
  /** Path of the pod spec in its object: `spec`, `spec.template.spec`, `spec.jobTemplate.spec.template.spec`. */
  pathPrefix: string;
  index: ProfileIndex;
  /** Kinds of profiles that were never read here, with the reason: names of them are unknown, never dangling. */
  unreadKinds?: ReadonlyMap<ProfileKind, string>;
  /** State by node name of each profile, by profile id. */
  nodeStates: ReadonlyMap<string, Record<string, string>>;
  /** Why node states are not known, where they were never read. */
  nodeStatesUnread?: string;
  /** Nodes with a pod of the operator's daemon. */
  operatorNodes: string[];
  /** All nodes of the cluster. */
  nodes: NodeFacts[];
  /** Nodes on which the container runs. */
  runsOn: string[];
  /** Handler by name of RuntimeClass. */
  runtimeHandlers?: Record<string, string>;
  /** Whether the cluster is declared to run its kubelets with `seccompDefault`. */
  seccompDefault: 'declared' | 'not-declared';
}

interface Setting {
  setBy: Confinement['setBy'];
  field?: string;
  type?: string;
  name?: string;
  /** What the pod says, where that is not type and name. */
  literal?: string;
}

/** Old way to name an AppArmor profile, per container; still honoured. @public */
export const appArmorAnnotation =
  'container.apparmor.security.beta.kubernetes.io/';

/**
 * What a container runs under, per mechanism, where that was set and whether it is in force.
 *
 * @remarks
 * seccomp: container, then pod. AppArmor: container, then annotation, then pod. SELinux: the container's options replace
 * the pod's as a whole. A privileged container never has a seccomp filter. Source: Kubernetes, reference "Seccomp and
 * Kubernetes", tutorial "AppArmor", task "Security Context".
 * @public
 */
export function resolveConfinement(
  container: DeclaredContainer,
  context: ConfinementContext,
): ContainerConfinement {
  const settings: Record<Mechanism, Setting> = {
    seccomp: seccompSetting(container, context.pathPrefix),
    appArmor: appArmorSetting(container, context.pathPrefix),
    seLinux: seLinuxSetting(container, context.pathPrefix),
  };
  return {
    seccomp: resolve('seccomp', settings.seccomp, container, context),
    appArmor: resolve('appArmor', settings.appArmor, container, context),
    seLinux: resolve('seLinux', settings.seLinux, container, context),
  };
}

/** Whether a pod is a Windows pod, to which none of the mechanisms applies. @public */
export function isWindows(container: DeclaredContainer): boolean {
  const { os, nodeSelector } = container.pod;
  return (os ?? nodeSelector?.['kubernetes.io/os']) === 'windows';
}

function resolve(
  mechanism: Mechanism,
  setting: Setting,
  container: DeclaredContainer,
  context: ConfinementContext,
): Confinement {
  if (isWindows(container)) {
    return {
      ...said(setting),
      state: 'not-applicable',
      inForce: 'no',
      because: 'Windows: none of these mechanisms exists there',
    };
  }
  const named = resolveSetting(mechanism, setting, container, context);
  if (container.securityContext?.privileged) {
    return mechanism === 'seccomp'
      ? { ...named, inForce: 'no', because: 'void: privileged' }
      : {
          ...named,
          inForce: named.state === 'unconfined' ? 'no' : 'unknown',
          because: 'void: privileged',
        };
  }
  const recorded = recordedWithLogs(mechanism, container);
  if (recorded !== undefined && named.inForce !== 'will-not-start') {
    return { ...named, inForce: 'no', because: recorded };
  }
  const { runtime, sandboxed } = runtimeOf(
    container.pod,
    context.runtimeHandlers,
  );
  if (runtime && sandboxed === 'unknown' && named.inForce === 'yes') {
    return {
      ...named,
      inForce: 'unknown',
      because: `runtime classes were not read, so whether ${runtime.class} applies what the pod declares is not known`,
    };
  }
  if (runtime && sandboxed === 'yes') {
    return {
      ...said(setting),
      state: 'sandboxed',
      inForce: 'unknown',
      because: `isolated by the runtime class ${runtime.class}; whether the sandbox applies what the pod declares is not known`,
    };
  }
  return named;
}

/** While it is recorded with Logs, everything is allowed and logged, whatever the setting says. */
function recordedWithLogs(
  mechanism: Mechanism,
  container: DeclaredContainer,
): string | undefined {
  const recording = liveRecordings(container).find(
    one => one.mechanism === mechanism && one.recorder === 'logs',
  );
  return (
    recording &&
    `recording ${recording.name} runs with Logs: everything is allowed and logged`
  );
}

function resolveSetting(
  mechanism: Mechanism,
  setting: Setting,
  container: DeclaredContainer,
  context: ConfinementContext,
): Confinement {
  const base = said(setting);
  switch (setting.type) {
    case undefined:
      return unset(mechanism, base, context);
    case 'RuntimeDefault':
      return { ...base, state: 'runtime-default', inForce: 'yes' };
    case 'Unconfined':
      return { ...base, state: 'unconfined', inForce: 'no' };
    case 'Localhost':
      return resolveName(mechanism, setting, container, context);
    default:
      return {
        ...base,
        state: 'unknown',
        inForce: 'unknown',
        because: `the type ${setting.type} is not known`,
      };
  }
}

function unset(
  mechanism: Mechanism,
  base: Pick<Confinement, 'setBy' | 'value'>,
  context: ConfinementContext,
): Confinement {
  if (mechanism !== 'seccomp') {
    return {
      ...base,
      state: 'unset',
      inForce: 'unknown',
      because:
        "the runtime's default applies on nodes that have it switched on",
    };
  }
  if (context.seccompDefault === 'declared') {
    return {
      ...base,
      state: 'runtime-default',
      inForce: 'yes',
      because:
        'nothing is set; the cluster is declared to apply RuntimeDefault (seccompDefault)',
    };
  }
  return {
    ...base,
    state: 'unset',
    inForce: 'no',
    because: 'nothing is set, so the node runs it without a filter',
  };
}

function resolveName(
  mechanism: Mechanism,
  setting: Setting,
  container: DeclaredContainer,
  context: ConfinementContext,
): Confinement {
  const base = said(setting);
  const name = setting.name ?? '';
  const candidates = context.index.byPodValue(mechanism, name);
  const [profile, ...others] = candidates;
  if (!profile) {
    return resolveNameless(mechanism, name, base, context);
  }
  const found = {
    ...base,
    profileId: profile.id,
    profileName: profile.name,
  };
  if (others.length > 0) {
    return {
      ...found,
      state: 'ambiguous',
      inForce: 'unknown',
      because: `${candidates
        .map(candidate => `${candidate.kind} ${candidate.name}`)
        .sort(compareCodeUnits)
        .join(' and ')} write the same file; which one counts is not decidable`,
    };
  }
  return {
    ...found,
    state: 'profile',
    ...presence(profile, container, context),
  };
}

/** Names without an object. */
function resolveNameless(
  mechanism: Mechanism,
  name: string,
  base: Pick<Confinement, 'setBy' | 'field' | 'value'>,
  context: ConfinementContext,
): Confinement {
  for (const kind of kindsOf(mechanism)) {
    const unread = context.unreadKinds?.get(kind);
    if (unread !== undefined) {
      return { ...base, state: 'unknown', inForce: 'unknown', because: unread };
    }
  }
  const own = operatorsOwnFile(mechanism, name);
  if (own !== undefined) {
    return {
      ...base,
      state: 'foreign',
      inForce: 'unknown',
      because: own,
    };
  }
  const operators =
    (mechanism === 'seccomp' && /^operator(\/|$)/.test(cleanPath(name))) ||
    (mechanism === 'seLinux' && name.endsWith('.process'));
  if (operators) {
    return {
      ...base,
      state: 'dangling',
      inForce: 'will-not-start',
      because: whyDangling(mechanism, name, context.index),
    };
  }
  return {
    ...base,
    state: 'foreign',
    inForce: 'unknown',
    because: 'no profile object describes it, so its content is not known',
  };
}

/** A name with a namespace in it is left from releases up to 0.8.4, or comes from the recorder of later ones. */
function whyDangling(
  mechanism: Mechanism,
  name: string,
  index: ProfileIndex,
): string {
  const none = 'no profile of that name exists; new containers fail to start';
  const [, namespace, file] =
    mechanism === 'seccomp' ? cleanPath(name).split('/') : [];
  if (file === undefined) {
    return none;
  }
  if (file === 'log-enricher-trace.json') {
    return `${none}: the recorder of SPO 0.9 to 1.0 writes this name with a namespace, and the file has none (issue 2904)`;
  }
  return index.byPodValue(mechanism, `operator/${file}`).length > 0
    ? `${none} where no old file is left: operator/${file} exists, and names have no namespace such as ${namespace} since SPO 0.9`
    : `${none} where no old file is left`;
}

/** Whether the profile is there where the container runs or could run. */
function presence(
  profile: IndexedProfile,
  container: DeclaredContainer,
  context: ConfinementContext,
): Pick<Confinement, 'inForce' | 'because' | 'missingOn'> {
  if (
    profile.deleting &&
    (profile.kind === 'AppArmorProfile' || profile.kind === 'RawSelinuxProfile')
  ) {
    return {
      inForce: 'unknown',
      because: 'the profile is being deleted; its node files may be gone',
    };
  }
  if (profile.deleting && profile.kind === 'SelinuxProfile') {
    return {
      inForce: 'no',
      because:
        'the profile is being deleted, and its policy is taken from the nodes at once',
    };
  }
  const states = context.nodeStates.get(profile.id) ?? {};
  const installed = (node: string) =>
    Object.hasOwn(states, node) && holdsFile(profile, states[node]);
  const held = Object.keys(states);
  if (profileMode(profile) === 'disabled' && !held.some(installed)) {
    return {
      inForce: 'will-not-start',
      because:
        'the profile was disabled before it was ever installed; new containers fail to start',
    };
  }
  if (isPartial(profile) && !held.some(installed)) {
    return {
      inForce: 'will-not-start',
      because:
        'the profile is part of a recording that goes on and is on no node; new containers fail to start',
    };
  }
  if (context.nodeStatesUnread !== undefined && held.length === 0) {
    return { inForce: 'unknown', because: context.nodeStatesUnread };
  }
  const candidates = candidateNodes(container, context);
  const missing = candidates.filter(node => !installed(node));
  if (missing.length === 0) {
    return context.nodes.length > 0
      ? {
          inForce: 'yes',
          ...(profile.deleting && {
            because:
              'the profile is being deleted; its files stay until its last pod is gone, and new pods then fail to start',
          }),
        }
      : {
          inForce: 'unknown',
          because:
            'the nodes of the cluster were not read, so some may lack the profile',
        };
  }
  const [namesake] = context.index.namesakes(profile);
  if (namesake) {
    return {
      inForce: 'unknown',
      because: `${profile.kind} and ${namesake.kind} ${profile.name} share their node status, so on which nodes each is installed is not certain`,
    };
  }
  const running = new Set(context.runsOn);
  const blocked =
    missing.length === candidates.length ||
    missing.some(node => running.has(node));
  return {
    inForce: blocked ? 'will-not-start' : 'yes',
    because: `the profile is missing on ${missing.length} of the ${candidates.length} nodes that run or can run it; new pods fail to start there`,
    missingOn: missing,
  };
}

/** Nodes that run or could run the container, sorted. */
export function candidateNodes(
  container: DeclaredContainer,
  context: Pick<ConfinementContext, 'nodes' | 'operatorNodes' | 'runsOn'>,
): string[] {
  const possible =
    context.nodes.length > 0
      ? context.nodes
          .filter(node => couldRunOn(container.pod, node))
          .map(node => node.name)
      : context.operatorNodes;
  return [...new Set([...context.runsOn, ...possible])].sort(compareCodeUnits);
}

function kindsOf(mechanism: Mechanism): ProfileKind[] {
  switch (mechanism) {
    case 'seccomp':
      return ['SeccompProfile'];
    case 'appArmor':
      return ['AppArmorProfile'];
    default:
      return ['SelinuxProfile', 'RawSelinuxProfile'];
  }
}

/** The file of a seccomp profile that is being deleted stays while pods use it. */
function holdsFile(profile: IndexedProfile, state: string): boolean {
  return (
    isInstalled(state) ||
    (profile.kind === 'SeccompProfile' &&
      profile.deleting === true &&
      state.toLowerCase() === 'terminating')
  );
}

/** A part of a recording that still runs is not installed; an AppArmorProfile is all the same. */
function isPartial(profile: IndexedProfile): boolean {
  return (
    profile.kind !== 'AppArmorProfile' &&
    profile.labels?.['spo.x-k8s.io/partial'] === 'true'
  );
}

function said(
  setting: Setting,
): Pick<Confinement, 'setBy' | 'field' | 'value'> {
  const value =
    setting.literal ?? [setting.type, setting.name].filter(Boolean).join(' ');
  return {
    setBy: setting.setBy,
    ...(setting.field !== undefined && { field: setting.field }),
    value,
  };
}

function fromSource(
  source: LocalhostProfileSource,
): Pick<Setting, 'type' | 'name'> {
  return { type: source.type, name: source.localhostProfile };
}

function seccompSetting(
  container: DeclaredContainer,
  pathPrefix: string,
): Setting {
  return (
    ownSetting(container, pathPrefix, 'seccompProfile') ??
    podSetting(container, pathPrefix, 'seccompProfile') ?? { setBy: 'none' }
  );
}

function appArmorSetting(
  container: DeclaredContainer,
  pathPrefix: string,
): Setting {
  return (
    ownSetting(container, pathPrefix, 'appArmorProfile') ??
    annotationSetting(container, pathPrefix) ??
    podSetting(container, pathPrefix, 'appArmorProfile') ?? { setBy: 'none' }
  );
}

type ProfileField = 'seccompProfile' | 'appArmorProfile';

function ownSetting(
  container: DeclaredContainer,
  pathPrefix: string,
  field: ProfileField,
): Setting | undefined {
  const source = container.securityContext?.[field];
  const path = containerPath(container, pathPrefix);
  return (
    source && {
      setBy: 'container',
      field: `${path}.securityContext.${field}`,
      ...fromSource(source),
    }
  );
}

function podSetting(
  container: DeclaredContainer,
  pathPrefix: string,
  field: ProfileField,
): Setting | undefined {
  const source = container.pod.securityContext?.[field];
  return (
    source && {
      setBy: 'pod',
      field: `${pathPrefix}.securityContext.${field}`,
      ...fromSource(source),
    }
  );
}

function annotationSetting(
  container: DeclaredContainer,
  pathPrefix: string,
): Setting | undefined {
  const key = `${appArmorAnnotation}${container.name}`;
  const annotation = container.pod.annotations?.[key];
  return annotation
    ? {
        setBy: 'annotation',
        field: annotationPath(pathPrefix, key),
        ...fromAnnotation(annotation),
      }
    : undefined;
}

function fromAnnotation(annotation: string): Pick<Setting, 'type' | 'name'> {
  if (annotation === 'runtime/default') {
    return { type: 'RuntimeDefault' };
  }
  if (annotation === 'unconfined') {
    return { type: 'Unconfined' };
  }
  return annotation.startsWith('localhost/')
    ? { type: 'Localhost', name: annotation.slice('localhost/'.length) }
    : { type: annotation };
}

/** Types that mean the runtime's default: the ones container-selinux gives to ordinary containers. */
const defaultSeLinuxTypes = new Set([
  'container_t',
  'container_init_t',
  'svirt_lxc_net_t',
]);

/** Types without confinement. Source: container-selinux; SPO v1.0.0 ships the last, permissive, for recordings. */
const unconfinedSeLinuxTypes = new Set([
  'spc_t',
  'unconfined_t',
  'selinuxrecording.process',
]);

function seLinuxSetting(
  container: DeclaredContainer,
  pathPrefix: string,
): Setting {
  const own = container.securityContext?.seLinuxOptions;
  const options = own ?? container.pod.securityContext?.seLinuxOptions;
  if (!options?.type) {
    return { setBy: 'none' };
  }
  const place = own
    ? `${containerPath(container, pathPrefix)}.securityContext`
    : `${pathPrefix}.securityContext`;
  const setting = {
    setBy: own ? ('container' as const) : ('pod' as const),
    field: `${place}.seLinuxOptions.type`,
    name: options.type,
    literal: options.type,
  };
  if (unconfinedSeLinuxTypes.has(options.type)) {
    return { ...setting, type: 'Unconfined' };
  }
  if (defaultSeLinuxTypes.has(options.type)) {
    return { ...setting, type: 'RuntimeDefault' };
  }
  return { ...setting, type: 'Localhost' };
}
