import { FindingCheck } from './finding';
import { elevationVerdict } from './elevationVerdict';
import { judgeContainers } from './judgeContainers';
import { podSpecPatch } from './patches';

/** No pod shares namespaces with its node. */
export const workloadSharesHost: FindingCheck = {
  id: 'workload-shares-host',
  title: 'No pod shares namespaces with its node',
  severity: 'high',
  weight: {
    points: 15,
    because: "the node's processes or network are open to it",
  },
  responsible: 'owner',
  meaning:
    "A pod in the node's namespaces sees the node's processes, network or shared memory.",
  decidedBy: 'Fails for hostPID and hostNetwork, warns for hostIPC.',
  fix: 'Remove the field, or ask for a grant with the reason.',
  sources: [
    'Kubernetes documentation, Pod Security Standards, baseline: Host Namespaces',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'share namespaces with the node',
      pass: 'No pod shares namespaces with its node.',
      notApplicable: 'No container to judge.',
      judge: container =>
        elevationVerdict(container, {
          concerns: /^host-(pid|network|ipc)/,
          text: worst =>
            `Remove \`${worst.field.split('.').at(-1)}: true\` from ${
              container.workload.kind
            } ${container.workload.name}, or ask for a grant for ${
              container.environment
            }.`,
          patch: asked =>
            podSpecPatch(
              container,
              asked.map(({ field }) => `${field.split('.').at(-1)}: false`),
            ),
        }),
    }),
};
