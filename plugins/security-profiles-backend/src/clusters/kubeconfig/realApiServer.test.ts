import { readFile } from 'node:fs/promises';
import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import { stringify } from 'lossless-json';
import { request } from 'undici';
import { parse } from 'yaml';
import {
  describeClusterClientContract,
  PODS,
  SECCOMP_PROFILES,
} from '../clusterClientContract';
import type {
  ClusterClient,
  KubernetesObject,
  ResourceRef,
} from '../ClusterSource';
import { createDispatcher } from '../kubernetesApi';
import { connectKubeconfig } from './connectKubeconfig';

const READER = process.env.SECURITY_PROFILES_ENVTEST_KUBECONFIG;
const WRITER = process.env.SECURITY_PROFILES_ENVTEST_ADMIN_KUBECONFIG ?? READER;

if (READER && WRITER) {
  describeClusterClientContract(
    'The client of a kubeconfig with a real kube-apiserver',
    async () => {
      const admin = await createAdmin(WRITER);
      await admin.removeAll(PODS);
      await admin.removeAll(SECCOMP_PROFILES);
      const [{ client }] = await connectKubeconfig(
        {
          config: new ConfigReader({ path: READER }),
          key: 'securityProfiles.clusters[0]',
        },
        {
          logger: mockServices.logger.mock(),
          now: () => 0,
          random: () => 0,
        },
      );
      return {
        client: client as ClusterClient,
        put: admin.put,
        remove: admin.remove,
        close: async () => {
          await client?.close();
          await admin.close();
        },
      };
    },
    { compaction: 'not forced' },
  );
} else {
  // eslint-disable-next-line jest/no-disabled-tests
  describe.skip('The client of a kubeconfig with a real kube-apiserver (skipped: SECURITY_PROFILES_ENVTEST_KUBECONFIG is not set)', () => {
    it.todo('keeps the contract of a cluster client');
  });
}

/** Writes as the administrator of the test server. */
async function createAdmin(path: string) {
  const config = parse(await readFile(path, 'utf8'));
  const { cluster } = config.clusters[0];
  const { user } = config.users[0];
  const decoded = (field?: string) =>
    field && Buffer.from(field, 'base64').toString();
  const dispatcher = createDispatcher({
    ca: decoded(cluster['certificate-authority-data']),
    cert: decoded(user['client-certificate-data']),
    key: decoded(user['client-key-data']),
    connectTimeout: 5_000,
  });
  const send = async (method: string, target: string, body?: unknown) => {
    const answer = await request(`${cluster.server}${target}`, {
      method: method as 'PATCH',
      dispatcher,
      headers: {
        ...(user.token && { authorization: `Bearer ${user.token}` }),
        'content-type':
          method === 'PATCH'
            ? 'application/apply-patch+yaml'
            : 'application/json',
      },
      body: body === undefined ? undefined : stringify(body),
    });
    const text = await answer.body.text();
    if (answer.statusCode >= 300 && answer.statusCode !== 404) {
      throw new Error(`${method} ${target}: ${answer.statusCode} ${text}`);
    }
  };
  const collection = ({ group, version, plural }: ResourceRef) =>
    group
      ? `/apis/${group}/${version}/${plural}`
      : `/api/${version}/namespaces/default/${plural}`;
  const target = (resource: ResourceRef, object: KubernetesObject) =>
    `${collection(resource)}/${object.metadata.name}`;
  return {
    put: (resource: ResourceRef, object: KubernetesObject) =>
      send(
        'PATCH',
        `${target(resource, object)}?fieldManager=contract&force=true`,
        object,
      ),
    remove: (resource: ResourceRef, object: KubernetesObject) =>
      send('DELETE', `${target(resource, object)}?gracePeriodSeconds=0`),
    removeAll: (resource: ResourceRef) =>
      send('DELETE', `${collection(resource)}?gracePeriodSeconds=0`),
    close: () => dispatcher.destroy(),
  };
}
