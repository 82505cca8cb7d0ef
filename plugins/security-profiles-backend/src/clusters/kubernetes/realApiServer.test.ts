import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { parse } from 'yaml';
import { type Envtest, startEnvtest } from '../../testing/envtest';
import type { Cluster, KubernetesObject, ResourceRef } from '../ClusterSource';
import {
  describeClusterClientContract,
  PODS,
  SECCOMP_PROFILES,
} from '../clusterClientContract';
import { createClusterSource } from '../createClusterSource';
import { createKubernetesAdapter } from './createKubernetesAdapter';
import { KubernetesRegistrations } from './KubernetesRegistrations';

// A server of its own: another file empties the one that the run has started.
let envtest: Envtest;
let folder: string;
let caData: string;
let now: number;

beforeAll(async () => {
  envtest = await startEnvtest({ crds: ['spo'] });
  const kubeconfig = parse(await readFile(envtest.readerKubeconfig, 'utf8'));
  caData = kubeconfig.clusters[0].cluster['certificate-authority-data'];
}, 120_000);
afterAll(() => envtest?.stop());
beforeEach(async () => {
  now = 0;
  folder = await mkdtemp(join(tmpdir(), 'kubernetes-'));
});
afterEach(() => rm(folder, { recursive: true }));

async function connect(cluster: object) {
  const config = new ConfigReader({
    kubernetes: {
      clusterLocatorMethods: [
        {
          type: 'config',
          clusters: [
            {
              name: 'real',
              url: envtest.url,
              authProvider: 'serviceAccount',
              ...cluster,
            },
          ],
        },
      ],
    },
  });
  const { hostname, port } = new URL(envtest.url);
  const source = await createClusterSource({
    config,
    logger: mockServices.logger.mock(),
    adapters: {
      kubernetes: createKubernetesAdapter({
        rootConfig: config,
        catalog: catalogServiceMock(),
        auth: mockServices.auth(),
        registrations: new KubernetesRegistrations(),
        account: { folder, host: hostname, port },
      }),
    },
    defaultEntries: [{ type: 'kubernetes' }],
    now: () => now,
    random: () => 0,
  });
  const [{ client }] = await source.listClusters({
    signal: new AbortController().signal,
  });
  return { client: client as NonNullable<Cluster['client']>, source };
}

const collection = ({ group, version, plural }: ResourceRef) =>
  group
    ? `/apis/${group}/${version}/${plural}`
    : `/api/${version}/namespaces/default/${plural}`;
const pathOf = (resource: ResourceRef, object: KubernetesObject) =>
  `${collection(resource)}/${object.metadata.name}`;

describeClusterClientContract(
  'The client of a service account with a real kube-apiserver',
  async () => {
    for (const resource of [PODS, SECCOMP_PROFILES]) {
      await envtest.request(
        'DELETE',
        `${collection(resource)}?gracePeriodSeconds=0`,
      );
    }
    const { client, source } = await connect({
      caData,
      serviceAccountToken: envtest.readerToken(),
    });
    return {
      client,
      put: async (resource, object) => {
        await envtest.request(
          'PATCH',
          `${pathOf(resource, object)}?fieldManager=contract&force=true`,
          object,
          { contentType: 'application/apply-patch+yaml' },
        );
      },
      remove: async (resource, object) => {
        await envtest.request(
          'DELETE',
          `${pathOf(resource, object)}?gracePeriodSeconds=0`,
        );
      },
      close: () => source.close(),
    };
  },
  { compaction: 'not forced' },
);

describe("The account of the backend's own pod, at a real kube-apiserver", () => {
  it('is read with the renewed token of its file once the old one is revoked', async () => {
    const { signal } = new AbortController();
    await writeFile(
      join(folder, 'ca.crt'),
      Buffer.from(caData, 'base64').toString(),
    );
    await writeFile(join(folder, 'token'), envtest.readerToken());
    const { client, source } = await connect({ url: 'https://not-used.test' });
    const list = () => client.list(PODS, { depth: 'object', limit: 5, signal });
    await list();
    const { token } = await envtest.rotateReaderToken({ previous: 'revoke' });
    await expect(list()).rejects.toMatchObject({ reason: 'unauthenticated' });
    await writeFile(join(folder, 'token'), token);
    await expect(list()).resolves.toMatchObject({ items: expect.anything() });
    await source.close();
  }, 60_000);
});
