import { FindingCheck } from './finding';
import { ownerOf } from './judgeClusters';
import { judgeDataplanes } from './judgeDataplanes';
import { nameList } from './nameList';

/** No known security advisory applies to Cilium. */
export const ciliumAdvisoryApplies: FindingCheck = {
  id: 'cilium-advisory-applies',
  title: 'No known security advisory applies to Cilium',
  severity: 'high',
  weight: {
    points: 8,
    because:
      'a known hole is open below the service; the owner has no hand in it',
  },
  responsible: 'cluster',
  meaning:
    'A hole in the dataplane is open to whoever can reach it, whatever the service itself allows.',
  decidedBy:
    "Fails when an advisory's range has the version of a node in it and the cluster's own settings let it through. One that depends on what settings don't tell is unknown, and so is one for a vendor's build or a branch that the advisory does not document.",
  fix: 'Ask who runs the cluster for the next safe step, or to switch off what lets it through.',
  sources: [
    'cilium/cilium, security advisories',
    'cilium, install/kubernetes/cilium/templates/cilium-configmap.yaml',
  ],
  judge: entity =>
    judgeDataplanes(entity, {
      field: 'cilium.advisories',
      pass: 'No known advisory applies to Cilium in the clusters below.',
      judge({ advisories, path }, cluster) {
        const applying = advisories.filter(
          ({ verdict }) => verdict === 'applies',
        );
        if (applying.length > 0) {
          const names = nameList(applying.map(({ id }) => id));
          const next = path[0] ? `; next safe step: ${path[0].to}` : '';
          return {
            status: 'fail',
            value: `${names} ${applying.length === 1 ? 'applies' : 'apply'}`,
            text: `Ask ${ownerOf(cluster)} to close ${names} in Cilium of ${
              cluster.name
            }${next}.`,
          };
        }
        const open = advisories.filter(
          ({ verdict }) => verdict === 'applies-if' || verdict === 'unknown',
        );
        return open.length > 0
          ? {
              status: 'unknown',
              because: `whether ${nameList(open.map(({ id }) => id))} ${
                open.length === 1 ? 'applies' : 'apply'
              }; of the first: ${open[0].because.replace(/\.$/, '')}`,
            }
          : { status: 'pass' };
      },
    }),
};
