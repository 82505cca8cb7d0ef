import fc from 'fast-check';
import type { KubernetesObject } from '../clusters/ClusterSource';
import type {
  CollectedWorkload,
  InventoryChanges,
} from '../facts/CollectedFacts';
import {
  cronJob,
  customObject,
  deployment,
  job,
  namespace,
  node,
  nodeStatus,
  pod,
  replicaSet,
  seccompProfile,
} from '../testing/kubernetesObjects';
import { servedResource } from '../testing/servedResource';
import { ClusterPicture, objectKey } from './ClusterPicture';
import { nodeStatusesKey, seccompProfilesKey } from './resources';

type Put = [resource: string, object: KubernetesObject];

const nodeOwner = customObject('v1', 'Node', { name: 'node-a', uid: 'node' });

function createPicture(...puts: Put[]) {
  const picture = new ClusterPicture({ clusterId: 'eu' });
  const put = (...more: Put[]) => {
    for (const [resource, object] of more) {
      picture.put(servedResource(resource), object);
    }
  };
  const remove = (resource: string, object: KubernetesObject) =>
    picture.remove(servedResource(resource), object);
  put(...puts);
  return { picture, put, remove, take: () => picture.takeChanges() };
}

function workloadsOf(...puts: Put[]): CollectedWorkload[] {
  return createPicture(...puts).take().workloads;
}

const titles = (changes: InventoryChanges) =>
  changes.workloads.map(each => `${each.kind} ${each.name}`).sort();

/*
 *   Pod cart-1-a ─┐
 *   Pod cart-1-b ─┴─▶ ReplicaSet cart-1 ─▶ Deployment cart
 *   Pod cart-2-a ───▶ ReplicaSet cart-2 ─▶ Deployment cart
 */
const cart = deployment({ name: 'cart', templateLabels: { app: 'cart' } });
const cart1 = replicaSet({ name: 'cart-1', owner: cart });
const cart2 = replicaSet({ name: 'cart-2', owner: cart });
const cartPuts: Put[] = [
  ['deployments.apps', cart],
  ['replicasets.apps', cart1],
  ['replicasets.apps', cart2],
  ['pods', pod({ name: 'cart-1-a', owner: cart1, labels: { v: '1' } })],
  ['pods', pod({ name: 'cart-1-b', owner: cart1, node: 'node-b' })],
  ['pods', pod({ name: 'cart-2-a', owner: cart2, labels: { v: '2' } })],
];

describe('The workload of a pod', () => {
  it('is the Deployment behind its ReplicaSet, in whatever order they arrive', () => {
    const [expected, ...others] = workloadsOf(...cartPuts);
    expect(others).toEqual([]);
    expect(expected).toMatchObject({
      kind: 'Deployment',
      name: 'cart',
      pods: 3,
      containers: [{ pods: 3, nodes: { 'node-a': 2, 'node-b': 1 } }],
    });
    fc.assert(
      fc.property(
        fc.shuffledSubarray(cartPuts, { minLength: cartPuts.length }),
        puts => {
          expect(workloadsOf(...puts)).toEqual([expected]);
        },
      ),
    );
  });

  it('is the same again after any of its parts was deleted and made anew', () => {
    const [expected] = workloadsOf(...cartPuts);
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...cartPuts), { maxLength: 8 }),
        touched => {
          const { picture, put, remove } = createPicture(...cartPuts);
          for (const [resource, object] of touched) {
            remove(resource, object);
          }
          put(...cartPuts);
          expect(picture.takeChanges().workloads).toContainEqual(expected);
          expect([...picture.held().workloads]).toContain(expected.id);
        },
      ),
    );
  });

  it('is the object above the Deployment where an operator owns it, in whatever order they arrive', () => {
    const kafka = customObject('kafka.example/v1', 'Kafka', { name: 'events' });
    const owned = deployment({ name: 'events-bridge', owner: kafka });
    const set = replicaSet({ name: 'events-bridge-1', owner: owned });
    const puts: Put[] = [
      ['deployments.apps', owned],
      ['replicasets.apps', set],
      ['pods', pod({ name: 'events-bridge-1-a', owner: set })],
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(puts, { minLength: 3 }), order => {
        expect(titles(createPicture(...order).take())).toEqual([
          'Kafka events',
        ]);
      }),
    );
  });

  it('is the CronJob behind its Job', () => {
    const nightly = cronJob({ name: 'nightly' });
    const run = job({ name: 'nightly-1', owner: nightly });
    const changes = createPicture(
      ['pods', pod({ name: 'nightly-1-a', owner: run })],
      ['jobs.batch', run],
      ['cronjobs.batch', nightly],
    ).take();
    expect(titles(changes)).toEqual(['CronJob nightly']);
    expect(changes.workloads[0].containers[0]).toMatchObject({
      basis: 'live',
      pods: 1,
    });
  });

  it('is the pod itself where a node owns it, as for a static pod', () => {
    const changes = createPicture([
      'pods',
      pod({ name: 'kube-proxy-node-a', owner: nodeOwner }),
    ]).take();
    expect(titles(changes)).toEqual(['Pod kube-proxy-node-a']);
    expect(changes.workloads[0].pathPrefix).toBe('spec');
  });

  it('is an owner of any kind, read or not', () => {
    const agent = customObject('ai.example/v1', 'Agent', { name: 'helper' });
    expect(
      workloadsOf(['pods', pod({ name: 'helper-0', owner: agent })]),
    ).toMatchObject([
      { apiGroup: 'ai.example', kind: 'Agent', name: 'helper' },
    ]);
  });

  it('ends its search where owners form a circle', () => {
    const first = replicaSet({ name: 'a' });
    const second = replicaSet({ name: 'b', owner: first });
    const circular = replicaSet({ name: 'a', owner: second });
    expect(
      workloadsOf(
        ['replicasets.apps', circular],
        ['replicasets.apps', second],
        ['pods', pod({ name: 'a-1', owner: circular })],
      ),
    ).toHaveLength(1);
  });
});

describe('A pod', () => {
  it('counts for another workload once it is made again under the same name', () => {
    const other = replicaSet({ name: 'other', owner: cart });
    const { take, put, remove } = createPicture([
      'pods',
      pod({ name: 'web-0', uid: 'one' }),
    ]);
    const before = take();
    expect(titles(before)).toEqual(['Pod web-0']);
    const again = pod({ name: 'web-0', uid: 'two', owner: other });
    remove('pods', again);
    put(['replicasets.apps', other], ['pods', again]);
    const changes = take();
    expect(titles(changes)).toEqual(['Deployment cart']);
    expect(changes.removedWorkloads).toContain(before.workloads[0].id);
  });

  it.each(['Succeeded', 'Failed', 'Unknown'])(
    'in phase %s does not count',
    phase => {
      const [workload] = workloadsOf(
        ...cartPuts,
        ['pods', pod({ name: 'ended', owner: cart1, phase })],
        ['pods', pod({ name: 'waiting', owner: cart1, phase: 'Pending' })],
      );
      expect(workload.pods).toBe(4);
    },
  );

  it('that changes nothing of what is kept changes no workload', () => {
    const { take, put } = createPicture(...cartPuts);
    take();
    put([
      'pods',
      pod({
        name: 'cart-1-a',
        owner: cart1,
        labels: { v: '1' },
        annotations: { restarted: 'yes' },
        status: { podIP: '10.0.0.1' },
      }),
    ]);
    expect(take().workloads).toEqual([]);
  });

  it('whose name no API server would accept is left out', () => {
    const { picture } = createPicture();
    for (const name of ['', 'a\u0000b', 'x'.repeat(254)]) {
      expect(picture.put(servedResource('pods'), pod({ name }))).toBe(
        'skipped',
      );
    }
    expect(picture.takeChanges().workloads).toEqual([]);
  });
});

describe('The containers of a workload', () => {
  const withSeccomp = (type: string) => ({
    securityContext: { seccompProfile: { type } },
  });

  it('are counted by what differs among the pods', () => {
    const [workload] = workloadsOf(
      ['deployments.apps', cart],
      ['replicasets.apps', cart1],
      [
        'pods',
        pod({ name: 'a', owner: cart1, spec: withSeccomp('Unconfined') }),
      ],
      ['pods', pod({ name: 'b', owner: cart1 })],
      ['pods', pod({ name: 'c', owner: cart1, node: 'node-b' })],
    );
    const counts = workload.containers.map(entry => [
      entry.container.pod.securityContext?.seccompProfile?.type,
      entry.pods,
      entry.nodes,
    ]);
    expect(counts).toEqual(
      expect.arrayContaining([
        ['Unconfined', 1, { 'node-a': 1 }],
        [undefined, 2, { 'node-a': 1, 'node-b': 1 }],
      ]),
    );
    expect(counts).toHaveLength(2);
  });

  it('are injected where the template does not name them, debuggers aside', () => {
    const [workload] = workloadsOf(
      ['deployments.apps', cart],
      ['replicasets.apps', cart1],
      [
        'pods',
        pod({
          name: 'a',
          owner: cart1,
          spec: {
            containers: [
              { name: 'main', image: 'registry.example/app:1' },
              { name: 'proxy', image: 'registry.example/mesh:1' },
            ],
            ephemeralContainers: [
              { name: 'debug', image: 'registry.example/debug:1' },
            ],
          },
        }),
      ],
    );
    expect(
      Object.fromEntries(
        workload.containers.map(entry => [entry.container.name, entry.origin]),
      ),
    ).toEqual({ main: 'declared', proxy: 'injected', debug: 'declared' });
  });

  it('are those of the template once the last pod is gone', () => {
    const { take, put, remove } = createPicture(...cartPuts);
    take();
    for (const [resource, object] of cartPuts.slice(3)) {
      remove(resource, object);
    }
    expect(take().workloads).toMatchObject([
      {
        name: 'cart',
        pods: 0,
        containers: [{ basis: 'template', pods: 0, nodes: {} }],
      },
    ]);
    put(cartPuts[3]);
    expect(take().workloads[0].containers[0].basis).toBe('live');
  });

  it('are nothing to judge once neither pod nor controller is there', () => {
    const { take, remove } = createPicture(...cartPuts);
    const [{ id }] = take().workloads;
    for (const [resource, object] of cartPuts) {
      remove(resource, object);
    }
    const changes = take();
    expect(changes.workloads).toEqual([]);
    expect(changes.removedWorkloads).toContain(id);
  });
});

describe('The labels of a workload', () => {
  it('are those of the Deployment, its template and its pods, each set once', () => {
    const labelled = deployment({
      name: 'cart',
      labels: { 'backstage.io/kubernetes-id': 'cart' },
      templateLabels: { app: 'cart' },
    });
    const [workload] = workloadsOf(
      ['deployments.apps', labelled],
      ['replicasets.apps', cart1],
      ['pods', pod({ name: 'a', owner: cart1, labels: { app: 'cart' } })],
      [
        'pods',
        pod({ name: 'b', owner: cart1, labels: { app: 'cart', v: '2' } }),
      ],
    );
    expect(workload.labelSets).toHaveLength(3);
    expect(workload.labelSets).toEqual(
      expect.arrayContaining([
        { 'backstage.io/kubernetes-id': 'cart' },
        { app: 'cart' },
        { app: 'cart', v: '2' },
      ]),
    );
  });
});

describe('Profiles, nodes and namespaces', () => {
  const profile = seccompProfile({ name: 'cart' });

  it('a profile has the states that the operator reports, before or after the profile arrives', () => {
    const puts: Put[] = [
      [seccompProfilesKey, profile],
      [nodeStatusesKey, nodeStatus({ profile, node: 'node-a' })],
      [
        nodeStatusesKey,
        nodeStatus({ profile, node: 'node-b', state: 'Error' }),
      ],
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(puts, { minLength: 3 }), order => {
        expect(createPicture(...order).take().profiles).toMatchObject([
          { nodeStates: { 'node-a': 'Installed', 'node-b': 'Error' } },
        ]);
      }),
    );
  });

  it('a status of an earlier profile of the same name proves nothing', () => {
    const earlier = seccompProfile({ name: 'cart', uid: 'earlier' });
    expect(
      createPicture(
        [seccompProfilesKey, profile],
        [nodeStatusesKey, nodeStatus({ profile: earlier, node: 'node-a' })],
      ).take().profiles[0].nodeStates,
    ).toEqual({});
  });

  it('a node has the newest running agent of Cilium, and none once its pod is gone', () => {
    const agent = (name: string, phase: string, version: string) =>
      pod({
        name,
        phase,
        spec: {
          containers: [
            { name: 'cilium-agent', image: `quay.io/cilium/cilium:${version}` },
          ],
        },
      });
    const { take, remove, put } = createPicture(
      ['nodes', node({ name: 'node-a' })],
      ['pods', agent('old', 'Failed', 'v1.16.0')],
      ['pods', agent('new', 'Running', 'v1.18.1')],
    );
    expect(take().nodes[0].cilium?.image).toContain('v1.18.1');
    put(['pods', agent('new', 'Succeeded', 'v1.18.1')]);
    remove('pods', agent('old', 'Failed', 'v1.16.0'));
    remove('pods', agent('new', 'Running', 'v1.18.1'));
    expect(take().nodes[0].cilium).toBeUndefined();
  });

  it('namespaces and nodes that go are reported as gone', () => {
    const shop = namespace({ name: 'shop' });
    const nodeA = node({ name: 'node-a' });
    const { take, remove } = createPicture(
      ['namespaces', shop],
      ['nodes', nodeA],
    );
    take();
    remove('namespaces', shop);
    remove('nodes', nodeA);
    expect(take()).toMatchObject({
      removedNamespaces: ['shop'],
      removedNodes: ['node-a'],
    });
  });

  it('the version of the operator is that of its Deployment, and unknown once that is gone', () => {
    const operator = deployment({
      name: 'security-profiles-operator',
      templateSpec: {
        containers: [
          { name: 'op', image: 'registry.example/spo:v0.9.1@sha256:00' },
        ],
      },
    });
    const { picture, remove } = createPicture(['deployments.apps', operator]);
    expect(picture.operatorVersion).toBe('0.9.1');
    remove('deployments.apps', operator);
    expect(picture.operatorVersion).toBeUndefined();
  });
});

describe('What is few in a cluster', () => {
  const group = 'security-profiles-operator.x-k8s.io';
  const bindings = `profilebindings.${group}`;
  const settings = `securityprofilesoperatordaemons.${group}`;
  const binding = {
    ...customObject(`${group}/v1`, 'ProfileBinding', { name: 'cart' }),
    spec: { profileRef: { kind: 'SeccompProfile', name: 'pay' }, image: '*' },
  };
  const daemonSettings = (namespaceName: string) => ({
    ...customObject(`${group}/v1`, 'SecurityProfilesOperatorDaemon', {
      name: 'spod',
      namespace: namespaceName,
    }),
    spec: { enableProfiling: true },
  });
  const topic = (changes: InventoryChanges, name: string) =>
    changes.topics.find(one => one.name === name)?.facts;

  it('is handed over at first though nothing is there, and then only when it changes', () => {
    const { put, take, remove } = createPicture();
    expect(take().topics).toEqual([
      { name: 'bindings', facts: [] },
      { name: 'recordings', facts: [] },
      { name: 'runtime-classes', facts: {} },
      { name: 'webhooks', facts: [] },
      { name: 'accounts-without-token', facts: [] },
      { name: 'cluster-rights', facts: {} },
      { name: 'operator', facts: null },
    ]);
    expect(take().topics).toEqual([]);
    put([bindings, binding]);
    expect(topic(take(), 'bindings')).toHaveLength(1);
    put([bindings, { ...binding, status: { activeWorkloads: ['shop/'] } }]);
    expect(take().topics).toEqual([]);
    remove(bindings, binding);
    expect(take().topics).toEqual([{ name: 'bindings', facts: [] }]);
  });

  it('has what accounts may do, and those that refuse a token, as long as they do', () => {
    const rbac = 'rbac.authorization.k8s.io';
    const account = (automountServiceAccountToken?: boolean) => ({
      ...customObject('v1', 'ServiceAccount', {
        name: 'helper',
        namespace: 'agents',
      }),
      automountServiceAccountToken,
      secrets: [{ name: 'helper-token' }],
    });
    const roleBinding = {
      ...customObject(`${rbac}/v1`, 'ClusterRoleBinding', {
        name: 'ops',
        namespace: undefined,
      }),
      roleRef: { apiGroup: rbac, kind: 'ClusterRole', name: 'ops' },
      subjects: [
        { kind: 'ServiceAccount', name: 'helper', namespace: 'agents' },
      ],
    };
    const { put, take, remove } = createPicture(
      ['serviceaccounts', account(false)],
      [
        `clusterroles.${rbac}`,
        {
          ...customObject(`${rbac}/v1`, 'ClusterRole', {
            name: 'ops',
            namespace: undefined,
          }),
          rules: [{ apiGroups: [''], resources: ['secrets'], verbs: ['list'] }],
        },
      ],
      [`clusterrolebindings.${rbac}`, roleBinding],
    );
    const first = take();
    expect(topic(first, 'accounts-without-token')).toEqual(['agents/helper']);
    expect(topic(first, 'cluster-rights')).toEqual({
      'account agents/helper': [
        expect.objectContaining({
          id: 'reads-secrets',
          via: 'ClusterRoleBinding ops → ClusterRole ops',
        }),
        expect.objectContaining({ id: 'reads' }),
      ],
    });
    expect(JSON.stringify(first)).not.toContain('helper-token');

    put(['serviceaccounts', account()]);
    remove(`clusterrolebindings.${rbac}`, roleBinding);
    expect(take().topics).toEqual([
      { name: 'accounts-without-token', facts: [] },
      { name: 'cluster-rights', facts: {} },
    ]);
  });

  it('is held back while its source was not read, and handed over later', () => {
    const { picture, put } = createPicture([bindings, binding]);
    const heldBack = new Set(['bindings' as const]);
    expect(topic(picture.takeChanges({ heldBack }), 'bindings')).toBe(
      undefined,
    );
    put();
    expect(topic(picture.takeChanges(), 'bindings')).toHaveLength(1);
  });

  it('is handed over again after a write that failed', () => {
    const { picture, take } = createPicture([bindings, binding]);
    const changes = take();
    picture.markDirty(changes);
    expect(take().topics).toEqual(changes.topics);
  });

  it('has the handler of each runtime class, and the webhooks of the operator', () => {
    const { take } = createPicture(
      [
        'runtimeclasses.node.k8s.io',
        { metadata: { name: 'box' }, handler: 'runsc' },
      ],
      [
        'mutatingwebhookconfigurations.admissionregistration.k8s.io',
        {
          metadata: { name: 'spo-mutating-webhook-configuration' },
          webhooks: [{ name: 'binding.spo.io', failurePolicy: 'Fail' }],
        },
      ],
    );
    const changes = take();
    expect(topic(changes, 'runtime-classes')).toEqual({ box: 'runsc' });
    expect(topic(changes, 'webhooks')).toEqual([
      { name: 'binding.spo.io', failurePolicy: 'Fail' },
    ]);
  });

  it('knows the operator by its settings, and no namesake elsewhere', () => {
    const manager = (namespaceName: string) =>
      deployment({
        name: 'security-profiles-operator',
        namespace: namespaceName,
        templateSpec: {
          containers: [
            { name: 'op', image: `spo:v1.0.${namespaceName.length}` },
          ],
        },
      });
    const { picture, take } = createPicture(
      ['deployments.apps', manager('a')],
      ['deployments.apps', manager('spo')],
      [settings, daemonSettings('spo')],
      [
        'daemonsets.apps',
        {
          ...customObject('apps/v1', 'DaemonSet', {
            name: 'spod',
            namespace: 'spo',
          }),
          spec: { template: { spec: { containers: [{ name: 'spod' }] } } },
          status: { desiredNumberScheduled: 2, numberReady: 2 },
        },
      ],
    );
    expect(topic(take(), 'operator')).toMatchObject({
      namespace: 'spo',
      manager: { image: 'spo:v1.0.3' },
      daemon: { desired: 2, ready: 2 },
      settings: { enableProfiling: true },
    });
    expect(picture.operatorVersion).toBe('1.0.3');
  });
});

describe('Containers and their template', () => {
  const started = (startedAt: string) => ({
    containerStatuses: [{ name: 'main', state: { running: { startedAt } } }],
  });

  it('tell what the template says of profiles, beside what the pods have', () => {
    const bound = deployment({
      name: 'cart',
      templateSpec: {
        securityContext: {
          runAsUser: 1000,
          seccompProfile: { type: 'RuntimeDefault' },
        },
      },
    });
    const owned = replicaSet({ name: 'cart-1', owner: bound });
    const [workload] = workloadsOf(
      ['deployments.apps', bound],
      ['replicasets.apps', owned],
      [
        'pods',
        pod({
          name: 'cart-1-a',
          owner: owned,
          spec: {
            containers: [
              {
                name: 'main',
                image: 'registry.example/app:1',
                securityContext: {
                  seccompProfile: {
                    type: 'Localhost',
                    localhostProfile: 'operator/pay.json',
                  },
                },
              },
              { name: 'injected', image: 'registry.example/mesh:1' },
            ],
          },
        }),
      ],
    );
    expect(
      workload.containers.map(({ container, declared }) => [
        container.name,
        declared,
      ]),
    ).toEqual([
      ['injected', undefined],
      [
        'main',
        {
          pod: {
            securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
          },
        },
      ],
    ]);
  });

  it('tell when the oldest of them was started; younger ones come and go unnoticed', () => {
    const { put, take } = createPicture(
      ['deployments.apps', cart],
      ['replicasets.apps', cart1],
      [
        'pods',
        pod({
          name: 'cart-1-a',
          owner: cart1,
          status: started('2026-11-20T10:00:00Z'),
        }),
      ],
      [
        'pods',
        pod({
          name: 'cart-1-b',
          owner: cart1,
          status: started('2026-11-21T10:00:00Z'),
        }),
      ],
    );
    const [before] = take().workloads;
    expect(before.containers[0]).toMatchObject({
      pods: 2,
      startedAt: '2026-11-20T10:00:00Z',
    });
    put([
      'pods',
      pod({
        name: 'cart-1-b',
        owner: cart1,
        status: started('2026-11-22T10:00:00Z'),
      }),
    ]);
    const [after] = take().workloads;
    expect(after.contentHash).toBe(before.contentHash);
  });

  it('are one while all pods of a workload are recorded', () => {
    const recorded = (name: string, nonce: string) =>
      pod({
        name,
        owner: cart1,
        annotations: {
          'io.containers.trace-logs/main': `learn_main_${nonce}_1700000000`,
        },
      });
    const [workload] = workloadsOf(
      ['deployments.apps', cart],
      ['replicasets.apps', cart1],
      ['pods', recorded('cart-1-a', 'aaaaa')],
      ['pods', recorded('cart-1-b', 'bbbbb')],
    );
    expect(workload.containers).toHaveLength(1);
  });
});

describe('A full list', () => {
  it('takes out what it does not name', () => {
    const { picture } = createPicture(...cartPuts);
    picture.takeChanges();
    const [, kept] = cartPuts[3];
    picture.retain(servedResource('pods'), new Set([objectKey(kept)]));
    expect(picture.takeChanges().workloads).toMatchObject([{ pods: 1 }]);
    expect(picture.count(servedResource('pods').resource)).toBe(1);
  });
});

describe('After a write that failed', () => {
  it('everything that it held is handed over again', () => {
    const shop = namespace({ name: 'shop' });
    const { picture, remove } = createPicture(
      ...cartPuts,
      ['namespaces', shop],
      ['nodes', node({ name: 'node-a' })],
      [seccompProfilesKey, seccompProfile({ name: 'cart' })],
      [seccompProfilesKey, seccompProfile({ name: 'old' })],
    );
    picture.takeChanges();
    remove(seccompProfilesKey, seccompProfile({ name: 'old' }));
    remove('namespaces', shop);
    const failed = picture.takeChanges();
    picture.markDirty(failed);
    expect(picture.takeChanges()).toMatchObject({
      workloads: [{ name: 'cart' }],
      removedProfiles: failed.removedProfiles,
      removedNamespaces: ['shop'],
    });
  });
});
