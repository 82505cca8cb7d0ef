import type { KubernetesObject } from '../clusters/ClusterSource';

/** What the builders take; everything has a default that fits the others'. */
export interface ObjectFields {
  name: string;
  namespace?: string;
  uid?: string;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  owner?: KubernetesObject;
}

/** Further fields of a pod. */
export interface PodFields extends ObjectFields {
  node?: string;
  phase?: string;
  spec?: Record<string, unknown>;
  status?: Record<string, unknown>;
}

/** Further fields of an object with a pod template. */
export interface ControllerFields extends ObjectFields {
  templateLabels?: Record<string, string>;
  templateSpec?: Record<string, unknown>;
}

/** One container that asks for nothing special. */
export const plainContainer = { name: 'main', image: 'registry.example/app:1' };

function object(
  apiVersion: string,
  kind: string,
  fields: ObjectFields,
): KubernetesObject {
  const { name, labels, annotations, owner } = fields;
  return {
    apiVersion,
    kind,
    metadata: {
      name,
      ...(fields.namespace === undefined
        ? {}
        : { namespace: fields.namespace }),
      uid:
        fields.uid ??
        `uid-${kind}-${fields.namespace ?? ''}-${name}`.toLocaleLowerCase(
          'en-US',
        ),
      ...(labels ? { labels } : {}),
      ...(annotations ? { annotations } : {}),
      ...(owner
        ? {
            ownerReferences: [
              {
                apiVersion: owner.apiVersion,
                kind: owner.kind!,
                name: owner.metadata.name,
                uid: owner.metadata.uid!,
                controller: true,
              },
            ],
          }
        : {}),
    },
  };
}

const inShop = <T extends ObjectFields>(fields: T): T => ({
  namespace: 'shop',
  ...fields,
});

function template(fields: ControllerFields) {
  return {
    metadata: { labels: fields.templateLabels ?? {} },
    spec: { containers: [plainContainer], ...fields.templateSpec },
  };
}

/** A running pod on node-a. */
export function pod(fields: PodFields): KubernetesObject {
  return {
    ...object('v1', 'Pod', inShop(fields)),
    spec: {
      nodeName: fields.node ?? 'node-a',
      containers: [plainContainer],
      ...fields.spec,
    },
    status: { phase: fields.phase ?? 'Running', ...fields.status },
  };
}

/** A Deployment. */
export function deployment(fields: ControllerFields): KubernetesObject {
  return {
    ...object('apps/v1', 'Deployment', inShop(fields)),
    spec: { template: template(fields) },
  };
}

/** A ReplicaSet. */
export function replicaSet(fields: ControllerFields): KubernetesObject {
  return {
    ...object('apps/v1', 'ReplicaSet', inShop(fields)),
    spec: { template: template(fields) },
  };
}

/** A Job. */
export function job(fields: ControllerFields): KubernetesObject {
  return {
    ...object('batch/v1', 'Job', inShop(fields)),
    spec: { template: template(fields) },
  };
}

/** A CronJob. */
export function cronJob(fields: ControllerFields): KubernetesObject {
  return {
    ...object('batch/v1', 'CronJob', inShop(fields)),
    spec: { jobTemplate: { spec: { template: template(fields) } } },
  };
}

/** An object of a kind that collection does not read. */
export function customObject(
  apiVersion: string,
  kind: string,
  fields: ObjectFields,
): KubernetesObject {
  return object(apiVersion, kind, inShop(fields));
}

/** A ready node. */
export function node(fields: ObjectFields): KubernetesObject {
  return {
    ...object('v1', 'Node', fields),
    status: {
      conditions: [{ type: 'Ready', status: 'True' }],
      nodeInfo: { kernelVersion: '6.8.0', kubeletVersion: 'v1.33.1' },
    },
  };
}

/** A namespace. */
export function namespace(fields: ObjectFields): KubernetesObject {
  return object('v1', 'Namespace', fields);
}

/** A cluster-scoped SeccompProfile that allows `read` and what is given. */
export function seccompProfile(
  fields: ObjectFields & { spec?: Record<string, unknown> },
): KubernetesObject {
  return {
    ...object(
      'security-profiles-operator.x-k8s.io/v1',
      'SeccompProfile',
      fields,
    ),
    spec: {
      defaultAction: 'SCMP_ACT_ERRNO',
      syscalls: [{ action: 'SCMP_ACT_ALLOW', names: ['read'] }],
      ...fields.spec,
    },
  };
}

/** The operator's word on one profile on one node. */
export function nodeStatus(fields: {
  profile: KubernetesObject;
  node: string;
  state?: string;
}): KubernetesObject {
  const { profile } = fields;
  return object(
    'security-profiles-operator.x-k8s.io/v1',
    'SecurityProfileNodeStatus',
    {
      name: `${profile.metadata.name}-${fields.node}`,
      namespace: 'security-profiles-operator',
      owner: profile,
      labels: {
        'spo.x-k8s.io/profile-id': `${profile.kind}-${profile.metadata.name}`,
        'spo.x-k8s.io/node-name': fields.node,
        'spo.x-k8s.io/profile-state': fields.state ?? 'Installed',
      },
    },
  );
}
