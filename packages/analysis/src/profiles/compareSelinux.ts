import type { Risk } from '../risk/risk';
import { ClassifiedLine } from './comparison';
import { EffectiveSelinux } from './resolveEffectiveProfile';

/** Classes that stand for rights over the kernel or other processes. Source: SELinux reference policy, access vectors. */
const powerfulClasses = new Set([
  'capability',
  'capability2',
  'cap_userns',
  'cap2_userns',
  'security',
  'system',
  'bpf',
  'perf_event',
  'process2',
]);

/** Permissions that change other domains or the policy itself. Source: as above, and SPO v1.0.0 internal/pkg/translator. */
const powerfulPermissions = new Set([
  'load_policy',
  'mac_admin',
  'mounton',
  'relabelto',
  'relabelfrom',
  'setbool',
  'setenforce',
  'setsecparam',
  'ptrace',
  'transition',
  'dyntransition',
  'entrypoint',
  'execmem',
  'execmod',
  'module_load',
]);

/** Types of the host's core; everything under them is more than a container needs. Source: SPO v1.0.0, as above. */
const hostTypes = new Set([
  'kernel_t',
  'kmem_t',
  'security_t',
  'shadow_t',
  'unconfined_t',
  'container_runtime_t',
  'kubelet_t',
  'etc_t',
  'usr_t',
  'bin_t',
]);

const reading = new Set([
  'getattr',
  'read',
  'search',
  'open',
  'lock',
  'map',
  'ioctl',
  'watch',
]);

/** Every difference between what two SELinux profiles allow. */
export function compareSelinux(
  before: EffectiveSelinux,
  after: EffectiveSelinux,
): ClassifiedLine[] {
  return [
    ...ofInherit(before.inherit, after.inherit),
    ...ofPermissions(before, after),
  ];
}

function ofInherit(before: string[], after: string[]): ClassifiedLine[] {
  const line = (name: string) => ({
    subject: `inherit ${name}`,
    group: 'inherited',
    because:
      "a template of the system: what it allows is not in the profile and can't be judged here",
    about: 'content' as const,
  });
  return [
    ...after
      .filter(name => !before.includes(name))
      .map(name => ({
        ...line(name),
        before: 'not inherited',
        after: 'inherited',
        direction: 'wider' as const,
        risk: (name === 'container' ? 'low' : 'medium') as Risk,
      })),
    ...before
      .filter(name => !after.includes(name))
      .map(name => ({
        ...line(name),
        before: 'inherited',
        after: 'not inherited',
        direction: 'narrower' as const,
        risk: 'none' as const,
      })),
  ];
}

function ofPermissions(
  before: EffectiveSelinux,
  after: EffectiveSelinux,
): ClassifiedLine[] {
  const was = permissionsOf(before);
  const is = permissionsOf(after);
  const lines: ClassifiedLine[] = [];
  for (const [key, parts] of is) {
    if (!was.has(key)) {
      lines.push({
        ...permissionLine(key, parts, after),
        before: 'denied',
        after: 'allowed',
        direction: 'wider',
        ...riskOf(parts),
      });
    }
  }
  for (const [key, parts] of was) {
    if (!is.has(key)) {
      lines.push({
        ...permissionLine(key, parts, before),
        before: 'allowed',
        after: 'denied',
        direction: 'narrower',
        risk: 'none',
      });
    }
  }
  return lines;
}

interface Permission {
  type: string;
  objectClass: string;
  permission: string;
}

function permissionsOf(content: EffectiveSelinux): Map<string, Permission> {
  const permissions = new Map<string, Permission>();
  for (const [type, classes] of Object.entries(content.allow)) {
    for (const [objectClass, names] of Object.entries(classes)) {
      for (const permission of names) {
        permissions.set(`${type}:${objectClass}:${permission}`, {
          type,
          objectClass,
          permission,
        });
      }
    }
  }
  return permissions;
}

function permissionLine(
  key: string,
  { type }: Permission,
  content: EffectiveSelinux,
): Pick<ClassifiedLine, 'subject' | 'group' | 'broughtBy' | 'about'> {
  const { broughtBy } = content;
  return {
    subject: key,
    group: type,
    ...(broughtBy &&
      Object.hasOwn(broughtBy, key) && { broughtBy: broughtBy[key] }),
    about: 'content',
  };
}

function riskOf({
  type,
  objectClass,
  permission,
}: Permission): Pick<ClassifiedLine, 'risk' | 'because'> {
  if (powerfulClasses.has(objectClass)) {
    return {
      risk: 'high',
      because: `the class ${objectClass} stands for rights over the kernel or other processes`,
    };
  }
  if (powerfulPermissions.has(permission)) {
    return {
      risk: 'high',
      because: `${permission} reaches other domains or the policy itself`,
    };
  }
  if (type === '@self') {
    return { risk: 'low', because: 'acts on its own processes and objects' };
  }
  const reads = reading.has(permission);
  if (hostTypes.has(type)) {
    return {
      risk: reads ? 'medium' : 'high',
      because: `${type} is a type of the host's core`,
    };
  }
  return {
    risk: reads ? 'low' : 'medium',
    because: reads
      ? `reads objects of type ${type}`
      : `changes objects of type ${type}`,
  };
}
