import { evidenceOf } from '../judgedEntity';
import { FindingCheck } from './finding';
import { clustersPlace, judgeContainers } from './judgeContainers';
import { containerPatch } from './patches';

/** No container is privileged. */
export const workloadPrivileged: FindingCheck = {
  id: 'workload-privileged',
  title: 'No container is privileged',
  severity: 'critical',
  weight: { points: 40, because: 'a privileged container is the node' },
  responsible: 'owner',
  meaning:
    'A privileged container has every capability and device of the node and no seccomp filter: it is the node.',
  decidedBy: 'Fails for a container with privileged: true.',
  fix: 'Remove privileged: true and add the capabilities that the program needs one by one.',
  sources: [
    'Kubernetes documentation, Pod Security Standards, baseline: Privileged Containers',
    'Kubernetes documentation, Seccomp and Kubernetes: privileged containers always run Unconfined',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'are privileged',
      pass: 'No container is privileged.',
      notApplicable: 'No container to judge.',
      judge(container) {
        const [privileged] = container.elevations.filter(
          ({ id }) => id === 'privileged',
        );
        if (!privileged) {
          return { status: 'pass' };
        }
        const { securityContext, name } = container.facts.container;
        const listed = securityContext?.capabilities?.add ?? [];
        const text = `Remove \`privileged: true\` from ${name} in ${clustersPlace}; it uses ${
          listed.length > 0 ? listed.join(', ') : 'no listed capability'
        }.`;
        const patch = containerPatch(container, ['privileged: false']);
        return {
          status: 'fail',
          evidence: [
            evidenceOf(container, {
              field: privileged.field,
              value: privileged.value,
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
