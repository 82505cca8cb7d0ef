import { FindingCheck } from './finding';
import { judgeClusters, ownerOf } from './judgeClusters';

/** Cilium is not on the last maintained release line. */
export const ciliumLineEnding: FindingCheck = {
  id: 'cilium-line-ending',
  title: 'Cilium is not on the last maintained release line',
  severity: 'low',
  weight: {
    points: 2,
    because:
      'the dataplane will soon get no security fixes; the owner has no hand in it',
  },
  responsible: 'cluster',
  meaning:
    'The oldest maintained line ends on the day when the next minor comes out; there is no grace time.',
  decidedBy:
    'Warns when the oldest upstream version in the cluster is on the last of the three maintained lines.',
  fix: 'Ask who runs the cluster to plan the next minor.',
  sources: ['Cilium documentation, release lines and end of life'],
  judge: entity =>
    judgeClusters(entity, {
      field: 'cilium.line',
      pass: 'No cluster below is on the last maintained release line.',
      judge({ line }, cluster) {
        if (line.state === 'vendor') {
          return { status: 'not-applicable' };
        }
        if (line.state === 'unknown') {
          return {
            status: 'unknown',
            because: 'its release line is not known',
          };
        }
        if (line.state === 'ended') {
          return { status: 'not-applicable' };
        }
        return line.state === 'last-maintained'
          ? {
              status: 'warn',
              value: `Cilium ${line.name} is the last maintained line`,
              text: `Ask ${ownerOf(cluster)} to plan the upgrade of Cilium in ${
                cluster.name
              }: ${line.name} ends when the next minor comes out.`,
            }
          : { status: 'pass' };
      },
    }),
};
