import { capabilityName } from '../confinement/capabilities';
import { DeclaredContainer } from '../confinement/podSecurity';
import { appArmorAnnotation } from '../confinement/resolveConfinement';
import {
  canonicalDigest,
  compareCodeUnits,
  toCanonical,
} from '../profiles/canonicalJson';
import { canonicalSchema } from '../profiles/sourceDigest';
import { cleanPath } from './hostPathRisks';
import { imageRepository } from './imageRepository';
import { Elevation, isSafeSysctl } from './listElevations';

/** All that a grant allows one container to do: what its digest is made of. @public */
export interface GrantContent {
  privileged: boolean;
  /** As the kernel has it: unset is true, and so is any container that is privileged or has CAP_SYS_ADMIN. */
  allowPrivilegeEscalation: boolean;
  hostPID: boolean;
  hostIPC: boolean;
  hostNetwork: boolean;
  /** Added ones, without the prefix, sorted; of a privileged container only `ALL`. */
  capabilities: string[];
  /** Of the node, as far as this container mounts them, sorted by path. */
  hostPaths: { path: string; access: 'read-only' | 'writable' }[];
  /** `RuntimeDefault`, `Localhost`, `Unconfined` or `unset`; which profile a name stands for is approved apart. */
  seccomp: string;
  appArmor: string;
  /** The type of the SELinux options, or `unset`. */
  seLinux: string;
  /** Where it is not the default. */
  procMount?: string;
  /** Those that Kubernetes does not call safe, as `name=value`, sorted. */
  sysctls?: string[];
  /** Calls beyond RuntimeDefault that its profile allows, sorted. */
  syscalls?: string[];
  imageRepository: string;
  /** The reference itself, where the grant is for one image only. */
  image?: string;
}

/**
 * What a grant for a container has to allow.
 *
 * @param options - `elevations`: as from `listElevations`, whose system calls count; `image`: `pinned` binds the grant to
 *   the reference as it stands, so that the next release asks again
 * @public
 */
export function grantContent(
  container: DeclaredContainer,
  options: {
    elevations: readonly Elevation[];
    image?: 'repository' | 'pinned';
  },
): GrantContent {
  const { pod, securityContext } = container;
  const privileged = securityContext?.privileged === true;
  const added = sorted(
    (securityContext?.capabilities?.add ?? []).map(capabilityName),
  );
  const sysctls = sorted(
    (pod.securityContext?.sysctls ?? [])
      .filter(({ name }) => !isSafeSysctl(name))
      .map(({ name, value }) => `${name}=${value}`),
  );
  const syscalls = sorted(
    options.elevations.flatMap(elevation => elevation.syscalls ?? []),
  );
  return {
    privileged,
    allowPrivilegeEscalation:
      privileged ||
      added.includes('ALL') ||
      added.includes('SYS_ADMIN') ||
      securityContext?.allowPrivilegeEscalation !== false,
    hostPID: pod.hostPID === true,
    hostIPC: pod.hostIPC === true,
    hostNetwork: pod.hostNetwork === true,
    capabilities: privileged || added.includes('ALL') ? ['ALL'] : added,
    hostPaths: mountedHostPaths(container),
    // A privileged container has no filter, whatever it says.
    seccomp: privileged ? 'Unconfined' : seccompType(container),
    appArmor: appArmorType(container),
    seLinux:
      (securityContext?.seLinuxOptions ?? pod.securityContext?.seLinuxOptions)
        ?.type ?? 'unset',
    ...(securityContext?.procMount !== undefined &&
      securityContext.procMount !== 'Default' && {
        procMount: securityContext.procMount,
      }),
    ...(sysctls.length > 0 && { sysctls }),
    ...(syscalls.length > 0 && { syscalls }),
    imageRepository: imageRepository(container.image),
    ...(options.image === 'pinned' && { image: container.image }),
  };
}

/**
 * `sha256:` digest of what a grant has to allow: two containers with the same digest may do the same, and whatever one
 * asks for beyond changes it.
 *
 * @public
 */
export function grantDigest(
  container: DeclaredContainer,
  options: Parameters<typeof grantContent>[1],
): string {
  return canonicalDigest({
    schema: canonicalSchema,
    digest: 'grant',
    grant: toCanonical(grantContent(container, options)) ?? {},
  });
}

function seccompType({ securityContext, pod }: DeclaredContainer): string {
  return (
    (securityContext?.seccompProfile ?? pod.securityContext?.seccompProfile)
      ?.type ?? 'unset'
  );
}

const annotatedTypes: [pattern: RegExp, type: string][] = [
  [/^unconfined$/, 'Unconfined'],
  [/^runtime\/default$/, 'RuntimeDefault'],
  [/^localhost\//, 'Localhost'],
];

/** The field of the container, then the old annotation, then the field of the pod. */
function appArmorType({ name, securityContext, pod }: DeclaredContainer) {
  const own = securityContext?.appArmorProfile?.type;
  const key = `${appArmorAnnotation}${name}`;
  const annotated =
    pod.annotations && Object.hasOwn(pod.annotations, key)
      ? annotatedTypes.find(([pattern]) =>
          pattern.test(pod.annotations?.[key] ?? ''),
        )?.[1] ?? pod.annotations[key]
      : undefined;
  return (
    own ?? annotated ?? pod.securityContext?.appArmorProfile?.type ?? 'unset'
  );
}

function mountedHostPaths({
  pod,
  volumeMounts,
}: DeclaredContainer): GrantContent['hostPaths'] {
  const access = new Map<string, 'read-only' | 'writable'>();
  for (const { name, path } of pod.hostPaths ?? []) {
    const mounts = (volumeMounts ?? []).filter(mount => mount.name === name);
    if (mounts.length > 0) {
      const clean = cleanPath(path);
      const writable = mounts.some(({ readOnly }) => !readOnly);
      access.set(
        clean,
        writable || access.get(clean) === 'writable' ? 'writable' : 'read-only',
      );
    }
  }
  return [...access]
    .sort(([a], [b]) => compareCodeUnits(a, b))
    .map(([path, how]) => ({ path, access: how }));
}

function sorted(names: string[]): string[] {
  return [...new Set(names)].sort(compareCodeUnits);
}
