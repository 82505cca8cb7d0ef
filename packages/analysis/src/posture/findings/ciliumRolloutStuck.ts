import { FindingCheck } from './finding';
import { ownerOf } from './judgeClusters';
import { judgeDataplanes } from './judgeDataplanes';

/** No roll-out of Cilium is stuck. */
export const ciliumRolloutStuck: FindingCheck = {
  id: 'cilium-rollout-stuck',
  title: 'No roll-out of Cilium is stuck',
  severity: 'medium',
  weight: {
    points: 3,
    because: 'nodes stay on another version for longer than anybody has tested',
  },
  responsible: 'cluster',
  meaning:
    'A roll-out that stands still leaves nodes without the fix, and mixed versions are tested for the time of a roll-out only.',
  decidedBy:
    'Warns when the DaemonSet of the agents wants more updated or ready ones than there are and no new agent came for two hours, or when it replaces pods only after somebody deletes them (OnDelete).',
  fix: 'Ask who runs the cluster why the roll-out stands still.',
  sources: ['Kubernetes documentation, DaemonSet: Performing a Rolling Update'],
  judge: entity =>
    judgeDataplanes(entity, {
      field: 'cilium.rollOut',
      pass: 'No roll-out is stuck.',
      judge({ rollOut }, cluster) {
        if (!rollOut || rollOut.state === 'unknown') {
          return {
            status: 'unknown',
            because: rollOut?.because ?? 'its DaemonSet was not read',
          };
        }
        return rollOut.state === 'stuck' || rollOut.state === 'waits'
          ? {
              status: 'warn',
              value: `roll-out of ${rollOut.wanted}: ${rollOut.because}`,
              text: `Ask ${ownerOf(cluster)} why the roll-out of Cilium in ${
                cluster.name
              } stands still: ${rollOut.because}.`,
            }
          : { status: 'pass' };
      },
    }),
};
