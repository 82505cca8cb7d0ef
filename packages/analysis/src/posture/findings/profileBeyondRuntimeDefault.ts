import { evidenceOf } from '../judgedEntity';
import { FindingCheck } from './finding';
import { judgeContainers } from './judgeContainers';
import { nameList } from './nameList';

/** No seccomp profile allows more than RuntimeDefault. */
export const profileBeyondRuntimeDefault: FindingCheck = {
  id: 'profile-beyond-runtime-default',
  title: 'No seccomp profile allows more than RuntimeDefault',
  severity: 'medium',
  weight: {
    points: 10,
    because: 'the profile is wider than what every container gets anyway',
  },
  responsible: 'owner',
  meaning:
    "A profile that allows calls which RuntimeDefault refuses makes the kernel's surface larger instead of smaller.",
  decidedBy:
    'Warns for a seccomp profile that allows, logs or hands on a call which RuntimeDefault refuses a container with the same capabilities. Limits on arguments are not compared.',
  fix: 'Remove these calls from the profile, or ask for approval with the reason.',
  sources: [
    'moby/profiles seccomp, default profile; the table is packages/analysis/src/profiles/runtimeDefaultSyscalls.ts',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'may make calls that RuntimeDefault refuses',
      pass: 'No seccomp profile allows more than RuntimeDefault.',
      notApplicable: 'No container names a seccomp profile.',
      judge(container) {
        const used = container.used.filter(
          ({ mechanism }) => mechanism === 'seccomp',
        );
        const [wide] = used.filter(({ beyond }) => beyond.length > 0);
        if (wide) {
          const text = `Remove ${nameList(wide.beyond)} from ${
            wide.profile.name
          } or ask for approval with the reason.`;
          return {
            status: 'warn',
            evidence: wide.beyond.map(call =>
              evidenceOf(container, {
                field: container.confinement.seccomp.field,
                value: `${wide.profile.name} allows ${call}`,
              }),
            ),
            fix: { text },
            step: {
              text,
              action: { kind: 'open', ref: `profile:${wide.profile.id}` },
            },
          };
        }
        const [unresolved] = used.filter(
          ({ effective }) => effective.resolution === 'unresolved',
        );
        if (unresolved) {
          return {
            status: 'unknown',
            because: `${unresolved.profile.name}: ${unresolved.effective.because}`,
          };
        }
        return { status: used.length > 0 ? 'pass' : 'not-applicable' };
      },
    }),
};
