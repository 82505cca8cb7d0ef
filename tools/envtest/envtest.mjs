import { execFile } from 'node:child_process';
import { generateKeyPairSync, randomBytes, randomInt } from 'node:crypto';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { findBinaries, findSpoCrds } from './binaries.mjs';
import { stringifyExactly } from './exactJson.mjs';
import { faultProxy } from './faultProxy.mjs';
import { writeKubeconfig } from './kubeconfig.mjs';
import { kubernetesApi } from './kubernetesApi.mjs';
import { applyManifests, readManifests } from './manifests.mjs';
import { serviceAccountToken } from './serviceAccountToken.mjs';
import { supervised, tail } from './supervised.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const ISSUER = 'https://localhost';
const READER = { namespace: 'backstage', name: 'security-profiles-reader' };
const READER_PATH = `/api/v1/namespaces/${READER.namespace}/serviceaccounts/${READER.name}`;
const SHORTEST_TOKEN_REQUEST_SECONDS = 600;
const DEFAULT_TOKEN_SECONDS = 24 * 60 * 60;
const START_ATTEMPTS = 3;
// Below the ports that systems give to outgoing connections, so that a server which is down keeps its port.
const LOWEST_PORT = 20_000;
const HIGHEST_PORT = 32_000;
const SNAPSHOTS_CAN_BE_OFF = [33, 34, 35, 36];
const READY_WITHIN_MS = 60_000;
// The API server remembers for ten seconds that a token was good.
const REVOKED_WITHIN_MS = 20_000;
const LARGEST_OBJECT_BYTES = 64 * 1024 * 1024;

/**
 * Starts a real kube-apiserver on a real etcd, with an administrator and with a reader that may do what
 * docs/clusterrole.yaml says and nothing else. See README.md and envtest.d.mts.
 */
export async function startEnvtest(options = {}) {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      // Another program took a port between the search and the start.
      const isTaken = /address already in use/.test(error.message);
      if (!isTaken || attempt === START_ATTEMPTS) throw error;
    }
  }
}

async function startOnce(options) {
  const {
    crds = ['spo', 'cilium', 'argo', 'flux'],
    crdFolders = [],
    serverArguments = [],
    afterwards = 'remove',
    log = () => {},
    env = process.env,
  } = options;
  const timings = {};
  const timed = async (what, act) => {
    const from = performance.now();
    const result = await act();
    timings[what] = Math.round(performance.now() - from);
    return result;
  };

  const binaries = await timed('binariesMs', () => findBinaries({ env, log }));
  const crdPaths = [
    ...(crds.includes('spo') ? [await findSpoCrds({ env, log })] : []),
    ...crds
      .filter(name => name !== 'spo')
      .map(name => join(here, 'crds', `${name}.yaml`)),
    ...crdFolders,
  ];
  const folder = await mkdtemp(join(tmpdir(), 'security-profiles-envtest-'));
  const processes = await supervised({ folder, afterwards });
  const proxies = new Set();
  const apis = [];
  let stopped = 'no';

  const stop = async () => {
    if (stopped === 'yes') return;
    stopped = 'yes';
    for (const api of apis) api.close();
    await Promise.all([...proxies].map(proxy => proxy.stop()));
    // The data goes away as well, so there is nothing to shut down in order.
    await processes.close();
  };

  try {
    const adminToken = randomBytes(24).toString('base64url');
    const { privateKey, publicKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    await mkdir(join(folder, 'certificates'));
    await writeFile(join(folder, 'sa.key'), privateKey, { mode: 0o600 });
    await writeFile(join(folder, 'sa.pub'), publicKey);
    await writeFile(
      join(folder, 'tokens.csv'),
      `${adminToken},envtest-admin,envtest-admin,"system:masters"\n`,
      { mode: 0o600 },
    );

    const [etcdPort, peerPort, securePort] = await freePorts(3);
    const etcdUrl = `http://127.0.0.1:${etcdPort}`;
    const url = `https://127.0.0.1:${securePort}`;
    const logOf = name => join(folder, `${name}.log`);

    await timed('etcdMs', async () => {
      await processes.start({
        name: 'etcd',
        command: binaries.etcd,
        logFile: logOf('etcd'),
        args: [
          ...['--name', 'envtest', '--data-dir', join(folder, 'etcd')],
          ...['--listen-client-urls', etcdUrl],
          ...['--advertise-client-urls', etcdUrl],
          ...['--listen-peer-urls', `http://127.0.0.1:${peerPort}`],
          ...['--initial-advertise-peer-urls', `http://127.0.0.1:${peerPort}`],
          ...['--initial-cluster', `envtest=http://127.0.0.1:${peerPort}`],
          ...['--max-request-bytes', String(LARGEST_OBJECT_BYTES)],
          ...['--quota-backend-bytes', String(8 * 1024 ** 3)],
          '--unsafe-no-fsync',
        ],
      });
      await untilReady('etcd', async () => {
        const answer = await fetch(`${etcdUrl}/health`);
        return answer.ok;
      });
    });

    async function untilReady(name, isReady) {
      const deadline = Date.now() + READY_WITHIN_MS;
      for (;;) {
        if (await isReady().catch(() => false)) return;
        if (!processes.isRunning(name) || Date.now() > deadline) {
          throw new Error(
            `${name} ${
              processes.isRunning(name)
                ? `was not ready after ${READY_WITHIN_MS / 1000} s`
                : 'ended'
            }; the end of its log:\n${await tail(logOf(name))}`,
          );
        }
        await wait(50);
      }
    }

    let api;
    // Made anew until the server is ready: before that the certificate may be there in part.
    const adminApi = async () => {
      const certificate = join(folder, 'certificates', 'apiserver.crt');
      const made = kubernetesApi({
        url,
        certificateAuthority: await readFile(certificate, 'utf8'),
        token: () => adminToken,
      });
      apis.push(made);
      return made;
    };
    const snapshotsOff = await withoutSnapshots(binaries.kubeApiserver);
    const startServer = async () => {
      if (processes.isRunning('kube-apiserver')) return;
      await processes.start({
        name: 'kube-apiserver',
        command: binaries.kubeApiserver,
        logFile: logOf('kube-apiserver'),
        args: [
          ...['--etcd-servers', etcdUrl],
          ...['--cert-dir', join(folder, 'certificates')],
          ...['--bind-address', '127.0.0.1'],
          ...['--advertise-address', '127.0.0.1'],
          ...['--secure-port', String(securePort)],
          ...['--endpoint-reconciler-type', 'none'],
          ...['--service-account-issuer', ISSUER],
          ...['--service-account-key-file', join(folder, 'sa.pub')],
          ...['--service-account-signing-key-file', join(folder, 'sa.key')],
          ...['--token-auth-file', join(folder, 'tokens.csv')],
          ...['--authorization-mode', 'RBAC'],
          ...['--service-cluster-ip-range', '10.0.0.0/24'],
          '--allow-privileged=true',
          '--profiling=false',
          ...['--disable-admission-plugins', 'ServiceAccount'],
          ...snapshotsOff,
          ...serverArguments,
        ],
      });
      await untilReady('kube-apiserver', async () => {
        const attempt = api ?? (await adminApi());
        const answer = await attempt.request('GET', '/readyz', undefined, {
          onError: 'return',
          timeoutMs: 2_000,
        });
        if (answer.status !== 200) return false;
        api = attempt;
        return true;
      });
    };
    const stopServer = () =>
      processes.end({
        name: 'kube-apiserver',
        signal: 'SIGTERM',
        graceMs: 5_000,
      });
    await timed('serverMs', startServer);

    const certificate = join(folder, 'certificates', 'apiserver');
    const serverCertificate = {
      cert: await readFile(`${certificate}.crt`, 'utf8'),
      key: await readFile(`${certificate}.key`, 'utf8'),
    };
    const certificateAuthority = serverCertificate.cert;

    let readerToken = '';
    const readerApi = kubernetesApi({
      url,
      certificateAuthority,
      token: () => readerToken,
    });
    apis.push(readerApi);
    const request = (method, path, body, { as = 'admin', ...rest } = {}) =>
      (as === 'reader' ? readerApi : api).request(method, path, body, rest);
    const applyTo = async wanted => {
      const manifests = [];
      for (const [at, entry] of [wanted].flat().entries()) {
        manifests.push(
          ...(typeof entry === 'string'
            ? await readManifests(entry)
            : [{ where: `object ${at}`, object: entry }]),
        );
      }
      return applyManifests({ request, manifests });
    };

    await timed('crdsMs', () => applyTo(crdPaths));

    const adminKubeconfig = join(folder, 'admin.kubeconfig');
    const readerKubeconfigs = new Map();
    const writeReaders = () =>
      Promise.all(
        [...readerKubeconfigs].map(([path, { name, server }]) =>
          writeKubeconfig({
            path,
            name,
            url: server,
            certificateAuthority,
            token: readerToken,
          }),
        ),
      );

    const newReaderToken = async lifetimeSeconds => {
      if (lifetimeSeconds >= SHORTEST_TOKEN_REQUEST_SECONDS) {
        const { body } = await request('POST', `${READER_PATH}/token`, {
          apiVersion: 'authentication.k8s.io/v1',
          kind: 'TokenRequest',
          spec: { expirationSeconds: lifetimeSeconds },
        });
        return body.status.token;
      }
      const { body } = await request('GET', READER_PATH);
      return serviceAccountToken({
        signingKey: privateKey,
        issuer: ISSUER,
        ...READER,
        uid: body.metadata.uid,
        now: new Date(),
        lifetimeSeconds,
      });
    };

    const rotateReaderToken = async ({
      previous = 'keep',
      lifetimeSeconds = DEFAULT_TOKEN_SECONDS,
    } = {}) => {
      const { body: account } = await request('GET', READER_PATH);
      if (previous === 'revoke') {
        // A token is bound to the uid of its account.
        await request('DELETE', READER_PATH);
        await request(
          'POST',
          `/api/v1/namespaces/${READER.namespace}/serviceaccounts`,
          {
            apiVersion: 'v1',
            kind: 'ServiceAccount',
            metadata: { name: READER.name, labels: account.metadata.labels },
            automountServiceAccountToken: account.automountServiceAccountToken,
          },
        );
        const deadline = Date.now() + REVOKED_WITHIN_MS;
        for (;;) {
          const answer = await request('GET', '/version', undefined, {
            as: 'reader',
            onError: 'return',
          });
          if (answer.status === 401) break;
          if (Date.now() > deadline) {
            throw new Error(
              `the reader's old token still worked after ${
                REVOKED_WITHIN_MS / 1000
              } s`,
            );
          }
          await wait(200);
        }
      }
      readerToken = await newReaderToken(lifetimeSeconds);
      await writeReaders();
      return { token: readerToken };
    };

    await timed('readerMs', async () => {
      await applyTo(join(here, '..', '..', 'docs', 'clusterrole.yaml'));
      await writeKubeconfig({
        path: adminKubeconfig,
        name: 'envtest-admin',
        url,
        certificateAuthority,
        token: adminToken,
      });
      readerKubeconfigs.set(join(folder, 'reader.kubeconfig'), {
        name: 'envtest',
        server: url,
      });
      await rotateReaderToken();
      // Roles reach the authoriser through a watch of its own.
      await untilReady('kube-apiserver', async () => {
        const answer = await request('GET', '/api/v1/pods?limit=1', undefined, {
          as: 'reader',
        });
        return answer.status === 200;
      });
    });

    const etcd = async (path, body) => {
      const answer = await fetch(`${etcdUrl}${path}`, {
        method: 'POST',
        body: JSON.stringify(body),
      });
      const text = await answer.text();
      if (!answer.ok) {
        throw new Error(`etcd answered ${answer.status} to ${path}: ${text}`);
      }
      return JSON.parse(text);
    };
    const base64 = text => Buffer.from(text).toString('base64');

    return {
      url,
      folder,
      adminKubeconfig,
      readerKubeconfig: join(folder, 'reader.kubeconfig'),
      adminToken,
      readerToken: () => readerToken,
      timings,
      processes: () => processes.processes(),
      request,
      applyManifests: applyTo,
      startServer,
      stopServer,
      async restartServer() {
        await stopServer();
        await startServer();
      },
      killServer: () =>
        processes.end({
          name: 'kube-apiserver',
          signal: 'SIGKILL',
          graceMs: 5_000,
        }),
      async compactEtcd() {
        const { body: page } = await request(
          'GET',
          '/api/v1/namespaces?limit=1',
        );
        // Something newer than everything so far, so that all of that is too old.
        const { header } = await etcd('/v3/kv/put', {
          key: base64('envtest_compaction'),
          value: base64(''),
        });
        // Where the API servers of a cluster tell each other what one of them compacted.
        await etcd('/v3/kv/put', {
          key: base64('compact_rev_key'),
          value: base64(header.revision),
        });
        await etcd('/v3/kv/compaction', {
          revision: header.revision,
          physical: true,
        });
        await untilReady('kube-apiserver', async () => {
          const next = await request(
            'GET',
            `/api/v1/namespaces?limit=1&continue=${encodeURIComponent(
              page.metadata.continue,
            )}`,
            undefined,
            { onError: 'return' },
          );
          return next.status === 410;
        });
        return { revision: header.revision };
      },
      /** Past the API server, which takes no request of more than 3 MiB. */
      async writeToEtcd({ key, object }) {
        await etcd('/v3/kv/put', {
          key: base64(key),
          value: base64(stringifyExactly(object)),
        });
      },
      rotateReaderToken,
      async proxy({ faults = [], certificate: shown = 'server' } = {}) {
        const proxy = await faultProxy({
          upstream: url,
          certificateAuthority,
          serverCertificate,
          certificate: shown,
          faults,
          now: () => new Date(),
        });
        proxies.add(proxy);
        const kubeconfig = join(
          folder,
          `proxy-${new URL(proxy.url).port}.kubeconfig`,
        );
        readerKubeconfigs.set(kubeconfig, {
          name: 'envtest-proxy',
          server: proxy.url,
        });
        await writeReaders();
        return {
          ...proxy,
          kubeconfig,
          async stop() {
            proxies.delete(proxy);
            readerKubeconfigs.delete(kubeconfig);
            await proxy.stop();
          },
        };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

// With snapshots each kind's cache hears of a compaction up to 15 s later, on a timer of its own. A server that does
// not know the feature, or no longer lets it be switched off, would refuse to start.
async function withoutSnapshots(kubeApiserver) {
  const { stdout } = await promisify(execFile)(kubeApiserver, ['--version']);
  const minor = Number(/ v1\.(\d+)\./.exec(stdout)?.[1]);
  return SNAPSHOTS_CAN_BE_OFF.includes(minor)
    ? ['--feature-gates', 'ListFromCacheSnapshot=false']
    : [];
}

async function freePorts(count) {
  const ports = new Set();
  while (ports.size < count) {
    const port = randomInt(LOWEST_PORT, HIGHEST_PORT);
    if (await isFree(port)) ports.add(port);
  }
  return [...ports];
}

function isFree(port) {
  return new Promise(resolve => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
