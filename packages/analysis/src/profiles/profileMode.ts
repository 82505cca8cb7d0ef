import { ProfileObject } from './profileObject';
import { ProfileSpec, readProfileSpec } from './profileSpec';

/** What a profile does to a call that it doesn't allow. @public */
export type ProfileMode =
  | 'enforcing'
  | 'permissive'
  | 'complain'
  | 'allows-by-default'
  | 'logs-by-default'
  | 'disabled'
  | 'unknown';

const denying = new Set([
  'SCMP_ACT_KILL',
  'SCMP_ACT_KILL_PROCESS',
  'SCMP_ACT_KILL_THREAD',
  'SCMP_ACT_TRAP',
  'SCMP_ACT_ERRNO',
]);

/**
 * Whether a profile enforces what it says.
 *
 * @remarks
 * `unknown` when the default action is absent, not known, or left to a tracer or an agent. `state: Disabled` is ignored
 * for an AppArmorProfile: the operator installs it all the same. A raw SELinux policy has no mode; only the directive
 * `typepermissive` (refused since 1.0) makes it permissive. Up to 0.8 an AppArmorProfile is text, and its mode is a flag
 * of its head. Source: SPO v1.0.0, internal/pkg/daemon; apparmor.d(5), "Flags".
 * @public
 */
export function profileMode(profile: ProfileObject): ProfileMode {
  return modeOfSpec(readProfileSpec(profile));
}

/** The mode of a profile whose spec was read already. */
export function modeOfSpec(spec: ProfileSpec): ProfileMode {
  if (spec.kind === 'AppArmorProfile') {
    return spec.mode === 'Complain' || complainsInText(spec.extra.policy)
      ? 'complain'
      : 'enforcing';
  }
  if (spec.state === 'Disabled') {
    return 'disabled';
  }
  switch (spec.kind) {
    case 'SeccompProfile':
      return modeOfDefaultAction(spec.defaultAction);
    case 'SelinuxProfile':
      return spec.mode === 'Permissive' ? 'permissive' : 'enforcing';
    default:
      return spec.policy.includes('typepermissive')
        ? 'permissive'
        : 'enforcing';
  }
}

/** The mode that a seccomp profile's default action alone gives, whether it is disabled or not. */
export function modeOfDefaultAction(action: string): ProfileMode {
  if (action === 'SCMP_ACT_ALLOW') {
    return 'allows-by-default';
  }
  if (action === 'SCMP_ACT_LOG') {
    return 'logs-by-default';
  }
  return denying.has(action) ? 'enforcing' : 'unknown';
}

/** Whether a profile's head has the flag: `profile name flags=(complain) {`, where `flags=` may be left out. */
function complainsInText(policy: unknown): boolean {
  return (
    typeof policy === 'string' &&
    /^[^#\n]*\([^)\n]*\bcomplain\b[^)\n]*\)\s*\{/m.test(policy)
  );
}
