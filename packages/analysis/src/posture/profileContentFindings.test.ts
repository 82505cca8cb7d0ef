import { NodeFacts } from '../confinement/couldRunOn';
import { IndexedProfile, indexProfiles } from '../profiles/profileIndex';
import { resolveEffectiveProfile } from '../profiles/resolveEffectiveProfile';
import { ContainerFacts, EntityFacts } from './entityFacts';
import {
  exampleCluster,
  exampleContainer,
  exampleFacts,
  exampleProfile,
  exampleWorkload,
  underProfile,
} from './exampleFacts';
import { judgeEntity } from './judgeEntity';
import { Posture } from './posture';
import { defaultRuleset } from './ruleset';

const everywhere = { a: 'Installed', b: 'Installed' };

/** The posture of one container under the first of some profiles, which are all installed. */
function judge(
  profiles: IndexedProfile[],
  options: {
    nodes?: NodeFacts[];
    container?: Partial<ContainerFacts>;
    securityContext?: object;
    approvals?: EntityFacts['approvals'];
  } = {},
): Posture {
  const [first] = profiles;
  return judgeEntity(
    exampleFacts({
      clusters: [
        exampleCluster({
          profiles: profiles.map(profile => ({
            profile,
            nodeStates: everywhere,
          })),
          ...(options.nodes && { nodes: options.nodes }),
        }),
      ],
      workloads: [
        exampleWorkload({
          containers: [
            exampleContainer({
              securityContext: {
                ...settingFor(first),
                ...options.securityContext,
              },
              facts: options.container,
            }),
          ],
        }),
      ],
      ...(options.approvals && { approvals: options.approvals }),
    }),
    defaultRuleset,
    '2026-11-23T10:00:00Z',
  );
}

function settingFor({ kind, name }: IndexedProfile): object {
  switch (kind) {
    case 'SeccompProfile':
      return underProfile(name);
    case 'AppArmorProfile':
      return {
        appArmorProfile: { type: 'Localhost', localhostProfile: name },
      };
    default:
      return { seLinuxOptions: { type: `${name}.process` } };
  }
}

function finding(posture: Posture, id: string) {
  const found = posture.findings.find(one => one.id === id);
  if (!found) {
    throw new Error(`no finding ${id}`);
  }
  return found;
}

const seccomp = (
  names: string[],
  spec: object = {},
  overrides: Partial<IndexedProfile> = {},
) =>
  exampleProfile('pay', {
    spec: {
      defaultAction: 'SCMP_ACT_ERRNO',
      syscalls: [{ names, action: 'SCMP_ACT_ALLOW' }],
      ...spec,
    },
    ...overrides,
  });

describe('a profile beyond RuntimeDefault', () => {
  const id = 'profile-beyond-runtime-default';

  it('is told call by call, the riskiest first, with group, reason and limits', () => {
    const one = finding(judge([seccomp(['read', 'socket', 'bpf'])]), id);
    expect(one.status).toBe('warn');
    expect(one.evidence.map(({ value }) => value)).toEqual([
      expect.stringMatching(/^pay allows bpf \(bpf and perf\): loads programs/),
      expect.stringMatching(
        /^pay allows socket \(network\): .*; RuntimeDefault: allowed if address family is below/,
      ),
    ]);
  });

  it('comes with the rules that are left, limited as RuntimeDefault limits them', () => {
    const [fix] = finding(judge([seccomp(['read', 'clone', 'bpf'])]), id).fixes;
    expect(fix.text).toBe(
      'Remove bpf and clone from pay or ask for approval with the reason.',
    );
    expect(fix.patch?.body).toBe(
      [
        '# SeccompProfile pay in eu',
        'spec:',
        '  syscalls:',
        '    - action: SCMP_ACT_ALLOW',
        '      names: [read]',
        '    - action: SCMP_ACT_ALLOW',
        '      names: [clone]',
        '      args:',
        '        - { index: 0, op: SCMP_CMP_MASKED_EQ, value: 2114060288 }',
        '',
      ].join('\n'),
    );
  });

  it('names the base that brought a call', () => {
    const base = exampleProfile('crun', {
      spec: {
        defaultAction: 'SCMP_ACT_ERRNO',
        syscalls: [{ names: ['setns'], action: 'SCMP_ACT_ALLOW' }],
      },
    });
    const one = finding(
      judge([seccomp(['read'], { baseProfileName: 'crun' }), base]),
      id,
    );
    expect(one.evidence[0].value).toMatch(
      /^pay allows setns \(namespaces and mounts, from crun\)/,
    );
    expect(one.fixes[0].text).toBe(
      'Remove setns from pay, which has them from crun, or ask for approval with the reason.',
    );
  });

  it('depends on the capabilities of the container and the nodes that could run it', () => {
    const profile = seccomp(['ptrace', 'sethostname']);
    const statusWith = (
      capabilities: string[],
      nodes: NodeFacts[] = [{ name: 'a' }],
    ) =>
      finding(
        judge([profile], {
          nodes,
          securityContext: { capabilities: { add: capabilities } },
        }),
        id,
      ).status;
    expect(statusWith([])).toBe('warn');
    expect(statusWith(['SYS_ADMIN'])).toBe('pass');
    expect(
      statusWith(['SYS_ADMIN'], [{ name: 'a', kernel: '4.4.0-21-generic' }]),
    ).toBe('warn');
    expect(
      statusWith(
        ['SYS_ADMIN', 'SYS_PTRACE'],
        [{ name: 'a', kernel: '4.4.0-21-generic' }],
      ),
    ).toBe('pass');
  });

  it('is not known where a base is missing', () => {
    expect(
      finding(judge([seccomp(['read'], { baseProfileName: 'gone' })]), id),
    ).toMatchObject({
      status: 'unknown',
      reason: expect.stringContaining('the base gone does not exist'),
    });
  });
});

describe('a base in a registry', () => {
  const id = 'profile-base-unpinned';
  const digest = `sha256:${'a'.repeat(64)}`;
  const based = (baseProfileName: string) =>
    seccomp(['read'], { baseProfileName }, { syscallsAnnotation: '[]' });

  it.each([
    ['oci://example.org/base:v1', 'warn'],
    ['oci://example.org/base', 'warn'],
    [`oci://example.org/base@${digest}`, 'pass'],
  ])('%s is %s', (reference, status) => {
    expect(finding(judge([based(reference)]), id).status).toBe(status);
  });

  it('is told with the object that names it and the way to name it by digest', () => {
    const own = seccomp(
      ['read'],
      { baseProfileName: 'middle' },
      { syscallsAnnotation: '[]' },
    );
    const middle = exampleProfile('middle', {
      spec: {
        defaultAction: 'SCMP_ACT_ERRNO',
        baseProfileName: 'oci://example.org:5000/base:v1',
      },
    });
    expect(finding(judge([own, middle]), id)).toMatchObject({
      evidence: [
        {
          field: 'SeccompProfile middle spec.baseProfileName',
          value: 'oci://example.org:5000/base:v1',
        },
      ],
      fixes: [
        {
          text: expect.stringContaining('oci://example.org:5000/base@sha256:…'),
        },
      ],
    });
  });

  it('is no matter where there is none, and not known where the chain breaks', () => {
    expect(finding(judge([seccomp(['read'])]), id).status).toBe('pass');
    expect(
      finding(judge([seccomp(['read'], { baseProfileName: 'gone' })]), id)
        .status,
    ).toBe('unknown');
  });
});

describe("an operator's annotation that says something else than the bases", () => {
  const id = 'profile-base-disagrees';
  const annotated = (...names: string[]) =>
    seccomp(
      ['read', 'write'],
      {},
      {
        syscallsAnnotation: JSON.stringify([
          { names, action: 'SCMP_ACT_ALLOW' },
        ]),
      },
    );

  it('is told with the calls, and keeps the container from being profiled', () => {
    const posture = judge([annotated('read', 'ptrace')]);
    expect(finding(posture, id)).toMatchObject({
      status: 'warn',
      responsible: 'platform',
      evidence: [
        {
          field: 'SeccompProfile pay metadata.annotations.syscalls',
          value:
            'has other rules for ptrace than the bases and lacks rules of the bases for write',
        },
      ],
    });
    expect(posture.level).toBe('baseline');
    expect(judge([annotated('write', 'read')]).level).toBe('profiled');
  });

  it('is no difference where the operator has not written one', () => {
    expect(finding(judge([seccomp(['read'])]), id).status).toBe('pass');
  });

  it('may add what a base in a registry brought, and never lack what is known', () => {
    const based = (...names: string[]) => ({
      ...annotated(...names),
      spec: {
        defaultAction: 'SCMP_ACT_ERRNO',
        baseProfileName: 'oci://example.org/base:v1',
        syscalls: [{ names: ['read'], action: 'SCMP_ACT_ALLOW' }],
      },
    });
    expect(finding(judge([based('read', 'openat')]), id).status).toBe('pass');
    expect(finding(judge([based('openat')]), id)).toMatchObject({
      status: 'warn',
      evidence: [{ value: 'lacks rules of the bases for read' }],
    });
  });
});

describe('a field of SPO up to 0.10', () => {
  const id = 'profile-legacy-fields';

  it('is told with what to write instead', () => {
    const profile = exampleProfile('web', {
      kind: 'SelinuxProfile',
      spec: { permissive: true, disabled: true },
    });
    expect(finding(judge([profile]), id)).toMatchObject({
      status: 'warn',
      evidence: [
        {
          field: 'SelinuxProfile web spec.disabled',
          value: 'true, without effect in version v1',
        },
        { field: 'SelinuxProfile web spec.permissive' },
      ],
      fixes: [
        {
          patch: {
            body: [
              '# SelinuxProfile web in eu',
              'spec:',
              '  disabled: null',
              '  state: Disabled',
              '  permissive: null',
              '  mode: Permissive',
              '',
            ].join('\n'),
          },
        },
      ],
    });
  });

  it('holds in an old version until the upgrade', () => {
    const profile = exampleProfile('web', {
      kind: 'AppArmorProfile',
      version: 'v1alpha1',
      spec: { complainMode: true },
    });
    expect(finding(judge([profile]), id).evidence[0].value).toBe(
      'true, without effect from SPO 1.0 on',
    );
  });

  it('passes where there is none', () => {
    expect(finding(judge([seccomp(['read'])]), id).status).toBe('pass');
  });
});

describe('a profile without the architecture of a node', () => {
  const id = 'profile-architecture-missing';
  const recorded = seccomp(['read'], { architectures: ['SCMP_ARCH_X86_64'] });
  const node = (name: string, architecture?: string): NodeFacts => ({
    name,
    ...(architecture !== undefined && { architecture }),
  });

  it.each<[string, string, NodeFacts[], Record<string, number>]>([
    ['fails where the container runs', 'fail', [node('a', 'arm64')], { a: 1 }],
    [
      'warns where it could run',
      'warn',
      [node('a', 'amd64'), node('b', 'arm64')],
      { a: 1 },
    ],
    ['passes where all are covered', 'pass', [node('a', 'amd64')], { a: 1 }],
    ['is not known where a node is silent', 'unknown', [node('a')], { a: 1 }],
  ])('%s', (_, status, nodes, runsOn) => {
    expect(
      finding(judge([recorded], { nodes, container: { nodes: runsOn } }), id)
        .status,
    ).toBe(status);
  });

  it('reads the label of a node as well', () => {
    const nodes = [{ name: 'a', labels: { 'kubernetes.io/arch': 'arm64' } }];
    expect(
      finding(judge([recorded], { nodes, container: { nodes: { a: 1 } } }), id),
    ).toMatchObject({
      status: 'fail',
      fixes: [
        {
          patch: {
            body: expect.stringContaining(
              'architectures: [SCMP_ARCH_X86_64, SCMP_ARCH_AARCH64]',
            ),
          },
        },
      ],
    });
  });

  it('passes on silent nodes where the profile is for all', () => {
    for (const architectures of [[], ['SCMP_ARCH_NATIVE']]) {
      expect(
        finding(
          judge([seccomp(['read'], { architectures })], {
            nodes: [node('a')],
          }),
          id,
        ).status,
      ).toBe('pass');
    }
  });
});

describe('a recorded profile', () => {
  const id = 'profile-recorded-unreviewed';
  const recorded = seccomp(
    ['read'],
    {},
    { labels: { 'spo.x-k8s.io/recording-id': 'shop' } },
  );
  const { effectiveDigest } = resolveEffectiveProfile(
    recorded,
    indexProfiles([recorded]),
  );

  it('is a draft until somebody has approved it', () => {
    expect(finding(judge([recorded], { approvals: [] }), id)).toMatchObject({
      status: 'warn',
      evidence: [{ value: 'was recorded, and nobody has approved it' }],
    });
    const approved: EntityFacts['approvals'] = [
      {
        environment: 'production',
        profileId: recorded.id,
        decision: {
          tier: 'T1',
          state: 'approved',
          digest: effectiveDigest,
          satisfied: [],
          missing: [],
          excluded: [],
          votes: [],
          ruleSetDigest: 'sha256:rules',
          unsatisfiable: 'no',
          limitations: [],
        },
      },
    ];
    expect(finding(judge([recorded], { approvals: approved }), id).status).toBe(
      'pass',
    );
  });

  it('is not known where approvals are not known, and no matter for written profiles', () => {
    expect(finding(judge([recorded]), id).status).toBe('unknown');
    expect(
      finding(judge([seccomp(['read'])], { approvals: [] }), id).status,
    ).toBe('not-applicable');
  });
});

describe('a profile that does not enforce', () => {
  const id = 'profile-not-enforcing';

  it.each<[string, IndexedProfile, string]>([
    [
      'an AppArmorProfile that is Disabled is enforced all the same',
      exampleProfile('web', {
        kind: 'AppArmorProfile',
        spec: { state: 'Disabled', abstract: {} },
      }),
      'pass',
    ],
    [
      'an AppArmorProfile in Complain only logs',
      exampleProfile('web', {
        kind: 'AppArmorProfile',
        spec: { mode: 'Complain', abstract: {} },
      }),
      'warn',
    ],
    [
      'a SelinuxProfile in Permissive only logs',
      exampleProfile('web', {
        kind: 'SelinuxProfile',
        spec: { mode: 'Permissive' },
      }),
      'warn',
    ],
    [
      'a SeccompProfile that was Disabled later stays as it was',
      seccomp(['read'], { state: 'Disabled' }),
      'warn',
    ],
    [
      'a default action that a tracer decides is not known',
      seccomp(['read'], { defaultAction: 'SCMP_ACT_TRACE' }),
      'unknown',
    ],
    [
      'a default action that nobody knows is not known',
      seccomp(['read'], { defaultAction: 'SCMP_ACT_MAYBE' }),
      'unknown',
    ],
  ])('%s', (_, profile, status) => {
    expect(finding(judge([profile]), id).status).toBe(status);
  });

  it.each(['SCMP_ACT_ALLOW', 'SCMP_ACT_LOG'])(
    'is no containment at all by the default action %s',
    defaultAction => {
      const posture = judge([seccomp(['read'], { defaultAction })]);
      expect(finding(posture, 'profile-allows-by-default').status).toBe('fail');
      expect(posture.level).toBe('exposed');
    },
  );
});
