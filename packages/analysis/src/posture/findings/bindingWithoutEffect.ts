import { JudgedBinding } from '../../confinement/bindings';
import { evidenceOf, JudgedContainer, workloadName } from '../judgedEntity';
import { Patch } from '../posture';
import { sourceOf } from '../sourceOf';
import { FindingCheck } from './finding';
import { clustersPlace, judgeContainers } from './judgeContainers';

const plural = 'profilebindings';

/** Every profile binding does what it says. */
export const bindingWithoutEffect: FindingCheck = {
  id: 'binding-without-effect',
  title: 'Every profile binding does what it says',
  severity: 'medium',
  weight: {
    points: 10,
    because: 'the profile that somebody decided on is not there',
  },
  responsible: 'owner',
  meaning:
    'Whoever wrote the binding believes in a profile that the pods do not have. A binding changes new pods only, and says nothing when it changes none.',
  decidedBy:
    'Warns for a binding of the namespace that is for an image of the workload, or for all, and that its pods do not show: the namespace lacks the label, the text of the image differs, a setting of the workload or another binding comes first, the profile does not exist, or the pods are older (deduced). Fails where the profile has no status yet, since new pods are then refused.',
  fix: 'Label the namespace, correct the image in the binding, or set the profile in the workload and remove the binding.',
  sources: [
    'kubernetes-sigs/security-profiles-operator v1.0.0, internal/pkg/webhooks/binding/binding.go',
    'kubernetes-sigs/security-profiles-operator v1.0.0, internal/pkg/manager/spod/bindata/webhook.go',
  ],
  judge: entity =>
    judgeContainers(entity, {
      problem: 'are named by a profile binding that does nothing for them',
      pass: 'Every profile binding does what it says.',
      notApplicable: 'No profile binding is for these containers.',
      judge(container) {
        const { bindings, cluster } = container;
        const [idle] = bindings.filter(
          ({ outcome }) => outcome.state === 'idle',
        );
        if (idle?.outcome.state === 'idle') {
          const { binding, outcome } = idle;
          const text = textOf(container, idle);
          const patch = patchOf(container, idle);
          return {
            status: outcome.cause === 'profile-not-ready' ? 'fail' : 'warn',
            evidence: [
              evidenceOf(container, {
                field: `ProfileBinding ${binding.namespace}/${binding.name}`,
                value: outcome.because,
              }),
            ],
            fix: { text, ...(patch && { patch }) },
            step: {
              text,
              ...(patch && { action: { kind: 'copy-patch', patch } }),
            },
          };
        }
        const [unknown] = bindings.flatMap(({ outcome }) =>
          outcome.state === 'unknown' ? [outcome] : [],
        );
        if (unknown) {
          return { status: 'unknown', because: unknown.because };
        }
        if (bindings.length > 0) {
          return { status: 'pass' };
        }
        const source = sourceOf(cluster, plural);
        return source &&
          source.lastFresh === undefined &&
          source.state !== 'fresh' &&
          source.state !== 'not-installed'
          ? {
              status: 'unknown',
              because: `${plural} of ${cluster.name} could not be read: ${source.state}`,
            }
          : { status: 'not-applicable' };
      },
    }),
};

function textOf(
  container: JudgedContainer,
  { binding, outcome }: JudgedBinding,
): string {
  const cause = outcome.state === 'idle' ? outcome.cause : undefined;
  const workload = workloadName(container.workload);
  const named = `binding ${binding.name} of namespace ${binding.namespace} in ${clustersPlace}`;
  switch (cause) {
    case 'namespace-label':
      return `Label namespace ${binding.namespace} so that binding ${binding.name} works, or set the profile in ${workload}.`;
    case 'image-text':
      return `Write the image in ${named} as ${container.facts.container.image}, as ${workload} has it, or set the profile in ${workload}.`;
    case 'overruled':
      return `Remove ${named}, or the setting of ${workload} that comes before it.`;
    case 'missing-profile':
      return `Create ${binding.profileKind} ${binding.profileName} for ${named}, or remove that binding.`;
    case 'profile-not-ready':
      return `Find out why ${binding.profileKind} ${binding.profileName} has no status: until it has one, ${named} refuses new pods.`;
    case 'not-restarted':
      return `Restart ${workload} so that its pods get what ${named} sets.`;
    default:
      return `Keep one of the bindings of namespace ${binding.namespace} in ${clustersPlace} that are for ${workload}: ${binding.name} does nothing.`;
  }
}

function patchOf(
  container: JudgedContainer,
  { binding, outcome }: JudgedBinding,
): Patch | undefined {
  if (outcome.state !== 'idle' || outcome.cause !== 'namespace-label') {
    return undefined;
  }
  const label = /the label (\S+)$/.exec(outcome.because)?.[1];
  const [key, value = ''] = (label ?? 'spo.x-k8s.io/enable-binding').split('=');
  return {
    format: 'yaml',
    body: [
      `# Namespace ${binding.namespace} in ${container.cluster.name}`,
      'metadata:',
      '  labels:',
      `    ${key}: '${value}'`,
      '',
    ].join('\n'),
  };
}
