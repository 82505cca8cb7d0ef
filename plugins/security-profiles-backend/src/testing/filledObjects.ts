import type { JsonObject } from '@backstage/types';
import type { AppliedObject } from './appliedObjects';

/** Stands in every field that is not to be read. */
export const unread = 'not-to-be-read';

const profileSource = (type: string, name: string): JsonObject => ({
  type,
  localhostProfile: name,
});
const seLinuxOptions = {
  user: 'system_u',
  role: 'system_r',
  type: 'container_t',
  level: 's0:c1,c2',
};
const environment = [
  { name: 'PASSWORD', value: unread },
  { name: 'TOKEN', valueFrom: { secretKeyRef: { name: unread, key: unread } } },
];

function container(name: string): JsonObject {
  return {
    name,
    image: `registry.example/${name}:1`,
    command: ['sh', '-c', unread],
    args: [unread],
    env: environment,
    envFrom: [{ secretRef: { name: unread } }],
    volumeMounts: [
      { name: 'socket', mountPath: '/host/socket', readOnly: true },
      { name: 'scratch', mountPath: '/tmp' },
      { name: 'token', mountPath: '/var/run/secrets/token', readOnly: true },
    ],
    securityContext: {
      capabilities: { add: ['NET_ADMIN', 'SYS_TIME'], drop: ['ALL'] },
      privileged: false,
      allowPrivilegeEscalation: true,
      runAsUser: 0,
      runAsNonRoot: false,
      procMount: 'Default',
      seccompProfile: profileSource('Localhost', 'operator/pay.json'),
      appArmorProfile: profileSource('Localhost', 'pay'),
      seLinuxOptions,
    },
  };
}

const podSpec: JsonObject = {
  os: { name: 'linux' },
  nodeSelector: { disk: 'ssd', zone: '' },
  serviceAccountName: 'payments',
  automountServiceAccountToken: false,
  runtimeClassName: 'gvisor',
  hostNetwork: true,
  hostPID: true,
  hostIPC: true,
  tolerations: [
    {
      key: 'dedicated',
      operator: 'Equal',
      value: 'payments',
      effect: 'NoSchedule',
    },
    { operator: 'Exists' },
  ],
  securityContext: {
    runAsUser: 1000,
    runAsNonRoot: true,
    seccompProfile: profileSource('Localhost', 'operator/pod.json'),
    appArmorProfile: profileSource('Localhost', 'pod'),
    seLinuxOptions,
    sysctls: [{ name: 'vm.max_map_count', value: '1' }],
  },
  volumes: [
    { name: 'socket', hostPath: { path: '/run/containerd' } },
    { name: 'scratch', emptyDir: {} },
    {
      name: 'token',
      projected: {
        sources: [
          {
            serviceAccountToken: {
              path: 'token',
              audience: 'https://kubernetes.default.svc',
            },
          },
          { configMap: { name: unread } },
        ],
      },
    },
    { name: 'secrets', secret: { secretName: unread } },
  ],
  initContainers: [
    { ...container('setup'), restartPolicy: 'Always' },
    container('first'),
  ],
  containers: [container('main'), { name: 'bare', image: 'bare:1' }],
};

const annotations = {
  'io.containers.trace-syscall/main': '/tmp/trace.json',
  'example.com/token': unread,
};
const plainLabels = { app: 'payments', empty: '' };

const template = (restartPolicy: string): JsonObject => ({
  metadata: { labels: plainLabels, annotations },
  spec: { ...podSpec, restartPolicy },
});

const selector = { matchLabels: { app: 'payments' } };

function controller(
  apiVersion: string,
  kind: string,
  spec: JsonObject,
): AppliedObject {
  return {
    apiVersion,
    kind,
    metadata: {
      name: `filled-${kind.toLocaleLowerCase('en-US')}`,
      namespace: 'filled',
      labels: plainLabels,
    },
    spec,
  };
}

const deployment = controller('apps/v1', 'Deployment', {
  selector,
  template: template('Always'),
});

/** A workload with the name of one of the operator's own, whose health is read. */
function operatorsOwn(
  object: AppliedObject,
  name: string,
  status = object.status,
): AppliedObject {
  return {
    ...object,
    metadata: { ...object.metadata, name },
    ...(status && { status }),
  };
}

const templateOf = (name: string): JsonObject => ({
  metadata: { labels: selector.matchLabels },
  spec: { containers: [{ name, image: `registry.example/${name}:1` }] },
});
const agentTemplate = templateOf('cilium-agent');
const operatorTemplate = templateOf('cilium-operator');

const containerStatus = (name: string, state: JsonObject): JsonObject => ({
  name,
  state,
  ready: name === 'main',
  restartCount: 3,
  image: `registry.example/${name}:1`,
  imageID: `registry.example/${name}@sha256:${'0'.repeat(64)}`,
});

const ended = {
  terminated: { exitCode: 0, reason: 'Completed', message: unread },
};

/** What a pod's `ephemeralcontainers` take; they are no part of a pod that is created. */
export const ephemeralContainers: JsonObject[] = ['debug', 'later'].map(
  name => {
    // Neither may be given for an ephemeral container.
    const { restartPolicy, ...rest } = container(name);
    return rest;
  },
);

/**
 * Objects of Kubernetes' own kinds with every field filled that collection reads, valid for a real API server; what
 * else they hold says {@link unread}.
 */
export function filledObjects(): AppliedObject[] {
  return [
    {
      apiVersion: 'node.k8s.io/v1',
      kind: 'RuntimeClass',
      metadata: { name: 'gvisor' },
      ...{ handler: 'runsc' },
    },
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'filled', labels: { team: 'payments' } },
    },
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'filled', labels: { 'kubernetes.io/os': 'linux' } },
      spec: {
        providerID: unread,
        taints: [
          { key: 'dedicated', value: 'payments', effect: 'NoSchedule' },
          { key: 'lonely', effect: 'NoExecute' },
        ],
      },
      status: {
        conditions: [
          { type: 'DiskPressure', status: 'False', message: unread },
          { type: 'Ready', status: 'True', reason: unread },
        ],
        nodeInfo: {
          machineID: unread,
          systemUUID: unread,
          bootID: unread,
          kubeProxyVersion: unread,
          kernelVersion: '6.8.0',
          osImage: 'Debian GNU/Linux 13',
          containerRuntimeVersion: 'containerd://2.1.0',
          kubeletVersion: 'v1.36.3',
          operatingSystem: 'linux',
          architecture: 'amd64',
        },
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'bare' },
    },
    deployment,
    controller('apps/v1', 'StatefulSet', {
      selector,
      serviceName: 'payments',
      template: template('Always'),
    }),
    controller('apps/v1', 'DaemonSet', {
      selector,
      template: template('Always'),
    }),
    operatorsOwn(
      {
        ...deployment,
        spec: { ...deployment.spec, replicas: 3 },
        status: {
          replicas: 3,
          readyReplicas: 2,
          availableReplicas: 2,
          conditions: [{ type: 'Available', status: 'True', reason: unread }],
        },
      },
      'security-profiles-operator',
    ),
    operatorsOwn(
      controller('apps/v1', 'DaemonSet', {
        selector,
        template: template('Always'),
      }),
      'spod',
      {
        currentNumberScheduled: 2,
        numberMisscheduled: 0,
        desiredNumberScheduled: 2,
        numberReady: 1,
      },
    ),
    {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: {
        name: 'cilium',
        namespace: 'filled',
        ...{ generation: 1 },
      },
      spec: {
        selector,
        template: agentTemplate,
        updateStrategy: { type: 'OnDelete' },
      },
      status: {
        currentNumberScheduled: 2,
        numberMisscheduled: 0,
        desiredNumberScheduled: 3,
        numberReady: 1,
        observedGeneration: 1,
        updatedNumberScheduled: 2,
      },
    },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: {
        name: 'cilium-operator',
        namespace: 'filled',
        ...{ generation: 1 },
      },
      spec: {
        selector,
        replicas: 2,
        template: operatorTemplate,
        strategy: { type: 'Recreate' },
      },
      status: {
        observedGeneration: 1,
        replicas: 2,
        updatedReplicas: 2,
        readyReplicas: 1,
      },
    },
    controller('batch/v1', 'Job', { template: template('Never') }),
    controller('batch/v1', 'CronJob', {
      schedule: '@daily',
      jobTemplate: { spec: { template: template('Never') } },
    }),
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'payments', namespace: 'filled' },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name: 'filled',
        namespace: 'filled',
        labels: plainLabels,
        ...{ annotations, finalizers: ['example.com/keep'] },
        ownerReferences: [
          {
            apiVersion: 'apps/v1',
            kind: 'Deployment',
            name: deployment.metadata.name,
            uid: 'unknown',
            controller: true,
          },
        ],
      },
      spec: { ...podSpec, nodeName: 'filled' },
      status: {
        phase: 'Running',
        startTime: '2026-11-23T09:00:00Z',
        message: unread,
        containerStatuses: [
          containerStatus('main', {
            running: { startedAt: '2026-11-20T10:00:00Z' },
          }),
          containerStatus('bare', ended),
        ],
        initContainerStatuses: [
          containerStatus('setup', {
            running: { startedAt: '2026-11-20T09:59:00Z' },
          }),
          containerStatus('first', ended),
        ],
        ephemeralContainerStatuses: [
          containerStatus('debug', ended),
          containerStatus('later', {
            running: { startedAt: '2026-11-20T10:01:00Z' },
          }),
        ],
      },
    },
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: 'own-users', namespace: 'filled' },
      spec: {
        hostUsers: false,
        containers: [
          {
            name: 'main',
            image: 'app:1',
            securityContext: { capabilities: {} },
          },
        ],
        securityContext: {},
      },
      status: { phase: 'Pending' },
    },
  ];
}
