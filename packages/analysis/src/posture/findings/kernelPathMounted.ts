import { containerList } from '../../confinement/fieldPaths';
import { Elevation } from '../../elevation/listElevations';
import { JudgedContainer } from '../judgedEntity';
import { Patch } from '../posture';
import { FindingCheck } from './finding';
import { elevationVerdict } from './elevationVerdict';
import { judgeContainers } from './judgeContainers';
import { podSpecPatch } from './patches';

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
          patch: asked => mountsPatch(container, asked),
        }),
    }),
};

/** Takes the mounts out of this container and leaves the volumes, which others may mount. */
function mountsPatch(
  container: JudgedContainer,
  asked: readonly Elevation[],
): Patch | undefined {
  const { container: declared } = container.facts;
  const volumes = new Set(
    (declared.pod.hostPaths ?? [])
      .filter(({ name }) =>
        asked.some(({ field }) => field.includes(`.volumes[${name}].`)),
      )
      .map(({ name }) => name),
  );
  const mounts = (declared.volumeMounts ?? []).filter(({ name }) =>
    volumes.has(name),
  );
  return podSpecPatch(container, [
    `${containerList(declared)}:`,
    `  - name: ${declared.name}`,
    '    volumeMounts:',
    ...mounts.flatMap(({ mountPath }) => [
      '      - $patch: delete',
      `        mountPath: ${JSON.stringify(mountPath)}`,
    ]),
  ]);
}
