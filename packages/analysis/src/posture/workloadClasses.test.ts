import { PodLevelSpec } from '../confinement/podSecurity';
import { RightsBySubject } from '../elevation/clusterRights';
import type { Risk } from '../risk/risk';
import {
  exampleCluster,
  exampleContainer,
  exampleFacts,
  exampleSources,
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

describe('the cluster rights of an AI agent', () => {
  const via = 'ClusterRoleBinding ops → ClusterRole ops';
  const right = (id: string, risk: Risk, namespace?: string) => ({
    id,
    risk,
    text: id.replace('-', ' '),
    via,
    ...(namespace !== undefined && { namespace }),
  });
  const withRights = (
    rights: RightsBySubject | undefined,
    options: {
      pod?: Parameters<typeof exampleContainer>[0];
      cluster?: Partial<ClusterFacts>;
    } = {},
  ) =>
    judge(exampleContainer(options.pod), {
      ...agent,
      cluster: {
        ...(rights && { clusterRights: rights }),
        accountsWithoutToken: [],
        ...options.cluster,
      },
    });
  const own = (...rights: RightsBySubject[string]): RightsBySubject => ({
    'account shop/default': rights,
  });

  it.each<[string, string, RightsBySubject | undefined]>([
    ['that reads secrets', 'fail', own(right('reads-secrets', 'critical'))],
    ['of high risk', 'fail', own(right('executes', 'high', 'shop'))],
    ['of medium risk', 'warn', own(right('changes-roles', 'medium'))],
    ['of low risk', 'pass', own(right('reads', 'low'))],
    ['that are none', 'pass', {}],
    [
      'of a group that it is in',
      'fail',
      { 'group system:serviceaccounts': [right('everything', 'critical')] },
    ],
    [
      'of another account',
      'pass',
      { 'account shop/other': [right('everything', 'critical')] },
    ],
    ['that were not read', 'unknown', undefined],
  ])('%s: %s', (_, status, rights) => {
    expect(found(withRights(rights), 'agent-cluster-rights')?.status).toBe(
      status,
    );
  });

  it('are evidence with the binding that gives them, and with an account of its own as the patch', () => {
    const posture = withRights(own(right('reads-secrets', 'critical')));
    expect(found(posture, 'agent-cluster-rights')).toMatchObject({
      evidence: [
        {
          cluster: 'eu',
          namespace: 'shop',
          workload: 'Deployment cart',
          container: 'api',
          field: 'spec.template.spec.serviceAccountName',
          value: `default may reads secrets in all namespaces, by ${via}`,
        },
      ],
      fixes: [
        {
          text: 'Take from ServiceAccount default in shop what Deployment cart does not need: in eu it may reads secrets in all namespaces.',
          patch: {
            body: expect.stringMatching(
              /^apiVersion: v1\nkind: ServiceAccount\n[^]*---\n# Deployment cart[^]*serviceAccountName: cart\n/,
            ),
          },
        },
      ],
    });
  });

  it('that refuse to be read are unknown, with the reason', () => {
    const posture = withRights(
      {},
      {
        cluster: {
          sources: exampleSources('eu').concat({
            cluster: 'eu',
            resource: 'clusterrolebindings.rbac.authorization.k8s.io',
            state: 'forbidden',
            since: '2026-11-23T09:00:00Z',
            reason: 'the account may not list clusterrolebindings',
          }),
        },
      },
    );
    expect(found(posture, 'agent-cluster-rights')).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining(
        'the account may not list clusterrolebindings',
      ),
    });
  });

  it('only warn where it has no token to use them with', () => {
    expect(
      found(
        withRights(own(right('reads-secrets', 'critical')), {
          pod: { pod: { automountServiceAccountToken: false } },
        }),
        'agent-cluster-rights',
      )?.status,
    ).toBe('warn');
  });

  it('are nobody’s concern where the workload is no agent', () => {
    expect(
      found(
        judge(exampleContainer(), {
          cluster: { clusterRights: own(right('everything', 'critical')) },
        }),
        'agent-cluster-rights',
      )?.status,
    ).toBe('not-applicable');
  });
});

describe('the token of an AI agent', () => {
  it.each<[string, string, PodLevelSpec, string[] | undefined]>([
    [
      'refused by its pod',
      'pass',
      { automountServiceAccountToken: false },
      undefined,
    ],
    ['refused by its account', 'pass', {}, ['shop/default']],
    ['refused by nobody', 'warn', {}, []],
    ['of an account that was not read', 'unknown', {}, undefined],
  ])('%s: %s', (_, status, pod, accountsWithoutToken) => {
    const posture = judge(exampleContainer({ pod }), {
      ...agent,
      cluster: { ...(accountsWithoutToken && { accountsWithoutToken }) },
    });
    expect(found(posture, 'agent-token-mounted')?.status).toBe(status);
  });
});
