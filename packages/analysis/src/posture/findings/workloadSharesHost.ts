import { evidenceOf } from '../judgedEntity';
import { FindingCheck } from './finding';
import { byRisk } from './byRisk';
import { judgeContainers } from './judgeContainers';

/** No pod shares namespaces with its node. */
export const workloadSharesHost: FindingCheck = {
  id: 'workload-shares-host',
  title: 'No pod shares namespaces with its node',
  responsible: 'owner',
  meaning:
    "A pod in the node's namespaces sees the node's processes, network or shared memory.",
  decidedBy: 'Fails for hostPID and hostNetwork, warns for hostIPC.',
  fix: 'Remove the field, or ask for a grant with the reason.',
  judge: entity =>
    judgeContainers(entity, {
      problem: 'share namespaces with the node',
      pass: 'No pod shares namespaces with its node.',
      notApplicable: 'No container to judge.',
      judge(container) {
        const asked = container.elevations.filter(({ id }) =>
          /^host-(pid|network|ipc)/.test(id),
        );
        const [worst] = byRisk(asked);
        if (!worst || worst.risk === 'low') {
          return { status: 'pass' };
        }
        const name = worst.field.split('.').at(-1);
        const text = `Remove \`${name}: true\` from ${container.workload.kind} ${container.workload.name}, or ask for a grant for ${container.environment}.`;
        return {
          status:
            worst.risk === 'critical' || worst.risk === 'high'
              ? 'fail'
              : 'warn',
          evidence: byRisk(asked).map(({ field, value }) =>
            evidenceOf(container, { field, value }),
          ),
          fix: { text },
          step: { text },
        };
      },
    }),
};
