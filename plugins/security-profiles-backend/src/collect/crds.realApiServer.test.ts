import { TestDatabases } from '@backstage/backend-test-utils';
import {
  appliedDeployment,
  appliedProfile,
  localhost,
  servedNode,
} from '../testing/appliedObjects';
import { component } from '../testing/component';
import { type Envtest, startEnvtest } from '../testing/envtest';
import {
  confinements,
  posturePath,
  sourceOf,
  untilCluster,
} from '../testing/realCluster';
import { startTestPortal, type TestPortal } from '../testing/startTestPortal';

jest.setTimeout(180_000);

const crds = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
const operatorGroup = 'security-profiles-operator.x-k8s.io';
const discovered = { deadline: 60_000 };
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe('Kinds that come and go on a real API server', () => {
  let operator: Envtest;
  let envtest: Envtest;
  let portal: TestPortal;

  beforeAll(async () => {
    // The operator's kinds are taken from one server, to be installed later on the other.
    operator = await startEnvtest({ crds: ['spo'] });
    envtest = await startEnvtest({ crds: [] });
    await envtest.applyManifests([
      ...servedNode('node-a'),
      ...appliedDeployment({
        name: 'payments',
        namespace: 'shop',
        nodes: ['node-a'],
        labels: { 'backstage.io/kubernetes-id': 'payments' },
        spec: localhost('pay'),
      }),
    ]);
    portal = await startTestPortal({
      knex: await databases.init('SQLITE_3'),
      config: {
        clusters: [
          { type: 'kubeconfig', name: 'real', path: envtest.readerKubeconfig },
        ],
      },
      entities: [
        component('payments', { 'backstage.io/kubernetes-id': 'payments' }),
      ],
    });
    await portal.refreshCatalog();
  });

  afterAll(async () => {
    await portal?.stop();
    await envtest?.stop();
    await operator?.stop();
  });

  it('collects profiles within a minute after the operator was installed, without a restart', async () => {
    const before = await untilCluster(
      portal,
      'real',
      cluster => sourceOf(cluster, 'pods')?.state === 'fresh',
    );
    expect(before.spo).toMatchObject({ state: 'not-installed', profiles: 0 });
    const without = await portal.eventually(
      posturePath('payments'),
      body => body.workloads?.length === 1,
    );
    expect(confinements(without)).toEqual([
      'payments main: dangling Localhost operator/pay.json, in force will-not-start',
    ]);

    const { body } = await operator.request('GET', crds);
    await envtest.applyManifests(
      body.items
        .filter((item: any) => item.spec.group === operatorGroup)
        .map(({ metadata, spec }: any) => ({
          apiVersion: 'apiextensions.k8s.io/v1',
          kind: 'CustomResourceDefinition',
          metadata: { name: metadata.name },
          spec,
        })),
    );
    await envtest.applyManifests(
      appliedProfile({ name: 'pay', allows: ['read'], nodes: ['node-a'] }),
    );
    const shown = await portal.eventually(
      posturePath('payments'),
      answer => answer.profiles?.[0]?.installed.nodes === 1,
      discovered,
    );
    expect(confinements(shown)).toEqual([
      'payments main: profile Localhost operator/pay.json, in force yes',
    ]);
    const after = await untilCluster(portal, 'real', () => true);
    expect(after.spo).toMatchObject({ state: 'fresh', profiles: 1 });
  });

  it('shows a kind as not installed after it was removed, and its facts are gone', async () => {
    await envtest.request('DELETE', `${crds}/seccompprofiles.${operatorGroup}`);
    const cluster = await untilCluster(
      portal,
      'real',
      ({ spo }) => spo.state === 'not-installed' && spo.profiles === 0,
      discovered,
    );
    expect(sourceOf(cluster, 'seccompprofiles')).toMatchObject({
      state: 'not-installed',
      count: 0,
    });
    expect(sourceOf(cluster, 'selinuxprofiles').state).toBe('fresh');
    expect((await portal.get('/profiles')).body.items).toEqual([]);
    const shown = await portal.eventually(
      posturePath('payments'),
      body => body.profiles?.length === 0,
    );
    expect(shown.workloads[0].containers[0].confinement.seccomp.state).toBe(
      'dangling',
    );
  });
});
