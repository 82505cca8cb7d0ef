import { ProfileKind, ProfileObject } from './profileObject';

/** A profile with the opaque id under which the backend serves it. @public */
export interface IndexedProfile extends ProfileObject {
  id: string;
}

/** Ways for a pod to name a profile. @public */
export type Mechanism = 'seccomp' | 'appArmor' | 'seLinux';

/** The profiles of one cluster, found by what a pod writes or by their own name. @public */
export interface ProfileIndex {
  /** All that write the file or type of that name: one is the rule, more is a collision. */
  byPodValue(mechanism: Mechanism, value: string): IndexedProfile[];
  /** By kind and name, in the namespace for objects of SPO up to 0.8.4. */
  byName(
    kind: ProfileKind,
    name: string,
    namespace?: string,
  ): IndexedProfile | undefined;
  /** Others of the same name and another kind: they share one node status object and corrupt it. */
  namesakes(profile: IndexedProfile): IndexedProfile[];
  readonly all: readonly IndexedProfile[];
}

/**
 * Makes the index of one cluster's profiles.
 *
 * @remarks
 * A seccomp file is the name, with `.json` added unless it ends so: `a` and `a.json` share one file. The object's own
 * `status` decides where it is set. SELinux types end in `.process`, in 0.9.0 and for raw profiles in `_.process`; both
 * spellings are accepted. Source: SPO v1.0.0, api/seccompprofile/v1/seccompprofile_types.go and
 * internal/pkg/daemon/selinuxprofile.
 * @public
 */
export function indexProfiles(profiles: IndexedProfile[]): ProfileIndex {
  const byValue = new Map<string, IndexedProfile[]>();
  const byObjectName = new Map<string, IndexedProfile>();
  const byBareName = new Map<string, IndexedProfile[]>();
  for (const profile of profiles) {
    for (const value of podValues(profile)) {
      append(byValue, `${mechanismOf(profile.kind)} ${value}`, profile);
    }
    byObjectName.set(
      objectKey(profile.kind, profile.name, profile.namespace),
      profile,
    );
    append(byBareName, `${profile.namespace ?? ''}/${profile.name}`, profile);
  }
  return {
    byPodValue(mechanism, value) {
      const key = mechanism === 'seccomp' ? cleanPath(value) : value;
      return byValue.get(`${mechanism} ${key}`) ?? [];
    },
    byName(kind, name, namespace) {
      return byObjectName.get(objectKey(kind, name, namespace));
    },
    namesakes(profile) {
      const all = byBareName.get(`${profile.namespace ?? ''}/${profile.name}`);
      return (all ?? []).filter(other => other.kind !== profile.kind);
    },
    all: profiles,
  };
}

/** The mechanism that a kind of profile works through. @public */
export function mechanismOf(kind: ProfileKind): Mechanism {
  switch (kind) {
    case 'SeccompProfile':
      return 'seccomp';
    case 'AppArmorProfile':
      return 'appArmor';
    default:
      return 'seLinux';
  }
}

/** The kubelet cleans a localhost path: `operator//x.json` and `./operator/x.json` are `operator/x.json`. */
export function cleanPath(path: string): string {
  return path
    .split('/')
    .filter(part => part !== '' && part !== '.')
    .join('/');
}

/** Everything that a pod may write to name this profile, by its mechanism. @public */
export function podValues(profile: ProfileObject): Set<string> {
  const { kind, name, namespace, statusName } = profile;
  switch (kind) {
    case 'SeccompProfile': {
      const file = name.endsWith('.json') ? name : `${name}.json`;
      const computed = namespace
        ? `operator/${namespace}/${file}`
        : `operator/${file}`;
      return new Set([cleanPath(statusName || computed)]);
    }
    case 'AppArmorProfile':
      return new Set([name]);
    default: {
      const spellings = namespace
        ? [`${name}_${namespace}.process`]
        : [`${name}.process`, `${name}_.process`];
      return new Set([...(statusName ? [statusName] : []), ...spellings]);
    }
  }
}

function objectKey(
  kind: ProfileKind,
  name: string,
  namespace: string | undefined,
): string {
  return `${kind}/${namespace ?? ''}/${name}`;
}

function append<V>(map: Map<string, V[]>, key: string, value: V): void {
  const held = map.get(key);
  if (held) {
    held.push(value);
  } else {
    map.set(key, [value]);
  }
}
