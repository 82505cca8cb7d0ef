import { TestDatabases } from '@backstage/backend-test-utils';
import type { JsonObject } from '@backstage/types';
import { type Envtest, startEnvtest } from '../testing/envtest';
import { servedNode } from '../testing/appliedObjects';
import { sourceOf, untilCluster } from '../testing/realCluster';
import { startTestPortal, type TestPortal } from '../testing/startTestPortal';

jest.setTimeout(180_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3'] });
const namespace = 'kube-system';

/** Image of the agent, of the operator, labels of the pods and the version that is expected. */
const forms: [string, string, string, Record<string, string>][] = [
  ['1.16.19', 'quay.io/cilium/cilium:v1.16.19', 'upstream', {}],
  [
    '1.18.14',
    'docker.io/rancher/mirrored-cilium-cilium:v1.18.14',
    'upstream',
    {},
  ],
  ['1.19.8', 'local-image-registry:5000/cilium/cilium:v1.19.8', 'upstream', {}],
  [
    '1.20.2',
    'quay.io/cilium/cilium:v1.20.2',
    'upstream',
    { 'helm.sh/chart': 'cilium-1.20.2' },
  ],
  ['1.17.6', 'quay.io/isovalent/cilium:v1.17.6-cee.1', 'vendor', {}],
  [
    '1.19.8',
    'mcr.microsoft.com/containernetworking/cilium/cilium-distroless:v1.19.8-260923',
    'vendor',
    { 'kubernetes.azure.com/managedby': 'aks' },
  ],
  ['1.12.10', 'gke.gcr.io/cilium/cilium:v1.12.10-gke.25', 'vendor', {}],
  ['1.11.15', 'public.ecr.aws/isovalent/cilium:v1.11.15-eksa.1', 'vendor', {}],
  ['1.17.6', 'public.ecr.aws/eks/cilium/cilium:v1.17.6-0', 'vendor', {}],
  [
    '1.15.8',
    'docker.io/digitalocean/cilium:v1.15.8-conformance-fix',
    'vendor',
    {},
  ],
];

function workload(
  kind: 'DaemonSet' | 'Deployment',
  name: string,
  options: {
    image: string;
    container: string;
    labels: Record<string, string>;
    spec?: JsonObject;
    status?: JsonObject;
  },
) {
  const { image, container, labels, spec, status } = options;
  return {
    apiVersion: 'apps/v1',
    kind,
    metadata: { name, namespace, labels },
    spec: {
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: container, image }] },
      },
      ...spec,
    },
    ...(status && { status }),
  };
}

function agentPod(node: string, image: string, labels: Record<string, string>) {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `cilium-${node}`,
      namespace,
      labels: { 'k8s-app': 'cilium', ...labels },
    },
    spec: {
      nodeName: node,
      containers: [{ name: 'cilium-agent', image }],
    },
    status: {
      phase: 'Running',
      startTime: '2026-11-01T00:00:00Z',
      containerStatuses: [
        {
          name: 'cilium-agent',
          image,
          imageID: '',
          ready: true,
          restartCount: 0,
        },
      ],
    },
  };
}

describe('The dataplane on a real API server', () => {
  let envtest: Envtest;
  let portal: TestPortal;

  beforeAll(async () => {
    envtest = await startEnvtest({ crds: ['spo', 'cilium'] });
    await envtest.applyManifests([
      ...servedNode('node-a'),
      ...servedNode('node-b'),
      workload('DaemonSet', 'cilium', {
        image: 'quay.io/cilium/cilium:v1.19.8',
        container: 'cilium-agent',
        labels: { 'k8s-app': 'cilium' },
        spec: { updateStrategy: { type: 'OnDelete' } },
        status: {
          currentNumberScheduled: 2,
          numberMisscheduled: 0,
          desiredNumberScheduled: 2,
          updatedNumberScheduled: 1,
          numberReady: 2,
          observedGeneration: 1,
        },
      }),
      workload('Deployment', 'cilium-operator', {
        image: 'quay.io/cilium/operator-generic:v1.18.14',
        container: 'cilium-operator',
        labels: { 'io.cilium/app': 'operator', name: 'cilium-operator' },
        spec: { replicas: 1 },
      }),
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'cilium-config', namespace },
        data: {
          'enable-gateway-api': 'true',
          'policy-audit-mode': 'true',
          'etcd-config': 'planted-secret',
        },
      },
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: { name: 'another', namespace },
        data: { 'enable-wireguard': 'planted-secret' },
      },
      agentPod('node-a', 'quay.io/cilium/cilium:v1.19.8', {}),
      agentPod('node-b', 'quay.io/cilium/cilium:v1.19.7', {}),
    ]);
    portal = await startTestPortal({
      knex: await databases.init('SQLITE_3'),
      config: {
        clusters: [
          { type: 'kubeconfig', name: 'real', path: envtest.readerKubeconfig },
        ],
      },
    });
  });

  afterAll(async () => {
    await portal?.stop();
    await envtest?.stop();
  });

  it('is read with the rights of the ClusterRole: roll-out, operator and settings by their name', async () => {
    const cluster = await untilCluster(
      portal,
      'real',
      ({ cilium }) => cilium.auditMode === 'on',
    );
    expect(cluster.cilium).toMatchObject({
      versions: [
        { version: '1.19.7', nodes: 1, names: ['node-b'] },
        { version: '1.19.8', nodes: 1, names: ['node-a'] },
      ],
      rollOut: { state: 'waits', wanted: '1.19.8', desired: 2, updated: 1 },
      operator: 'differs',
      // The pods are older than the ConfigMap, which was made a moment ago.
      configState: 'not-live',
    });
    expect(sourceOf(cluster, 'configmaps/cilium-config').state).toBe('fresh');
    const detail = await portal.get(`/clusters/${cluster.id}`);
    expect(detail.body.dataplane.settings).toContainEqual(
      expect.objectContaining({
        key: 'enable-gateway-api',
        value: 'true',
        state: 'not-live',
      }),
    );
    expect(detail.text).not.toContain('planted-secret');
  });

  it.each(forms)(
    'tells %s from %s: %s',
    async (version, image, kind, labels) => {
      const path = `/api/v1/namespaces/${namespace}/pods`;
      for (const node of ['node-a', 'node-b']) {
        await envtest.request(
          'DELETE',
          `${path}/cilium-${node}?gracePeriodSeconds=0`,
        );
      }
      await envtest.applyManifests([
        agentPod('node-a', image, labels),
        agentPod('node-b', image, labels),
      ]);
      const { cilium } = await untilCluster(
        portal,
        'real',
        one =>
          one.cilium.versions.length === 1 &&
          one.cilium.versions[0].version === version &&
          (one.cilium.line.state === 'vendor') === (kind === 'vendor'),
      );
      expect(cilium.versions).toMatchObject([{ version, nodes: 2 }]);
      expect(cilium.patchesBehind === null).toBe(kind === 'vendor');
    },
  );
});
