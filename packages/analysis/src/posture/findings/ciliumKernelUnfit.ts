import { FindingCheck } from './finding';
import { ownerOf } from './judgeClusters';
import { judgeDataplanes } from './judgeDataplanes';
import { nameList } from './nameList';

/** The kernel of every node fits its Cilium. */
export const ciliumKernelUnfit: FindingCheck = {
  id: 'cilium-kernel-unfit',
  title: 'The kernel of every node fits its Cilium',
  severity: 'medium',
  weight: {
    points: 3,
    because: 'agents may fail to start there, or features may be missing',
  },
  responsible: 'cluster',
  meaning:
    'Cilium is as good as the kernel that runs its programs. Too old a kernel lacks what it needs, and a few new ones break it.',
  decidedBy:
    'Warns when a node has a kernel below what its version of Cilium or a feature that is on asks for, with the exceptions of RHEL 8, or one of the pairs that are known to break. Advice: the agent itself probes what the kernel can do.',
  fix: 'Ask who runs the cluster to update these kernels first.',
  sources: [
    'cilium, Documentation/operations/system_requirements.rst',
    'cilium/cilium#48016',
    'cilium/cilium#44216',
    'cilium/cilium#47718',
    'cilium/cilium#44967',
  ],
  judge: entity =>
    judgeDataplanes(entity, {
      field: 'cilium.kernel',
      pass: 'The kernels of the nodes fit.',
      judge({ kernel }, cluster) {
        const [first] = kernel.problems;
        if (kernel.state === 'unfit' || kernel.state === 'known-bad') {
          const nodes = nameList(first.names);
          return {
            status: 'warn',
            value: `kernel of ${nodes}: ${first.because}`,
            text: `Ask ${ownerOf(cluster)} about the kernel of ${nodes} in ${
              cluster.name
            }: ${first.because}.`,
          };
        }
        return kernel.state === 'unknown'
          ? { status: 'unknown', because: first.because }
          : { status: 'pass' };
      },
    }),
};
