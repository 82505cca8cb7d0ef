import { TestDatabases } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import type {
  Posture,
  Profile,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import {
  type AppliedObject,
  appliedDeployment,
  servedNode,
} from '../testing/appliedObjects';
import { component } from '../testing/component';
import { type Envtest, startEnvtest } from '../testing/envtest';
import { posturePath, untilCluster } from '../testing/realCluster';
import { startTestPortal, type TestPortal } from '../testing/startTestPortal';

jest.setTimeout(180_000);

const operatorGroup = 'security-profiles-operator.x-k8s.io';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

type Kind =
  | 'SeccompProfile'
  | 'SelinuxProfile'
  | 'AppArmorProfile'
  | 'SecurityProfileNodeStatus';

/** How one era of the operator writes what all of them can say. */
interface Era {
  title: string;
  operator: string;
  crds: 'spo' | 'spo-0.10' | 'spo-0.8';
  versions: Record<Kind, string>;
  scope: 'Cluster' | 'Namespaced';
  disabled: JsonObject;
  permissive: JsonObject;
  complaining: JsonObject;
  /** What is said of a node, beside the labels. */
  nodeStatus: (node: string, state: string) => JsonObject;
  /** What a pod writes for a profile in the namespace shop. */
  file: (name: string) => string;
  type: (name: string) => string;
  /** What a pod wrote before the operator was upgraded, or will write after. */
  fileOfAnotherEra: string;
}

const oldVersions = {
  SeccompProfile: 'v1beta1',
  SelinuxProfile: 'v1alpha2',
  AppArmorProfile: 'v1alpha1',
  SecurityProfileNodeStatus: 'v1alpha1',
};
const oldNodeStatus = (nodeName: string, status: string) => ({
  nodeName,
  status,
});
const abstract = {
  filesystem: { readOnlyPaths: ['/etc/**'] },
  capability: { allowedCapabilities: ['net_bind_service'] },
};

const now: Era = {
  title: 'SPO 1.0.0, from its own Go module',
  operator: '1.0.0',
  crds: 'spo',
  versions: {
    SeccompProfile: 'v1',
    SelinuxProfile: 'v1',
    AppArmorProfile: 'v1',
    SecurityProfileNodeStatus: 'v1',
  },
  scope: 'Cluster',
  disabled: { state: 'Disabled' },
  permissive: { mode: 'Permissive' },
  complaining: { mode: 'Complain', abstract },
  nodeStatus: (nodeName, status) => ({
    spec: { nodeName },
    status: { status },
  }),
  file: name => `operator/${name}.json`,
  type: name => `${name}.process`,
  fileOfAnotherEra: 'operator/shop/pay.json',
};

const eras: Era[] = [
  now,
  {
    ...now,
    title: 'SPO 0.10: cluster-scoped, old versions, switches of their own',
    operator: '0.10.0',
    crds: 'spo-0.10',
    versions: oldVersions,
    disabled: { disabled: true },
    permissive: { permissive: true },
    complaining: { complainMode: true, abstract },
    nodeStatus: oldNodeStatus,
  },
  {
    ...now,
    title: 'SPO 0.8.4: namespaced, AppArmor as text',
    operator: '0.8.4',
    crds: 'spo-0.8',
    versions: oldVersions,
    scope: 'Namespaced',
    disabled: { disabled: true },
    permissive: { permissive: true },
    complaining: {
      policy: 'profile watched flags=(complain) {\n  /etc/** r,\n}\n',
    },
    nodeStatus: oldNodeStatus,
    file: name => `operator/shop/${name}.json`,
    type: name => `${name}_shop.process`,
    fileOfAnotherEra: 'operator/pay.json',
  },
];

function profile(
  era: Era,
  kind: Exclude<Kind, 'SecurityProfileNodeStatus'>,
  options: {
    name: string;
    spec: JsonObject;
    states?: Record<string, string>;
    namespace?: string;
  },
): AppliedObject[] {
  const { name, spec, states = {}, namespace = 'shop' } = options;
  const place = era.scope === 'Namespaced' ? { namespace } : {};
  const apiVersion = `${operatorGroup}/${era.versions[kind]}`;
  return [
    { apiVersion, kind, metadata: { name, ...place }, spec },
    ...Object.entries(states).map(([node, state]) => ({
      apiVersion: `${operatorGroup}/${era.versions.SecurityProfileNodeStatus}`,
      kind: 'SecurityProfileNodeStatus',
      metadata: {
        name: `${name}-${node}`,
        ...place,
        labels: {
          'spo.x-k8s.io/profile-id': `${kind}-${name}`,
          'spo.x-k8s.io/profile-kind': kind,
          'spo.x-k8s.io/node-name': node,
          'spo.x-k8s.io/profile-state': state,
        },
        ownerReferences: [
          { apiVersion, kind, name, uid: 'unknown', controller: true },
        ],
      },
      ...era.nodeStatus(node, state),
    })),
  ];
}

const allows = (...names: string[]) => ({
  defaultAction: 'SCMP_ACT_ERRNO',
  syscalls: [{ action: 'SCMP_ACT_ALLOW', names }],
});
const everywhere = { 'node-a': 'Installed', 'node-b': 'Installed' };

/** The same profiles in the words of each era. */
function profiles(era: Era): AppliedObject[] {
  return [
    ...profile(era, 'SeccompProfile', {
      name: 'pay',
      spec: allows('read', 'write'),
      states: everywhere,
    }),
    ...profile(era, 'SeccompProfile', {
      name: 'base',
      spec: allows('bpf', 'exit_group'),
      states: everywhere,
    }),
    ...profile(era, 'SeccompProfile', {
      name: 'wide',
      spec: { ...allows('read'), baseProfileName: 'base' },
      states: everywhere,
    }),
    ...profile(era, 'SeccompProfile', {
      name: 'off',
      spec: { ...allows('read'), ...era.disabled },
      states: { 'node-a': 'Disabled', 'node-b': 'Disabled' },
    }),
    ...profile(era, 'SeccompProfile', {
      name: 'partly',
      spec: allows('read'),
      states: { 'node-b': 'Installed' },
    }),
    ...profile(era, 'SelinuxProfile', {
      name: 'lenient',
      spec: { ...era.permissive, allow: { var_log_t: { file: ['read'] } } },
      states: everywhere,
    }),
    ...profile(era, 'AppArmorProfile', {
      name: 'watched',
      spec: era.complaining,
      states: everywhere,
    }),
  ];
}

const seccomp = (localhostProfile: string) => ({
  securityContext: {
    seccompProfile: { type: 'Localhost', localhostProfile },
  },
});

/** A service for each case; all of them run on node-a. */
function services(era: Era): Record<string, JsonObject> {
  const runtimeDefault = { seccompProfile: { type: 'RuntimeDefault' } };
  return {
    confined: seccomp(era.file('pay')),
    widened: seccomp(era.file('wide')),
    'switched-off': seccomp(era.file('off')),
    'elsewhere-only': seccomp(era.file('partly')),
    stray: seccomp(era.fileOfAnotherEra),
    permissive: {
      securityContext: {
        ...runtimeDefault,
        seLinuxOptions: { type: era.type('lenient') },
      },
    },
    complaining: {
      securityContext: {
        ...runtimeDefault,
        appArmorProfile: { type: 'Localhost', localhostProfile: 'watched' },
      },
    },
  };
}

/** Findings that tell the cases apart. */
const telling = [
  'profile-beyond-runtime-default',
  'profile-missing-on-nodes',
  'profile-not-enforcing',
  'seccomp-dangling',
  'will-not-start',
];

/** Level, what applies, and what is wrong, in one line. */
function verdict(posture: Posture): string {
  const [{ containers }] = posture.workloads;
  const { confinement } = containers[0];
  const applies = Object.entries(confinement)
    .filter(([, { state }]) => !['unset', 'not-applicable'].includes(state))
    .map(
      ([mechanism, { state, inForce }]) => `${mechanism} ${state} ${inForce}`,
    );
  const wrong = posture.findings
    .filter(
      ({ id, status }) =>
        telling.includes(id) && ['fail', 'warn'].includes(status),
    )
    .map(({ id }) => id)
    .sort();
  return [posture.level, ...applies, ...wrong].join('; ');
}

describe.each(eras)('Workloads under $title', era => {
  let envtest: Envtest;
  let portal: TestPortal;

  beforeAll(async () => {
    envtest = await startEnvtest({ crds: [era.crds] });
    await envtest.applyManifests([
      ...servedNode('node-a'),
      ...servedNode('node-b'),
      ...appliedDeployment({
        name: 'security-profiles-operator',
        namespace: 'security-profiles-operator',
        nodes: ['node-a'],
        spec: {
          containers: [
            {
              name: 'security-profiles-operator',
              image: `registry.k8s.io/security-profiles-operator/security-profiles-operator:v${era.operator}`,
            },
          ],
        },
      }),
    ]);
    await envtest.applyManifests(profiles(era));
    const names = Object.entries(services(era));
    await envtest.applyManifests(
      names.flatMap(([name, spec]) =>
        appliedDeployment({
          name,
          namespace: 'shop',
          nodes: ['node-a'],
          labels: { 'backstage.io/kubernetes-id': name },
          spec,
        }),
      ),
    );
    portal = await startTestPortal({
      knex: await databases.init('SQLITE_3'),
      config: {
        clusters: [
          { type: 'kubeconfig', name: 'real', path: envtest.readerKubeconfig },
        ],
      },
      entities: names.map(([name]) =>
        component(name, { 'backstage.io/kubernetes-id': name }),
      ),
    });
    await portal.refreshCatalog();
  });

  afterAll(async () => {
    await portal?.stop();
    await envtest?.stop();
  });

  const judged = (name: string): Promise<Posture> =>
    portal.eventually(
      posturePath(name),
      (body: Posture) => body.workloads?.[0]?.basis === 'live',
    );
  const shownProfiles = (): Promise<Profile[]> => portal.getAll('/profiles');

  it('are told which operator they run under', async () => {
    const { spo } = await untilCluster(
      portal,
      'real',
      cluster => cluster.spo.version,
    );
    expect(spo).toMatchObject({ version: era.operator, state: 'fresh' });
  });

  it('see the same profiles, whatever their version, scope and spelling', async () => {
    await judged('confined');
    const described = (await shownProfiles()).map(
      ({ kind, name, mode, resolution, allows: calls, installed }) =>
        `${kind} ${name}: ${mode}, ${resolution}, ${calls} calls, ${installed.nodes} of ${installed.of}`,
    );
    expect(described).toEqual([
      'SeccompProfile base: enforcing, own, 2 calls, 2 of 2',
      'SelinuxProfile lenient: permissive, own, null calls, 2 of 2',
      'SeccompProfile off: disabled, own, 1 calls, 0 of 2',
      'SeccompProfile partly: enforcing, own, 1 calls, 1 of 2',
      'SeccompProfile pay: enforcing, own, 2 calls, 2 of 2',
      'AppArmorProfile watched: complain, own, null calls, 2 of 2',
      'SeccompProfile wide: enforcing, base-chain, 3 calls, 2 of 2',
    ]);
  });

  it.each([
    ['confined', 'profiled; seccomp profile yes'],
    [
      'widened',
      'baseline; seccomp profile yes; profile-beyond-runtime-default',
    ],
    [
      'switched-off',
      'baseline; seccomp profile will-not-start; profile-not-enforcing; will-not-start',
    ],
    [
      'elsewhere-only',
      'baseline; seccomp profile will-not-start; will-not-start',
    ],
    ['stray', 'baseline; seccomp dangling will-not-start; seccomp-dangling'],
    [
      'permissive',
      'baseline; seccomp runtime-default yes; seLinux profile yes; profile-not-enforcing',
    ],
    [
      'complaining',
      'baseline; seccomp runtime-default yes; appArmor profile yes; profile-not-enforcing',
    ],
  ])('are judged as in every era: %s', async (name, wanted) => {
    expect(verdict(await judged(name))).toBe(wanted);
  });

  if (era.crds === 'spo') {
    it('change their meaning silently where an old manifest reaches a lax client, and are refused by a strict one', async () => {
      const path = `/apis/${operatorGroup}/v1beta1/seccompprofiles`;
      const old = {
        apiVersion: `${operatorGroup}/v1beta1`,
        kind: 'SeccompProfile',
        metadata: { name: 'half-migrated' },
        spec: { ...allows('read'), disabled: true },
      };
      const strict = await envtest.request(
        'POST',
        `${path}?fieldValidation=Strict`,
        old,
        { onError: 'return' },
      );
      expect([strict.status, strict.body.message]).toEqual([
        400,
        expect.stringContaining('unknown field "spec.disabled"'),
      ]);
      await envtest.request('POST', `${path}?fieldValidation=Ignore`, old);
      const { items } = await portal.eventually(
        '/profiles?q=half-migrated',
        body => body.totalItems === 1,
      );
      expect(items).toMatchObject([{ mode: 'enforcing' }]);
    });
  }

  if (era.scope === 'Namespaced') {
    it('tell profiles of one name in two namespaces apart, by the owner of their node states and the bases beside them', async () => {
      await envtest.applyManifests([
        ...profile(era, 'SeccompProfile', {
          name: 'pay',
          spec: allows('read'),
          namespace: 'other',
        }),
        ...profile(era, 'SeccompProfile', {
          name: 'wide',
          spec: { ...allows('read'), baseProfileName: 'base' },
          namespace: 'other',
        }),
      ]);
      await portal.eventually('/profiles', body => body.totalItems === 9);
      const twins = (await shownProfiles())
        .filter(({ name }) => ['pay', 'wide'].includes(name))
        .map(
          ({ namespace, name, resolution, installed }) =>
            `${namespace}/${name}: ${resolution}, ${installed.nodes} of ${installed.of}`,
        )
        .sort();
      expect(twins).toEqual([
        'other/pay: own, 0 of 2',
        'other/wide: unresolved, 0 of 2',
        'shop/pay: own, 2 of 2',
        'shop/wide: base-chain, 2 of 2',
      ]);
    });
  }
});

describe('Profiles that an upgrade in place left half migrated', () => {
  const [, before] = eras;
  let operator: Envtest;
  let envtest: Envtest;
  let portal: TestPortal;

  beforeAll(async () => {
    // The kinds of 1.0 are taken from one server, to be installed later over those of 0.10 on the other.
    operator = await startEnvtest({ crds: ['spo'] });
    envtest = await startEnvtest({ crds: [before.crds] });
    await envtest.applyManifests([
      ...servedNode('node-a'),
      ...servedNode('node-b'),
      ...profiles(before),
    ]);
    portal = await startTestPortal({
      knex: await databases.init('SQLITE_3'),
      config: {
        clusters: [
          { type: 'kubeconfig', name: 'real', path: envtest.readerKubeconfig },
        ],
      },
    });
  });

  afterAll(async () => {
    await portal?.stop();
    await envtest?.stop();
    await operator?.stop();
  });

  it('mean what the cluster now takes them for, while their states on the nodes are read as before', async () => {
    const describeAll = (items: Profile[] = []) =>
      items.map(
        ({ name, mode, installed }) =>
          `${name} ${mode} ${installed.nodes}/${installed.of}`,
      );
    const stored = await portal.eventually(
      '/profiles',
      body => body.totalItems === 7,
    );
    expect(describeAll(stored.items)).toEqual([
      'base enforcing 2/2',
      'lenient permissive 2/2',
      'off disabled 0/2',
      'partly enforcing 1/2',
      'pay enforcing 2/2',
      'watched complain 2/2',
      'wide enforcing 2/2',
    ]);
    const { body: crds } = await operator.request(
      'GET',
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
    );
    await envtest.applyManifests(
      crds.items
        .filter((item: any) => item.spec.group === operatorGroup)
        .map(({ metadata, spec }: any) => ({
          apiVersion: 'apiextensions.k8s.io/v1',
          kind: 'CustomResourceDefinition',
          metadata: { name: metadata.name },
          spec,
        })),
    );
    const migrated = await portal.eventually(
      '/profiles',
      // One kind after the other is read in its new version.
      body =>
        !/disabled|permissive|complain/.test(describeAll(body.items).join()),
      { deadline: 60_000 },
    );
    // Kubernetes drops the old switches when it reads, so what was off is on and what only logged denies.
    expect(describeAll(migrated.items)).toEqual([
      'base enforcing 2/2',
      'lenient enforcing 2/2',
      'off enforcing 0/2',
      'partly enforcing 1/2',
      'pay enforcing 2/2',
      'watched enforcing 2/2',
      'wide enforcing 2/2',
    ]);
  });
});
