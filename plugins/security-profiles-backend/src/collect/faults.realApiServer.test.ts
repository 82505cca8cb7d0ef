import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
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
import { until } from '../testing/until';

jest.setTimeout(120_000);

const payments = { 'backstage.io/kubernetes-id': 'payments' };
const pods = '/api/v1/namespaces/shop/pods';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const calmManifest = `
apiVersion: v1
kind: Pod
metadata: { name: calm, namespace: shop, labels: { backstage.io/kubernetes-id: calm } }
spec:
  securityContext: { seccompProfile: { type: RuntimeDefault } }
  containers: [{ name: main, image: 'calm:1' }]
status: { phase: Running }
`;

/**
 * real       through a proxy that each test lets go wrong
 * untrusted  the same server behind a certificate of an unknown authority
 * hanging-*  the same server, every list without an answer
 * slow       the same server, a byte now and then
 * calm       a folder of manifests
 */
describe('A real API server that fails', () => {
  let folder: string;
  let envtest: Envtest;
  let proxy: EnvtestProxy;
  let portal: TestPortal;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'security-profiles-'));
    await writeFile(join(folder, 'calm.yaml'), calmManifest);
    envtest = await startEnvtest({ crds: ['spo'] });
    await envtest.applyManifests([
      ...servedNode('node-a'),
      ...appliedProfile({ name: 'pay', allows: ['read'], nodes: ['node-a'] }),
      ...appliedDeployment({
        name: 'payments',
        namespace: 'shop',
        nodes: ['node-a'],
        labels: payments,
        spec: localhost('pay'),
      }),
    ]);
    proxy = await envtest.proxy();
    const silence = { fault: 'silence', path: 'limit=' } as const;
    const proxies = {
      // The first two would keep all others waiting if a first pass could do so.
      'hanging-1': await envtest.proxy({ faults: [silence] }),
      'hanging-2': await envtest.proxy({ faults: [silence] }),
      slow: await envtest.proxy({
        faults: [{ fault: 'throttle', bytesPerSecond: 200 }],
      }),
      untrusted: await envtest.proxy({ certificate: 'unknown-authority' }),
      real: proxy,
    };
    portal = await startTestPortal({
      knex: await databases.init('SQLITE_3'),
      config: {
        clusters: [
          ...Object.entries(proxies).map(([name, { kubeconfig }]) => ({
            type: 'kubeconfig',
            name,
            path: kubeconfig,
          })),
          { type: 'manifests', name: 'calm', path: folder },
        ],
      },
      entities: ['payments', 'calm'].map(name =>
        component(name, { 'backstage.io/kubernetes-id': name }),
      ),
    });
    await portal.refreshCatalog();
  });

  afterEach(() => {
    proxy?.setFaults([]);
  });

  afterAll(async () => {
    await portal?.stop();
    await envtest?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  /** `since` is how many requests there had been. */
  const untilStruck = (since: number, fault: string) =>
    until(`a request was struck by ${fault}`, () =>
      proxy
        .requests()
        .slice(since)
        .some(request => request.fault === fault),
    );

  const untilFresh = () =>
    untilCluster(portal, 'real', allFresh, { deadline: 90_000 });

  it('collects and answers for other clusters at once while some hang or are slow', async () => {
    await untilCluster(portal, 'calm', allFresh);
    await untilCluster(portal, 'real', allFresh);
    for (const name of ['hanging-1', 'hanging-2', 'slow']) {
      const { state } = await untilCluster(portal, name, () => true);
      expect([name, state]).toEqual([name, 'not-collected']);
    }
    await portal.eventually(
      posturePath('calm'),
      body => body.workloads?.length === 1,
    );
    const start = performance.now();
    const { body } = await portal.get(posturePath('calm'));
    expect(performance.now() - start).toBeLessThan(500);
    expect(confinements(body)).toEqual([
      'calm main: runtime-default RuntimeDefault, in force yes',
    ]);
  });

  it('says that no known authority has signed the certificate', async () => {
    const cluster = await untilCluster(
      portal,
      'untrusted',
      ({ state }) => state === 'unreachable',
    );
    expect(sourceOf(cluster, 'pods')).toMatchObject({
      state: 'unreachable',
      reason: expect.stringContaining(
        'its certificate is self-signed; check the certificate authority',
      ),
    });
    expect(sourceOf(cluster, 'pods').lastFresh).toBeUndefined();
  });

  it('keeps the last facts with their time while the server is down, and loses nothing once it is back', async () => {
    const before = await untilFresh();
    await portal.eventually(
      posturePath('payments'),
      body => body.workloads?.length === 1,
    );
    await envtest.killServer();
    const down = await untilCluster(portal, 'real', cluster =>
      installedSources(cluster).every(({ state }) => state === 'unreachable'),
    );
    const [wasFresh, isDown] = [before, down].map(cluster =>
      sourceOf(cluster, 'pods'),
    );
    expect(isDown.count).toBe(wasFresh.count);
    expect(isDown.lastFresh! >= wasFresh.lastFresh!).toBe(true);
    expect(isDown.lastFresh! <= isDown.since).toBe(true);
    const { body } = await portal.get(posturePath('payments'));
    expect(confinements(body)).toEqual([
      'payments main: profile Localhost operator/pay.json, in force yes',
    ]);

    await envtest.startServer();
    await envtest.applyManifests([
      appliedPod({ name: 'while-away', namespace: 'shop' }),
    ]);
    const after = await untilFresh();
    expect(sourceOf(after, 'pods').lastFresh! > isDown.since).toBe(true);
    const { shown, full } = await compareWithFullList(portal, envtest, 'real');
    expect(shown).toEqual(full);
    expect(shown.workloads.join()).toContain('while-away');
  });

  it('lists again after a compaction that has forgotten where the watch was, without a duplicate or a loss', async () => {
    await envtest.applyManifests(
      ['to-delete', 'to-keep'].map(name =>
        appliedPod({ name, namespace: 'shop' }),
      ),
    );
    await untilFresh();
    await compareWithFullList(portal, envtest, 'real');
    proxy.setFaults([{ fault: 'status', status: 500 }]);
    proxy.resetConnections();
    await envtest.request('DELETE', `${pods}/to-delete?gracePeriodSeconds=0`);
    await envtest.applyManifests([
      appliedPod({ name: 'created', namespace: 'shop' }),
      ...appliedProfile({ name: 'pay', allows: ['read', 'write', 'openat'] }),
    ]);
    await envtest.compactEtcd();
    // Its cache would still reach back to where the watch was.
    await envtest.restartServer();
    const asked = proxy.requests().length;
    proxy.setFaults([]);
    await untilFresh();
    const { shown, full } = await compareWithFullList(portal, envtest, 'real');
    expect(shown).toEqual(full);
    expect(shown.workloads.join()).toContain('created');
    expect(shown.workloads.join()).not.toContain('to-delete');
    const listed = proxy
      .requests()
      .slice(asked)
      .filter(({ path }) => /^\/api\/v1\/pods\?limit=500$/.test(path));
    expect(listed.length).toBeGreaterThan(0);
  });

  it('recovers from 429, 500 and connections that are cut, and is then equal to a full list', async () => {
    await untilFresh();
    for (const fault of [
      { fault: 'status', status: 429, retryAfterSeconds: 1, times: 40 },
      { fault: 'status', status: 500, times: 20 },
      { fault: 'reset', afterBytes: 700, times: 20 },
    ] as const) {
      const since = proxy.requests().length;
      proxy.setFaults([fault]);
      proxy.resetConnections();
      await untilStruck(since, fault.fault);
      await envtest.applyManifests([
        appliedPod({ name: `during-${fault.times}`, namespace: 'shop' }),
      ]);
    }
    proxy.setFaults([]);
    await untilFresh();
    const { shown, full } = await compareWithFullList(portal, envtest, 'real');
    expect(shown).toEqual(full);
  });

  it('says when the token has expired, and goes on once the kubeconfig holds a new one', async () => {
    await envtest.rotateReaderToken({ lifetimeSeconds: 5, previous: 'revoke' });
    await until(
      'the server refuses the token',
      async () =>
        (
          await envtest.request(
            'GET',
            '/api/v1/namespaces?limit=1',
            undefined,
            { as: 'reader', onError: 'return' },
          )
        ).status === 401,
      { deadline: 60_000 },
    );
    proxy.resetConnections();
    const refused = await untilCluster(portal, 'real', cluster =>
      sourceOf(cluster, 'pods').reason?.includes('refused the credentials'),
    );
    expect(sourceOf(refused, 'pods')).toMatchObject({
      state: 'failed',
      count: expect.any(Number),
      lastFresh: expect.any(String),
    });
    await envtest.rotateReaderToken();
    await envtest.applyManifests([
      appliedPod({ name: 'after-the-token', namespace: 'shop' }),
    ]);
    await untilFresh();
    const { shown, full } = await compareWithFullList(portal, envtest, 'real');
    expect(shown).toEqual(full);
  });
});
