import { containerList } from '../../confinement/fieldPaths';
import { JudgedContainer, workloadName } from '../judgedEntity';
import { Patch } from '../posture';

/** Sets fields of one container's `securityContext`; undefined where the path to the pod spec goes through a list. */
export function containerPatch(
  container: JudgedContainer,
  lines: string[],
): Patch | undefined {
  const { container: declared } = container.facts;
  return podSpecPatch(container, [
    `${containerList(declared)}:`,
    `  - name: ${declared.name}`,
    '    securityContext:',
    ...lines.map(line => `      ${line}`),
  ]);
}

/** Sets fields of the pod's `securityContext`. */
export function podPatch(
  container: JudgedContainer,
  lines: string[],
): Patch | undefined {
  return podSpecPatch(container, [
    'securityContext:',
    ...lines.map(line => `  ${line}`),
  ]);
}

/** Sets fields of the pod spec itself, as a YAML merge patch of the workload. */
export function podSpecPatch(
  container: JudgedContainer,
  lines: string[],
): Patch | undefined {
  const { workload, cluster } = container;
  const parts = workload.pathPrefix.split('.');
  if (parts.some(part => !/^\w+$/.test(part))) {
    return undefined;
  }
  const body = [
    `# ${workloadName(workload)} in ${cluster.name}/${workload.namespace}`,
    ...parts.map((part, depth) => `${'  '.repeat(depth)}${part}:`),
    ...lines.map(line => `${'  '.repeat(parts.length)}${line}`),
  ];
  return { format: 'yaml', body: `${body.join('\n')}\n` };
}

/** Changes fields of a profile, as a YAML merge patch. */
export function profilePatch(
  { cluster }: JudgedContainer,
  profile: { kind: string; name: string; namespace?: string },
  lines: string[],
): Patch {
  const place = profile.namespace
    ? `${cluster.name}/${profile.namespace}`
    : cluster.name;
  const body = [
    `# ${profile.kind} ${profile.name} in ${place}`,
    'spec:',
    ...lines.map(line => `  ${line}`),
  ];
  return { format: 'yaml', body: `${body.join('\n')}\n` };
}
