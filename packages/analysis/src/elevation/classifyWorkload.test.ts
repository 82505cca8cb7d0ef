import {
  ClassRule,
  classifyWorkload,
  WorkloadTraits,
} from './classifyWorkload';

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
      'the label of kagent without one of its agents',
      { labels: { 'app.kubernetes.io/managed-by': 'kagent' } },
      'ordinary likely',
    ],
    [
      'an agent of kagent on a shared worker',
      {
        labels: {
          'app.kubernetes.io/managed-by': 'kagent',
          'kagent.dev/harness': 'x',
        },
      },
      'ai-agent certain',
    ],
    [
      'a model server',
      { labels: { 'serving.kserve.io/inferenceservice': 'llm' } },
      'ordinary likely',
    ],
    [
      'a server of tools for agents',
      { kind: 'MCPServer', apiGroup: 'kagent.dev' },
      'ordinary likely',
    ],
    ['Ray', { labels: { 'ray.io/cluster': 'x' } }, 'ai-agent guess'],
    [
      'a waypoint of the mesh',
      { labels: { 'gateway.networking.k8s.io/gateway-name': 'w' } },
      'mesh likely',
    ],
    [
      'a controller made with the usual scaffold',
      { labels: { 'control-plane': 'controller-manager' } },
      'operator likely',
    ],
    [
      'Alloy, whose settings decide',
      { images: ['grafana/alloy:v1.20'] },
      'ordinary likely',
    ],
    [
      'the catalog over images',
      { entityType: 'ai-agent', images: ['falcosecurity/falco:1'] },
      'ai-agent certain',
    ],
  ])('by %s', (_, traits, expected) => {
    expect(classify(traits)).toBe(expected);
  });
});

describe('the catalog entity of a workload', () => {
  const sandbox = { kind: 'Sandbox', apiGroup: 'agents.x-k8s.io' };

  it.each<[string, Partial<WorkloadTraits>, string]>([
    [
      'raises it by annotation',
      { entityClass: 'ai-agent' },
      'ai-agent certain',
    ],
    [
      'raises a collector to an agent',
      { entityClass: 'ai-agent', images: ['falcosecurity/falco:1'] },
      'ai-agent certain',
    ],
    [
      'never lowers an agent by annotation',
      { entityClass: 'ordinary', ...sandbox },
      'ai-agent certain',
    ],
    [
      'never lowers an agent by type',
      { entityType: 'operator', ...sandbox },
      'ai-agent certain',
    ],
    [
      'never lowers a collector by tag',
      { entityTags: ['mesh'], images: ['falcosecurity/falco:1'] },
      'ebpf-collector likely',
    ],
    [
      'answers the question that a guess asks',
      { entityClass: 'ordinary', images: ['example.org/codex:1'] },
      'ordinary certain',
    ],
    [
      'says nothing by a word that is no class',
      { entityClass: 'robot', entityType: 'service', entityTags: ['ordinary'] },
      'ordinary likely',
    ],
    [
      'is heard by its most demanding word',
      { entityTags: ['mesh', 'ebpf-collector'], entityType: 'operator' },
      'ebpf-collector certain',
    ],
  ])('%s', (_, traits, expected) => {
    expect(classify(traits)).toBe(expected);
  });

  it('is named as the one that said so, unless the cluster says the same', () => {
    const saidBy = (traits: Partial<WorkloadTraits>) =>
      classifyWorkload({
        kind: 'Deployment',
        labels: {},
        images: [],
        ...traits,
      }).saidBy;
    expect(saidBy({ entityType: 'ai-agent' })).toBe('entity');
    expect(saidBy({ entityType: 'ai-agent', ...sandbox })).toBe('cluster');
    expect(saidBy({})).toBe('cluster');
  });

  it('that says less is told that it lowers nothing', () => {
    expect(
      classifyWorkload({
        labels: {},
        images: [],
        entityType: 'operator',
        ...sandbox,
      }).because,
    ).toBe(
      'its kind is Sandbox of agents.x-k8s.io; the catalog says operator, which lowers nothing',
    );
  });
});

describe('a proxy of the mesh', () => {
  it('is told to have filters that no pod shows', () => {
    expect(
      classifyWorkload({
        kind: 'DaemonSet',
        labels: { app: 'ztunnel' },
        images: [],
      }).because,
    ).toBe(
      'it has the label app=ztunnel; filters that a proxy loads, Wasm too, are not visible in its pods',
    );
  });
});

describe('a rule of config', () => {
  const traits: WorkloadTraits = {
    kind: 'Deployment',
    labels: {},
    images: ['quay.io/acme/falco-fork:1'],
    place: {
      entityRef: 'component:default/watch',
      cluster: 'eu',
      namespace: 'observability',
      name: 'watch-agent',
    },
  };
  const byRule = (rule: Omit<ClassRule, 'class'>) =>
    classifyWorkload(traits, [{ class: 'ebpf-collector', ...rule }]).value;

  it.each<[Omit<ClassRule, 'class'>, string]>([
    [{ image: 'quay.io/acme/*' }, 'ebpf-collector'],
    [{ image: 'quay.io/acme/falco-fork' }, 'ebpf-collector'],
    [{ image: 'quay.io/other/*' }, 'ordinary'],
    [{ cluster: 'eu', namespace: 'observability' }, 'ebpf-collector'],
    [{ cluster: 'eu', namespace: 'shop' }, 'ordinary'],
    [{ name: 'watch-*', kind: 'Deployment' }, 'ebpf-collector'],
    [{ name: 'watch' }, 'ordinary'],
    [{ entity: 'component:default/watch' }, 'ebpf-collector'],
    [{ name: 'watch.agent' }, 'ordinary'],
    [{}, 'ordinary'],
  ])('%j gives %s', (rule, value) => {
    expect(byRule(rule)).toBe(value);
  });

  it('stands above everything else, down as well as up, and the first one decides', () => {
    const sandbox = { ...traits, kind: 'Sandbox', apiGroup: 'agents.x-k8s.io' };
    expect(
      classifyWorkload({ ...sandbox, entityClass: 'ai-agent' }, [
        { class: 'ordinary', cluster: 'eu' },
        { class: 'mesh', cluster: 'eu' },
      ]),
    ).toEqual({
      value: 'ordinary',
      confidence: 'certain',
      because: 'config says so',
      saidBy: 'config',
    });
  });
});
