import { capabilityName } from '../confinement/capabilities';
import { containerPath } from '../confinement/fieldPaths';
import { DeclaredContainer } from '../confinement/podSecurity';
import { capabilityRisk } from './capabilityRisks';
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

/**
 * The kernel-level privileges that a container asks for.
 *
 * @remarks
 * Capabilities that runtimes grant anyway are not elevations. A privileged container has every capability and device, so
 * its capabilities are not listed one by one; its host namespaces and host paths are. A user namespace (`hostUsers:
 * false`) doesn't lower a risk: whether the node gives one can't be seen from the pod.
 * @param container - as from {@link listContainers}
 * @param options - `pathPrefix`: path of the pod spec in its object, as `spec.template.spec`
 * @public
 */
export function listElevations(
  container: DeclaredContainer,
  options: { pathPrefix: string },
): Elevation[] {
  const { pathPrefix } = options;
  return [
    ...ofSecurityContext(container, pathPrefix),
    ...ofHostNamespaces(container, pathPrefix),
    ...ofHostPaths(container, pathPrefix),
    ...ofSysctls(container, pathPrefix),
  ];
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
