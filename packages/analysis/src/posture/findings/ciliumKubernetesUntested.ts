import { FindingCheck } from './finding';
import { ownerOf } from './judgeClusters';
import { judgeDataplanes } from './judgeDataplanes';

/** Cilium was tested with the cluster's Kubernetes. */
export const ciliumKubernetesUntested: FindingCheck = {
  id: 'cilium-kubernetes-untested',
  title: "Cilium was tested with the cluster's Kubernetes",
  severity: 'low',
  weight: {
    points: 1,
    because: 'the pair is not tested, which is not the same as broken',
  },
  responsible: 'cluster',
  meaning:
    'Each line of Cilium is tested with four minors of Kubernetes. Others often work, and nobody has looked.',
  decidedBy:
    "Warns when the minor of the API server is not in the list of the oldest version's line. A vendor tests its own pairs.",
  fix: 'Ask who runs the cluster to plan both upgrades together.',
  sources: ['cilium, Documentation/network/kubernetes/compatibility.rst'],
  judge: entity =>
    judgeDataplanes(entity, {
      field: 'cilium.kubernetes',
      pass: 'Cilium was tested with the versions of Kubernetes below.',
      judge({ kubernetes, line }, cluster) {
        if (line.state === 'vendor') {
          return { status: 'not-applicable' };
        }
        switch (kubernetes.state) {
          case 'untested':
            return {
              status: 'warn',
              value: kubernetes.because,
              text: `Ask ${ownerOf(cluster)} to plan Cilium and Kubernetes of ${
                cluster.name
              } together: ${kubernetes.because}.`,
            };
          case 'unknown':
            return { status: 'unknown', because: kubernetes.because };
          default:
            return { status: 'pass' };
        }
      },
    }),
};
