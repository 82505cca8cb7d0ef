import { evidenceOf } from '../judgedEntity';
import { FindingCheck } from './finding';
import { judgeContainers } from './judgeContainers';
import { mechanismNames } from './mechanisms';

/** AppArmor and SELinux are not switched off. */
export const mechanismUnconfined: FindingCheck = {
  id: 'mechanism-unconfined',
  title: 'AppArmor and SELinux are not switched off',
  severity: 'medium',
  weight: { points: 10, because: 'one of several walls is taken away' },
  responsible: 'owner',
  meaning:
    "Unset means the node's default. Unconfined and spc_t switch the second line of defence off on purpose.",
  decidedBy:
    'Warns for AppArmor Unconfined and for the SELinux types spc_t and unconfined_t. Unset passes.',
  fix: "Remove the setting, so that the node's default applies again.",
  sources: [
    'Kubernetes documentation, Pod Security Standards, baseline: AppArmor, SELinux',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'switch AppArmor or SELinux off',
      pass: 'No container switches AppArmor or SELinux off.',
      notApplicable: 'No container to judge.',
      judge(container) {
        const off = (['appArmor', 'seLinux'] as const).filter(
          mechanism => container.confinement[mechanism].state === 'unconfined',
        );
        const [first] = off;
        if (!first) {
          return { status: 'pass' };
        }
        const text = `Remove \`${container.confinement[first].value}\` for ${mechanismNames[first]} from ${container.facts.container.name}, so that the node's default applies.`;
        return {
          status: 'warn',
          evidence: off.map(mechanism =>
            evidenceOf(container, {
              field: container.confinement[mechanism].field,
              value: container.confinement[mechanism].value,
            }),
          ),
          fix: { text },
          step: { text },
        };
      },
    }),
};
