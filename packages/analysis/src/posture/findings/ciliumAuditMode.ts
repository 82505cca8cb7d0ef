import { FindingCheck } from './finding';
import { ownerOf } from './judgeClusters';
import { judgeDataplanes } from './judgeDataplanes';

/** Network policies are enforced, not only audited. */
export const ciliumAuditMode: FindingCheck = {
  id: 'cilium-audit-mode',
  title: 'Network policies are enforced, not only audited',
  severity: 'high',
  weight: {
    points: 8,
    because: 'no network policy drops anything while it is on',
  },
  responsible: 'cluster',
  meaning:
    'In audit mode policies are looked at and nothing is dropped, in the whole cluster. Left on by mistake, every policy is decoration.',
  decidedBy:
    'Fails when policy-audit-mode is true in cilium-config. Unknown where the settings can not be read.',
  fix: 'Ask who runs the cluster to set policy-audit-mode to false and to restart the agents.',
  sources: [
    'cilium, install/kubernetes/cilium/templates/cilium-configmap.yaml',
    'cilium/cilium#9580',
  ],
  judge: entity =>
    judgeDataplanes(entity, {
      field: 'cilium-config policy-audit-mode',
      pass: 'No cluster below is in audit mode.',
      judge({ auditMode, settingsReason }, cluster) {
        switch (auditMode) {
          case 'on':
            return {
              status: 'fail',
              value: 'policy-audit-mode is true: nothing is dropped',
              text: `Ask ${ownerOf(cluster)} to set policy-audit-mode of ${
                cluster.name
              } to false: no network policy is enforced.`,
            };
          case 'unknown':
            return {
              status: 'unknown',
              because: settingsReason ?? 'its settings are not known',
            };
          default:
            return { status: 'pass' };
        }
      },
    }),
};
