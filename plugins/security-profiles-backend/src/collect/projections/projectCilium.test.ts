import { customObject, deployment } from '../../testing/kubernetesObjects';
import {
  projectCiliumConfig,
  projectCiliumNodeConfig,
  projectDataplanePart,
} from './projectCilium';

const image = 'quay.io/cilium/cilium:v1.19.8';

function daemonSet(
  name: string,
  containers: Record<string, unknown>[],
  rest: { labels?: Record<string, string>; status?: object } = {},
) {
  return {
    ...customObject('apps/v1', 'DaemonSet', {
      name,
      namespace: 'kube-system',
      labels: rest.labels,
    }),
    spec: {
      updateStrategy: { type: 'OnDelete' },
      template: {
        spec: {
          containers,
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          tolerations: [{ operator: 'Exists' }],
        },
      },
    },
    status: rest.status ?? {},
  };
}

describe('What a controller is to the dataplane', () => {
  it('is told by the container cilium-agent, whatever the DaemonSet is called', () => {
    const status = {
      observedGeneration: 3,
      desiredNumberScheduled: 9,
      numberReady: 8,
    };
    expect(
      projectDataplanePart(
        daemonSet('anetd', [{ name: 'cilium-agent', image }], { status }),
        'DaemonSet',
      ),
    ).toEqual({
      part: 'agents',
      agents: {
        namespace: 'kube-system',
        name: 'anetd',
        image,
        strategy: 'OnDelete',
        observedGeneration: 3,
        desired: 9,
        // A server leaves a count of zero out.
        updated: 0,
        ready: 8,
        placement: {
          nodeSelector: { 'kubernetes.io/os': 'linux' },
          tolerations: [{ operator: 'Exists' }],
        },
      },
    });
  });

  it('leaves the roll-out open where a folder tells no status', () => {
    const part = projectDataplanePart(
      daemonSet('cilium', [{ name: 'cilium-agent', image }]),
      'DaemonSet',
    );
    expect(part?.part === 'agents' && part.agents.updated).toBeUndefined();
  });

  it('tells a pre-flight check from the agents: it carries the next version', () => {
    expect(
      projectDataplanePart(
        daemonSet(
          'cilium-pre-flight-check',
          [{ name: 'cilium-agent', image: 'quay.io/cilium/cilium:v1.20.2' }],
          { labels: { 'k8s-app': 'cilium-pre-flight-check' } },
        ),
        'DaemonSet',
      ),
    ).toEqual({ part: 'preflight', image: 'quay.io/cilium/cilium:v1.20.2' });
  });

  it.each([
    ['calico-node', 'Calico'],
    ['kube-flannel-ds', 'Flannel'],
    ['aws-node', 'Amazon VPC CNI'],
    ['kindnet', 'kindnet'],
    ['antrea-agent', 'Antrea'],
    ['ovnkube-node', 'OVN-Kubernetes'],
    ['weave-net', 'Weave Net'],
  ])('names another network plugin: %s is %s', (name, plugin) => {
    expect(
      projectDataplanePart(daemonSet(name, [{ name: 'x' }]), 'DaemonSet'),
    ).toEqual({ part: 'other-cni', name: plugin });
  });

  it('finds the operator by its container, and parts by their label', () => {
    expect(
      projectDataplanePart(
        deployment({
          name: 'cilium-operator',
          templateSpec: {
            containers: [{ name: 'cilium-operator', image: 'op:v1.19.8' }],
          },
        }),
        'Deployment',
      ),
    ).toEqual({ part: 'operator', operator: { image: 'op:v1.19.8' } });
    expect(
      projectDataplanePart(
        deployment({ name: 'ui', labels: { 'k8s-app': 'hubble-ui' } }),
        'Deployment',
      ),
    ).toEqual({ part: 'component', name: 'hubble-ui' });
    expect(
      projectDataplanePart(deployment({ name: 'cart' }), 'Deployment'),
    ).toBeUndefined();
  });

  it.each([{ spec: 7 }, { spec: { template: null } }, { status: 'x' }])(
    'takes nonsense for nothing: %j',
    nonsense => {
      expect(
        projectDataplanePart(
          { ...daemonSet('x', []), ...nonsense } as never,
          'DaemonSet',
        ),
      ).toBeUndefined();
    },
  );
});

describe('What is kept of cilium-config', () => {
  const config = (data: unknown, metadata = {}) => ({
    ...customObject('v1', 'ConfigMap', {
      name: 'cilium-config',
      namespace: 'kube-system',
    }),
    metadata: { name: 'cilium-config', namespace: 'kube-system', ...metadata },
    data,
  });

  it('is listed keys only, even of a megabyte of others', () => {
    const others = Object.fromEntries(
      Array.from({ length: 1000 }, (_, index) => [
        `secret-${index}`,
        'x'.repeat(1000),
      ]),
    );
    const { values } = projectCiliumConfig(
      config({
        ...others,
        'enable-wireguard': 'true',
        'etcd-config': 'password: hunter2',
        labels: 'y'.repeat(900_000),
        'enable-hubble': 7,
      }),
    );
    expect(Object.keys(values)).toEqual(['enable-wireguard', 'labels']);
    expect(values.labels).toHaveLength(1000);
  });

  it('is the time of the newest change by anybody, else of its creation', () => {
    expect(
      projectCiliumConfig(
        config(
          {},
          {
            creationTimestamp: '2026-01-01T00:00:00Z',
            managedFields: [
              { manager: 'helm', time: '2026-11-01T00:00:00Z' },
              { manager: 'kubectl', time: '2026-11-02T00:00:00Z' },
              { manager: 'odd', time: 'soon' },
              7,
            ],
          },
        ),
      ).changedAt,
    ).toBe('2026-11-02T00:00:00Z');
    expect(
      projectCiliumConfig(
        config({}, { creationTimestamp: '2026-01-01T00:00:00Z' }),
      ).changedAt,
    ).toBe('2026-01-01T00:00:00Z');
  });

  it.each([undefined, null, 7, [], 'x'])(
    'is nothing of data that is none: %p',
    data => {
      expect(projectCiliumConfig(config(data)).values).toEqual({});
    },
  );

  it('is of a CiliumNodeConfig what it sets, and where', () => {
    expect(
      projectCiliumNodeConfig({
        ...customObject('cilium.io/v2', 'CiliumNodeConfig', { name: 'edge' }),
        spec: {
          nodeSelector: { matchLabels: { zone: 'edge' } },
          defaults: { 'enable-hubble': 'true', other: 'x' },
        },
      }),
    ).toEqual({
      name: 'edge',
      values: { 'enable-hubble': 'true' },
      matchLabels: { zone: 'edge' },
    });
  });
});
