import { runtimeCapabilities } from '../risk/runtimeCapabilities';
import { ContainerSecurityContext } from './podSecurity';

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
    runtimeCapabilities.filter(
      name => !dropped.has('ALL') && !dropped.has(name),
    ),
  );
  for (const added of securityContext?.capabilities?.add ?? []) {
    held.add(capabilityName(added));
  }
  return held;
}
