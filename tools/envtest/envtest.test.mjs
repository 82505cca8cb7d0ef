import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { access, readdir, readFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { startEnvtest } from './envtest.mjs';

const NODES = '/api/v1/nodes';
const PODS = '/api/v1/namespaces/default/pods';
const SPO = '/apis/security-profiles-operator.x-k8s.io/v1';

const node = name => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
});
const pod = name => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'default' },
  spec: { containers: [{ name: 'app', image: 'registry.example.org/app:1' }] },
});

async function userOf(kubeconfig) {
  const config = JSON.parse(await readFile(kubeconfig, 'utf8'));
  const { cluster } = config.clusters[0];
  return {
    url: cluster.server,
    ca: Buffer.from(cluster['certificate-authority-data'], 'base64'),
    token: config.users[0].user.token,
  };
}

// A bare client, so that what a proxy does wrong is seen as it is.
async function get(kubeconfig, path) {
  const { url, ca, token } = await userOf(kubeconfig);
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      `${url}${path}`,
      { ca, agent: false, headers: { authorization: `Bearer ${token}` } },
      answer => {
        let text = '';
        answer.on('data', chunk => {
          text += chunk;
        });
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({ status: answer.statusCode, headers: answer.headers, text }),
        );
      },
    );
    request.on('error', reject);
    request.end();
  });
}

describe('a server with everything', () => {
  let envtest;
  before(async () => {
    envtest = await startEnvtest();
  });
  after(() => envtest?.stop());

  const statusAs = async (as, path) =>
    (await envtest.request('GET', path, undefined, { as, onError: 'return' }))
      .status;

  test('it says the version that go.mod requires', async () => {
    const goMod = await readFile(
      new URL('./server/go.mod', import.meta.url),
      'utf8',
    );
    const { body } = await envtest.request('GET', '/version');
    const line = goMod
      .split('\n')
      .find(l => l.startsWith('\tk8s.io/kubernetes v'));
    assert.equal(line.trim().split(' ')[1], body.gitVersion);
  });

  test('the reader may list pods and nodes', async () => {
    assert.equal(await statusAs('reader', '/api/v1/pods'), 200);
    assert.equal(await statusAs('reader', NODES), 200);
  });

  test('the reader may not read Secrets, logs or ConfigMaps other than cilium-config', async () => {
    await envtest.applyManifests([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'cilium-config', namespace: 'kube-system' },
        data: { 'enable-policy': 'default' },
      },
      pod('with-log'),
    ]);
    const maps = '/api/v1/namespaces/kube-system/configmaps';
    assert.equal(await statusAs('reader', '/api/v1/secrets'), 403);
    assert.equal(await statusAs('reader', `${PODS}/with-log/log`), 403);
    assert.equal(await statusAs('reader', maps), 403);
    assert.equal(await statusAs('reader', '/api/v1/configmaps'), 403);
    assert.equal(await statusAs('reader', `${maps}/cilium-config`), 200);
    const selected = `${maps}?fieldSelector=metadata.name%3Dcilium-config`;
    assert.equal(await statusAs('reader', selected), 200);
  });

  test('no rule of the reader writes, and none names a wildcard', async () => {
    const { body } = await envtest.request(
      'GET',
      '/apis/rbac.authorization.k8s.io/v1/clusterroles?labelSelector=app.kubernetes.io/part-of%3Dsecurity-profiles',
    );
    const rules = body.items.flatMap(role => role.rules);
    assert.ok(rules.length > 5);
    for (const { apiGroups, resources, verbs } of rules) {
      for (const verb of verbs) {
        assert.ok(['get', 'list', 'watch'].includes(verb), verb);
      }
      assert.ok(![...apiGroups, ...resources].includes('*'));
      assert.ok(!resources.includes('secrets'));
    }
    const refused = await envtest.request('POST', PODS, pod('by-reader'), {
      as: 'reader',
      onError: 'return',
    });
    assert.equal(refused.status, 403);
  });

  test('every kind that a group of rights names is served', async () => {
    for (const path of [
      `${SPO}/seccompprofiles`,
      `${SPO}/selinuxprofiles`,
      `${SPO}/rawselinuxprofiles`,
      `${SPO}/apparmorprofiles`,
      `${SPO}/securityprofilenodestatuses`,
      `${SPO}/profilebindings`,
      `${SPO}/profilerecordings`,
      `${SPO}/securityprofilesoperatordaemons`,
      '/apis/cilium.io/v2/ciliumendpoints',
      '/apis/cilium.io/v2/ciliumnetworkpolicies',
      '/apis/cilium.io/v2/ciliumclusterwidenetworkpolicies',
      '/apis/cilium.io/v2/ciliumnodeconfigs',
      '/apis/argoproj.io/v1alpha1/applications',
      '/apis/argoproj.io/v1alpha1/rollouts',
      '/apis/kustomize.toolkit.fluxcd.io/v1/kustomizations',
      '/apis/helm.toolkit.fluxcd.io/v2/helmreleases',
      '/apis/source.toolkit.fluxcd.io/v1/gitrepositories',
      '/apis/source.toolkit.fluxcd.io/v1/ocirepositories',
      '/apis/node.k8s.io/v1/runtimeclasses',
      '/apis/apps/v1/deployments',
      '/apis/batch/v1/cronjobs',
    ]) {
      assert.equal(await statusAs('reader', path), 200, path);
    }
  });

  test('manifests come with their status, their owners and their exact integers', async () => {
    await envtest.applyManifests([
      {
        ...pod('owned'),
        metadata: {
          name: 'owned',
          namespace: 'shop',
          uid: 'from-another-cluster',
          ownerReferences: [
            {
              apiVersion: 'apps/v1',
              kind: 'ReplicaSet',
              name: 'cart',
              uid: 'from-another-cluster',
              controller: true,
            },
          ],
        },
        status: { phase: 'Running' },
      },
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: { name: 'cart', namespace: 'shop' },
        spec: {
          selector: { matchLabels: { app: 'cart' } },
          template: {
            metadata: { labels: { app: 'cart' } },
            spec: pod('x').spec,
          },
        },
      },
      {
        apiVersion: 'security-profiles-operator.x-k8s.io/v1',
        kind: 'SeccompProfile',
        metadata: { name: 'exact' },
        spec: {
          defaultAction: 'SCMP_ACT_ERRNO',
          syscalls: [
            {
              action: 'SCMP_ACT_ALLOW',
              names: ['personality'],
              args: [{ index: 0, op: 'SCMP_CMP_EQ', value: 9007199254740993n }],
            },
          ],
        },
        status: { localhostProfile: 'operator/exact.json' },
      },
    ]);
    const shop = '/api/v1/namespaces/shop/pods/owned';
    const owned = (await envtest.request('GET', shop)).body;
    const owner = (
      await envtest.request(
        'GET',
        '/apis/apps/v1/namespaces/shop/replicasets/cart',
      )
    ).body;
    assert.equal(owned.metadata.ownerReferences[0].uid, owner.metadata.uid);
    assert.equal(owned.status.phase, 'Running');
    const profile = await envtest.request(
      'GET',
      `${SPO}/seccompprofiles/exact`,
    );
    assert.match(profile.text, /"value":9007199254740993\b/);
    assert.equal(profile.body.status.localhostProfile, 'operator/exact.json');
  });

  test('each cluster of the demo can be applied', async () => {
    const clusters = fileURLToPath(
      new URL('../../demo/clusters', import.meta.url),
    );
    for (const name of await readdir(clusters)) {
      const cluster = await startEnvtest();
      try {
        const { applied } = await cluster.applyManifests(join(clusters, name));
        assert.ok(applied > 0);
      } finally {
        await cluster.stop();
      }
    }
  });

  test('a refused manifest is named with the reason', async () => {
    await assert.rejects(
      envtest.applyManifests([
        {
          apiVersion: 'security-profiles-operator.x-k8s.io/v1',
          kind: 'SeccompProfile',
          metadata: { name: 'wrong' },
          spec: { defaultAction: 'ALLOW_ALL' },
        },
      ]),
      /SeccompProfile wrong: .*spec\.defaultAction/,
    );
  });

  test('an object of 10 MB, which the API server would not take, can be read', async () => {
    const name = 'large';
    await envtest.writeToEtcd({
      key: `/registry/security-profiles-operator.x-k8s.io/seccompprofiles/${name}`,
      object: {
        apiVersion: 'security-profiles-operator.x-k8s.io/v1',
        kind: 'SeccompProfile',
        metadata: {
          name,
          uid: randomUUID(),
          generation: 1,
          creationTimestamp: '2026-11-23T00:00:00Z',
          annotations: { filler: 'x'.repeat(10_000_000) },
        },
        spec: { defaultAction: 'SCMP_ACT_ERRNO' },
      },
    });
    const path = `${SPO}/seccompprofiles/${name}`;
    const { text } = await envtest.request('GET', path, undefined, {
      as: 'reader',
    });
    assert.ok(text.length > 10_000_000);
    await envtest.request('DELETE', path);
  });

  test('a restart and a kill keep the data, the address and the certificate', async () => {
    await envtest.applyManifests([node('kept')]);
    const { body: earlier } = await envtest.request('GET', `${NODES}/kept`);
    await envtest.restartServer();
    const restarted = await get(envtest.readerKubeconfig, `${NODES}/kept`);
    assert.equal(JSON.parse(restarted.text).metadata.uid, earlier.metadata.uid);
    await envtest.killServer();
    await assert.rejects(get(envtest.readerKubeconfig, '/version'), {
      code: 'ECONNREFUSED',
    });
    await envtest.startServer();
    const killed = await get(envtest.readerKubeconfig, `${NODES}/kept`);
    assert.equal(JSON.parse(killed.text).metadata.uid, earlier.metadata.uid);
  });

  test('after a compaction an older continue token is answered 410, with a fresh token', async () => {
    await envtest.applyManifests([node('a'), node('b'), node('c')]);
    const { body: page } = await envtest.request('GET', `${NODES}?limit=1`);
    await envtest.applyManifests([node('d')]);
    await envtest.compactEtcd();
    const next = `${NODES}?limit=1&continue=${encodeURIComponent(
      page.metadata.continue,
    )}`;
    const answer = await envtest.request('GET', next, undefined, {
      onError: 'return',
    });
    assert.equal(answer.status, 410);
    assert.equal(answer.body.reason, 'Expired');
    assert.ok(answer.body.metadata.continue);
  });

  test('after a compaction and a restart an older watch is answered 410', async () => {
    const { body: list } = await envtest.request('GET', NODES);
    await envtest.applyManifests([node('e'), node('f')]);
    await envtest.compactEtcd();
    await envtest.restartServer();
    const { text } = await envtest.request(
      'GET',
      `${NODES}?watch=1&timeoutSeconds=5&resourceVersion=${list.metadata.resourceVersion}`,
      undefined,
      { onError: 'return' },
    );
    assert.match(text, /"code":410/);
  });

  test('a rotated token is in the kubeconfig, and a revoked one is answered 401', async () => {
    const old = envtest.readerToken();
    await envtest.rotateReaderToken();
    assert.notEqual(envtest.readerToken(), old);
    const before = await userOf(envtest.readerKubeconfig);
    assert.equal(before.token, envtest.readerToken());
    await envtest.rotateReaderToken({ previous: 'revoke' });
    const headers = { authorization: `Bearer ${before.token}` };
    const refused = await envtest.request('GET', '/version', undefined, {
      headers,
      onError: 'return',
    });
    assert.equal(refused.status, 401);
    const { status } = await get(envtest.readerKubeconfig, '/api/v1/pods');
    assert.equal(status, 200);
  });

  test('a token with a short life works, and ends', async () => {
    await envtest.rotateReaderToken({ lifetimeSeconds: 2 });
    const first = await get(envtest.readerKubeconfig, '/api/v1/pods');
    assert.equal(first.status, 200);
    const deadline = Date.now() + 30_000;
    let { status } = first;
    while (status !== 401 && Date.now() < deadline) {
      ({ status } = await get(envtest.readerKubeconfig, '/api/v1/pods'));
    }
    assert.equal(status, 401);
    await envtest.rotateReaderToken();
  });

  describe('behind a proxy', () => {
    let proxy;
    before(async () => {
      proxy = await envtest.proxy();
    });
    after(() => proxy?.stop());

    test('without faults the answer is the server’s', async () => {
      proxy.setFaults([]);
      const { status, text } = await get(proxy.kubeconfig, '/api/v1/pods');
      assert.equal(status, 200);
      assert.equal(JSON.parse(text).kind, 'PodList');
    });

    test('429, 500 and 403 strike the paths and the number of requests asked for', async () => {
      proxy.setFaults([
        {
          path: '^/api/v1/pods',
          fault: 'status',
          status: 429,
          retryAfterSeconds: 7,
          times: 1,
        },
        { path: '^/api/v1/pods', fault: 'status', status: 500, times: 1 },
        { path: '^/api/v1/nodes', fault: 'status', status: 403 },
      ]);
      const limited = await get(proxy.kubeconfig, '/api/v1/pods');
      assert.equal(limited.status, 429);
      assert.equal(limited.headers['retry-after'], '7');
      assert.equal((await get(proxy.kubeconfig, '/api/v1/pods')).status, 500);
      assert.equal((await get(proxy.kubeconfig, '/api/v1/pods')).status, 200);
      assert.equal((await get(proxy.kubeconfig, NODES)).status, 403);
      assert.equal((await get(proxy.kubeconfig, NODES)).status, 403);
    });

    test('a delay delays', async () => {
      proxy.setFaults([{ fault: 'delay', ms: 300 }]);
      const from = performance.now();
      await get(proxy.kubeconfig, '/version');
      assert.ok(performance.now() - from >= 290);
    });

    test('a reset cuts before or within the answer', async () => {
      proxy.setFaults([
        { fault: 'reset', times: 1 },
        { fault: 'reset', afterBytes: 40, times: 1 },
      ]);
      const cut = { code: 'ECONNRESET' };
      await assert.rejects(get(proxy.kubeconfig, NODES), cut);
      await assert.rejects(get(proxy.kubeconfig, NODES), cut);
      assert.equal((await get(proxy.kubeconfig, NODES)).status, 200);
      assert.deepEqual(
        proxy
          .requests()
          .slice(-3)
          .map(({ fault, status }) => [fault, status]),
        [
          ['reset', undefined],
          ['reset', 200],
          [undefined, 200],
        ],
      );
    });

    test('throttled bytes arrive complete and late', async () => {
      const path = '/apis/apiextensions.k8s.io/v1';
      proxy.setFaults([]);
      const fast = await get(proxy.kubeconfig, path);
      proxy.setFaults([
        { fault: 'throttle', bytesPerSecond: fast.text.length * 2 },
      ]);
      const from = performance.now();
      const slow = await get(proxy.kubeconfig, path);
      assert.equal(slow.text, fast.text);
      assert.ok(performance.now() - from > 350);
    });

    test('an open watch ends when connections are reset', async () => {
      proxy.setFaults([]);
      const path = `${NODES}?watch=1`;
      const ended = get(proxy.kubeconfig, path);
      ended.catch(() => {});
      const isOpen = ({ path: asked, status }) =>
        asked === path && status === 200;
      while (!proxy.requests().some(isOpen)) {
        await new Promise(resolve => {
          setImmediate(resolve);
        });
      }
      proxy.resetConnections();
      await assert.rejects(ended, { code: 'ECONNRESET' });
    });

    test('an unknown authority and an expired certificate are refused by a client', async () => {
      for (const certificate of ['unknown-authority', 'expired']) {
        const wrong = await envtest.proxy({ certificate });
        await assert.rejects(get(wrong.kubeconfig, '/version'), error =>
          /SELF_SIGNED|UNABLE_TO|EXPIRED/.test(error.code),
        );
        await wrong.stop();
      }
    });

    test('its kubeconfig follows a rotated token', async () => {
      await envtest.rotateReaderToken();
      const { token } = await userOf(proxy.kubeconfig);
      assert.equal(token, envtest.readerToken());
    });

    test('an unknown fault is refused with the names of the known ones', () => {
      assert.throws(
        () => proxy.setFaults([{ fault: 'lag', ms: 3 }]),
        /unknown fault "lag": use one of delay, reset/,
      );
    });
  });
});

test('kinds can be installed later, and with the watch cache off a compaction ends a watch at once', async () => {
  const envtest = await startEnvtest({
    crds: [],
    serverArguments: ['--watch-cache=false'],
  });
  try {
    const rollouts = async () =>
      (
        await envtest.request(
          'GET',
          '/apis/argoproj.io/v1alpha1/rollouts',
          undefined,
          { as: 'reader', onError: 'return' },
        )
      ).status;
    assert.equal(await rollouts(), 404);
    await envtest.applyManifests(
      fileURLToPath(new URL('./crds/argo.yaml', import.meta.url)),
    );
    assert.equal(await rollouts(), 200);

    const { body: list } = await envtest.request('GET', NODES);
    await envtest.applyManifests([node('a'), node('b')]);
    await envtest.compactEtcd();
    const { text } = await envtest.request(
      'GET',
      `${NODES}?watch=1&timeoutSeconds=5&resourceVersion=${list.metadata.resourceVersion}`,
      undefined,
      { onError: 'return' },
    );
    assert.match(text, /"code":410/);
  } finally {
    await envtest.stop();
  }
  await assert.rejects(access(envtest.folder));
});
