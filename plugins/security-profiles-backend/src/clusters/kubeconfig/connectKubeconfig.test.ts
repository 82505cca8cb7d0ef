import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigReader } from '@backstage/config';
import { mockServices } from '@backstage/backend-test-utils';
import type { ConnectedClusters } from '../ClusterAdapter';
import { PODS } from '../clusterClientContract';
import { InMemoryCluster } from '../InMemoryCluster';
import { createTestAuthority } from '../testing/certificates';
import { FakeApiServer, sendJson } from '../testing/FakeApiServer';
import { startForwardProxy } from '../testing/startForwardProxy';
import { connectKubeconfig } from './connectKubeconfig';

const authority = createTestAuthority('test authority');
const serverCertificate = authority.issueServer(['api.internal']);
const clientCertificate = authority.issueClient('reader');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const CA = base64(authority.cert);
const KEY = 'securityProfiles.clusters[3]';

describe('A cluster of a kubeconfig', () => {
  let folder: string;
  let path: string;
  let server: FakeApiServer;
  let closers: (() => Promise<unknown>)[];
  let now: number;

  beforeEach(async () => {
    now = 1_000_000;
    folder = await mkdtemp(join(tmpdir(), 'kubeconfig-'));
    path = join(folder, 'config');
    server = await FakeApiServer.start({
      cluster: new InMemoryCluster({
        resources: [{ ...PODS, kind: 'Pod', scope: 'Namespaced' }],
      }),
      certificate: serverCertificate,
      clientAuthority: authority.cert,
    });
    closers = [];
  });
  afterEach(async () => {
    await Promise.all(closers.map(close => close()));
    await server.close();
    await rm(folder, { recursive: true });
  });

  const kubeconfig = (user?: object, cluster: object = {}) => ({
    clusters: [
      {
        name: 'c',
        cluster: {
          server: server.url,
          'certificate-authority-data': CA,
          ...cluster,
        },
      },
    ],
    users: user ? [{ name: 'u', user }] : [],
    contexts: [
      { name: 'main', context: { cluster: 'c', ...(user && { user: 'u' }) } },
    ],
    'current-context': 'main',
  });
  const connectEntry = async (entry: object) => {
    const clusters = await connectKubeconfig(
      { config: new ConfigReader({ ...entry }), key: KEY },
      {
        logger: mockServices.logger.mock(),
        now: () => now,
        random: () => 0,
      },
    );
    closers.push(
      ...clusters.map(
        ({ client }) =>
          async () =>
            client?.close(),
      ),
    );
    return clusters;
  };
  const connect = async (config: object, entry: object = {}) => {
    await writeFile(path, JSON.stringify(config));
    return connectEntry({ path, ...entry });
  };
  const list = async (clusters: ConnectedClusters) =>
    clusters[0].client?.list(PODS, {
      depth: 'object',
      limit: 10,
      signal: new AbortController().signal,
    });
  const lastRequest = () => server.requests[server.requests.length - 1];
  const execUser = (script: string) => ({
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1',
      command: process.execPath,
      args: ['-e', script],
      interactiveMode: 'Never',
    },
  });

  it('is read with a token', async () => {
    await list(await connect(kubeconfig({ token: 'abc' })));
    expect(lastRequest().authorization).toBe('Bearer abc');
  });

  it('is read with a client certificate', async () => {
    await list(
      await connect(
        kubeconfig({
          'client-certificate-data': base64(clientCertificate.cert),
          'client-key-data': base64(clientCertificate.key),
        }),
      ),
    );
    expect(lastRequest().clientName).toBe('reader');
  });

  it('is read with a certificate authority even without a user', async () => {
    await list(await connect(kubeconfig()));
    expect(lastRequest().authorization).toBeUndefined();
  });

  it('is read with name and password', async () => {
    await list(await connect(kubeconfig({ username: 'ann', password: 'p:w' })));
    expect(lastRequest().authorization).toBe(`Basic ${base64('ann:p:w')}`);
  });

  it('is read with a token file, whose new token is used once the old is refused', async () => {
    await writeFile(join(folder, 'token'), 'first\n');
    const clusters = await connect(kubeconfig({ tokenFile: 'token' }));
    await list(clusters);
    expect(lastRequest().authorization).toBe('Bearer first');

    await writeFile(join(folder, 'token'), 'second\n');
    server.fault = (request, response) => {
      if (request.headers.authorization === 'Bearer second') {
        return 'not answered';
      }
      sendJson(response, 401, {});
      return 'answered';
    };
    await list(clusters);
    expect(lastRequest().authorization).toBe('Bearer second');
  });

  it('asks an exec plugin once for a burst of requests, and again after a while', async () => {
    const counter = join(folder, 'count');
    const clusters = await connect(
      kubeconfig(
        execUser(
          `require('fs').appendFileSync(${JSON.stringify(counter)}, 'x');
           const n = require('fs').readFileSync(${JSON.stringify(
             counter,
           )}).length;
           console.log(JSON.stringify({status: {token: 'run-' + n}}))`,
        ),
      ),
    );
    await Promise.all([list(clusters), list(clusters), list(clusters)]);
    expect(
      new Set(server.requests.map(request => request.authorization)),
    ).toEqual(new Set(['Bearer run-1']));
    now += 31_000;
    await list(clusters);
    expect(lastRequest().authorization).toBe('Bearer run-2');
  });

  it('is unauthenticated when the exec plugin fails, without quoting it', async () => {
    const clusters = await connect(
      kubeconfig(execUser(`console.error('secret words'); process.exit(3)`)),
    );
    const error = await list(clusters).catch((caught: unknown) => caught);
    expect(error).toMatchObject({
      name: 'ClusterError',
      reason: 'unauthenticated',
      message: expect.stringContaining(KEY),
    });
    expect(String(error)).not.toContain('secret');
  });

  it('is unreachable when the server is of another authority', async () => {
    const other = createTestAuthority('other authority');
    const clusters = await connect(
      kubeconfig(
        { token: 'abc' },
        { 'certificate-authority-data': base64(other.cert) },
      ),
    );
    await expect(list(clusters)).rejects.toMatchObject({
      reason: 'unreachable',
      message: expect.stringContaining('certificate'),
    });
    expect(server.requests).toEqual([]);
  });

  it('is read without looking at the certificate where the file says so', async () => {
    await list(
      await connect(
        kubeconfig(
          { token: 'abc' },
          {
            'certificate-authority-data': undefined,
            'insecure-skip-tls-verify': true,
          },
        ),
      ),
    );
    expect(lastRequest().authorization).toBe('Bearer abc');
  });

  it('is reached under the name of tls-server-name only', async () => {
    const user = { token: 'abc' };
    await list(
      await connect(kubeconfig(user, { 'tls-server-name': 'api.internal' })),
    );
    await expect(
      list(
        await connect(kubeconfig(user, { 'tls-server-name': 'other.test' })),
      ),
    ).rejects.toMatchObject({
      reason: 'unreachable',
      message: expect.stringContaining('tls-server-name'),
    });
  });

  it('is reached through the proxy of proxy-url, client certificate included', async () => {
    const proxy = await startForwardProxy(server.port);
    closers.push(() => proxy.close());
    const clusters = await connect(
      kubeconfig(
        {
          'client-certificate-data': base64(clientCertificate.cert),
          'client-key-data': base64(clientCertificate.key),
        },
        { server: 'https://api.internal:6443', 'proxy-url': proxy.url },
      ),
    );
    await list(clusters);
    expect(proxy.targets).toEqual(['api.internal:6443']);
    expect(lastRequest().clientName).toBe('reader');
  });

  it('follows a change of the file', async () => {
    const clusters = await connect(kubeconfig({ token: 'before' }));
    await list(clusters);
    await writeFile(path, JSON.stringify(kubeconfig({ token: 'after-it' })));
    await list(clusters);
    expect(lastRequest().authorization).toBe('Bearer after-it');
  });

  it('does not keep trusting a server once the file stops skipping verification', async () => {
    const user = { token: 'abc' };
    const untrusted = { 'certificate-authority-data': undefined };
    const clusters = await connect(
      kubeconfig(user, { ...untrusted, 'insecure-skip-tls-verify': true }),
    );
    await list(clusters);
    await writeFile(path, JSON.stringify(kubeconfig(user, untrusted)));
    await expect(list(clusters)).rejects.toMatchObject({
      reason: 'unreachable',
    });
  });

  it('never sends credentials in clear text to another machine', async () => {
    const clusters = await connect(
      kubeconfig({ token: 'abc' }, { server: 'http://api.internal:8080' }),
    );
    await expect(list(clusters)).rejects.toMatchObject({
      reason: 'unauthenticated',
      message: expect.stringContaining('use https://'),
    });
  });

  it('is named like its context, or as configured', async () => {
    const config = kubeconfig({ token: 'abc' });
    const named = await connect(config, { name: 'prod' });
    const unnamed = await connect(config);
    expect([named[0].name, unnamed[0].name]).toEqual(['prod', 'main']);
  });

  it('is refused at start when its context does not exist, with those that do', async () => {
    await expect(
      connect(kubeconfig({ token: 'abc' }), { contexts: ['typo'] }),
    ).rejects.toThrow(
      `${KEY}.contexts: no context "typo" in ${path}; available contexts: main`,
    );
  });

  it('is refused at start when the file is missing or broken, without quoting it', async () => {
    await expect(connectEntry({ path })).rejects.toThrow(
      `${KEY}.path: no kubeconfig file at ${path}`,
    );
    await writeFile(path, 'users: [{name: x, user: {token: secret-token');
    const error = await connectEntry({ path }).catch(
      (caught: unknown) => caught,
    );
    expect(String(error)).toContain(`${KEY}.path: ${path} is not a valid`);
    expect(String(error)).not.toContain('secret');
  });

  it('is refused at start when one name is given to several contexts', async () => {
    await expect(
      connect(kubeconfig({ token: 'abc' }), {
        name: 'x',
        contexts: ['main', 'other'],
      }),
    ).rejects.toThrow(`${KEY}.name:`);
    await expect(
      connect(kubeconfig({ token: 'abc' }), { contexts: [] }),
    ).rejects.toThrow(`${KEY}.contexts: expected a list`);
  });
});
