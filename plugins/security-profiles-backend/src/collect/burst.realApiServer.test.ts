import { TestDatabases } from '@backstage/backend-test-utils';
import { appliedPod } from '../testing/appliedObjects';
import { type Envtest, startEnvtest } from '../testing/envtest';
import {
  allFresh,
  compareWithFullList,
  untilCluster,
} from '../testing/realCluster';
import { startTestPortal, type TestPortal } from '../testing/startTestPortal';

jest.setTimeout(180_000);

const wantedRate = 1000;
const seconds = 30;
const podCount = 500;
const writers = 16;
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

const nameOf = (index: number) => `pod-${index}`;

describe('A real API server on which much changes', () => {
  let envtest: Envtest;
  let portal: TestPortal;

  beforeAll(async () => {
    envtest = await startEnvtest({ crds: ['spo'] });
    await envtest.applyManifests(
      Array.from({ length: podCount }, (_, index) =>
        appliedPod({ name: nameOf(index), namespace: 'busy' }),
      ),
    );
    portal = await startTestPortal({
      knex: await databases.init('SQLITE_3'),
      config: {
        clusters: [
          { type: 'kubeconfig', name: 'real', path: envtest.readerKubeconfig },
        ],
      },
    });
    await untilCluster(portal, 'real', allFresh);
  });

  afterAll(async () => {
    await portal?.stop();
    await envtest?.stop();
  });

  it(`is equal to a full list after ${seconds} s of up to ${wantedRate} changes a second`, async () => {
    const start = performance.now();
    const elapsed = () => (performance.now() - start) / 1000;
    let changes = 0;
    const pods = '/api/v1/namespaces/busy/pods';
    // Each writer has pods of its own, so that no two changes meet.
    const write = async (writer: number) => {
      for (let round = 0; elapsed() < seconds; round += 1) {
        const index =
          writer + writers * (round % Math.floor(podCount / writers));
        if (round % 50 === 49) {
          await envtest.request(
            'DELETE',
            `${pods}/${nameOf(index)}?gracePeriodSeconds=0`,
          );
          await envtest.request('POST', pods, {
            ...appliedPod({ name: nameOf(index), namespace: 'busy' }),
          });
          changes += 2;
        } else {
          await envtest.request('PATCH', `${pods}/${nameOf(index)}`, {
            metadata: { labels: { round: String(round) } },
          });
          changes += 1;
        }
        const ahead = changes / wantedRate - elapsed();
        if (ahead > 0) {
          await new Promise(resolve => setTimeout(resolve, ahead * 1000));
        }
      }
    };
    await Promise.all(
      Array.from({ length: writers }, (_, writer) => write(writer)),
    );
    const rate = Math.round(changes / elapsed());
    // Which rate was reached says more about the machine than about the portal.
    process.stdout.write(
      `${changes} changes in ${seconds} s, ${rate} a second\n`,
    );
    const { shown, full } = await compareWithFullList(portal, envtest, 'real');
    expect(shown).toEqual(full);
    expect(full.workloads).toHaveLength(podCount);
  });
});
