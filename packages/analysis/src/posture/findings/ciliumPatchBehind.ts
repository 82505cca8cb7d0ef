import { FindingCheck } from './finding';
import { judgeClusters, ownerOf } from './judgeClusters';

/** Cilium has the latest patch of its line. */
export const ciliumPatchBehind: FindingCheck = {
  id: 'cilium-patch-behind',
  title: 'Cilium has the latest patch of its line',
  severity: 'medium',
  weight: {
    points: 4,
    because:
      'fixes of the dataplane are out and not rolled out; the owner has no hand in it',
  },
  responsible: 'cluster',
  meaning: 'Patches of a line are for bugs and security holes only.',
  decidedBy:
    "Warns when the release data knows newer patches of the same line than the one that is furthest behind; a lower bound, as the data may be old. A vendor's build is not judged.",
  fix: 'Ask who runs the cluster to patch.',
  sources: ['cilium/cilium, releases'],
  judge: entity =>
    judgeClusters(entity, {
      field: 'cilium.patchesBehind',
      pass: 'No newer patch is known for Cilium in the clusters below.',
      judge({ line, patchesBehind, versions }, cluster) {
        if (patchesBehind === null) {
          return line.state === 'vendor'
            ? { status: 'not-applicable' }
            : { status: 'unknown', because: 'its version is not known' };
        }
        if (patchesBehind > 0) {
          const from = versions[0]?.version ?? line.name;
          return {
            status: 'warn',
            value: `Cilium ${from} is at least ${patchesBehind} ${
              patchesBehind === 1 ? 'patch' : 'patches'
            } behind`,
            text: `Ask ${ownerOf(cluster)} to patch Cilium in ${
              cluster.name
            }: ${from} is at least ${patchesBehind} ${
              patchesBehind === 1 ? 'patch' : 'patches'
            } behind.`,
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
