import { classifyWorkload, WorkloadTraits } from './classifyWorkload';

function classify(traits: Partial<WorkloadTraits>) {
  const { value, confidence } = classifyWorkload({
    kind: 'Deployment',
    labels: {},
    images: [],
    ...traits,
  });
  return `${value} ${confidence}`;
}

describe('the class of a workload', () => {
  it.each<[string, Partial<WorkloadTraits>, string]>([
    ['nothing', {}, 'ordinary likely'],
    ['the entity type', { entityType: 'ai-agent' }, 'ai-agent certain'],
    [
      'an entity tag',
      { entityTags: ['ebpf-collector'] },
      'ebpf-collector certain',
    ],
    [
      'a Sandbox',
      { kind: 'Sandbox', apiGroup: 'agents.x-k8s.io' },
      'ai-agent certain',
    ],
    [
      'a Sandbox of another group',
      { kind: 'Sandbox', apiGroup: 'x.org' },
      'ordinary likely',
    ],
    [
      'labels of kagent',
      { labels: { app: 'kagent', kagent: 'helper' } },
      'ai-agent certain',
    ],
    [
      'one label of kagent',
      { labels: { kagent: 'helper' } },
      'ordinary likely',
    ],
    [
      'an image of an agent',
      { images: ['ghcr.io/all-hands/openhands:1'] },
      'ai-agent guess',
    ],
    [
      'the agent of Cilium',
      { labels: { 'k8s-app': 'cilium' }, images: ['quay.io/cilium/cilium:v1'] },
      'dataplane certain',
    ],
    [
      'a mirrored collector',
      { images: ['mirror.example.org:5000/quay.io/cilium/tetragon:v1.7.0'] },
      'ebpf-collector likely',
    ],
    [
      'an image that only ends like a collector',
      { images: ['example.org/notfalcosecurity/falco-ui:1'] },
      'ordinary likely',
    ],
    ['ztunnel', { labels: { app: 'ztunnel' } }, 'mesh likely'],
    [
      'the catalog over images',
      { entityType: 'ai-agent', images: ['falcosecurity/falco:1'] },
      'ai-agent certain',
    ],
  ])('by %s', (_, traits, expected) => {
    expect(classify(traits)).toBe(expected);
  });
});
