import { ContainerSecurityContext } from './podSecurity';

/** What a container runtime grants when nothing is said. Source: containerd `defaultUnixCaps`, Docker's default list. */
const runtimeDefaults = [
  'CHOWN',
  'DAC_OVERRIDE',
  'FSETID',
  'FOWNER',
  'MKNOD',
  'NET_RAW',
  'SETGID',
  'SETUID',
  'SETFCAP',
  'SETPCAP',
  'NET_BIND_SERVICE',
  'SYS_CHROOT',
  'KILL',
  'AUDIT_WRITE',
];

/** `CAP_SYS_ADMIN` and `sys_admin` both give `SYS_ADMIN`. @public */
export function capabilityName(name: string): string {
  return String(name).toUpperCase().replace(/^CAP_/, '');
}

/**
 * The capabilities that a container starts with, without the prefix; `ALL` stands for every one.
 *
 * @remarks
 * The runtime's default list, minus `drop`, plus `add`; a privileged container has all.
 * @public
 */
export function capabilitiesOf(
  securityContext: ContainerSecurityContext | undefined,
): Set<string> {
  if (securityContext?.privileged) {
    return new Set(['ALL']);
  }
  const dropped = new Set(
    (securityContext?.capabilities?.drop ?? []).map(capabilityName),
  );
  const held = new Set(
    runtimeDefaults.filter(name => !dropped.has('ALL') && !dropped.has(name)),
  );
  for (const added of securityContext?.capabilities?.add ?? []) {
    held.add(capabilityName(added));
  }
  return held;
}
