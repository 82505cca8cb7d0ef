import { ConfigReader } from '@backstage/config';
import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import { connectKubeconfig } from '../clusters/kubeconfig/connectKubeconfig';
import { appliedPod } from '../testing/appliedObjects';
import {
  type Envtest,
  type EnvtestProxy,
  startEnvtest,
} from '../testing/envtest';
import {
  allFresh,
  compareWithFullList,
  untilCluster,
} from '../testing/realCluster';
import { refOf } from '../testing/servedResource';
import { startTestPortal, type TestPortal } from '../testing/startTestPortal';
import { seccompProfilesKey } from './resources';

jest.setTimeout(120_000);

/** More than a page. */
const podCount = 620;
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

describe.each([
  ['that streams lists', [], 'streamed'],
  [
    'of which streamed lists are switched off, as in Kubernetes 1.33',
    ['--feature-gates=WatchList=false'],
    'paged',
  ],
] as const)('A real API server %s', (_, serverArguments, way) => {
  let envtest: Envtest;
  let proxy: EnvtestProxy;
  let portal: TestPortal;

  beforeAll(async () => {
    envtest = await startEnvtest({
      crds: ['spo'],
      serverArguments: [...serverArguments],
    });
    proxy = await envtest.proxy();
    await envtest.applyManifests(
      Array.from({ length: podCount }, (__, index) =>
        appliedPod({ name: `pod-${index}`, namespace: 'many' }),
      ),
    );
  });

  afterAll(async () => {
    await portal?.stop();
    await envtest?.stop();
  });

  it(`is read as a ${way} list of many objects, equal to a full list`, async () => {
    portal = await startTestPortal({
      knex: await databases.init('SQLITE_3'),
      config: {
        clusters: [
          { type: 'kubeconfig', name: 'real', path: proxy.kubeconfig },
        ],
      },
    });
    await untilCluster(portal, 'real', allFresh);
    const { shown, full } = await compareWithFullList(portal, envtest, 'real');
    expect(shown).toEqual(full);
    const asked = proxy
      .requests()
      .filter(
        ({ path }) =>
          path.startsWith('/api/v1/pods?') && !/Version=\d/.test(path),
      )
      .map(({ path, status }) =>
        [/sendInitialEvents|limit|continue/g].flatMap(pattern => [
          ...(path.match(pattern) ?? []),
          status,
        ]),
      );
    expect(asked).toEqual(
      way === 'streamed'
        ? [
            ['limit', 200],
            ['sendInitialEvents', 200],
          ]
        : [
            ['limit', 200],
            ['sendInitialEvents', 422],
            ['limit', 'continue', 200],
          ],
    );
  });

  if (way === 'streamed') {
    it('streams custom resources too, and goes on as a watch without a gap', async () => {
      const [{ client }] = await connectKubeconfig(
        {
          config: new ConfigReader({ path: envtest.readerKubeconfig }),
          key: 'securityProfiles.clusters[0]',
        },
        { logger: mockServices.logger.mock(), now: () => 0, random: () => 0 },
      );
      const { signal } = new AbortController();
      const streamed = async (key: string) => {
        const types: string[] = [];
        for await (const { type } of client!.streamList!(refOf(key), {
          depth: 'object',
          signal,
        })) {
          types.push(type);
        }
        return types;
      };
      expect(await streamed('pods')).toEqual([
        ...Array(podCount).fill('added'),
        'listed',
      ]);
      expect(await streamed(seccompProfilesKey)).toEqual(['listed']);
      await client!.close();
    });
  }
});
