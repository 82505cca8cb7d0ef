import {
  JudgedBinding,
  judgeBindings,
  settingBinding,
} from '../confinement/bindings';
import { architectureOf, NodeFacts } from '../confinement/couldRunOn';
import { DeclaredContainer } from '../confinement/podSecurity';
import { liveRecordings } from '../confinement/recordings';
import {
  candidateNodes,
  Confinement,
  ConfinementContext,
  ContainerConfinement,
  isWindows,
  resolveConfinement,
} from '../confinement/resolveConfinement';
import {
  RevisionInForce,
  revisionInForce,
} from '../confinement/revisionInForce';
import { runtimeOf } from '../confinement/sandboxRuntime';
import { WorkloadClass } from '../elevation/classifyWorkload';
import { grantDigest } from '../elevation/grantDigest';
import { judgeCollector } from '../elevation/judgeCollector';
import { Elevation, listElevations } from '../elevation/listElevations';
import { syscallElevations } from '../elevation/syscallElevations';
import { Mechanism, ProfileIndex } from '../profiles/profileIndex';
import { modeOfDefaultAction } from '../profiles/profileMode';
import { readProfileSpec } from '../profiles/profileSpec';
import { ClusterFacts, ContainerFacts, WorkloadFacts } from './entityFacts';
import { ExposureCause, JudgedContainer, UsedProfile } from './judgedEntity';
import { Level } from './posture';
import { ProfileReader, profileReader } from './readProfiles';
import { nodeStatesUnread, unreadKinds } from './sourceOf';

/** What all containers of one cluster share. */
export interface ClusterContext {
  cluster: ClusterFacts;
  index: ProfileIndex;
  profiles: ProfileReader;
  base: Omit<ConfinementContext, 'pathPrefix' | 'runsOn'>;
}

/** Prepares a cluster once for all of its containers. */
export function clusterContext(
  cluster: ClusterFacts,
  index: ProfileIndex,
): ClusterContext {
  const unread = nodeStatesUnread(cluster);
  return {
    cluster,
    index,
    profiles: profileReader(index),
    base: {
      index,
      unreadKinds: unreadKinds(cluster),
      nodeStates: new Map(
        cluster.profiles.map(({ profile, nodeStates }) => [
          profile.id,
          nodeStates,
        ]),
      ),
      ...(unread !== undefined && { nodeStatesUnread: unread }),
      operatorNodes: cluster.operatorNodes,
      nodes: cluster.nodes,
      ...(cluster.runtimeHandlers && {
        runtimeHandlers: cluster.runtimeHandlers,
      }),
      seccompDefault: cluster.seccompDefault ? 'declared' : 'not-declared',
    },
  };
}

/** Resolves and judges one container. */
export function judgeContainer(options: {
  workload: WorkloadFacts;
  facts: ContainerFacts;
  environment: string;
  class: WorkloadClass;
  cluster: ClusterContext;
}): JudgedContainer {
  const { workload, facts, environment } = options;
  const { cluster, index, base } = options.cluster;
  const { container } = facts;
  const context: ConfinementContext = {
    ...base,
    pathPrefix: workload.pathPrefix,
    runsOn: Object.keys(facts.nodes),
  };
  const plain = resolveConfinement(container, context);
  const declared = declaredConfinement(facts, context);
  const bindings = judgeBindings(container, {
    namespace: workload.namespace,
    bindings: cluster.bindings ?? [],
    index,
    unreadKinds: base.unreadKinds,
    namespaceLabels: cluster.namespaceLabels,
    webhooks: cluster.webhooks,
    basis: facts.basis,
    confinement: plain,
    declared,
    images: boundImages(workload),
  });
  const confinement = withBindings(plain, bindings);
  const { runtime, sandboxed } = runtimeOf(
    container.pod,
    cluster.runtimeHandlers,
  );
  const candidates = candidateNodes(container, context);
  const nodes = cluster.nodes.filter(({ name }) => candidates.includes(name));
  const used = usedProfiles(confinement, {
    container,
    nodes,
    cluster: options.cluster,
  });
  const elevations = [
    ...listElevations(container, {
      pathPrefix: workload.pathPrefix,
      ...(runtime &&
        sandboxed === 'yes' && { sandbox: runtime.handler ?? runtime.class }),
    }),
    ...syscallElevations(
      used.flatMap(({ beyond }) => beyond),
      confinement.seccomp.field ?? '',
    ),
  ];
  const collector = judgeCollector(container, {
    elevations,
    kernels: nodes.flatMap(({ kernel }) => kernel ?? []),
  });
  const causes = isWindows(container)
    ? []
    : exposureCauses(container, confinement, elevations, used);
  const judged: Omit<JudgedContainer, 'signature'> = {
    workload,
    cluster,
    environment,
    class: options.class,
    facts,
    context,
    confinement,
    elevations,
    ...(elevations.length > 0 && {
      grantDigest: grantDigest(container, { elevations }),
    }),
    ...(runtime && { runtime }),
    judged: isWindows(container) ? 'no' : 'yes',
    causes,
    level: isWindows(container)
      ? 'unknown'
      : levelOf(confinement, causes, used),
    used,
    candidateNodes: candidates,
    ...(collector && { collector }),
    ...(declared && { declared }),
    bindings,
    recordings: liveRecordings(container),
    ...revisionOf(facts, used, cluster),
  };
  return { ...judged, signature: signatureOf(judged, nodes) };
}

/** Everything in which two groups of pods of one container may differ for a finding. */
function signatureOf(
  container: Omit<JudgedContainer, 'signature'>,
  nodes: readonly NodeFacts[],
): string {
  const { facts, used } = container;
  const architectures = (some: readonly NodeFacts[]) =>
    [...new Set(some.map(architectureOf))].sort();
  return JSON.stringify([
    container.cluster.id,
    container.workload.id,
    facts.container.type,
    facts.container.name,
    container.confinement,
    container.elevations,
    container.bindings,
    container.recordings,
    container.revision,
    used.map(({ profile, beyond }) => [profile.id, beyond.length]),
    architectures(nodes),
    architectures(nodes.filter(({ name }) => facts.nodes[name] > 0)),
  ]);
}

/** What the template alone would give: the live container with its profiles as the template has them. */
function declaredConfinement(
  facts: ContainerFacts,
  context: ConfinementContext,
): ContainerConfinement | undefined {
  const { container, declared } = facts;
  if (!declared) {
    return undefined;
  }
  const { seccompProfile, appArmorProfile, seLinuxOptions, ...own } =
    container.securityContext ?? {};
  const {
    seccompProfile: podSeccomp,
    appArmorProfile: podAppArmor,
    seLinuxOptions: podSeLinux,
    ...pod
  } = container.pod.securityContext ?? {};
  return resolveConfinement(
    {
      ...container,
      securityContext: { ...own, ...declared.securityContext },
      pod: {
        ...container.pod,
        annotations: declared.pod.annotations,
        securityContext: { ...pod, ...declared.pod.securityContext },
      },
    },
    context,
  );
}

/** Images of a pod that bindings look at. Groups of pods of two templates count as one, as their images are alike. */
function boundImages(workload: WorkloadFacts): string[] {
  return workload.containers
    .filter(({ container }) => container.type !== 'ephemeral')
    .map(({ container }) => container.image);
}

function withBindings(
  confinement: ContainerConfinement,
  bindings: JudgedBinding[],
): ContainerConfinement {
  const attributed = (mechanism: Mechanism): Confinement => {
    const one = settingBinding(bindings, mechanism);
    if (one?.outcome.state !== 'sets') {
      return confinement[mechanism];
    }
    const { over, because } = one.outcome;
    const { namespace, name } = one.binding;
    return {
      ...confinement[mechanism],
      binding: {
        namespace,
        name,
        ...(over !== undefined && { over }),
        because,
      },
    };
  };
  return {
    seccomp: attributed('seccomp'),
    appArmor: attributed('appArmor'),
    seLinux: attributed('seLinux'),
  };
}

/** Only a live container under a seccomp profile of its own has a revision in force. */
function revisionOf(
  facts: ContainerFacts,
  used: UsedProfile[],
  cluster: ClusterFacts,
): { revision?: RevisionInForce } {
  const own = used.filter(({ mechanism }) => mechanism === 'seccomp');
  if (facts.basis !== 'live' || own.length !== 1) {
    return {};
  }
  const held = cluster.profiles.find(
    ({ profile }) => profile.id === own[0].profile.id,
  );
  const revision = revisionInForce(facts.startedAt, held?.revision);
  return revision ? { revision } : {};
}

function usedProfiles(
  confinement: ContainerConfinement,
  options: {
    container: DeclaredContainer;
    /** Those that run or could run it. */
    nodes: NodeFacts[];
    cluster: ClusterContext;
  },
): UsedProfile[] {
  const { container, nodes } = options;
  const { index, profiles } = options.cluster;
  const used: UsedProfile[] = [];
  for (const mechanism of ['seccomp', 'appArmor', 'seLinux'] as Mechanism[]) {
    const { state, value } = confinement[mechanism];
    if (state !== 'profile' && state !== 'ambiguous') {
      continue;
    }
    const name = value.replace(/^Localhost /, '');
    for (const profile of index.byPodValue(mechanism, name)) {
      used.push({
        mechanism,
        profile,
        ...profiles.read(profile, container, nodes),
      });
    }
  }
  return used;
}

/** The rule `exposed` of the levels, cause by cause. */
function exposureCauses(
  container: DeclaredContainer,
  confinement: ContainerConfinement,
  elevations: Elevation[],
  used: UsedProfile[],
): ExposureCause[] {
  const causes: ExposureCause[] = [];
  for (const { id, value, risk } of elevations) {
    if (id === 'privileged') {
      causes.push({ id: 'privileged', text: 'privileged' });
    } else if (risk === 'critical') {
      causes.push({ id: 'elevation', text: elevationText(id, value) });
    }
  }
  const { seccomp } = confinement;
  const recorded = liveRecordings(container).some(
    ({ mechanism, recorder }) => mechanism === 'seccomp' && recorder === 'logs',
  );
  if (recorded && seccomp.inForce === 'no') {
    causes.push({
      id: 'recording',
      text: 'while a recording allows everything',
    });
  }
  switch (seccomp.state) {
    case 'unconfined':
      causes.push({ id: 'unconfined', text: 'Unconfined' });
      break;
    case 'unset':
      causes.push({ id: 'unset', text: 'without a seccomp filter' });
      break;
    case 'foreign':
      causes.push({
        id: 'foreign',
        text: 'under a file that no profile describes',
      });
      break;
    default:
  }
  const lenient = used.some(
    one =>
      one.mechanism === 'seccomp' &&
      ['allows-by-default', 'logs-by-default'].includes(
        modeOfDefaultAction(defaultActionOf(one)),
      ),
  );
  // A profile that no node has fails closed, so what it would allow doesn't count.
  if (lenient && !neverStarts(seccomp)) {
    causes.push({
      id: 'allows-by-default',
      text: 'under a profile that allows by default',
    });
  }
  return causes;
}

function elevationText(id: string, value: string): string {
  switch (id) {
    case 'host-pid-with-ptrace':
      return 'with hostPID and CAP_SYS_PTRACE';
    case 'capability-all':
      return 'with all capabilities';
    default:
      return id.startsWith('host-path-')
        ? `with the host path ${value}`
        : `with ${value}`;
  }
}

function defaultActionOf({ profile, content }: UsedProfile): string {
  if (content) {
    return content.seccomp?.defaultAction ?? '';
  }
  const spec = readProfileSpec(profile);
  return spec.kind === 'SeccompProfile' ? spec.defaultAction : '';
}

/** Disabled before it was installed: no container can have started under it. */
function neverStarts(confinement: Confinement): boolean {
  return (
    confinement.inForce === 'will-not-start' &&
    confinement.missingOn === undefined
  );
}

function levelOf(
  confinement: ContainerConfinement,
  causes: ExposureCause[],
  used: UsedProfile[],
): Level {
  if (causes.length > 0) {
    return 'exposed';
  }
  const { seccomp } = confinement;
  const own = used.find(({ mechanism }) => mechanism === 'seccomp');
  switch (seccomp.state) {
    case 'unknown':
      return 'unknown';
    case 'profile':
      return own ? levelUnderProfile(seccomp, own) : 'unknown';
    case 'runtime-default':
      return hasOwnMandatoryProfile(confinement, used)
        ? 'profiled'
        : 'baseline';
    default:
      return 'baseline';
  }
}

function levelUnderProfile(seccomp: Confinement, own: UsedProfile): Level {
  if (own.effective.mode === 'unknown') {
    const action = defaultActionOf(own);
    // Without a tracer or agent the kernel refuses such calls.
    return action === 'SCMP_ACT_TRACE' || action === 'SCMP_ACT_NOTIFY'
      ? 'baseline'
      : 'unknown';
  }
  return seccomp.inForce === 'yes' &&
    seccomp.missingOn === undefined &&
    own.effective.mode === 'enforcing' &&
    own.effective.resolution !== 'unresolved' &&
    // What the operator says it installed is more than what we could add up.
    own.effective.disagreement === undefined &&
    own.beyond.length === 0
    ? 'profiled'
    : 'baseline';
}

/** AppArmor or SELinux on top of RuntimeDefault; a raw policy can't be assessed and doesn't count. */
function hasOwnMandatoryProfile(
  confinement: ContainerConfinement,
  used: UsedProfile[],
): boolean {
  return used.some(({ mechanism, profile, effective }) => {
    const { state, inForce, missingOn } = confinement[mechanism];
    return (
      mechanism !== 'seccomp' &&
      profile.kind !== 'RawSelinuxProfile' &&
      state === 'profile' &&
      inForce === 'yes' &&
      missingOn === undefined &&
      effective.mode === 'enforcing' &&
      effective.resolution !== 'unresolved'
    );
  });
}
