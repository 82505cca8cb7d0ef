import { evidenceOf, workloadName } from '../judgedEntity';
import { FindingCheck } from './finding';
import { clustersPlace, judgeContainers } from './judgeContainers';
import { capabilitiesOf } from '../../confinement/capabilities';
import { containerPath } from '../../confinement/fieldPaths';
import { containerPatch } from './patches';

/** No container can gain privileges. */
export const noNewPrivsMissing: FindingCheck = {
  id: 'no-new-privs-missing',
  title: 'No container can gain privileges',
  severity: 'low',
  weight: {
    points: 5,
    because: 'it is one line, and takes away a way to more privileges',
  },
  responsible: 'owner',
  meaning:
    'Without allowPrivilegeEscalation: false a setuid program in the image gives a process more privileges than it started with.',
  decidedBy:
    "Warns for a container that does not set allowPrivilegeEscalation: false. Privileged ones and those with CAP_SYS_ADMIN can't set it.",
  fix: 'Set allowPrivilegeEscalation: false.',
  sources: [
    'Kubernetes documentation, Pod Security Standards, restricted: Privilege Escalation',
    'Linux kernel documentation, No New Privileges Flag',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'can gain privileges',
      pass: 'No container can gain privileges.',
      notApplicable: 'No container could set it.',
      judge(container) {
        const { container: declared } = container.facts;
        const { securityContext } = declared;
        const held = capabilitiesOf(securityContext);
        if (held.has('ALL') || held.has('SYS_ADMIN')) {
          return { status: 'not-applicable' };
        }
        if (securityContext?.allowPrivilegeEscalation === false) {
          return { status: 'pass' };
        }
        const text = `Set \`allowPrivilegeEscalation: false\` in ${
          declared.name
        } of ${workloadName(container.workload)} in ${clustersPlace}.`;
        const patch = containerPatch(container, [
          'allowPrivilegeEscalation: false',
        ]);
        return {
          status: 'warn',
          evidence: [
            evidenceOf(container, {
              field: `${containerPath(
                declared,
                container.workload.pathPrefix,
              )}.securityContext.allowPrivilegeEscalation`,
              value: String(
                securityContext?.allowPrivilegeEscalation ?? 'unset',
              ),
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
