import { evidenceOf } from '../judgedEntity';
import { FindingCheck } from './finding';
import { judgeContainers } from './judgeContainers';

/** What to switch a profile to, by its mode. */
const wantedModes: Record<string, string> = {
  permissive: 'Enforcing',
  complain: 'Enforce',
  disabled: 'Enabled',
};

/** Every named profile enforces what it says. */
export const profileNotEnforcing: FindingCheck = {
  id: 'profile-not-enforcing',
  title: 'Every named profile enforces what it says',
  severity: 'medium',
  weight: { points: 15, because: 'the profile only watches' },
  responsible: 'owner',
  meaning:
    'A profile in permissive or complain mode only logs what it would refuse; a disabled one is left as it was on the nodes.',
  decidedBy:
    'Warns for a profile in mode Permissive, Complain or Disabled, or whose default action is not known. One that allows by default is judged by profile-allows-by-default.',
  fix: 'Switch the profile to Enforcing (SELinux) or Enforce (AppArmor), or enable it.',
  sources: [
    'kubernetes-sigs/security-profiles-operator v1.0.0, api/selinuxprofile/v1 mode, api/apparmorprofile/v1 complainMode and api/profilebase/v1 state',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'name a profile that does not enforce',
      pass: 'Every named profile enforces.',
      notApplicable: 'No container names a profile.',
      judge(container) {
        const used = container.used;
        const [weak] = used.filter(({ effective }) =>
          ['permissive', 'complain', 'disabled'].includes(effective.mode),
        );
        if (weak) {
          const { profile, effective } = weak;
          const wanted = wantedModes[effective.mode] ?? 'Enforcing';
          const text = `Switch ${profile.name} from ${
            effective.mode
          } to ${wanted}: ${
            effective.mode === 'disabled'
              ? 'today nobody keeps it up to date on the nodes'
              : 'today it only logs'
          }.`;
          return {
            status: 'warn',
            evidence: [
              evidenceOf(container, {
                field: container.confinement[weak.mechanism].field,
                value: `${profile.name} is ${effective.mode}`,
              }),
            ],
            fix: { text },
            step: {
              text,
              action: { kind: 'open', ref: `profile:${profile.id}` },
            },
          };
        }
        const [unknown] = used.filter(
          ({ effective }) => effective.mode === 'unknown',
        );
        if (unknown) {
          return {
            status: 'unknown',
            because: `the default action of ${unknown.profile.name} depends on something outside it`,
          };
        }
        return { status: used.length > 0 ? 'pass' : 'not-applicable' };
      },
    }),
};
