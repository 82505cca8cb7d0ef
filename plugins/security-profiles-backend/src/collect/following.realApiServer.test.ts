import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import {
  appliedDeployment,
  appliedPod,
  appliedProfile,
  localhost,
  servedNode,
} from '../testing/appliedObjects';
import { component } from '../testing/component';
import {
  type Envtest,
  type EnvtestProxy,
  startEnvtest,
} from '../testing/envtest';
import {
  allFresh,
  compareWithFullList,
  confinements,
  installedSources,
  posturePath,
  sourceOf,
  untilCluster,
} from '../testing/realCluster';
import { startTestPortal, type TestPortal } from '../testing/startTestPortal';

jest.setTimeout(120_000);

const operatorApi = '/apis/security-profiles-operator.x-k8s.io/v1';
const roles = '/apis/rbac.authorization.k8s.io/v1/clusterroles';
const payments = { 'backstage.io/kubernetes-id': 'payments' };
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

/**
 * Nodes node-a and node-b, both served; profile pay, installed on both.
 * Deployment shop/payments, a pod on each node: api under the profile pay, debug unconfined.
 */
const objects = [
  ...servedNode('node-a'),
  ...servedNode('node-b'),
  ...appliedProfile({
    name: 'pay',
    allows: ['read', 'write'],
    nodes: ['node-a', 'node-b'],
  }),
  ...appliedDeployment({
    name: 'payments',
    namespace: 'shop',
    nodes: ['node-a', 'node-b'],
    labels: payments,
    spec: {
      ...localhost('pay'),
      containers: [
        { name: 'api', image: 'pay:1' },
        {
          name: 'debug',
          image: 'debug:1',
          securityContext: { seccompProfile: { type: 'Unconfined' } },
        },
      ],
    },
  }),
];

describe('Following a real API server', () => {
  let envtest: Envtest;
  let proxy: EnvtestProxy;
  let portal: TestPortal;

  beforeAll(async () => {
    envtest = await startEnvtest({ crds: ['spo'] });
    proxy = await envtest.proxy();
    portal = await startTestPortal({
      knex: await databases.init('SQLITE_3'),
      config: {
        clusters: [
          { type: 'kubeconfig', name: 'real', path: proxy.kubeconfig },
        ],
      },
      entities: ['payments', 'renewed'].map(name =>
        component(name, { 'backstage.io/kubernetes-id': name }),
      ),
    });
    await untilCluster(portal, 'real', allFresh);
    await portal.refreshCatalog();
  });

  afterAll(async () => {
    await portal?.stop();
    await envtest?.stop();
  });

  const posture = (
    check: (posture: Posture) => unknown,
    entity = 'payments',
  ): Promise<Posture> => portal.eventually(posturePath(entity), check);

  it('shows what each container of the applied objects runs under', async () => {
    await envtest.applyManifests(objects);
    const shown = await posture(
      body => body.profiles?.[0]?.installed.nodes === 2,
    );
    expect(confinements(shown)).toEqual([
      'payments api: profile Localhost operator/pay.json, in force yes',
      'payments debug: unconfined Unconfined, in force no',
    ]);
    expect(shown.workloads).toMatchObject([
      {
        cluster: 'real',
        namespace: 'shop',
        kind: 'Deployment',
        basis: 'live',
        pods: 2,
      },
    ]);
    expect(shown.level).toBe('exposed');
  });

  it('follows the edit of a profile into the posture of those who run under it', async () => {
    const before = await posture(body => body.profiles?.length);
    expect(before.profiles).toMatchObject([{ mode: 'enforcing' }]);
    await envtest.request('PATCH', `${operatorApi}/seccompprofiles/pay`, {
      spec: { defaultAction: 'SCMP_ACT_ALLOW' },
    });
    const after = await posture(
      body => body.profiles?.[0]?.mode !== 'enforcing',
    );
    expect(after.profiles).toMatchObject([
      { name: 'pay', mode: 'allows-by-default' },
    ]);
    expect(after.profiles[0].effectiveDigest).not.toBe(
      before.profiles[0].effectiveDigest,
    );
    const levelOf = ({ workloads: [{ containers }] }: Posture) =>
      containers.find(({ name }) => name === 'api')!.level;
    expect([levelOf(before), levelOf(after)]).toEqual(['profiled', 'exposed']);
  });

  it('names the node as missing whose status of the profile was deleted', async () => {
    await envtest.request(
      'DELETE',
      `${operatorApi}/securityprofilenodestatuses/pay-node-b`,
    );
    const shown = await posture(
      body => body.profiles?.[0]?.installed.nodes === 1,
    );
    expect(shown.profiles[0].installed).toEqual({
      nodes: 1,
      of: 2,
      missing: ['node-b'],
      missingTotal: 1,
    });
    const api = shown.workloads[0].containers.find(
      ({ name }) => name === 'api',
    )!;
    expect(api.confinement.seccomp.missingOn).toEqual(['node-b']);
  });

  it('lists workloads that carry no label of Backstage', async () => {
    await envtest.applyManifests([
      appliedPod({ name: 'unclaimed', namespace: 'elsewhere' }),
    ]);
    const { items } = await portal.eventually(
      '/workloads?namespace=elsewhere',
      body => body.items?.length > 0,
    );
    expect(items).toMatchObject([
      { kind: 'Pod', name: 'unclaimed', pods: 1, labels: {} },
    ]);
  });

  it('shows only the new pod where one was deleted and created under the same name', async () => {
    const renewed = (image: string, seccompType: string) =>
      appliedPod({
        name: 'renewed',
        namespace: 'shop',
        labels: { 'backstage.io/kubernetes-id': 'renewed' },
        spec: {
          securityContext: { seccompProfile: { type: seccompType } },
          containers: [{ name: 'main', image }],
        },
      });
    await envtest.applyManifests([renewed('old:1', 'Unconfined')]);
    await posture(body => body.workloads?.length === 1, 'renewed');
    await envtest.request(
      'DELETE',
      '/api/v1/namespaces/shop/pods/renewed?gracePeriodSeconds=0',
    );
    await envtest.applyManifests([renewed('new:1', 'RuntimeDefault')]);
    const shown = await posture(
      body => body.workloads?.[0]?.containers[0].image === 'new:1',
      'renewed',
    );
    expect(shown.workloads).toHaveLength(1);
    expect(confinements(shown)).toEqual([
      'renewed main: runtime-default RuntimeDefault, in force yes',
    ]);
  });

  it('names the one resource that the reader may not read, is right about the rest, and is right again once the right is back', async () => {
    const role = `${roles}/security-profiles-reader-core`;
    const { body: before } = await envtest.request('GET', role);
    await envtest.request('PATCH', role, {
      rules: before.rules.map((rule: { resources: string[] }) => ({
        ...rule,
        resources: rule.resources.filter(resource => resource !== 'nodes'),
      })),
    });
    // A right that is taken away ends no watch that is under way.
    proxy.resetConnections();
    // The other resources were cut off with it, and come back one by one.
    const without = await untilCluster(
      portal,
      'real',
      cluster =>
        cluster.state === 'forbidden' &&
        sourceOf(cluster, 'nodes').state === 'forbidden',
    );
    expect(sourceOf(without, 'nodes').reason).toMatch(/nodes.*not allowed/);
    expect(without.reason).toContain('nodes');
    await envtest.applyManifests([
      appliedPod({ name: 'meanwhile', namespace: 'elsewhere' }),
      servedNode('node-c')[0],
    ]);
    const rest = await untilCluster(portal, 'real', cluster =>
      installedSources(cluster).every(
        ({ resource, state }) => resource === 'nodes' || state === 'fresh',
      ),
    );
    expect(rest.nodes).toBe(2);
    await portal.eventually('/workloads?namespace=elsewhere', ({ items }) =>
      items.some(({ name }: { name: string }) => name === 'meanwhile'),
    );

    await envtest.applyManifests(
      join(__dirname, '../../../../docs/clusterrole.yaml'),
    );
    const after = await untilCluster(portal, 'real', allFresh, {
      deadline: 60_000,
    });
    expect([after.state, sourceOf(after, 'nodes').count]).toEqual(['fresh', 3]);
  });

  it('is equal to a full list with 500 namespaces', async () => {
    const names = Array.from({ length: 500 }, (_, i) => `many-${i}`);
    await envtest.applyManifests(
      names.map(namespace => appliedPod({ name: 'only', namespace })),
    );
    const { shown, full } = await compareWithFullList(portal, envtest, 'real');
    expect(shown).toEqual(full);
    expect(
      shown.workloads.filter(line => line.startsWith('many-')),
    ).toHaveLength(500);
    const cluster = await untilCluster(portal, 'real', () => true);
    expect(sourceOf(cluster, 'namespaces').count).toBeGreaterThan(500);
  });

  it('reports an object that is too large to read, and is right about the rest', async () => {
    const write = (name: string, bytes: number) =>
      envtest.writeToEtcd({
        key: `/registry/security-profiles-operator.x-k8s.io/seccompprofiles/${name}`,
        object: {
          apiVersion: 'security-profiles-operator.x-k8s.io/v1',
          kind: 'SeccompProfile',
          metadata: {
            name,
            uid: `00000000-0000-4000-8000-${String(bytes).padStart(12, '0')}`,
            generation: 1,
            creationTimestamp: '2026-11-23T00:00:00Z',
            annotations: { filler: 'x'.repeat(bytes) },
          },
          spec: { defaultAction: 'SCMP_ACT_ERRNO' },
        },
      });
    await write('large', 10_000_000);
    await write('too-large', 17_000_000);
    await envtest.applyManifests(
      appliedProfile({ name: 'after', allows: ['read'] }),
    );
    const { items } = await portal.eventually(
      '/profiles?kind=SeccompProfile',
      body => body.items.some(({ name }: { name: string }) => name === 'after'),
    );
    expect(items.map(({ name }: { name: string }) => name)).toEqual([
      'after',
      'large',
      'pay',
    ]);
    const cluster = await untilCluster(portal, 'real', ({ sources }) =>
      sources.some(({ reason }) => reason?.includes('larger than')),
    );
    const reported = installedSources(cluster).filter(
      ({ state }) => state !== 'fresh',
    );
    expect(reported).toMatchObject([
      {
        resource: 'seccompprofiles.security-profiles-operator.x-k8s.io',
        state: 'failed',
        reason: expect.stringContaining('its change was skipped'),
      },
    ]);
  });
});
