import {
  appArmorContent,
  AppArmorContent,
  textDigest,
} from './appArmorContent';
import { ProfileMode } from './profileMode';
import { ProfileKind, ProfileObject } from './profileObject';
import { readProfileSpec } from './profileSpec';
import {
  EffectiveProfile,
  EffectiveRule,
  EffectiveSelinux,
} from './resolveEffectiveProfile';

/** What a SeccompProfile enforces with its bases. @public */
export interface SeccompContent {
  defaultAction: string;
  /** Sorted; none: that of the node. */
  architectures: string[];
  /** Sorted. */
  flags: string[];
  /** Socket of the agent that decides calls under SCMP_ACT_NOTIFY. */
  listenerPath?: string;
  /** Sorted. */
  rules: EffectiveRule[];
}

/**
 * What one revision of a profile enforces, by itself: plain data that can be stored and compared later, with integers as
 * decimal strings.
 *
 * @public
 */
export interface ProfileContent {
  schema: 'sp-content/1';
  kind: ProfileKind;
  state: 'Enabled' | 'Disabled';
  mode: ProfileMode;
  seccomp?: SeccompContent;
  appArmor?: AppArmorContent;
  seLinux?: EffectiveSelinux;
  /** A raw SELinux policy: it can't be judged, only compared as a whole. */
  raw?: { bytes: number; digest: string };
}

/**
 * What a profile enforces, as it can be kept.
 *
 * @param effective - from {@link resolveEffectiveProfile} of the same profile
 * @returns undefined when it is not resolved
 * @public
 */
export function profileContent(
  profile: ProfileObject,
  effective: EffectiveProfile,
): ProfileContent | undefined {
  if (effective.resolution === 'unresolved') {
    return undefined;
  }
  const spec = readProfileSpec(profile);
  const shared = {
    schema: 'sp-content/1' as const,
    kind: spec.kind,
    state: spec.state,
    mode: effective.mode,
  };
  switch (spec.kind) {
    case 'SeccompProfile': {
      const { listenerPath } = spec.extra;
      return {
        ...shared,
        seccomp: {
          defaultAction: spec.defaultAction,
          architectures: spec.architectures,
          flags: spec.flags,
          ...(typeof listenerPath === 'string' && { listenerPath }),
          rules: effective.rules ?? [],
        },
      };
    }
    case 'SelinuxProfile':
      return { ...shared, seLinux: effective.seLinux };
    case 'RawSelinuxProfile':
      return { ...shared, raw: textDigest(spec.policy) };
    default:
      return { ...shared, appArmor: appArmorContent(spec.extra) };
  }
}
