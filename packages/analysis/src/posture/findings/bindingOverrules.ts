import { evidenceOf, workloadName } from '../judgedEntity';
import { FindingCheck } from './finding';
import { clustersPlace, judgeContainers } from './judgeContainers';
import { mechanisms } from './mechanisms';

/** No profile binding overwrites what a workload says. */
export const bindingOverrules: FindingCheck = {
  id: 'binding-overrules',
  title: 'No profile binding overwrites what a workload says',
  severity: 'medium',
  weight: { points: 5, because: 'what runs is not what reviewers read' },
  responsible: 'owner',
  meaning:
    'A binding of an image writes over the setting of the container, even over a stricter one; for SELinux it replaces all options, the level too. What reviewers read in the workload is then not what runs.',
  decidedBy:
    'Warns where live pods have what a binding sets and the template says something else (deduced: no mark on a pod tells that a binding changed it).',
  fix: 'Set the wanted profile in the workload and remove the binding, or remove the setting from the workload.',
  sources: [
    'kubernetes-sigs/security-profiles-operator v1.0.0, internal/pkg/webhooks/binding/binding.go',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'run under a profile that a binding put in place of their own',
      pass: 'No profile binding overwrites what a workload says.',
      notApplicable: 'No container has its profile from a binding.',
      judge(container) {
        const bound = mechanisms.flatMap(mechanism => {
          const now = container.confinement[mechanism];
          return now.binding ? [{ ...now, binding: now.binding }] : [];
        });
        const over = bound.filter(({ binding }) => binding.over !== undefined);
        const [first] = over;
        if (!first) {
          return { status: bound.length > 0 ? 'pass' : 'not-applicable' };
        }
        const { namespace, name } = first.binding;
        const text = `Set ${first.profileName ?? first.value} in ${workloadName(
          container.workload,
        )} itself, or remove binding ${name} of namespace ${namespace} in ${clustersPlace}: it overwrites ${
          first.binding.over
        }.`;
        return {
          status: 'warn',
          evidence: over.map(({ field, value, binding }) =>
            evidenceOf(container, {
              field,
              value: `${value} by binding ${binding.namespace}/${binding.name}, in place of ${binding.over}`,
            }),
          ),
          fix: { text },
          step: { text },
        };
      },
    }),
};
