import { evidenceOf, workloadName } from '../judgedEntity';
import { FindingCheck } from './finding';
import { judgeContainers } from './judgeContainers';

/** Every seccomp filter is described by a profile. */
export const seccompForeign: FindingCheck = {
  id: 'seccomp-foreign',
  title: 'Every seccomp filter is described by a profile',
  severity: 'high',
  weight: { points: 25, because: 'nobody can say what the filter allows' },
  responsible: 'owner',
  meaning:
    'A file on the node that no profile describes may allow anything, and may differ from node to node.',
  decidedBy:
    "Fails for a seccomp setting of type Localhost outside the operator's folder.",
  fix: 'Describe the file as a SeccompProfile and name that, or use RuntimeDefault.',
  sources: [
    'kubernetes-sigs/security-profiles-operator v1.0.0, internal/pkg/daemon: profiles are installed below the operator folder of the kubelet',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'run under a file that no profile describes',
      pass: 'Every seccomp filter is described by a profile or is the default.',
      notApplicable: 'No container names a seccomp file.',
      judge(container) {
        const { seccomp } = container.confinement;
        if (seccomp.state === 'unknown') {
          return {
            status: 'unknown',
            because: seccomp.because ?? 'the setting is not known',
          };
        }
        if (seccomp.state === 'foreign') {
          const text = `Describe ${seccomp.value.replace(
            /^Localhost /,
            '',
          )} as a SeccompProfile in ${
            container.cluster.name
          } and name that in ${workloadName(container.workload)}.`;
          return {
            status: 'fail',
            evidence: [
              evidenceOf(container, {
                field: seccomp.field,
                value: seccomp.value,
              }),
            ],
            fix: { text },
            step: { text },
          };
        }
        return {
          status: seccomp.value.startsWith('Localhost')
            ? 'pass'
            : 'not-applicable',
        };
      },
    }),
};
