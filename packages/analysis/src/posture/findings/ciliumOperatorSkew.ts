import { FindingCheck } from './finding';
import { ownerOf } from './judgeClusters';
import { judgeDataplanes } from './judgeDataplanes';

/** Cilium's operator and agents are of one version. */
export const ciliumOperatorSkew: FindingCheck = {
  id: 'cilium-operator-skew',
  title: "Cilium's operator and agents are of one version",
  severity: 'low',
  weight: {
    points: 2,
    because: 'upgrading only one of them can behave in unexpected ways',
  },
  responsible: 'cluster',
  meaning:
    'The operator installs the kinds that agents wait for, so an older one can keep new agents from starting.',
  decidedBy:
    'Warns when the operator is of an older minor than an agent, or differs from the agents while no roll-out goes on. Not judged where no operator is seen, as on GKE.',
  fix: 'Ask who runs the cluster to bring both to one version.',
  sources: ['cilium, Documentation/operations/upgrade.rst'],
  judge: entity =>
    judgeDataplanes(entity, {
      field: 'cilium.operator',
      pass: 'Operator and agents are of one version.',
      judge({ operator }, cluster) {
        switch (operator.state) {
          case 'differs':
            return {
              status: 'warn',
              value: operator.because,
              text: `Ask ${ownerOf(
                cluster,
              )} to bring operator and agents of Cilium in ${
                cluster.name
              } to one version: ${operator.because}.`,
            };
          case 'unknown':
            return { status: 'unknown', because: operator.because };
          case 'not-applicable':
            return { status: 'not-applicable' };
          default:
            return { status: 'pass' };
        }
      },
    }),
};
