import { dayInWords } from '../../words';
import { FindingCheck } from './finding';
import { judgeClusters, ownerOf } from './judgeClusters';

/** Cilium is on a release line that is maintained. */
export const ciliumLineEnded: FindingCheck = {
  id: 'cilium-line-ended',
  title: 'Cilium is on a release line that is maintained',
  severity: 'high',
  weight: {
    points: 8,
    because:
      'the dataplane gets no security fixes any more; the owner has no hand in it',
  },
  responsible: 'cluster',
  meaning:
    'A line that has ended gets no more patches, not even for security holes.',
  decidedBy:
    "Fails when the oldest upstream version in the cluster is on a line that has three newer ones. A vendor's build has the vendor's support and is not judged.",
  fix: 'Ask who runs the cluster to leave the line, one minor at a time.',
  sources: ['Cilium documentation, release lines and end of life'],
  judge: entity =>
    judgeClusters(entity, {
      field: 'cilium.line',
      pass: 'Cilium is on a maintained release line in every cluster below.',
      judge({ line, versions }, cluster) {
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
          const ended = line.until
            ? `it ended on ${dayInWords(line.until)}`
            : 'it has ended';
          return {
            status: 'fail',
            value: `Cilium ${line.name}: ${ended}`,
            text: `Ask ${ownerOf(cluster)} to leave Cilium ${line.name} in ${
              cluster.name
            }: ${ended}.`,
          };
        }
        return versions.some(({ version }) => version === 'unknown')
          ? {
              status: 'unknown',
              because: 'the version of some nodes is not known',
            }
          : { status: 'pass' };
      },
    }),
};
