import type { KubernetesObject } from '../clusters/ClusterSource';
import { deployment, pod } from './kubernetesObjects';

/** Stands in every value that must never be kept. */
export const plantedSecret = 'hunter2-planted-secret';

const secretEnvironment = [
  { name: 'PASSWORD', value: plantedSecret },
  { name: plantedSecret, valueFrom: { secretKeyRef: { name: 'x', key: 'y' } } },
  {
    name: 'TOKEN',
    valueFrom: { secretKeyRef: { name: plantedSecret, key: plantedSecret } },
  },
];
const secretProbe = {
  exec: { command: ['sh', '-c', `check ${plantedSecret}`] },
  httpGet: {
    path: `/${plantedSecret}`,
    host: plantedSecret,
    httpHeaders: [{ name: 'Authorization', value: plantedSecret }],
  },
};

function secretContainer(name: string): Record<string, unknown> {
  return {
    name,
    image: 'registry.example/app:1',
    command: ['sh', '-c', `login ${plantedSecret}`],
    args: [`--password=${plantedSecret}`],
    workingDir: `/${plantedSecret}`,
    env: secretEnvironment,
    envFrom: [
      { secretRef: { name: plantedSecret } },
      { configMapRef: { name: plantedSecret } },
    ],
    livenessProbe: secretProbe,
    readinessProbe: secretProbe,
    startupProbe: secretProbe,
    lifecycle: { preStop: secretProbe, postStart: secretProbe },
    ports: [{ name: plantedSecret, containerPort: 80 }],
    volumeMounts: [
      { name: 'credentials', mountPath: `/${plantedSecret}` },
      { name: 'socket', mountPath: '/host/docker.sock' },
    ],
    volumeDevices: [{ name: plantedSecret, devicePath: plantedSecret }],
    terminationMessagePath: plantedSecret,
  };
}

const secretSpec = {
  initContainers: [secretContainer('setup')],
  containers: [secretContainer('main')],
  ephemeralContainers: [secretContainer('debug')],
  imagePullSecrets: [{ name: plantedSecret }],
  hostAliases: [{ ip: '127.0.0.1', hostnames: [plantedSecret] }],
  hostname: plantedSecret,
  subdomain: plantedSecret,
  dnsConfig: { searches: [plantedSecret] },
  affinity: { nodeAffinity: { preferred: [plantedSecret] } },
  volumes: [
    { name: 'credentials', secret: { secretName: plantedSecret } },
    { name: plantedSecret, configMap: { name: plantedSecret } },
    { name: 'projected', projected: { sources: [{ secret: plantedSecret }] } },
    { name: 'csi', csi: { driver: 'x', volumeAttributes: { plantedSecret } } },
    { name: 'nfs', nfs: { server: plantedSecret, path: plantedSecret } },
    { name: 'socket', hostPath: { path: '/var/run/docker.sock' } },
  ],
};
const secretAnnotations = {
  'kubectl.kubernetes.io/last-applied-configuration': `{"env":"${plantedSecret}"}`,
  'vault.example/token': plantedSecret,
};
const secretStatus = {
  message: plantedSecret,
  reason: plantedSecret,
  containerStatuses: [
    {
      name: 'main',
      state: { terminated: { message: plantedSecret } },
      lastState: { terminated: { message: plantedSecret } },
    },
  ],
};

/** A pod with a secret in every place that a pod has for one, and the host's Docker socket. */
export function podFullOfSecrets(options: {
  owner?: KubernetesObject;
  labels?: Record<string, string>;
}): KubernetesObject {
  return pod({
    name: 'cart-1',
    annotations: secretAnnotations,
    ...options,
    spec: secretSpec,
    status: secretStatus,
  });
}

/** A Deployment with a secret in every place of its template. */
export function deploymentFullOfSecrets(
  labels: Record<string, string> = {},
): KubernetesObject {
  const object = deployment({
    name: 'cart',
    labels,
    annotations: secretAnnotations,
  });
  return {
    ...object,
    spec: {
      template: {
        metadata: { labels, annotations: secretAnnotations },
        spec: secretSpec,
      },
    },
    status: { conditions: [{ message: plantedSecret }] },
  };
}
