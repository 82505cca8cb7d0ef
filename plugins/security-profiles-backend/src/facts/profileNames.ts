import { createHash } from 'node:crypto';
import type { DeclaredContainer, Mechanism } from '@security-profiles/analysis';

/** A profile name that a container gives for one mechanism. */
export interface NamedProfile {
  mechanism: Mechanism;
  value: string;
}

/** Bound of an indexed column on every database; a longer name is kept by its hash. */
const longestName = 253;

function nameKey(value: string): string {
  return value.length <= longestName
    ? value
    : `sha256:${createHash('sha256').update(value).digest('hex')}`;
}

/** As the kubelet cleans a path: `operator//x.json` is `operator/x.json`. */
function cleanPath(value: string): string {
  return value
    .split('/')
    .filter(part => part !== '' && part !== '.')
    .join('/');
}

/** Name under which a value that a pod gives is kept, for look-ups from a profile to the workloads that name it. */
export function namedProfile(
  mechanism: NamedProfile['mechanism'],
  value: string,
): NamedProfile {
  return {
    mechanism,
    value: nameKey(mechanism === 'seccomp' ? cleanPath(value) : value),
  };
}

/** Every profile that a container names at any level, in force or not. */
export function namedProfiles(container: DeclaredContainer): NamedProfile[] {
  const found: NamedProfile[] = [];
  for (const context of [
    container.securityContext,
    container.pod.securityContext,
  ]) {
    if (context?.seccompProfile?.localhostProfile) {
      found.push(
        namedProfile('seccomp', context.seccompProfile.localhostProfile),
      );
    }
    if (context?.appArmorProfile?.localhostProfile) {
      found.push(
        namedProfile('appArmor', context.appArmorProfile.localhostProfile),
      );
    }
    if (context?.seLinuxOptions?.type) {
      found.push(namedProfile('seLinux', context.seLinuxOptions.type));
    }
  }
  const annotation =
    container.pod.annotations?.[
      `container.apparmor.security.beta.kubernetes.io/${container.name}`
    ];
  if (annotation?.startsWith('localhost/')) {
    found.push(namedProfile('appArmor', annotation.slice('localhost/'.length)));
  }
  return found;
}
