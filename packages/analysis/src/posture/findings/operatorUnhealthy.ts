import { FindingCheck } from './finding';
import { ownerOf } from './judgeClusters';
import { judgeOperators } from './judgeOperators';

/** The operator does its work. */
export const operatorUnhealthy: FindingCheck = {
  id: 'operator-unhealthy',
  title: 'The operator that installs the profiles does its work',
  severity: 'medium',
  weight: {
    points: 4,
    because: 'profiles that are there stay, and no change reaches the nodes',
  },
  responsible: 'cluster',
  meaning:
    'While a part of the operator is down, new and changed profiles reach no node, new nodes lack all of them, and bindings may refuse new pods. What is installed stays.',
  decidedBy:
    "Warns where the operator's daemon is not ready on every node that it is wanted on, or is wanted on none, or no pod of its manager or its webhook is available. Its own status is not believed: it says Running when pods fail later.",
  fix: 'Ask who runs the cluster to bring the operator back.',
  sources: [
    'kubernetes-sigs/security-profiles-operator v1.0.0, internal/pkg/manager/spod/spod_controller.go',
  ],
  judge: entity =>
    judgeOperators(entity, {
      pass: 'The operator does its work.',
      notApplicable: 'No container has a profile of the operator.',
      nextSteps: 'given',
      judge({ state, because }, cluster) {
        const reason = because.join(', ');
        switch (state) {
          case 'healthy':
            return { status: 'pass' };
          case 'unhealthy':
            return {
              status: 'warn',
              because: reason,
              evidence: because.map(value => ({
                field: 'operator',
                value,
              })),
              text: `Ask ${ownerOf(
                cluster,
              )} to bring the Security Profiles Operator of ${
                cluster.name
              } back: ${reason}.`,
            };
          case 'not-installed':
            return { status: 'not-applicable' };
          default:
            return { status: 'unknown', because: reason };
        }
      },
    }),
};
