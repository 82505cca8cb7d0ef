import { TestDatabases } from '@backstage/backend-test-utils';
import { type Envtest, startEnvtest } from '../testing/envtest';
import { startTestPortal, type TestPortal } from '../testing/startTestPortal';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
jest.setTimeout(120000);
it('x', async () => {
  const envtest: Envtest = await startEnvtest();
  const portal: TestPortal = await startTestPortal({
    knex: await databases.init('SQLITE_3'),
    config: {
      clusters: [
        { type: 'kubeconfig', name: 'real', path: envtest.readerKubeconfig },
      ],
    },
  });
  const body = await portal.eventually(
    '/clusters',
    b => b.items?.[0]?.state === 'fresh',
  );
  console.log(JSON.stringify(body, null, 1), envtest.timings, portal.url);
  await portal.stop();
  await envtest.stop();
});
