import type { JsonObject } from '@backstage/types';

/** An object that a real API server takes. */
export interface AppliedObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    ownerReferences?: JsonObject[];
  };
  spec?: JsonObject;
  status?: JsonObject;
}

const operatorGroup = 'security-profiles-operator.x-k8s.io';

/** The uid is replaced by the owner's real one when it is applied. */
function ownedBy(owner: AppliedObject | undefined) {
  return owner
    ? {
        ownerReferences: [
          {
            apiVersion: owner.apiVersion,
            kind: owner.kind,
            name: owner.metadata.name,
            uid: 'unknown',
            controller: true,
          },
        ],
      }
    : {};
}

/** The security context of a pod that asks for a profile of the operator. */
export function localhost(profile: string): JsonObject {
  return {
    securityContext: {
      seccompProfile: {
        type: 'Localhost',
        localhostProfile: `operator/${profile}.json`,
      },
    },
  };
}

/** A running pod of one container; `spec` is laid over its own. */
export function appliedPod(options: {
  name: string;
  namespace: string;
  node?: string;
  labels?: Record<string, string>;
  owner?: AppliedObject;
  spec?: JsonObject;
}): AppliedObject {
  const { name, namespace, node = 'node-a', labels = {}, owner } = options;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, labels, ...ownedBy(owner) },
    spec: {
      nodeName: node,
      containers: [{ name: 'main', image: 'app:1' }],
      ...options.spec,
    },
    status: { phase: 'Running' },
  };
}

/** A Deployment, its ReplicaSet and its pods, as a controller would have made them. */
export function appliedDeployment(options: {
  name: string;
  namespace: string;
  nodes: string[];
  labels?: Record<string, string>;
  spec?: JsonObject;
}): AppliedObject[] {
  const { name, namespace, nodes } = options;
  const labels = { app: name, ...options.labels };
  const controller = (kind: string, own: AppliedObject['metadata']) => ({
    apiVersion: 'apps/v1',
    kind,
    metadata: { ...own, namespace, labels },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels },
        spec: {
          containers: [{ name: 'main', image: 'app:1' }],
          ...options.spec,
        },
      },
    },
  });
  const deployment = controller('Deployment', { name });
  const replicaSet = controller('ReplicaSet', {
    name: `${name}-1`,
    ...ownedBy(deployment),
  });
  return [
    deployment,
    replicaSet,
    ...nodes.map((node, index) =>
      appliedPod({
        name: `${name}-1-${index}`,
        namespace,
        node,
        labels,
        owner: replicaSet,
        spec: options.spec,
      }),
    ),
  ];
}

/** A ready node. */
export function appliedNode(name: string): AppliedObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels: { 'kubernetes.io/os': 'linux' } },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

/** A node that runs the operator's daemon, with the daemon's pod. */
export function servedNode(name: string): AppliedObject[] {
  return [
    appliedNode(name),
    appliedPod({
      name: `spod-${name}`,
      namespace: 'security-profiles-operator',
      node: name,
      labels: { app: 'security-profiles-operator', name: 'spod' },
    }),
  ];
}

/** A SeccompProfile that allows the syscalls, and is installed on the nodes. */
export function appliedProfile(options: {
  name: string;
  allows: string[];
  nodes?: string[];
}): AppliedObject[] {
  const { name, allows, nodes = [] } = options;
  const profile: AppliedObject = {
    apiVersion: `${operatorGroup}/v1`,
    kind: 'SeccompProfile',
    metadata: { name },
    spec: {
      defaultAction: 'SCMP_ACT_ERRNO',
      syscalls: [{ action: 'SCMP_ACT_ALLOW', names: allows }],
    },
  };
  return [
    profile,
    ...nodes.map(node => ({
      apiVersion: `${operatorGroup}/v1`,
      kind: 'SecurityProfileNodeStatus',
      metadata: {
        name: `${name}-${node}`,
        labels: {
          'spo.x-k8s.io/profile-id': `SeccompProfile-${name}`,
          'spo.x-k8s.io/profile-kind': 'SeccompProfile',
          'spo.x-k8s.io/node-name': node,
          'spo.x-k8s.io/profile-state': 'Installed',
        },
        ...ownedBy(profile),
      },
      spec: { nodeName: node },
      status: { status: 'Installed' },
    })),
  ];
}
