import { evidenceOf, workloadName } from '../judgedEntity';
import { FindingCheck } from './finding';
import { clustersPlace, judgeContainers } from './judgeContainers';
import { containerPatch, podPatch } from './patches';

/** Every container runs under a seccomp filter. */
export const seccompUnconfined: FindingCheck = {
  id: 'seccomp-unconfined',
  title: 'Every container runs under a seccomp filter',
  severity: 'critical',
  weight: {
    points: 40,
    because: 'nothing filters what the container asks of the kernel',
  },
  responsible: 'owner',
  meaning:
    'Without a filter a container may make any system call, so one bug in the kernel is enough to leave it.',
  decidedBy:
    'Fails for a container that sets Unconfined, or sets nothing on a cluster that is not declared to apply RuntimeDefault. A privileged container is judged by workload-privileged.',
  fix: 'Set seccompProfile.type: RuntimeDefault, or name an own profile.',
  sources: [
    "Kubernetes documentation, Restrict a Container's Syscalls with seccomp",
    'Kubernetes documentation, Pod Security Standards, restricted: Seccomp',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'run without a seccomp filter',
      pass: 'Every container runs under a seccomp filter.',
      notApplicable: 'No container to judge.',
      judge(container) {
        const { seccomp } = container.confinement;
        const { workload } = container;
        if (container.facts.container.securityContext?.privileged) {
          return { status: 'not-applicable' };
        }
        if (seccomp.state === 'unknown') {
          return {
            status: 'unknown',
            because: seccomp.because ?? 'the setting is not known',
          };
        }
        if (seccomp.state !== 'unconfined' && seccomp.state !== 'unset') {
          return { status: 'pass' };
        }
        const lines = ['seccompProfile:', '  type: RuntimeDefault'];
        const patch =
          seccomp.setBy === 'container'
            ? containerPatch(container, lines)
            : podPatch(container, lines);
        const text = `Set \`seccompProfile.type: RuntimeDefault\` in ${workloadName(
          workload,
        )}, namespace ${workload.namespace} in ${clustersPlace}.`;
        return {
          status: 'fail',
          evidence: [
            evidenceOf(container, {
              field:
                seccomp.field ??
                `${workload.pathPrefix}.securityContext.seccompProfile`,
              value: seccomp.value || 'unset',
            }),
          ],
          fix: { text, ...(patch && { patch }) },
          step: {
            text,
            ...(patch && { action: { kind: 'copy-patch', patch } }),
          },
        };
      },
    }),
};
