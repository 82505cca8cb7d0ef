import { capabilityName } from '../confinement/capabilities';
import { annotationPath, containerPath } from '../confinement/fieldPaths';
import { DeclaredContainer } from '../confinement/podSecurity';
import { appArmorAnnotation } from '../confinement/resolveConfinement';
import { capabilityRisk } from '../risk/capabilityRisks';
import { hostPathRisk } from './hostPathRisks';
import type { Risk } from './risk';

/** A kernel-level privilege that a container asks for. @public */
export interface Elevation {
  /** As `privileged`, `capability-sys-admin`, `host-pid`, `host-path-runtime-socket`. */
  id: string;
  /** Path of the field that asks for it. */
  field: string;
  value: string;
  risk: Risk;
  because: string;
  /** Of calls beyond RuntimeDefault that a profile allows: which. */
  syscalls?: string[];
}

/** Sysctls that Kubernetes calls safe. Source: Kubernetes, "Using sysctls in a Kubernetes Cluster". */
const safeSysctls = new Set([
  'kernel.shm_rmid_forced',
  'net.ipv4.ip_local_port_range',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.ping_group_range',
  'net.ipv4.ip_unprivileged_port_start',
  'net.ipv4.ip_local_reserved_ports',
  'net.ipv4.tcp_keepalive_time',
  'net.ipv4.tcp_fin_timeout',
  'net.ipv4.tcp_keepalive_intvl',
  'net.ipv4.tcp_keepalive_probes',
  'net.ipv4.tcp_rmem',
  'net.ipv4.tcp_wmem',
]);

/** Whether Kubernetes calls a sysctl safe for neighbours. */
export function isSafeSysctl(name: string): boolean {
  return safeSysctls.has(name);
}

/**
 * The kernel-level privileges that a container asks for.
 *
 * @remarks
 * Capabilities that runtimes grant anyway are not elevations. A privileged container has every capability and device and
 * no confinement, so these are not listed one by one; its host namespaces and host paths are. A user namespace
 * (`hostUsers: false`) and a sandbox runtime lower no risk, since whether the node gives them can't be seen from the pod:
 * the reason names them. Privilege escalation counts where it is asked for; where it is only not refused, that is the
 * finding no-new-privs-missing.
 * @param container - as from {@link listContainers}
 * @param options - `pathPrefix`: path of the pod spec in its object, as `spec.template.spec`; `sandbox`: the sandbox
 *   runtime that its RuntimeClass names
 * @public
 */
export function listElevations(
  container: DeclaredContainer,
  options: { pathPrefix: string; sandbox?: string },
): Elevation[] {
  const { pathPrefix } = options;
  const asked = [
    ...ofSecurityContext(container, pathPrefix),
    ...ofHostNamespaces(container, pathPrefix),
    ...ofHostPaths(container, pathPrefix),
    // In a sandbox they act on the sandbox's own process, if at all.
    ...(options.sandbox === undefined
      ? ofMechanisms(container, pathPrefix)
      : []),
    ...ofSysctls(container, pathPrefix),
  ];
  return [...asked, ...ofRoot(container, pathPrefix, asked)].map(elevation =>
    withIsolation(elevation, container, options),
  );
}

function ofSecurityContext(
  container: DeclaredContainer,
  pathPrefix: string,
): Elevation[] {
  const place = `${containerPath(container, pathPrefix)}.securityContext`;
  const securityContext = container.securityContext;
  const elevations: Elevation[] = [];
  if (securityContext?.privileged) {
    elevations.push({
      id: 'privileged',
      field: `${place}.privileged`,
      value: 'true',
      risk: 'critical',
      because: 'every capability and device of the node, and no seccomp filter',
    });
  } else {
    const asked = new Set(
      (securityContext?.capabilities?.add ?? []).map(capabilityName),
    );
    for (const name of asked) {
      const known = capabilityRisk(name);
      if (known) {
        elevations.push({
          id: `capability-${name.toLowerCase().replaceAll('_', '-')}`,
          field: `${place}.capabilities.add`,
          value: name === 'ALL' ? 'ALL' : `CAP_${name}`,
          ...known,
        });
      }
    }
  }
  if (
    securityContext?.allowPrivilegeEscalation === true &&
    !securityContext.privileged
  ) {
    elevations.push({
      id: 'privilege-escalation',
      field: `${place}.allowPrivilegeEscalation`,
      value: 'true',
      risk: 'low',
      because: 'a setuid program in the image may gain privileges',
    });
  }
  if (securityContext?.procMount === 'Unmasked') {
    elevations.push({
      id: 'proc-mount-unmasked',
      field: `${place}.procMount`,
      value: 'Unmasked',
      risk: 'high',
      because: 'the masked and read-only paths of /proc are open',
    });
  }
  return elevations;
}

function ofHostNamespaces(
  container: DeclaredContainer,
  pathPrefix: string,
): Elevation[] {
  const { pod } = container;
  const elevations: Elevation[] = [];
  if (pod.hostPID) {
    const asked = (container.securityContext?.capabilities?.add ?? []).map(
      capabilityName,
    );
    const traces = asked.includes('SYS_PTRACE') || asked.includes('ALL');
    elevations.push({
      id: traces ? 'host-pid-with-ptrace' : 'host-pid',
      field: `${pathPrefix}.hostPID`,
      value: traces ? 'true, with CAP_SYS_PTRACE' : 'true',
      risk: traces ? 'critical' : 'high',
      because: traces
        ? 'it can take over any process of the node'
        : 'it sees all processes of the node and what /proc tells of them',
    });
  }
  if (pod.hostNetwork) {
    elevations.push({
      id: 'host-network',
      field: `${pathPrefix}.hostNetwork`,
      value: 'true',
      risk: 'high',
      because:
        "it shares the node's network and skips network policies for pods",
    });
  }
  if (pod.hostIPC) {
    elevations.push({
      id: 'host-ipc',
      field: `${pathPrefix}.hostIPC`,
      value: 'true',
      risk: 'medium',
      because: "it can read and write the node's shared memory",
    });
  }
  return elevations;
}

function ofHostPaths(
  container: DeclaredContainer,
  pathPrefix: string,
): Elevation[] {
  const elevations: Elevation[] = [];
  for (const { name, path } of container.pod.hostPaths ?? []) {
    const mounts = (container.volumeMounts ?? []).filter(
      mount => mount.name === name,
    );
    if (mounts.length === 0) {
      continue;
    }
    const access = mounts.every(mount => mount.readOnly)
      ? 'read-only'
      : 'writable';
    const { category, risk, because } = hostPathRisk(path, access);
    elevations.push({
      id: `host-path-${category}`,
      field: `${pathPrefix}.volumes[${name}].hostPath.path`,
      value: `${path} ${access}`,
      risk,
      because,
    });
  }
  return elevations;
}

/** Mechanisms that are switched off by name; what is only not set is no request. */
function ofMechanisms(
  container: DeclaredContainer,
  pathPrefix: string,
): Elevation[] {
  const { pod, securityContext, name } = container;
  if (securityContext?.privileged) {
    return [];
  }
  const own = `${containerPath(container, pathPrefix)}.securityContext`;
  const shared = `${pathPrefix}.securityContext`;
  const elevations: Elevation[] = [];
  const seccomp =
    securityContext?.seccompProfile ?? pod.securityContext?.seccompProfile;
  if (seccomp?.type === 'Unconfined') {
    elevations.push({
      id: 'unconfined-seccomp',
      field: `${
        securityContext?.seccompProfile ? own : shared
      }.seccompProfile.type`,
      value: 'Unconfined',
      risk: 'high',
      because: 'it may make any system call',
    });
  }
  const annotation = `${appArmorAnnotation}${name}`;
  const annotated =
    pod.annotations && Object.hasOwn(pod.annotations, annotation)
      ? pod.annotations[annotation]
      : undefined;
  const [appArmor, field] = [
    [securityContext?.appArmorProfile?.type, `${own}.appArmorProfile.type`],
    [annotated, annotationPath(pathPrefix, annotation)],
    [
      pod.securityContext?.appArmorProfile?.type,
      `${shared}.appArmorProfile.type`,
    ],
  ].find(([type]) => type !== undefined) ?? [''];
  if (appArmor && /^unconfined$/i.test(appArmor)) {
    elevations.push({
      id: 'unconfined-apparmor',
      field: String(field),
      value: String(appArmor),
      risk: 'medium',
      because: 'AppArmor does not hold it',
    });
  }
  const seLinux =
    securityContext?.seLinuxOptions ?? pod.securityContext?.seLinuxOptions;
  if (seLinux?.type === 'spc_t') {
    elevations.push({
      id: 'unconfined-selinux',
      field: `${
        securityContext?.seLinuxOptions ? own : shared
      }.seLinuxOptions.type`,
      value: 'spc_t',
      risk: 'medium',
      because: 'SELinux does not hold a super-privileged container',
    });
  }
  return elevations;
}

/** Root by itself is ordinary; with a way to the node it is root there. */
function ofRoot(
  container: DeclaredContainer,
  pathPrefix: string,
  asked: readonly Elevation[],
): Elevation[] {
  const { securityContext, pod } = container;
  const user = securityContext?.runAsUser ?? pod.securityContext?.runAsUser;
  const [way] = asked.filter(({ id }) => /^(host-|unconfined-)/.test(id));
  if (user !== 0 || securityContext?.privileged || !way) {
    return [];
  }
  return [
    {
      id: 'root-user',
      field:
        securityContext?.runAsUser === undefined
          ? `${pathPrefix}.securityContext.runAsUser`
          : `${containerPath(container, pathPrefix)}.securityContext.runAsUser`,
      value: '0',
      risk: 'medium',
      because: `it is root, and with ${fieldName(
        way,
      )} file permissions of the node do not hold it`,
    },
  ];
}

function fieldName({ id, field, value }: Elevation): string {
  return id.startsWith('host-path-')
    ? `the host path ${value.split(' ')[0]}`
    : field.split('.').at(-1) ?? field;
}

/** What stands between an elevation and the node, where the pod declares something. */
function withIsolation(
  elevation: Elevation,
  { pod }: DeclaredContainer,
  options: { sandbox?: string },
): Elevation {
  if (options.sandbox !== undefined) {
    return {
      ...elevation,
      because: `${elevation.because}; the sandbox ${options.sandbox} stands between it and the node`,
    };
  }
  return pod.hostUsers === false && /^capability-/.test(elevation.id)
    ? {
        ...elevation,
        because: `${elevation.because}; only inside its own user namespace, where the node gives it one (hostUsers: false)`,
      }
    : elevation;
}

function ofSysctls(
  container: DeclaredContainer,
  pathPrefix: string,
): Elevation[] {
  return (container.pod.securityContext?.sysctls ?? [])
    .filter(sysctl => !safeSysctls.has(sysctl.name))
    .map(sysctl => ({
      id: 'unsafe-sysctl',
      field: `${pathPrefix}.securityContext.sysctls[${sysctl.name}]`,
      value: `${sysctl.name}=${sysctl.value}`,
      risk: 'medium' as const,
      because: 'Kubernetes does not count this sysctl as safe for neighbours',
    }));
}
