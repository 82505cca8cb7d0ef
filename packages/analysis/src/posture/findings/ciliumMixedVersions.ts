import { FindingCheck } from './finding';
import { judgeClusters, ownerOf } from './judgeClusters';

/** All nodes of a cluster run one version of Cilium. */
export const ciliumMixedVersions: FindingCheck = {
  id: 'cilium-mixed-versions',
  title: 'All nodes of a cluster run one version of Cilium',
  severity: 'low',
  weight: {
    points: 2,
    because:
      'a roll-out of the dataplane stands still; the owner has no hand in it',
  },
  responsible: 'cluster',
  meaning: 'Mixed versions are normal during a roll-out and untested for long.',
  decidedBy: 'Warns when nodes of one cluster run different versions.',
  fix: 'Ask who runs the cluster whether the roll-out goes on.',
  sources: [
    'Cilium documentation, upgrade guide: agents of two minor versions are meant for the time of an upgrade',
  ],
  judge: entity =>
    judgeClusters(entity, {
      field: 'cilium.versions',
      pass: 'One version of Cilium per cluster.',
      judge({ versions }, cluster) {
        const known = new Set(
          versions
            .map(({ version }) => version)
            .filter(version => version !== 'unknown'),
        );
        if (known.size > 1) {
          const shown = versions
            .map(({ version, nodes }) => `${version} on ${nodes}`)
            .join(', ');
          return {
            status: 'warn',
            value: shown,
            text: `Ask ${ownerOf(cluster)} whether the roll-out of Cilium in ${
              cluster.name
            } goes on: ${shown} nodes.`,
          };
        }
        if (versions.length === 0) {
          return { status: 'not-applicable' };
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
