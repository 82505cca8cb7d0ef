/** How many calls the profile allows in all, and how many bases are above it. */
const calls = 350;
const bases = 5;

/**
 * A profile of 350 calls, spread over itself and a chain of 5 bases, with conditions on `socket`, `clone` and
 * `personality` and the annotation that the operator would write.
 */
export function profiles(core, { without = [], added = [] } = {}) {
  const ordinary = core
    .distanceFromRuntimeDefault(
      {
        schema: 'sp-content/1',
        kind: 'SeccompProfile',
        state: 'Enabled',
        mode: 'enforcing',
        seccomp: {
          defaultAction: 'SCMP_ACT_ERRNO',
          architectures: [],
          flags: [],
          rules: [],
        },
      },
      { capabilities: new Set(), architecture: 'amd64' },
    )
    .denied.filter(name => !['socket', 'clone', 'personality'].includes(name))
    .slice(0, calls - 3);
  const share = Math.ceil(ordinary.length / (bases + 1));
  const list = [];
  for (let level = 0; level <= bases; level += 1) {
    const names = ordinary
      .slice(level * share, (level + 1) * share)
      .filter(name => !without.includes(name));
    list.push({
      id: `id-${level}`,
      kind: 'SeccompProfile',
      version: 'v1',
      name: level === 0 ? 'payments' : `base-${level}`,
      uid: `uid-${level}`,
      spec: {
        defaultAction: 'SCMP_ACT_ERRNO',
        architectures: ['SCMP_ARCH_X86_64'],
        ...(level < bases && { baseProfileName: `base-${level + 1}` }),
        syscalls: [
          allow([...names, ...(level === bases ? added : [])]),
          ...(level === 0 ? limited() : []),
        ],
      },
    });
  }
  list[0].syscallsAnnotation = JSON.stringify(
    list.flatMap(({ spec }) => spec.syscalls),
  );
  return list;
}

function limited() {
  return [
    ...[1, 2, 10].map(value =>
      allow(['socket'], [{ index: 0, op: 'SCMP_CMP_EQ', value }]),
    ),
    allow(
      ['clone'],
      [{ index: 0, op: 'SCMP_CMP_MASKED_EQ', value: 2114060288 }],
    ),
    allow(['personality'], [{ index: 0, op: 'SCMP_CMP_EQ', value: 0 }]),
  ];
}

function allow(names, args) {
  return { names, action: 'SCMP_ACT_ALLOW', ...(args && { args }) };
}

/** One Deployment of three containers under the first of some profiles, in one fresh cluster of three nodes. */
export function entityFacts(core, list) {
  const nodes = ['a', 'b', 'c'];
  const installed = Object.fromEntries(nodes.map(node => [node, 'Installed']));
  const containers = core
    .listContainers({
      initContainers: [{ name: 'migrate', image: 'example.org/payments:1' }],
      containers: [
        { name: 'api', image: 'example.org/payments:1' },
        { name: 'worker', image: 'example.org/payments:1' },
      ],
      securityContext: {
        seccompProfile: {
          type: 'Localhost',
          localhostProfile: 'operator/payments.json',
        },
      },
    })
    .map(container => ({
      container,
      origin: 'declared',
      basis: 'live',
      pods: 3,
      nodes: { a: 1, b: 1, c: 1 },
    }));
  return {
    entity: {
      ref: 'component:default/payments',
      name: 'payments',
      tags: [],
    },
    environments: [{ name: 'production', clusters: ['eu'], counted: true }],
    clusters: [
      {
        id: 'eu',
        name: 'eu',
        environment: 'production',
        seccompDefault: false,
        sources: [
          'pods',
          'nodes',
          'seccompprofiles',
          'selinuxprofiles',
          'rawselinuxprofiles',
          'apparmorprofiles',
          'securityprofilenodestatuses',
        ].map(resource => ({
          cluster: 'eu',
          resource,
          state: 'fresh',
          since: '2026-11-23T09:00:00Z',
          lastFresh: '2026-11-23T09:00:00Z',
        })),
        profiles: list.map(profile => ({ profile, nodeStates: installed })),
        operatorNodes: nodes,
        operatorInstalled: 'yes',
        nodes: nodes.map(name => ({
          name,
          architecture: 'amd64',
          kernel: '6.8.0-85-generic',
        })),
        cilium: null,
        ciliumInstalled: 'no',
      },
    ],
    workloads: [
      {
        id: 'w1',
        clusterId: 'eu',
        namespace: 'shop',
        kind: 'Deployment',
        name: 'payments',
        labels: {},
        pathPrefix: 'spec.template.spec',
        claim: 'confirmed',
        claimedByOthers: 0,
        containers,
      },
    ],
    approvals: [],
    matching: { selectors: [], clusters: 1 },
  };
}
