import { TestDatabases } from '@backstage/backend-test-utils';
import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import {
  type AppliedObject,
  appliedDeployment,
  appliedProfile,
  localhost,
  servedNode,
} from '../testing/appliedObjects';
import { component } from '../testing/component';
import { type Envtest, startEnvtest } from '../testing/envtest';
import {
  allFresh,
  posturePath,
  sourceOf,
  untilCluster,
} from '../testing/realCluster';
import { startTestPortal, type TestPortal } from '../testing/startTestPortal';

jest.setTimeout(180_000);

const operatorGroup = 'security-profiles-operator.x-k8s.io';
const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const runtimeDefault = {
  securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
};
const idLabel = (name: string) => ({ 'backstage.io/kubernetes-id': name });

/** What binds, records and confines beside profiles, and the operator itself. */
function operatorObjects(): AppliedObject[] {
  const own = { namespace: 'security-profiles-operator' };
  const pods = (name: string) => ({
    selector: { matchLabels: { name } },
    template: {
      metadata: { labels: { name } },
      spec: {
        containers: [
          { name: 'security-profiles-operator', image: 'spo:v1.0.0' },
        ],
      },
    },
  });
  return [
    {
      apiVersion: `${operatorGroup}/v1`,
      kind: 'SecurityProfilesOperatorDaemon',
      metadata: { name: 'spod', ...own },
      spec: { enricher: { enableBpfRecorder: true } },
    },
    ...['security-profiles-operator', 'security-profiles-operator-webhook'].map(
      name => ({
        apiVersion: 'apps/v1',
        kind: 'Deployment',
        metadata: { name, ...own },
        spec: { replicas: 3, ...pods(name) },
        status: { replicas: 3, readyReplicas: 3, availableReplicas: 3 },
      }),
    ),
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'spod', ...own },
      spec: pods('spod'),
      status: {
        currentNumberScheduled: 2,
        desiredNumberScheduled: 2,
        numberMisscheduled: 0,
        numberReady: 1,
      },
    },
    {
      apiVersion: `${operatorGroup}/v1`,
      kind: 'ProfileBinding',
      metadata: { name: 'bind', namespace: 'shop' },
      spec: {
        profileRef: { kind: 'SeccompProfile', name: 'pay' },
        image: 'app:1',
      },
    },
    {
      apiVersion: `${operatorGroup}/v1`,
      kind: 'ProfileRecording',
      metadata: { name: 'learn', namespace: 'shop' },
      spec: {
        kind: 'SeccompProfile',
        recorder: 'Logs',
        podSelector: { matchLabels: { app: 'recorded' } },
      },
    },
    {
      apiVersion: 'node.k8s.io/v1',
      kind: 'RuntimeClass',
      metadata: { name: 'box' },
      ...{ handler: 'runsc' },
    },
    ...['spo-mutating-webhook-configuration', 'of-somebody-else'].map(name => ({
      apiVersion: 'admissionregistration.k8s.io/v1',
      kind: 'MutatingWebhookConfiguration',
      metadata: { name },
      ...{
        webhooks: [
          {
            name: 'binding.spo.io',
            failurePolicy: 'Ignore',
            sideEffects: 'None',
            admissionReviewVersions: ['v1'],
            clientConfig: { url: 'https://127.0.0.1:1/mutate' },
            // Matches nothing on this server, where no webhook answers.
            rules: [
              {
                apiGroups: ['example.com'],
                apiVersions: ['v1'],
                operations: ['CREATE'],
                resources: ['nothings'],
              },
            ],
            namespaceSelector: {
              matchExpressions: [{ key: 'bind-here', operator: 'Exists' }],
            },
          },
        ],
      },
    })),
  ];
}

function namespaceWith(labels: Record<string, string>): AppliedObject {
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: 'shop', labels },
  };
}

/** A Deployment with RuntimeDefault whose pods have something else, as the webhook leaves them. */
function changedByWebhook(name: string): AppliedObject[] {
  return appliedDeployment({
    name,
    namespace: 'shop',
    nodes: ['node-a'],
    labels: idLabel(name),
    spec: runtimeDefault,
  }).map(object =>
    object.kind === 'Pod'
      ? {
          ...object,
          spec: {
            nodeName: 'node-a',
            ...runtimeDefault,
            containers: [{ name: 'main', image: 'app:1', ...localhost('pay') }],
          },
        }
      : object,
  );
}

function finding(posture: Posture, id: string) {
  return posture.findings.find(one => one.id === id)!;
}

describe('What binds and records pods, on a real API server', () => {
  let envtest: Envtest;
  let portal: TestPortal;

  beforeAll(async () => {
    envtest = await startEnvtest({ crds: ['spo'] });
    const plain = (name: string, spec = {}) =>
      appliedDeployment({
        name,
        namespace: 'shop',
        nodes: ['node-a'],
        labels: idLabel(name),
        spec: { ...runtimeDefault, ...spec },
      });
    await envtest.applyManifests([
      namespaceWith({}),
      ...servedNode('node-a'),
      ...operatorObjects(),
      ...appliedProfile({
        name: 'pay',
        allows: ['read'],
        nodes: ['node-a'],
      }).map(object =>
        object.kind === 'SeccompProfile'
          ? {
              ...object,
              status: { localhostProfile: 'operator/pay.json' },
            }
          : object,
      ),
      ...plain('cart'),
      ...changedByWebhook('bound'),
      ...plain('recorded').map(object =>
        object.kind === 'Pod'
          ? {
              ...object,
              metadata: {
                ...object.metadata,
                annotations: {
                  'io.containers.trace-logs/main': 'learn_main_x_1700000000',
                },
              },
            }
          : object,
      ),
      ...plain('boxed', { runtimeClassName: 'box' }),
    ]);
    portal = await startTestPortal({
      knex: await databases.init('SQLITE_3'),
      config: {
        clusters: [
          { type: 'kubeconfig', name: 'real', path: envtest.readerKubeconfig },
        ],
      },
      entities: ['cart', 'bound', 'recorded', 'boxed'].map(name =>
        component(name, idLabel(name)),
      ),
    });
    await portal.refreshCatalog();
    await untilCluster(portal, 'real', allFresh);
  });

  afterAll(async () => {
    await portal?.stop();
    await envtest?.stop();
  });

  const shown = (name: string, check: (posture: Posture) => unknown) =>
    portal.eventually<Posture>(posturePath(name), body =>
      body.findings ? check(body) : false,
    );
  const seccompOf = ({ workloads }: Posture) =>
    workloads[0].containers[0].confinement.seccomp;

  it('tells which label a binding waits for, by the selector of the webhook itself', async () => {
    const posture = await shown(
      'cart',
      body => finding(body, 'binding-without-effect').status === 'warn',
    );
    expect(finding(posture, 'binding-without-effect').evidence[0].value).toBe(
      'namespace shop does not have the label bind-here',
    );
  });

  it('names the binding behind a profile that the template does not have', async () => {
    const posture = await shown('bound', body => seccompOf(body).binding);
    expect(seccompOf(posture)).toMatchObject({
      state: 'profile',
      setBy: 'container',
      binding: { namespace: 'shop', name: 'bind', over: 'RuntimeDefault' },
    });
    expect(finding(posture, 'binding-overrules').status).toBe('warn');
  });

  it('shows a pod that is recorded with Logs as exposed', async () => {
    const posture = await shown('recorded', body => body.level === 'exposed');
    expect(finding(posture, 'recording-live').status).toBe('fail');
    expect(posture.workloads[0].containers[0].recording).toEqual({
      name: 'learn',
      mechanism: 'seccomp',
      recorder: 'logs',
    });
  });

  it('knows a sandbox by the handler of its runtime class', async () => {
    const posture = await shown(
      'boxed',
      body => seccompOf(body).state === 'sandboxed',
    );
    expect(posture.workloads[0].containers[0].runtime).toEqual({
      class: 'box',
      handler: 'runsc',
    });
  });

  it('tells the version, the health and the switches of the operator', async () => {
    const { spo, sources } = await untilCluster(
      portal,
      'real',
      cluster => cluster.spo.health?.state === 'unhealthy',
    );
    expect(spo).toMatchObject({
      version: '1.0.0',
      versionFrom: 'image',
      namespace: 'security-profiles-operator',
      health: {
        manager: { wanted: 3, ready: 3 },
        webhook: { wanted: 3, ready: 3 },
        daemon: { wanted: 2, ready: 1 },
      },
    });
    const states = Object.fromEntries(
      (spo.hardening ?? []).map(({ id, state }) => [id, state]),
    );
    expect(states).toMatchObject({
      'signature-identity': 'open',
      'bpf-recorder': 'weakened',
      'webhook-failure-policy': 'weakened',
      profiling: 'hardened',
    });
    // The account may read the one configuration that it is let in for, and no other.
    expect(
      sourceOf({ sources }, 'mutatingwebhookconfigurations'),
    ).toMatchObject({ state: 'fresh', count: 1 });
  });

  it('judges again what a label of a namespace changes, and nothing has to restart', async () => {
    await envtest.applyManifests([namespaceWith({ 'bind-here': '' })]);
    const posture = await shown(
      'cart',
      body =>
        !finding(body, 'binding-without-effect').evidence[0]?.value?.includes(
          'label',
        ),
    );
    expect(
      finding(posture, 'binding-without-effect').evidence[0].value,
    ).toMatch(/most likely they started before it/);
  });
});
