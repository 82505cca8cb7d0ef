import { capabilityName } from '../../confinement/capabilities';
import { Elevation } from '../../elevation/listElevations';
import { JudgedContainer } from '../judgedEntity';
import { FindingCheck } from './finding';
import { elevationVerdict } from './elevationVerdict';
import { judgeContainers } from './judgeContainers';
import { containerPatch } from './patches';

/** No container asks for a dangerous capability. */
export const workloadElevated: FindingCheck = {
  id: 'workload-elevated',
  title: 'No container asks for a dangerous capability',
  severity: 'high',
  weight: { points: 20, because: "a part of the node's power is given away" },
  responsible: 'owner',
  meaning:
    "A capability beyond the runtime's default gives a container a part of the node's power.",
  decidedBy:
    'Fails for an added capability of critical or high risk and for an unmasked /proc, warns for one of medium risk and for a sysctl that Kubernetes does not call safe.',
  fix: 'Drop the capability, or ask for a grant with the reason.',
  sources: [
    'capabilities(7)',
    'Kubernetes documentation, Pod Security Standards, baseline: Capabilities, /proc Mount Type, Sysctls',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'ask for more of the kernel than ordinary ones',
      pass: 'No container asks for a dangerous capability, sysctl or /proc.',
      notApplicable: 'No container to judge.',
      judge: container =>
        elevationVerdict(container, {
          concerns: /^(capability-|proc-mount|unsafe-sysctl)/,
          text: worst =>
            `Drop ${worst.value} from ${container.facts.container.name}, or ask for a grant for ${container.environment}.`,
          patch: asked => {
            const lines = [
              ...withoutCapabilities(container, asked),
              ...(asked.some(({ id }) => id === 'proc-mount-unmasked')
                ? ['procMount: Default']
                : []),
            ];
            return lines.length > 0
              ? containerPatch(container, lines)
              : undefined;
          },
        }),
    }),
};

/** The list of added capabilities without those that are asked for here; a list is replaced as a whole. */
function withoutCapabilities(
  container: JudgedContainer,
  asked: readonly Elevation[],
): string[] {
  const dropped = new Set(
    asked
      .filter(({ id }) => id.startsWith('capability-'))
      .map(({ value }) => capabilityName(value)),
  );
  if (dropped.size === 0) {
    return [];
  }
  const added = container.facts.container.securityContext?.capabilities?.add;
  const kept = (added ?? []).filter(name => !dropped.has(capabilityName(name)));
  return ['capabilities:', `  add: [${kept.join(', ')}]`];
}
