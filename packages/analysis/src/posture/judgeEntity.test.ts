import { ClusterFacts, ContainerFacts, EntityFacts } from './entityFacts';
import {
  exampleCluster,
  exampleContainer,
  exampleFacts,
  exampleProfile,
  exampleSources,
  exampleWorkload,
  underProfile,
} from './exampleFacts';
import { judgeEntity } from './judgeEntity';
import { Posture } from './posture';
import { defaultRuleset, Ruleset } from './ruleset';

const now = '2026-11-23T10:00:00Z';
const everywhere = { a: 'Installed', b: 'Installed' };

function judge(facts: EntityFacts, ruleset: Ruleset = defaultRuleset): Posture {
  return judgeEntity(facts, ruleset, now);
}

function withContainers(
  containers: ContainerFacts[],
  cluster: Partial<ClusterFacts> = {},
): Posture {
  return judge(
    exampleFacts({
      clusters: [exampleCluster(cluster)],
      workloads: [exampleWorkload({ containers })],
    }),
  );
}

function finding(posture: Posture, id: string) {
  return posture.findings.find(one => one.id === id);
}

const profiled = {
  profiles: [{ profile: exampleProfile('pay'), nodeStates: everywhere }],
};

describe('the level of an entity', () => {
  it.each<[string, Posture['level'], ContainerFacts, Partial<ClusterFacts>]>([
    ['RuntimeDefault', 'baseline', exampleContainer(), {}],
    [
      'nothing',
      'exposed',
      exampleContainer({ securityContext: { seccompProfile: undefined } }),
      {},
    ],
    [
      'nothing where the cluster applies RuntimeDefault',
      'baseline',
      exampleContainer({ securityContext: { seccompProfile: undefined } }),
      { seccompDefault: true },
    ],
    [
      'privileged with RuntimeDefault',
      'exposed',
      exampleContainer({ securityContext: { privileged: true } }),
      {},
    ],
    [
      'CAP_BPF',
      'exposed',
      exampleContainer({
        securityContext: { capabilities: { add: ['CAP_BPF'] } },
      }),
      {},
    ],
    [
      'CAP_NET_ADMIN',
      'baseline',
      exampleContainer({
        securityContext: { capabilities: { add: ['NET_ADMIN'] } },
      }),
      {},
    ],
    [
      "the container runtime's socket",
      'exposed',
      exampleContainer({
        pod: {
          hostPaths: [{ name: 's', path: '/run/containerd/containerd.sock' }],
        },
      }),
      {},
    ],
    [
      'its own profile on all nodes',
      'profiled',
      exampleContainer({ securityContext: underProfile('pay') }),
      profiled,
    ],
    [
      'its own profile that a node lacks',
      'baseline',
      exampleContainer({ securityContext: underProfile('pay') }),
      {
        profiles: [
          { profile: exampleProfile('pay'), nodeStates: { a: 'Installed' } },
        ],
      },
    ],
    [
      'its own profile that allows bpf',
      'baseline',
      exampleContainer({ securityContext: underProfile('pay') }),
      {
        profiles: [
          {
            profile: exampleProfile('pay', {
              spec: {
                defaultAction: 'SCMP_ACT_ERRNO',
                syscalls: [{ names: ['bpf'], action: 'SCMP_ACT_ALLOW' }],
              },
            }),
            nodeStates: everywhere,
          },
        ],
      },
    ],
    [
      'its own profile without its base',
      'baseline',
      exampleContainer({ securityContext: underProfile('pay') }),
      {
        profiles: [
          {
            profile: exampleProfile('pay', {
              spec: {
                defaultAction: 'SCMP_ACT_ERRNO',
                baseProfileName: 'gone',
              },
            }),
            nodeStates: everywhere,
          },
        ],
      },
    ],
    [
      'a profile that logs by default',
      'exposed',
      exampleContainer({ securityContext: underProfile('log') }),
      {
        profiles: [
          {
            profile: exampleProfile('log', {
              spec: { defaultAction: 'SCMP_ACT_LOG' },
            }),
            nodeStates: everywhere,
          },
        ],
      },
    ],
    [
      'a profile that does not exist, which fails closed',
      'baseline',
      exampleContainer({ securityContext: underProfile('gone') }),
      {},
    ],
    [
      'a foreign file',
      'exposed',
      exampleContainer({
        securityContext: {
          seccompProfile: { type: 'Localhost', localhostProfile: 'x.json' },
        },
      }),
      {},
    ],
    [
      'a profile in a cluster whose profiles were never read',
      'unknown',
      exampleContainer({ securityContext: underProfile('pay') }),
      {
        sources: exampleSources('eu', {
          seccompprofiles: { state: 'forbidden', lastFresh: undefined },
        }),
      },
    ],
    [
      'Unconfined in a sandbox',
      'baseline',
      exampleContainer({
        pod: { runtimeClassName: 'gvisor' },
        securityContext: { seccompProfile: { type: 'Unconfined' } },
      }),
      {},
    ],
    [
      'RuntimeDefault and its own AppArmor profile',
      'profiled',
      exampleContainer({
        securityContext: {
          appArmorProfile: { type: 'Localhost', localhostProfile: 'web' },
        },
      }),
      {
        profiles: [
          {
            profile: exampleProfile('web', {
              kind: 'AppArmorProfile',
              spec: {},
            }),
            nodeStates: everywhere,
          },
        ],
      },
    ],
    [
      'nothing but Windows',
      'unknown',
      exampleContainer({ pod: { os: 'windows' } }),
      {},
    ],
  ])('under %s is %s', (_, level, container, cluster) => {
    const posture = withContainers([container], cluster);
    expect(posture.level).toBe(level);
    expect(posture.workloads[0].containers[0].level).toBe(level);
    expect(posture.score === null).toBe(level === 'unknown');
  });

  it('is that of its worst container', () => {
    const containers = [
      exampleContainer({ securityContext: underProfile('pay') }),
      exampleContainer({ name: 'proxy' }),
    ];
    const posture = withContainers(containers, profiled);
    expect(posture.level).toBe('baseline');
    expect(posture.headline).toMatchObject({
      key: 'baseline.mixed',
      params: { name: 'cart', own: 1, count: 2 },
    });
  });

  it('does not depend on environments that do not count', () => {
    const posture = judge(
      exampleFacts({
        clusters: [
          exampleCluster(),
          exampleCluster({ name: 'staging', environment: 'staging' }),
        ],
        workloads: [
          exampleWorkload(),
          exampleWorkload({
            id: 'w2',
            clusterId: 'staging',
            containers: [
              exampleContainer({ securityContext: { privileged: true } }),
            ],
          }),
        ],
      }),
    );
    expect(posture.level).toBe('baseline');
    expect(posture.score).toBe(100);
    expect(posture.target).toMatchObject({ level: 'baseline', met: 'yes' });
    expect(finding(posture, 'workload-privileged')?.status).toBe('fail');
    expect(
      posture.scopes.map(({ environment, level, counted }) => [
        environment,
        level,
        counted,
      ]),
    ).toEqual([
      ['production', 'baseline', true],
      ['staging', 'exposed', false],
    ]);
  });

  it('is unknown when nothing is found', () => {
    const posture = judge(exampleFacts({ workloads: [] }));
    expect(posture).toMatchObject({
      level: 'unknown',
      score: null,
      approval: 'unknown',
      headline: { key: 'unknown.nothing-counted' },
      coverage: { basis: 'none', clusters: { matched: 0, fresh: 1 } },
    });
    expect(posture.target.met).toBe('unknown');
    expect(finding(posture, 'seccomp-unconfined')?.status).toBe(
      'not-applicable',
    );
  });

  it('is unknown, with the source named, when no pod could ever be read', () => {
    const sources = exampleSources('eu', {
      pods: { state: 'forbidden', lastFresh: undefined },
    });
    const posture = judge(
      exampleFacts({ clusters: [exampleCluster({ sources })], workloads: [] }),
    );
    expect(posture.headline).toEqual({
      key: 'unknown',
      params: {
        name: 'cart',
        resource: 'pods',
        cluster: 'eu',
        time: '2026-11-23T09:00:00Z',
      },
    });
    expect(finding(posture, 'facts-missing')?.status).toBe('unknown');
  });

  it('survives one cluster of many that was never read: that is coverage', () => {
    const posture = judge(
      exampleFacts({
        clusters: [
          exampleCluster(),
          exampleCluster({
            name: 'us',
            sources: [
              {
                cluster: 'us',
                resource: 'pods',
                state: 'not-collected',
                since: now,
              },
            ],
          }),
        ],
      }),
    );
    expect(posture.level).toBe('baseline');
    expect(posture.coverage.clusters).toEqual({
      matched: 1,
      fresh: 1,
      stale: 0,
      notCollected: 1,
    });
  });

  it('stays, with its time, when its cluster stops answering', () => {
    const sources = exampleSources('eu', {
      pods: { state: 'unreachable', since: '2026-11-23T09:12:00Z' },
    });
    const posture = withContainers([exampleContainer()], { sources });
    expect(posture.level).toBe('baseline');
    expect(posture.headline.params).toMatchObject({
      asOf: '2026-11-23T09:00:00Z',
      staleCluster: 'eu',
    });
    expect(posture.coverage.clusters.stale).toBe(1);
    expect(finding(posture, 'facts-missing')?.status).toBe('warn');
  });
});

describe('the sentence at the top', () => {
  it.each<[string, Posture['headline'], ContainerFacts, Partial<ClusterFacts>]>(
    [
      [
        'a privileged container',
        {
          key: 'exposed.privileged',
          params: { name: 'cart', container: 'api', clusters: 'eu' },
        },
        exampleContainer({ securityContext: { privileged: true } }),
        {},
      ],
      [
        'an exposed container',
        {
          key: 'exposed',
          params: {
            name: 'cart',
            container: 'api',
            cause: 'Unconfined',
            count: 1,
            total: 1,
            clusters: 'eu',
          },
        },
        exampleContainer({
          securityContext: { seccompProfile: { type: 'Unconfined' } },
        }),
        {},
      ],
      [
        'a dangling profile',
        {
          key: 'will-not-start',
          params: {
            name: 'cart',
            container: 'api',
            value: 'operator/gone.json',
            cluster: 'eu',
          },
        },
        exampleContainer({ securityContext: underProfile('gone') }),
        {},
      ],
      [
        'a profile that nodes lack',
        {
          key: 'baseline.missing',
          params: {
            name: 'cart',
            profile: 'pay',
            count: 1,
            nodes: 2,
            cluster: 'eu',
          },
        },
        exampleContainer({ securityContext: underProfile('pay') }),
        {
          profiles: [
            { profile: exampleProfile('pay'), nodeStates: { a: 'Installed' } },
          ],
        },
      ],
      [
        'a recorded profile that nobody reviewed',
        {
          key: 'profiled.unreviewed',
          params: { name: 'cart', origin: 'recorded' },
        },
        exampleContainer({ securityContext: underProfile('pay') }),
        {
          profiles: [
            {
              profile: exampleProfile('pay', {
                labels: { 'spo.x-k8s.io/recording-id': 'x' },
              }),
              nodeStates: everywhere,
            },
          ],
        },
      ],
      [
        'an elevation without a grant',
        {
          key: 'baseline.elevated',
          params: { name: 'cart', elevation: 'CAP_NET_ADMIN' },
        },
        exampleContainer({
          securityContext: { capabilities: { add: ['NET_ADMIN'] } },
        }),
        {},
      ],
      [
        'RuntimeDefault',
        { key: 'baseline', params: { name: 'cart' } },
        exampleContainer(),
        {},
      ],
    ],
  )('speaks of %s', (_, headline, container, cluster) => {
    expect(withContainers([container], cluster).headline).toEqual(headline);
  });

  it('lets exposed win over unknown', () => {
    const posture = withContainers(
      [
        exampleContainer({ securityContext: underProfile('pay') }),
        exampleContainer({
          name: 'debug',
          securityContext: { seccompProfile: { type: 'Unconfined' } },
        }),
      ],
      {
        sources: exampleSources('eu', {
          seccompprofiles: { state: 'forbidden', lastFresh: undefined },
        }),
      },
    );
    expect(posture.level).toBe('exposed');
    expect(posture.headline.key).toBe('exposed');
  });

  it('tells clusters of different levels apart', () => {
    const posture = judge(
      exampleFacts({
        clusters: [exampleCluster(profiled), exampleCluster({ name: 'us' })],
        workloads: [
          exampleWorkload({
            containers: [
              exampleContainer({ securityContext: underProfile('pay') }),
            ],
          }),
          exampleWorkload({ id: 'w2', clusterId: 'us' }),
        ],
      }),
    );
    expect(posture.headline).toEqual({
      key: 'mixed',
      params: {
        name: 'cart',
        worstLevel: 'baseline',
        worstClusters: 'us',
        bestLevel: 'profiled',
        bestClusters: 'eu',
      },
    });
  });
});

describe('the next steps', () => {
  it('say a step once for all clusters that need it', () => {
    const workload = {
      containers: [
        exampleContainer({
          securityContext: { seccompProfile: { type: 'Unconfined' } },
        }),
      ],
    };
    const posture = judge(
      exampleFacts({
        clusters: [exampleCluster(), exampleCluster({ name: 'us' })],
        workloads: [
          exampleWorkload(workload),
          exampleWorkload({ id: 'w2', clusterId: 'us', ...workload }),
        ],
      }),
    );
    expect(
      posture.nextSteps
        .filter(step => step.findingId === 'seccomp-unconfined')
        .map(step => step.text),
    ).toEqual([
      'Set `seccompProfile.type: RuntimeDefault` in Deployment cart, namespace shop in eu and us.',
    ]);
  });
});

describe('the cause behind clusters of different levels', () => {
  it('names the profile that is missing on a node of the lagging cluster', () => {
    const container = exampleContainer({
      securityContext: underProfile('pay'),
    });
    const posture = judge(
      exampleFacts({
        clusters: [
          exampleCluster({
            ...profiled,
            nodes: [{ name: 'node-a' }, { name: 'node-b' }],
            operatorNodes: ['node-a', 'node-b'],
          }),
          exampleCluster({ ...profiled, id: 'us', name: 'us' }),
        ],
        workloads: [
          exampleWorkload({ containers: [container] }),
          exampleWorkload({
            id: 'w2',
            clusterId: 'us',
            containers: [container],
          }),
        ],
      }),
    );
    expect(posture.headline).toMatchObject({
      key: 'mixed',
      params: { worstClusters: 'eu', bestClusters: 'us' },
      cause: {
        key: 'baseline.missing',
        params: { name: 'cart', profile: 'pay', cluster: 'eu' },
      },
    });
  });
});

describe('the target', () => {
  const agent = (securityContext = {}) =>
    exampleFacts({
      entity: {
        ref: 'component:default/a',
        name: 'a',
        type: 'ai-agent',
        tags: [],
      },
      clusters: [exampleCluster(profiled)],
      workloads: [
        exampleWorkload({
          containers: [exampleContainer({ securityContext })],
        }),
      ],
    });

  it('of an ordinary service is baseline and met under RuntimeDefault', () => {
    expect(judge(exampleFacts()).target).toEqual({
      level: 'baseline',
      met: 'yes',
      because: [],
    });
  });

  it('is missed with the reason', () => {
    expect(
      withContainers([
        exampleContainer({ securityContext: { privileged: true } }),
      ]).target,
    ).toEqual({
      level: 'baseline',
      met: 'no',
      because: ['api of Deployment cart in eu runs privileged'],
    });
  });

  it('of an AI agent is profiled and missed under RuntimeDefault', () => {
    expect(judge(agent()).target).toMatchObject({
      level: 'profiled',
      met: 'no',
    });
  });

  it('of an AI agent under its own profile waits for approvals', () => {
    const { target } = judge(agent(underProfile('pay')));
    expect(target).toMatchObject({ level: 'profiled', met: 'unknown' });
    expect(target.because[0]).toContain('approvals are not decided yet');
  });

  it('does not follow a guess', () => {
    const guessed = withContainers([
      exampleContainer({ image: 'example.org/openhands:1' }),
    ]);
    expect(guessed.workloads[0].class).toMatchObject({
      value: 'ai-agent',
      confidence: 'guess',
    });
    expect(guessed.target).toMatchObject({ level: 'baseline', met: 'yes' });
  });

  it.each<[string, Ruleset['targets'], string | null]>([
    [
      'by lifecycle',
      [{ lifecycle: 'production', level: 'profiled' }],
      'profiled',
    ],
    ['by tag', [{ tag: 'pci', level: 'profiled' }], 'profiled'],
    ['by environment', [{ environment: 'production', level: 'none' }], null],
    [
      'of another class',
      [{ class: 'ai-agent', level: 'profiled' }],
      'baseline',
    ],
    [
      'the first of two',
      [{ tag: 'pci', level: 'none' }, { level: 'profiled' }],
      null,
    ],
  ])('can be configured %s', (_, targets, level) => {
    const facts = exampleFacts({
      entity: {
        ref: 'component:default/cart',
        name: 'cart',
        lifecycle: 'production',
        tags: ['pci'],
      },
    });
    expect(judge(facts, { ...defaultRuleset, targets }).target.level).toBe(
      level,
    );
  });
});

describe('the findings of an entity', () => {
  it('are all present, and none warns or fails for a service at baseline', () => {
    const posture = judge(exampleFacts());
    expect(posture.findings.map(({ id }) => id).sort()).toEqual(
      Object.keys(defaultRuleset.findings).sort(),
    );
    expect(posture.counts).toMatchObject({ warn: 0, fail: 0, unknown: 0 });
    expect(posture.score).toBe(100);
    expect(posture.nextSteps).toEqual([]);
  });

  it.each<[string, string, ContainerFacts, Partial<ClusterFacts>]>([
    [
      'seccomp-unconfined',
      'fail',
      exampleContainer({ securityContext: { seccompProfile: undefined } }),
      {},
    ],
    [
      'seccomp-dangling',
      'fail',
      exampleContainer({ securityContext: underProfile('gone') }),
      {},
    ],
    [
      'seccomp-foreign',
      'fail',
      exampleContainer({
        securityContext: {
          seccompProfile: { type: 'Localhost', localhostProfile: 'x' },
        },
      }),
      {},
    ],
    [
      'will-not-start',
      'fail',
      exampleContainer({ securityContext: underProfile('pay') }),
      { profiles: [{ profile: exampleProfile('pay'), nodeStates: {} }] },
    ],
    [
      'profile-missing-on-nodes',
      'warn',
      exampleContainer({ securityContext: underProfile('pay') }),
      {
        profiles: [
          { profile: exampleProfile('pay'), nodeStates: { a: 'Installed' } },
        ],
      },
    ],
    [
      'profile-missing-on-nodes',
      'fail',
      exampleContainer({ securityContext: underProfile('pay') }),
      {
        profiles: [
          { profile: exampleProfile('pay'), nodeStates: { b: 'Installed' } },
        ],
      },
    ],
    [
      'profile-not-enforcing',
      'warn',
      exampleContainer({
        securityContext: { seLinuxOptions: { type: 'web.process' } },
      }),
      {
        profiles: [
          {
            profile: exampleProfile('web', {
              kind: 'SelinuxProfile',
              spec: { mode: 'Permissive' },
            }),
            nodeStates: everywhere,
          },
        ],
      },
    ],
    [
      'profile-allows-by-default',
      'fail',
      exampleContainer({ securityContext: underProfile('pay') }),
      {
        profiles: [
          {
            profile: exampleProfile('pay', {
              spec: { defaultAction: 'SCMP_ACT_ALLOW' },
            }),
            nodeStates: everywhere,
          },
        ],
      },
    ],
    [
      'profile-collision',
      'fail',
      exampleContainer({ securityContext: underProfile('pay') }),
      {
        profiles: ['pay', 'pay.json'].map(name => ({
          profile: exampleProfile(name),
          nodeStates: everywhere,
        })),
      },
    ],
    [
      'profile-collision',
      'warn',
      exampleContainer({ securityContext: underProfile('pay') }),
      {
        profiles: [
          ...profiled.profiles,
          {
            profile: exampleProfile('pay', {
              id: 'other',
              kind: 'AppArmorProfile',
            }),
            nodeStates: everywhere,
          },
        ],
      },
    ],
    [
      'workload-privileged',
      'fail',
      exampleContainer({ securityContext: { privileged: true } }),
      {},
    ],
    [
      'workload-elevated',
      'warn',
      exampleContainer({
        securityContext: { capabilities: { add: ['SYSLOG'] } },
      }),
      {},
    ],
    [
      'workload-shares-host',
      'fail',
      exampleContainer({ pod: { hostNetwork: true } }),
      {},
    ],
    [
      'kernel-path-mounted',
      'fail',
      exampleContainer({ pod: { hostPaths: [{ name: 'm', path: '/proc' }] } }),
      {},
    ],
    [
      'no-new-privs-missing',
      'warn',
      exampleContainer({
        securityContext: { allowPrivilegeEscalation: undefined },
      }),
      {},
    ],
    [
      'annotation-without-effect',
      'warn',
      exampleContainer({
        pod: {
          annotations: {
            'seccomp.security.alpha.kubernetes.io/pod': 'runtime/default',
          },
        },
      }),
      {},
    ],
    [
      'mechanism-unconfined',
      'warn',
      exampleContainer({
        securityContext: { seLinuxOptions: { type: 'spc_t' } },
      }),
      {},
    ],
    [
      'cilium-line-ended',
      'fail',
      exampleContainer(),
      {
        cilium: {
          versions: [{ version: '1.16.19', nodes: 2 }],
          nodesWithout: 0,
          line: { name: '1.16', state: 'ended', until: '2026-02-03' },
          patchesBehind: 0,
        },
      },
    ],
    [
      'cilium-line-ending',
      'warn',
      exampleContainer(),
      {
        cilium: {
          versions: [{ version: '1.18.14', nodes: 2 }],
          nodesWithout: 0,
          line: { name: '1.18', state: 'last-maintained' },
          patchesBehind: 0,
        },
      },
    ],
    [
      'cilium-patch-behind',
      'warn',
      exampleContainer(),
      {
        cilium: {
          versions: [{ version: '1.19.7', nodes: 2 }],
          nodesWithout: 0,
          line: { name: '1.19', state: 'maintained' },
          patchesBehind: 1,
        },
      },
    ],
    [
      'cilium-patch-behind',
      'not-applicable',
      exampleContainer(),
      {
        cilium: {
          versions: [{ version: '1.17.6', nodes: 2 }],
          nodesWithout: 0,
          line: { name: '1.17', state: 'vendor' },
          patchesBehind: null,
        },
      },
    ],
    [
      'cilium-mixed-versions',
      'warn',
      exampleContainer(),
      {
        cilium: {
          versions: [
            { version: '1.19.7', nodes: 1 },
            { version: '1.19.8', nodes: 1 },
          ],
          nodesWithout: 0,
          line: { name: '1.19', state: 'maintained' },
          patchesBehind: 1,
        },
      },
    ],
    [
      'cilium-node-without-agent',
      'warn',
      exampleContainer(),
      {
        cilium: {
          versions: [{ version: '1.20.2', nodes: 1 }],
          nodesWithout: 1,
          line: { name: '1.20', state: 'maintained' },
          patchesBehind: 0,
        },
      },
    ],
    [
      'cilium-line-ended',
      'unknown',
      exampleContainer(),
      {
        cilium: null,
        ciliumInstalled: 'unknown',
        ciliumReason: 'pods in kube-system are forbidden',
      },
    ],
    [
      'cilium-line-ended',
      'not-applicable',
      exampleContainer(),
      { cilium: null, ciliumInstalled: 'no', ciliumReason: 'No agent runs.' },
    ],
  ])('say of %s: %s', (id, status, container, cluster) => {
    const posture = withContainers([container], cluster);
    const found = finding(posture, id);
    expect(found?.status).toBe(status);
    const bad = status === 'warn' || status === 'fail';
    const part = posture.scoreParts.find(one => one.findingId === id);
    expect([
      Number(found?.evidenceTotal) > 0,
      posture.nextSteps.some(step => step.findingId === id),
      part?.points ?? 0,
    ]).toEqual([bad, bad, bad ? defaultRuleset.findings[id].weight : 0]);
  });

  it('offer a patch that sets RuntimeDefault for the whole pod', () => {
    const posture = withContainers([
      exampleContainer({ securityContext: { seccompProfile: undefined } }),
    ]);
    expect(posture.nextSteps[0]).toEqual({
      findingId: 'seccomp-unconfined',
      severity: 'critical',
      text: 'Set `seccompProfile.type: RuntimeDefault` in Deployment cart, namespace shop in eu.',
      action: {
        kind: 'copy-patch',
        patch: {
          format: 'yaml',
          body: [
            '# Deployment cart in eu/shop',
            'spec:',
            '  template:',
            '    spec:',
            '      securityContext:',
            '        seccompProfile:',
            '          type: RuntimeDefault',
            '',
          ].join('\n'),
        },
      },
    });
  });

  it('patch the container where the container itself is set', () => {
    const posture = withContainers([
      exampleContainer({
        securityContext: { seccompProfile: { type: 'Unconfined' } },
      }),
    ]);
    expect(
      finding(posture, 'seccomp-unconfined')?.fixes[0].patch?.body,
    ).toContain(
      [
        '      containers:',
        '        - name: api',
        '          securityContext:',
        '            seccompProfile:',
        '              type: RuntimeDefault',
      ].join('\n'),
    );
  });

  it('of a cluster stand once, however many containers run there', () => {
    const posture = withContainers(
      [exampleContainer(), exampleContainer({ name: 'other' })],
      {
        owner: 'group:default/platform',
        cilium: {
          versions: [{ version: '1.16.19', nodes: 2 }],
          nodesWithout: 0,
          line: { name: '1.16', state: 'ended', until: '2026-02-03' },
          patchesBehind: 0,
        },
      },
    );
    expect(finding(posture, 'cilium-line-ended')).toMatchObject({
      responsible: 'cluster',
      evidenceTotal: 1,
      evidence: [{ cluster: 'eu' }],
    });
    expect(posture.level).toBe('baseline');
    expect(posture.nextSteps[0].text).toBe(
      'Ask platform to leave Cilium 1.16 in eu: it ended on 3 February 2026.',
    );
  });

  it('name at most 20 places and count all', () => {
    const containers = Array.from({ length: 25 }, (_, at) =>
      exampleContainer({
        name: `c${at}`,
        securityContext: { privileged: true },
      }),
    );
    const found = finding(withContainers(containers), 'workload-privileged');
    expect(found?.evidenceTotal).toBe(25);
    expect(found?.evidence).toHaveLength(20);
  });

  it('count a container once that runs in several groups of pods', () => {
    const posture = withContainers([
      exampleContainer({ securityContext: { privileged: true } }),
      exampleContainer({
        securityContext: { privileged: true },
        facts: { pods: 1, nodes: { b: 1 } },
      }),
    ]);
    expect(posture.counts.containers).toBe(1);
    expect(finding(posture, 'workload-privileged')?.evidenceTotal).toBe(1);
    expect(posture.workloads[0].pods).toBe(3);
  });

  it('of injected containers belong to the platform and cost nothing', () => {
    const posture = withContainers([
      exampleContainer(),
      exampleContainer({
        name: 'istio-init',
        securityContext: { capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } },
        facts: { origin: 'injected' },
      }),
    ]);
    expect(finding(posture, 'workload-elevated')).toMatchObject({
      status: 'fail',
      responsible: 'platform',
    });
    expect(posture.score).toBe(100);
  });

  it('can be switched off and weighed by the ruleset', () => {
    const facts = exampleFacts({
      workloads: [
        exampleWorkload({
          containers: [
            exampleContainer({ securityContext: { privileged: true } }),
          ],
        }),
      ],
    });
    const posture = judge(facts, {
      id: 'mine',
      targets: [],
      findings: {
        'workload-privileged': { enabled: true, severity: 'low', weight: 1 },
        'no-new-privs-missing': { enabled: false, severity: 'low', weight: 5 },
      },
    });
    expect(posture).toMatchObject({ rules: 'mine', score: 99 });
    expect(finding(posture, 'no-new-privs-missing')).toBeUndefined();
  });
});

describe('the profiles of an entity', () => {
  it('are listed with digests and the nodes that have them', () => {
    const posture = withContainers(
      [exampleContainer({ securityContext: underProfile('pay') })],
      {
        profiles: [
          { profile: exampleProfile('pay'), nodeStates: { a: 'Installed' } },
          { profile: exampleProfile('unused'), nodeStates: everywhere },
        ],
      },
    );
    expect(posture.profiles).toEqual([
      {
        id: 'id-pay',
        cluster: 'eu',
        kind: 'SeccompProfile',
        name: 'pay',
        mode: 'enforcing',
        resolution: 'own',
        sourceDigest: expect.stringMatching(/^sha256:/),
        effectiveDigest: expect.stringMatching(/^sha256:/),
        installed: { nodes: 1, of: 2, missingTotal: 1, missing: ['b'] },
        approval: { state: 'unreviewed', viewerMay: [] },
      },
    ]);
    expect(posture.approval).toBe('unknown');
  });
});

describe('the grant of a container', () => {
  const containersOf = (posture: Posture) =>
    posture.workloads.flatMap(({ containers }) => containers);

  it('is missing where it has elevations, and bound to what it asks for', () => {
    const bpf = { capabilities: { add: ['BPF'] } };
    const [one, same, other] = containersOf(
      withContainers([
        exampleContainer({ name: 'a', securityContext: bpf }),
        exampleContainer({ name: 'b', securityContext: bpf }),
        exampleContainer({
          name: 'c',
          securityContext: { capabilities: { add: ['BPF', 'PERFMON'] } },
        }),
      ]),
    );
    expect(one.grant).toEqual({
      digest: expect.stringMatching(/^sha256:/),
      approval: 'missing',
    });
    expect(same.grant).toEqual(one.grant);
    expect(other.grant?.digest).not.toBe(one.grant?.digest);
  });

  it('is not asked for where it has none', () => {
    expect(
      containersOf(withContainers([exampleContainer()]))[0],
    ).not.toHaveProperty('grant');
  });
});
