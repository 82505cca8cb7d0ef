import {
  exampleCluster,
  exampleContainer,
  exampleFacts,
  exampleWorkload,
} from './exampleFacts';
import { ClusterFacts, ContainerFacts, EntityFacts } from './entityFacts';
import { judgeEntity } from './judgeEntity';
import { Posture } from './posture';
import { defaultRuleset, rulesetOf } from './ruleset';

const now = '2026-11-23T10:00:00Z';

function judge(
  container: ContainerFacts,
  options: {
    cluster?: Partial<ClusterFacts>;
    entity?: Partial<EntityFacts['entity']>;
    labels?: Record<string, string>;
  } = {},
): Posture {
  const facts = exampleFacts({
    clusters: [exampleCluster(options.cluster)],
    workloads: [
      exampleWorkload({
        containers: [container],
        labels: options.labels ?? {},
      }),
    ],
  });
  return judgeEntity(
    { ...facts, entity: { ...facts.entity, ...options.entity } },
    defaultRuleset,
    now,
  );
}

const found = (posture: Posture, id: string) =>
  posture.findings.find(one => one.id === id);

const agent = { entity: { class: 'ai-agent' } };
const sandboxes = {
  runtimeHandlers: { gvisor: 'runsc', fast: 'crun', kata: 'kata-qemu' },
};

describe('an AI agent', () => {
  it.each<[string, string, string | undefined, Partial<ClusterFacts>]>([
    ['without a RuntimeClass', 'fail', undefined, {}],
    ['under gVisor by its handler', 'pass', 'gvisor', sandboxes],
    ['under Kata by its handler', 'pass', 'kata', sandboxes],
    ['under a RuntimeClass that is no sandbox', 'fail', 'fast', sandboxes],
    [
      'under the name of a sandbox with another handler',
      'fail',
      'gvisor',
      { runtimeHandlers: { gvisor: 'runc' } },
    ],
    [
      'under gVisor by name, where handlers are not known',
      'pass',
      'gvisor',
      {},
    ],
  ])('%s: %s', (_, status, runtimeClassName, cluster) => {
    const posture = judge(exampleContainer({ pod: { runtimeClassName } }), {
      ...agent,
      cluster,
    });
    expect(found(posture, 'agent-unsandboxed')?.status).toBe(status);
  });

  it('is told which sandbox its cluster has, and gets the patch for it', () => {
    const posture = judge(exampleContainer(), { ...agent, cluster: sandboxes });
    expect(
      posture.nextSteps.find(
        ({ findingId }) => findingId === 'agent-unsandboxed',
      ),
    ).toMatchObject({
      text: 'Set `runtimeClassName: gvisor` in Deployment cart.',
      action: {
        kind: 'copy-patch',
        patch: {
          body: [
            '# Deployment cart in eu/shop',
            'spec:',
            '  template:',
            '    spec:',
            '      runtimeClassName: gvisor',
            '',
          ].join('\n'),
        },
      },
    });
    expect(found(posture, 'agent-unsandboxed')?.evidence).toEqual([
      {
        cluster: 'eu',
        namespace: 'shop',
        workload: 'Deployment cart',
        container: 'api',
        field: 'spec.template.spec.runtimeClassName',
        value: 'unset',
      },
    ]);
  });

  it('that is only guessed changes no finding', () => {
    const posture = judge(exampleContainer({ image: 'example.org/codex:1' }));
    expect(posture.workloads[0].class).toMatchObject({
      value: 'ai-agent',
      confidence: 'guess',
    });
    expect(found(posture, 'agent-unsandboxed')?.status).toBe('not-applicable');
  });

  it('is not its injected containers', () => {
    const posture = judge(
      exampleContainer({ facts: { origin: 'injected' } }),
      agent,
    );
    expect(found(posture, 'agent-unsandboxed')?.status).toBe('not-applicable');
  });
});

describe('a workload', () => {
  it('is raised by the annotation of its entity, and says who said so', () => {
    expect(judge(exampleContainer(), agent).workloads[0].class).toEqual({
      value: 'ai-agent',
      confidence: 'certain',
      because:
        'the annotation security-profiles.io/class of its catalog entity says so',
      saidBy: 'entity',
    });
  });

  it('is of the class that config gives it', () => {
    const ruleset = rulesetOf({
      ...defaultRuleset,
      classes: [{ class: 'mesh', cluster: 'e*', name: 'cart' }],
    });
    const posture = judgeEntity(exampleFacts(), ruleset, now);
    expect(posture.workloads[0].class).toMatchObject({
      value: 'mesh',
      saidBy: 'config',
    });
    expect(posture.rules).not.toBe(defaultRuleset.id);
  });
});

describe('a collector', () => {
  const privileged = { privileged: true };

  it.each<[string, string, ContainerFacts]>([
    [
      'as designed',
      'pass',
      exampleContainer({
        image: 'quay.io/cilium/tetragon:v1.7.0',
        securityContext: privileged,
        pod: { hostNetwork: true },
      }),
    ],
    [
      'with more than it needs',
      'fail',
      exampleContainer({
        image: 'quay.io/cilium/tetragon:v1.7.0',
        securityContext: privileged,
        pod: { hostPID: true },
      }),
    ],
    [
      'that could be leaner',
      'warn',
      exampleContainer({
        image: 'falcosecurity/falco:1',
        securityContext: privileged,
      }),
    ],
    [
      'that asks for nothing',
      'pass',
      exampleContainer({ image: 'grafana/alloy:v1', name: 'alloy' }),
    ],
    ['that is none', 'not-applicable', exampleContainer()],
  ])('%s: %s', (_, status, container) => {
    expect(found(judge(container), 'collector-beyond-need')?.status).toBe(
      status,
    );
  });

  it('that no baseline describes is a question to its owner', () => {
    const posture = judge(
      exampleContainer({
        securityContext: { capabilities: { add: ['BPF'] } },
        pod: { hostPaths: [{ name: 'bpf', path: '/sys/fs/bpf' }] },
      }),
      { entity: { class: 'ebpf-collector' } },
    );
    expect(found(posture, 'collector-beyond-need')).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('its owner has to say what it needs'),
    });
  });

  it('lists only what goes beyond, and is exposed all the same', () => {
    const posture = judge(
      exampleContainer({
        image: 'quay.io/cilium/tetragon:v1.7.0',
        securityContext: privileged,
        pod: { hostPID: true, hostNetwork: true },
      }),
    );
    expect(found(posture, 'collector-beyond-need')?.evidence).toMatchObject([
      { field: 'spec.template.spec.hostPID', value: 'true' },
    ]);
    expect(posture.level).toBe('exposed');
    expect(posture.workloads[0].containers[0].collector).toEqual({
      name: 'Tetragon',
      verdict: 'beyond-need',
      extras: [{ value: 'true', field: 'spec.template.spec.hostPID' }],
      source: 'cilium/tetragon v1.7.0, install/kubernetes/tetragon',
    });
  });

  it('is judged with the kernel of its nodes: before 5.8 nothing but SYS_ADMIN would do', () => {
    const container = exampleContainer({
      image: 'example.org/otelcol-ebpf-profiler:1',
      securityContext: { capabilities: { add: ['SYS_ADMIN'] } },
    });
    const on = (kernel: string) =>
      found(
        judge(container, {
          cluster: {
            nodes: [
              { name: 'a', kernel },
              { name: 'b', kernel },
            ],
          },
        }),
        'collector-beyond-need',
      )?.status;
    expect(on('5.4.0-200-generic')).toBe('pass');
    expect(on('6.8.0-50-generic')).toBe('fail');
  });
});
