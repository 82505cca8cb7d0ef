import { evidenceOf } from '../judgedEntity';
import { FindingCheck } from './finding';
import { judgeContainers } from './judgeContainers';

/** No seccomp profile allows by default. */
export const profileAllowsByDefault: FindingCheck = {
  id: 'profile-allows-by-default',
  title: 'No seccomp profile allows by default',
  severity: 'critical',
  weight: {
    points: 40,
    because: 'a filter that allows by default filters next to nothing',
  },
  responsible: 'owner',
  meaning:
    'A default action of ALLOW or LOG lets every call through that no rule names: the profile is a deny list, or a recording.',
  decidedBy:
    'Fails for a seccomp profile whose default action is SCMP_ACT_ALLOW or SCMP_ACT_LOG.',
  fix: 'Set defaultAction to SCMP_ACT_ERRNO and list the calls that the program needs.',
  sources: [
    'seccomp_rule_add(3) and seccomp_init(3): meaning of the default action',
    'kubernetes-sigs/security-profiles-operator v1.0.0, installation-usage.md: profiles that allow by default are called unsafe',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'run under a profile that allows by default',
      pass: 'Every seccomp profile refuses by default.',
      notApplicable: 'No container names a seccomp profile.',
      judge(container) {
        const used = container.used.filter(
          ({ mechanism }) => mechanism === 'seccomp',
        );
        if (container.causes.some(({ id }) => id === 'allows-by-default')) {
          const name = container.confinement.seccomp.profileName;
          const text = `Set \`defaultAction: SCMP_ACT_ERRNO\` in ${name} and list the calls that ${container.facts.container.name} needs.`;
          return {
            status: 'fail',
            evidence: [
              evidenceOf(container, {
                field: container.confinement.seccomp.field,
                value: container.confinement.seccomp.value,
              }),
            ],
            fix: { text },
            step: {
              text,
              action: {
                kind: 'open',
                ref: `profile:${container.confinement.seccomp.profileId}`,
              },
            },
          };
        }
        if (container.confinement.seccomp.state === 'unknown') {
          return {
            status: 'unknown',
            because:
              container.confinement.seccomp.because ??
              'the profile could not be read',
          };
        }
        return { status: used.length > 0 ? 'pass' : 'not-applicable' };
      },
    }),
};
