import { FindingCheck } from './finding';
import { judgeClusters, ownerOf } from './judgeClusters';

/** Every Linux node has an agent of Cilium. */
export const ciliumNodeWithoutAgent: FindingCheck = {
  id: 'cilium-node-without-agent',
  title: 'Every Linux node has an agent of Cilium',
  severity: 'medium',
  weight: {
    points: 3,
    because:
      'pods on such a node have no dataplane; the owner has no hand in it',
  },
  responsible: 'cluster',
  meaning:
    'Pods on a node without an agent are outside network policies and observation.',
  decidedBy:
    'Warns when a cluster that runs Cilium has Linux nodes without an agent. A cluster without any agent is not judged.',
  fix: 'Ask who runs the cluster whether these nodes are left out on purpose.',
  sources: ['Cilium documentation, component overview: one agent on each node'],
  judge: entity =>
    judgeClusters(entity, {
      field: 'cilium.nodesWithout',
      pass: 'Every Linux node has an agent.',
      judge({ versions, nodesWithout }, cluster) {
        if (versions.length === 0) {
          return { status: 'not-applicable' };
        }
        return nodesWithout > 0
          ? {
              status: 'warn',
              value: `${nodesWithout} Linux ${
                nodesWithout === 1 ? 'node has' : 'nodes have'
              } no agent`,
              text: `Ask ${ownerOf(cluster)} why ${nodesWithout} Linux ${
                nodesWithout === 1 ? 'node' : 'nodes'
              } of ${cluster.name} ${
                nodesWithout === 1 ? 'has' : 'have'
              } no agent of Cilium.`,
            }
          : { status: 'pass' };
      },
    }),
};
