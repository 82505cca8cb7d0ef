import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import { ConfigReader } from '@backstage/config';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type {
  AuthenticationStrategy,
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';
import type { Cluster, ClusterSource } from '../ClusterSource';
import {
  describeClusterClientContract,
  PODS,
  SECCOMP_PROFILES,
} from '../clusterClientContract';
import { createClusterSource } from '../createClusterSource';
import { InMemoryCluster } from '../InMemoryCluster';
import { createTestAuthority } from '../testing/certificates';
import { FakeApiServer, sendJson } from '../testing/FakeApiServer';
import {
  createKubernetesAdapter,
  defaultClusterEntries,
  type KubernetesAdapterOptions,
} from './createKubernetesAdapter';
import { KubernetesRegistrations } from './KubernetesRegistrations';

const authority = createTestAuthority('test authority');
const certificate = authority.issueServer(['api.internal']);
const clientCertificate = authority.issueClient('reader');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const CA = base64(authority.cert);
const METHOD = 'kubernetes.clusterLocatorMethods[0]';
const RESOURCES = [
  { ...PODS, kind: 'Pod', scope: 'Namespaced' as const },
  { ...SECCOMP_PROFILES, kind: 'SeccompProfile', scope: 'Cluster' as const },
  {
    group: '',
    version: 'v1',
    plural: 'nodes',
    kind: 'Node',
    scope: 'Cluster' as const,
  },
];
const { signal } = new AbortController();

let api: InMemoryCluster;
let server: FakeApiServer;
let folder: string;
let now: number;
let closers: (() => Promise<unknown>)[];
let registrations: KubernetesRegistrations;

beforeEach(async () => {
  now = 1_000_000;
  closers = [];
  registrations = new KubernetesRegistrations();
  folder = await mkdtemp(join(tmpdir(), 'kubernetes-'));
  api = new InMemoryCluster({ resources: RESOURCES });
  server = await FakeApiServer.start({
    cluster: api,
    certificate,
    clientAuthority: authority.cert,
  });
});
afterEach(async () => {
  await Promise.all(closers.map(close => close()));
  await server.close();
  await rm(folder, { recursive: true });
});

interface Portal {
  /** `kubernetes` of the config. */
  kubernetes?: object;
  /** `securityProfiles.clusters`; the key is left out when `undefined`. */
  clusters?: object[];
  /** The rest of the config. */
  config?: object;
  adapter?: Partial<KubernetesAdapterOptions>;
  entities?: Entity[];
}

async function createSource(portal: Portal): Promise<ClusterSource> {
  const config = new ConfigReader({
    ...portal.config,
    ...(portal.kubernetes && { kubernetes: portal.kubernetes as never }),
    ...(portal.clusters && {
      securityProfiles: { clusters: portal.clusters as never },
    }),
  });
  const options = {
    rootConfig: config,
    catalog: catalogServiceMock({ entities: portal.entities ?? [] }),
    auth: mockServices.auth(),
    registrations,
    account: { folder },
    ...portal.adapter,
  };
  const source = await createClusterSource({
    config,
    logger: mockServices.logger.mock(),
    adapters: { kubernetes: createKubernetesAdapter(options) },
    defaultEntries: defaultClusterEntries(options),
    now: () => now,
    random: () => 0,
  });
  closers.push(() => source.close());
  return source;
}

const listed = (source: ClusterSource) => source.listClusters({ signal });

const configured = (cluster: object) => ({
  clusterLocatorMethods: [
    {
      type: 'config',
      clusters: [{ name: 'prod', url: server.url, caData: CA, ...cluster }],
    },
  ],
});

async function connect(cluster: object, portal: Portal = {}): Promise<Cluster> {
  const [one] = await listed(
    await createSource({ kubernetes: configured(cluster), ...portal }),
  );
  return one;
}

async function readPods({ client }: Cluster) {
  await client?.list(PODS, { depth: 'object', limit: 10, signal });
  return server.requests[server.requests.length - 1];
}

/** Refuses whatever comes with this credential. */
function refuse(authorization: string) {
  server.fault = (request, response) => {
    if (request.headers.authorization !== authorization) {
      return 'not answered';
    }
    sendJson(response, 401, {});
    return 'answered';
  };
}

function strategyOf(
  getCredential: (details: ClusterDetails) => Promise<KubernetesCredential>,
): AuthenticationStrategy {
  return {
    getCredential,
    validateCluster: () => [],
    presentAuthMetadata: () => ({}),
  };
}

/** Answers every request of a cloud's own token endpoint with this JSON. */
async function startTokenEndpoint(answer: object): Promise<string> {
  const endpoint = createServer((_, response) => {
    response.writeHead(200, {
      'content-type': 'application/json',
      'metadata-flavor': 'Google',
    });
    response.end(JSON.stringify(answer));
  });
  endpoint.listen(0, '127.0.0.1');
  await once(endpoint, 'listening');
  closers.push(async () => {
    endpoint.closeAllConnections();
    endpoint.close();
    await once(endpoint, 'close');
  });
  return `127.0.0.1:${(endpoint.address() as AddressInfo).port}`;
}

function setEnvironment(variables: Record<string, string>): void {
  for (const [name, value] of Object.entries(variables)) {
    const former = process.env[name];
    process.env[name] = value;
    closers.push(async () => {
      if (former === undefined) {
        delete process.env[name];
      } else {
        process.env[name] = former;
      }
    });
  }
}

describeClusterClientContract(
  "The client of the Kubernetes plugin's configuration",
  async () => {
    const { client } = await connect({
      authProvider: 'serviceAccount',
      serviceAccountToken: 'abc',
    });
    return {
      client: client!,
      put: async (resource, object) =>
        api.put(resource, {
          ...object,
          metadata: {
            ...object.metadata,
            uid: `uid-of-${object.metadata.name}`,
          },
        }),
      remove: async (resource, object) => api.remove(resource, object.metadata),
      compact: async () => api.compact(),
      close: async () => {},
    };
  },
  { compaction: 'forced' },
);

describe('A cluster of the Kubernetes plugin', () => {
  it('is read with the token of its service account', async () => {
    const cluster = await connect({
      authProvider: 'serviceAccount',
      serviceAccountToken: 'abc',
    });
    expect(cluster).toMatchObject({
      id: 'prod',
      name: 'prod',
      type: 'kubernetes',
      tls: 'verified',
    });
    expect((await readPods(cluster)).authorization).toBe('Bearer abc');
  });

  it('may have its login in authMetadata', async () => {
    const cluster = await connect({
      authMetadata: {
        'kubernetes.io/auth-provider': 'serviceAccount',
        serviceAccountToken: 'abc',
      },
    });
    expect((await readPods(cluster)).authorization).toBe('Bearer abc');
  });

  describe("without a token, is the one of this backend's own pod", () => {
    const writeAccount = async (token: string) => {
      await writeFile(join(folder, 'token'), `${token}\n`);
      await writeFile(join(folder, 'ca.crt'), authority.cert);
    };
    const connectOwn = (cluster: object = {}) =>
      connect(
        { authProvider: 'serviceAccount', caData: undefined, ...cluster },
        {
          adapter: {
            account: { folder, host: '127.0.0.1', port: String(server.port) },
          },
        },
      );

    it('whatever address it was given, so that the token of the pod goes nowhere else', async () => {
      await writeAccount('first');
      const cluster = await connectOwn({
        url: 'http://elsewhere.test',
        skipTLSVerify: true,
      });
      expect(cluster.tls).toBe('verified');
      expect((await readPods(cluster)).authorization).toBe('Bearer first');
    });

    it('with the certificate that the pod was given, even where the config skips it', async () => {
      await writeAccount('first');
      await writeFile(
        join(folder, 'ca.crt'),
        createTestAuthority('other').cert,
      );
      const cluster = await connectOwn({ skipTLSVerify: true });
      await expect(readPods(cluster)).rejects.toMatchObject({
        reason: 'unreachable',
      });
    });

    it('whose token is read again after half a minute', async () => {
      await writeAccount('first');
      const cluster = await connectOwn();
      await readPods(cluster);
      await writeAccount('second');
      expect((await readPods(cluster)).authorization).toBe('Bearer first');
      now += 31_000;
      expect((await readPods(cluster)).authorization).toBe('Bearer second');
    });

    it('whose token is read again at once when it is refused', async () => {
      await writeAccount('first');
      const cluster = await connectOwn();
      await readPods(cluster);
      await writeAccount('second');
      refuse('Bearer first');
      expect((await readPods(cluster)).authorization).toBe('Bearer second');
    });

    it('and says what is missing where no account is mounted', async () => {
      await expect(readPods(await connectOwn())).rejects.toMatchObject({
        reason: 'unauthenticated',
        message: expect.stringMatching(
          /^kubernetes\.clusterLocatorMethods\[0\]\.clusters\[0\]: .*token \(ENOENT\); set automountServiceAccountToken/,
        ),
      });
    });

    it('and says so where there is no pod', async () => {
      await expect(
        readPods(await connect({ authProvider: 'serviceAccount' })),
      ).rejects.toMatchObject({
        reason: 'unauthenticated',
        message: expect.stringContaining('runs in no pod'),
      });
    });
  });

  it('is read with the login aws, as the cluster that its metadata names', async () => {
    const cluster = await connect(
      {
        authProvider: 'aws',
        authMetadata: { 'kubernetes.io/x-k8s-aws-id': 'eks-of-prod' },
      },
      {
        config: {
          aws: {
            mainAccount: { accessKeyId: 'an-id', secretAccessKey: 'a-secret' },
          },
        },
      },
    );
    const { authorization = '' } = await readPods(cluster);
    const [, token] = authorization.split('Bearer k8s-aws-v1.');
    const signed = new URL(Buffer.from(token, 'base64url').toString());
    expect(signed.host).toBe('sts.us-east-1.amazonaws.com');
    expect(signed.searchParams.get('X-Amz-SignedHeaders')).toContain(
      'x-k8s-aws-id',
    );
  });

  it('is read with the login azure', async () => {
    const endpoint = await startTokenEndpoint({
      access_token: 'of-azure',
      expires_on: String(Math.floor(Date.now() / 1000) + 86_400),
      resource: '6dae42f8-4368-4678-94ff-3960e28e3630',
      token_type: 'Bearer',
    });
    setEnvironment({
      AZURE_TOKEN_CREDENTIALS: 'ManagedIdentityCredential',
      IDENTITY_ENDPOINT: `http://${endpoint}/msi/token`,
      IDENTITY_HEADER: 'a-header',
    });
    const cluster = await connect({ authProvider: 'azure' });
    expect((await readPods(cluster)).authorization).toBe('Bearer of-azure');
  });

  it('is read with the login googleServiceAccount', async () => {
    const endpoint = await startTokenEndpoint({
      access_token: 'of-google',
      expires_in: 3600,
      token_type: 'Bearer',
    });
    setEnvironment({
      GCE_METADATA_HOST: endpoint,
      METADATA_SERVER_DETECTION: 'assume-present',
      GOOGLE_CLOUD_PROJECT: 'a-project',
      // No file of credentials is found in there.
      CLOUDSDK_CONFIG: folder,
      HOME: folder,
    });
    const cluster = await connect({ authProvider: 'googleServiceAccount' });
    expect((await readPods(cluster)).authorization).toBe('Bearer of-google');
  });

  it.each(['aws', 'azure', 'googleServiceAccount'])(
    'is unauthenticated, naming the package, where the login %s is not installed',
    async authProvider => {
      const cluster = await connect(
        { authProvider },
        {
          adapter: {
            loadKubernetesBackend: async () => {
              throw new Error('Cannot find module');
            },
          },
        },
      );
      await expect(readPods(cluster)).rejects.toMatchObject({
        reason: 'unauthenticated',
        message: expect.stringContaining(
          '@backstage/plugin-kubernetes-backend',
        ),
      });
    },
  );

  it('is read without any credentials through kubectl proxy', async () => {
    const cluster = await connect({ authProvider: 'localKubectlProxy' });
    expect((await readPods(cluster)).authorization).toBeUndefined();
  });

  it.each(['google', 'oidc', 'aks'])(
    "is listed and not collected with the login %s, which needs a person's token",
    async authProvider => {
      const cluster = await connect({ authProvider, oidcTokenProvider: 'x' });
      expect(cluster).toEqual({
        id: 'prod',
        name: 'prod',
        type: 'kubernetes',
        notCollected: `Its login (${authProvider}) needs a person's token, which a background reader does not have. Use serviceAccount, aws, azure or googleServiceAccount.`,
      });
    },
  );

  it('is listed and not collected with a login that nobody knows', async () => {
    const cluster = await connect({ authProvider: 'pinniped' });
    expect(cluster.notCollected).toMatch(
      /^Its login \(pinniped\) is not known/,
    );
    expect(cluster.client).toBeUndefined();
  });

  describe('with a strategy of a module', () => {
    const connectWith = (
      getCredential: (details: ClusterDetails) => Promise<KubernetesCredential>,
    ) => {
      registrations.addAuthStrategy('own', strategyOf(getCredential));
      return connect({ authProvider: 'own' });
    };

    it('is read with the token it gives, asked for once for a burst of requests', async () => {
      const asked: string[] = [];
      const cluster = await connectWith(async ({ name }) => {
        asked.push(name);
        return { type: 'bearer token', token: 'own-token' };
      });
      await Promise.all([readPods(cluster), readPods(cluster)]);
      expect((await readPods(cluster)).authorization).toBe('Bearer own-token');
      expect(asked).toEqual(['prod']);
    });

    it('is read with a new token once the old one is refused', async () => {
      let count = 0;
      const cluster = await connectWith(async () => {
        count += 1;
        return { type: 'bearer token', token: `token-${count}` };
      });
      await readPods(cluster);
      refuse('Bearer token-1');
      expect((await readPods(cluster)).authorization).toBe('Bearer token-2');
    });

    it('is unauthenticated once the new token is refused as well', async () => {
      const cluster = await connectWith(async () => ({
        type: 'bearer token',
        token: 'refused',
      }));
      refuse('Bearer refused');
      await expect(readPods(cluster)).rejects.toMatchObject({
        reason: 'unauthenticated',
      });
      expect(server.requests).toHaveLength(2);
    });

    it('is read with the client certificate it gives', async () => {
      const { cert, key } = clientCertificate;
      const cluster = await connectWith(async () => ({
        type: 'x509 client certificate',
        cert,
        key,
      }));
      expect(await readPods(cluster)).toMatchObject({
        authorization: undefined,
        clientName: 'reader',
      });
    });

    it('is unauthenticated when it gives nothing', async () => {
      await expect(
        readPods(await connectWith(async () => ({ type: 'anonymous' }))),
      ).rejects.toMatchObject({
        reason: 'unauthenticated',
        message: expect.stringContaining('the login own gave no credentials'),
      });
      expect(server.requests).toEqual([]);
    });

    it('is unauthenticated when it fails, without quoting what it threw', async () => {
      const cluster = await connectWith(async () => {
        throw new Error('secret words');
      });
      const error = await readPods(cluster).catch((caught: Error) => caught);
      expect(error).not.toHaveProperty('cause');
      expect(error).toMatchObject({
        reason: 'unauthenticated',
        message: expect.stringContaining(
          `${METHOD}.clusters[0]: the login own`,
        ),
      });
      expect(String(error)).not.toContain('secret');
    });

    it('is read again once it works again', async () => {
      let count = 0;
      const cluster = await connectWith(async () => {
        count += 1;
        if (count === 1) {
          throw new Error('not yet');
        }
        return { type: 'bearer token', token: 'later' };
      });
      await expect(readPods(cluster)).rejects.toThrow('failed');
      expect((await readPods(cluster)).authorization).toBe('Bearer later');
    });

    it('has one strategy for a login', () => {
      const own = strategyOf(async () => ({ type: 'anonymous' }));
      registrations.addAuthStrategy('own', own);
      expect(() => registrations.addAuthStrategy('own', own)).toThrow(
        'strategy for the login "own" was already added',
      );
    });
  });

  const account = {
    authProvider: 'serviceAccount',
    serviceAccountToken: 'abc',
  };

  it('is trusted by the file of its authority, which may change', async () => {
    const caFile = join(folder, 'authority.pem');
    const cluster = await connect({ ...account, caData: undefined, caFile });
    await expect(readPods(cluster)).rejects.toMatchObject({
      reason: 'unreachable',
      message: `${METHOD}.clusters[0].caFile: the file can't be read (ENOENT)`,
    });
    await writeFile(caFile, createTestAuthority('other').cert);
    await expect(readPods(cluster)).rejects.toMatchObject({
      reason: 'unreachable',
      message: expect.stringContaining('certificate'),
    });
    await writeFile(caFile, authority.cert);
    now += 31_000;
    expect((await readPods(cluster)).authorization).toBe('Bearer abc');
  });

  it('is read without looking at its certificate where the config says so, and shows it', async () => {
    const cluster = await connect({
      ...account,
      caData: undefined,
      skipTLSVerify: true,
    });
    expect(cluster.tls).toBe('not-verified');
    expect((await readPods(cluster)).authorization).toBe('Bearer abc');
  });

  it('is never sent its credentials in clear text', async () => {
    const cluster = await connect({ ...account, url: 'http://api.test:8080' });
    expect(cluster.notCollected).toContain('clear text');
    expect(cluster.client).toBeUndefined();
  });

  it('may have a path, as behind a proxy of many clusters', async () => {
    const cluster = await connect({ ...account, url: `${server.url}/k8s/a/` });
    await readPods(cluster).catch(() => {});
    expect(server.requests[0].url).toMatch(/^\/k8s\/a\/api\/v1\/pods\?/);
  });

  it.each([
    [
      'no list of methods',
      { clusterLocatorMethods: 'config' },
      'kubernetes.clusterLocatorMethods: expected a list',
    ],
    [
      'an unknown method',
      { clusterLocatorMethods: [{ type: 'consul' }] },
      `${METHOD}.type: found "consul"; expected one of config, catalog, localKubectlProxy, gke`,
    ],
    [
      'no clusters',
      { clusterLocatorMethods: [{ type: 'config' }] },
      `${METHOD}.clusters: expected a list of clusters`,
    ],
    [
      'patterns that are no list',
      {
        clusterLocatorMethods: [
          { type: 'catalog', dangerouslyAllowClusterUrls: '*' },
        ],
      },
      `${METHOD}.dangerouslyAllowClusterUrls: expected a list of texts`,
    ],
  ])('is refused at start with %s', async (_, kubernetes, message) => {
    await expect(createSource({ kubernetes })).rejects.toThrow(message);
  });

  it.each([
    ['no name', { name: undefined }, 'name: found nothing'],
    ['no address', { url: undefined }, 'url: found nothing'],
    [
      'an address that is none',
      { url: 'api.secret:6443' },
      'url: expected an address that begins with https://',
    ],
    [
      'an address with a password',
      { url: 'https://a:secret@api.test' },
      'url: expected an address without a user name and password',
    ],
    ['no login', { authProvider: undefined }, 'authProvider: found nothing'],
    [
      'certificates that are none',
      { caData: 'secret' },
      'caData: expected the certificates (PEM) of the authority, encoded as base64',
    ],
    [
      'a flag that is none',
      { skipTLSVerify: 'secret' },
      'skipTLSVerify: expected true or false',
    ],
    [
      'metadata that is no text',
      { authMetadata: { a: { secret: 1 } } },
      'authMetadata: expected a text for "a"',
    ],
    [
      'a token that is no text',
      { serviceAccountToken: 5 },
      'serviceAccountToken: expected a text',
    ],
  ])(
    'is refused at start with %s, by its key and without its value',
    async (_, cluster, message) => {
      const error = await connect({ ...account, ...cluster }).catch(
        (caught: Error) => caught,
      );
      expect(error).toMatchObject({
        name: 'InputError',
        message: expect.stringContaining(`${METHOD}.clusters[0].${message}`),
      });
      expect(String(error)).not.toContain('secret');
    },
  );
});

describe('The clusters of the Kubernetes plugin', () => {
  const account = {
    authProvider: 'serviceAccount',
    serviceAccountToken: 'abc',
  };
  const two = () => ({
    clusterLocatorMethods: [
      {
        type: 'config',
        clusters: [
          { name: 'a', title: 'Alpha', url: server.url, ...account },
          { name: 'b', url: server.url, ...account },
        ],
      },
    ],
  });
  const namesOf = async (source: ClusterSource) =>
    (await listed(source)).map(({ name }) => name);

  it('are the default where no clusters are configured', async () => {
    expect(await namesOf(await createSource({ kubernetes: two() }))).toEqual([
      'a',
      'b',
    ]);
  });

  it('are left alone where the list of clusters is empty', async () => {
    const source = await createSource({ kubernetes: two(), clusters: [] });
    expect(await namesOf(source)).toEqual([]);
  });

  it.each([
    ['is not configured', undefined],
    ['has no locator methods', { clusterLocatorMethods: [] }],
  ])('are none, and no error, where the plugin %s', async (_, kubernetes) => {
    expect(await namesOf(await createSource({ kubernetes }))).toEqual([]);
  });

  it('are refused where they are asked for and there are none', async () => {
    await expect(
      createSource({ clusters: [{ type: 'kubernetes' }] }),
    ).rejects.toThrow(
      'securityProfiles.clusters[0]: found no clusters to take over: kubernetes.clusterLocatorMethods is empty',
    );
  });

  it('can be chosen by name or title', async () => {
    const choose = async (entry: object) =>
      namesOf(
        await createSource({
          kubernetes: two(),
          clusters: [{ type: 'kubernetes', ...entry }],
        }),
      );
    expect(await choose({ include: ['Alpha'] })).toEqual(['a']);
    expect(await choose({ exclude: ['Alpha'] })).toEqual(['b']);
    expect(await choose({ include: ['a', 'b'], exclude: ['b'] })).toEqual([
      'a',
    ]);
  });

  it('are refused at start when one is chosen that does not exist, with those that do', async () => {
    await expect(
      createSource({
        kubernetes: two(),
        clusters: [{ type: 'kubernetes', include: ['c'] }],
      }),
    ).rejects.toThrow(
      'securityProfiles.clusters[0].include: no cluster "c" in kubernetes.clusterLocatorMethods; available: a, b',
    );
  });

  it('keep their client from list to list', async () => {
    const source = await createSource({ kubernetes: two() });
    const [first] = await listed(source);
    now += 3_600_000;
    const [again] = await listed(source);
    expect(again.client).toBe(first.client);
  });

  it('include the one of kubectl proxy under the name local', async () => {
    const source = await createSource({
      kubernetes: { clusterLocatorMethods: [{ type: 'localKubectlProxy' }] },
    });
    expect(await listed(source)).toEqual([
      {
        id: 'local',
        name: 'local',
        type: 'kubernetes',
        client: expect.anything(),
      },
    ]);
  });

  it('list what Google Cloud would be asked for as not collected', async () => {
    const source = await createSource({
      kubernetes: {
        clusterLocatorMethods: [{ type: 'gke', projectId: 'shop' }],
      },
    });
    const [cluster] = await listed(source);
    expect(cluster).toMatchObject({
      name: 'gke shop',
      notCollected: expect.stringContaining(METHOD),
    });
    expect(cluster.client).toBeUndefined();
  });

  it('come without the second of a name, and with the first', async () => {
    const source = await createSource({
      kubernetes: {
        clusterLocatorMethods: [
          ...two().clusterLocatorMethods,
          ...two().clusterLocatorMethods,
        ],
      },
    });
    expect(await namesOf(source)).toEqual(['a', 'b']);
  });

  it('give way to an entry of another type that has their name', async () => {
    const source = await createSource({
      kubernetes: two(),
      clusters: [
        { type: 'kubernetes' },
        { type: 'manifests', name: 'a', path: folder },
      ],
    });
    expect(
      (await listed(source)).map(({ name, type }) => [name, type]),
    ).toEqual([
      ['a', 'manifests'],
      ['b', 'kubernetes'],
    ]);
  });

  it('include those of a supplier, with the credentials of this plugin for the supplier alone', async () => {
    const seen: string[] = [];
    registrations.addClusterSupplier({
      getClusters: async ({ credentials }) => {
        seen.push(JSON.stringify(credentials.principal));
        return [
          {
            name: 'supplied',
            url: server.url,
            caData: CA,
            authMetadata: {
              'kubernetes.io/auth-provider': 'serviceAccount',
              serviceAccountToken: 'abc',
            },
          },
        ];
      },
    });
    const [cluster] = await listed(await createSource({}));
    expect(cluster.name).toBe('supplied');
    expect(seen).toEqual([expect.stringContaining('service')]);
    expect((await readPods(cluster)).authorization).toBe('Bearer abc');
  });
});

describe('The clusters of the catalog', () => {
  const resource = (name: string, annotations: object = {}): Entity => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: {
      name,
      annotations: {
        'kubernetes.io/api-server': server.url,
        'kubernetes.io/api-server-certificate-authority': CA,
        'kubernetes.io/auth-provider': 'own',
        ...annotations,
      },
    },
    spec: { type: 'kubernetes-cluster', owner: 'group:default/platform' },
  });
  const locate = (method: object = {}) => ({
    clusterLocatorMethods: [{ type: 'catalog', ...method }],
  });
  const allowed = { dangerouslyAllowClusterUrls: ['127.0.0.1'] };
  let given: ClusterDetails[];

  beforeEach(() => {
    given = [];
    registrations.addAuthStrategy(
      'own',
      strategyOf(async details => {
        given.push(details);
        return { type: 'bearer token', token: 'own-token' };
      }),
    );
  });

  const connectEntity = async (entity: Entity, method: object = allowed) => {
    const [cluster] = await listed(
      await createSource({ kubernetes: locate(method), entities: [entity] }),
    );
    return cluster;
  };

  it('are read with what their annotations say', async () => {
    const cluster = await connectEntity(
      resource('prod', { 'kubernetes.io/x-k8s-aws-id': 'eks' }),
    );
    expect(cluster.tls).toBe('verified');
    expect((await readPods(cluster)).authorization).toBe('Bearer own-token');
    expect(given[0].authMetadata['kubernetes.io/x-k8s-aws-id']).toBe('eks');
  });

  it('are never sent the token with which the catalog is asked', async () => {
    await readPods(await connectEntity(resource('prod')));
    expect(
      new Set(server.requests.map(({ authorization }) => authorization)),
    ).toEqual(new Set(['Bearer own-token']));
  });

  it('are resources of type kubernetes-cluster with all three annotations', async () => {
    const other = resource('other');
    const source = await createSource({
      kubernetes: locate(),
      entities: [
        { ...other, spec: { type: 'database' } },
        { ...other, kind: 'Component' },
        resource('none', { 'kubernetes.io/auth-provider': undefined }),
      ],
    });
    expect(await listed(source)).toEqual([]);
  });

  it('may not use the account of this backend, nor bring a token', async () => {
    const annotations = { serviceAccountToken: 'brought' };
    const own = await connectEntity(
      resource('prod', {
        ...annotations,
        'kubernetes.io/auth-provider': 'serviceAccount',
      }),
    );
    expect(own.client).toBeUndefined();
    expect(own.notCollected).toContain('serviceAccount');
    await readPods(await connectEntity(resource('prod', annotations)));
    expect(given[0].authMetadata).not.toHaveProperty('serviceAccountToken');
  });

  it.each([
    ['http://8.8.8.8', 'begins with https://'],
    ['https://127.0.0.1:6443', 'public address'],
    ['https://10.1.2.3', 'public address'],
    ['https://169.254.169.254', 'public address'],
    ['https://[::1]:6443', 'public address'],
    ['https://[::ffff:10.0.0.1]', 'public address'],
    ['https://0x7f000001', 'public address'],
    ['https://a:b@api.test', 'without a user name'],
    ['file:///etc/passwd', 'begins with https://'],
  ])('are not collected at %s', async (url, reason) => {
    const cluster = await connectEntity(
      resource('prod', { 'kubernetes.io/api-server': url }),
      {},
    );
    expect(cluster.notCollected).toContain(reason);
    expect(cluster.client).toBeUndefined();
  });

  it('are not reached by a name that leads to an address that is not public', async () => {
    const cluster = await connectEntity(
      resource('prod', {
        'kubernetes.io/api-server': `https://localhost:${server.port}`,
      }),
      {},
    );
    await expect(readPods(cluster)).rejects.toMatchObject({
      reason: 'unreachable',
      message: expect.stringContaining('dangerouslyAllowClusterUrls'),
    });
    expect(server.requests).toEqual([]);
  });

  it('may skip the look at the certificate only where the config allows that', async () => {
    const entity = resource('prod', {
      'kubernetes.io/skip-tls-verify': 'true',
    });
    expect((await connectEntity(entity)).tls).toBe('verified');
    expect(
      (
        await connectEntity(entity, {
          ...allowed,
          dangerouslyAllowSkipTLSVerify: true,
        })
      ).tls,
    ).toBe('not-verified');
  });

  describe('as they change', () => {
    let entities: Entity[];
    let state: 'up' | 'down';
    let source: ClusterSource;

    beforeEach(async () => {
      entities = [resource('first')];
      state = 'up';
      const catalog = {
        getEntities: (...parameters) => {
          if (state === 'down') {
            throw new Error('secret words');
          }
          return catalogServiceMock({ entities }).getEntities(...parameters);
        },
      } as Partial<CatalogService> as CatalogService;
      source = await createSource({
        kubernetes: locate(allowed),
        adapter: { catalog },
      });
    });
    const names = async () => (await listed(source)).map(({ name }) => name);

    it('come and go within a minute', async () => {
      expect(await names()).toEqual(['first']);
      entities = [resource('first'), resource('second')];
      expect(await names()).toEqual(['first']);
      now += 61_000;
      expect(await names()).toEqual(['first', 'second']);
    });

    it('keep the client of one that stays and close that of one that goes', async () => {
      entities = [resource('first'), resource('second')];
      const before = await listed(source);
      entities = [resource('second')];
      now += 61_000;
      const after = await listed(source);
      expect(after[0].client).toBe(before[1].client);
      await readPods(after[0]);
      await expect(readPods(before[0])).rejects.toThrow('was closed');
    });

    it('are connected anew when the address changes', async () => {
      const [before] = await listed(source);
      entities = [
        resource('first', { 'kubernetes.io/api-server': `${server.url}/new` }),
      ];
      now += 61_000;
      const [after] = await listed(source);
      expect(after.client).not.toBe(before.client);
      await expect(readPods(before)).rejects.toThrow('was closed');
    });

    it('stay as they are while the catalog is down, which is a problem of the list', async () => {
      const [before] = await listed(source);
      expect(source.problems?.()).toEqual([]);
      state = 'down';
      now += 61_000;
      const [after] = await listed(source);
      expect(after.client).toBe(before.client);
      expect(source.problems?.()).toEqual([
        {
          where: METHOD,
          message: expect.not.stringContaining('secret'),
        },
      ]);
      state = 'up';
      await listed(source);
      expect(source.problems?.()).toEqual([]);
    });
  });
});
