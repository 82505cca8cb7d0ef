import { FindingCheck } from './finding';
import { elevationVerdict } from './elevationVerdict';
import { judgeContainers } from './judgeContainers';

/** No container mounts a dangerous path of its node. */
export const kernelPathMounted: FindingCheck = {
  id: 'kernel-path-mounted',
  title: 'No container mounts a dangerous path of its node',
  severity: 'high',
  weight: { points: 20, because: 'it is a way around every other confinement' },
  responsible: 'owner',
  meaning:
    "Through the node's root, sockets and kernel files a container reaches past its own confinement.",
  decidedBy:
    "Fails for a host path of critical or high risk (root, container runtime's socket, kernel memory, debug interfaces, system folders), warns for one of medium risk.",
  fix: 'Remove the volume, mount a narrower path read-only, or ask for a grant with the reason.',
  sources: [
    'Kubernetes documentation, Pod Security Standards, baseline: HostPath Volumes',
    'proc(5), sysfs(5), hier(7)',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'mount a dangerous path of the node',
      pass: 'No container mounts a dangerous path of its node.',
      notApplicable: 'No container to judge.',
      judge: container =>
        elevationVerdict(container, {
          concerns: /^host-path-/,
          text: worst =>
            `Remove the host path ${worst.value} from ${container.facts.container.name}, or ask for a grant for ${container.environment}: ${worst.because}.`,
        }),
    }),
};
