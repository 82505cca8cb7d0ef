import type {
  CollectedCluster,
  CollectedNode,
  CollectedProfile,
  CollectedSource,
  CollectedWorkload,
  InventoryChanges,
} from '../facts/CollectedFacts';
import { emptyChanges } from '../facts/emptyChanges';
import { contentHash, profileId, workloadId } from '../facts/ids';

/** A cluster of one environment. */
export function collectedCluster(
  name: string,
  fields: Partial<CollectedCluster> = {},
): CollectedCluster {
  return {
    id: `id-${name}`,
    name,
    type: 'manifests',
    environment: 'production',
    ...fields,
  };
}

/** Changes with nothing in them but what is given. */
export function inventoryChanges(
  changes: Partial<InventoryChanges> = {},
): InventoryChanges {
  return { ...emptyChanges(), ...changes };
}

/** A Deployment of two pods with one plain container. */
export function collectedWorkload(
  clusterId: string,
  name: string,
  fields: Partial<CollectedWorkload> & {
    labels?: Record<string, string>;
    seccompProfile?: string;
  } = {},
): CollectedWorkload {
  const { labels, seccompProfile, ...rest } = fields;
  const identity = {
    apiGroup: 'apps',
    kind: 'Deployment',
    namespace: rest.namespace ?? 'shop',
    name,
  };
  const content = {
    ...identity,
    labelSets: labels ? [labels] : [],
    pathPrefix: 'spec.template.spec',
    pods: 2,
    containers: [
      {
        container: {
          name: 'main',
          type: 'main' as const,
          image: 'registry.example/app:1',
          ...(seccompProfile
            ? {
                securityContext: {
                  seccompProfile: {
                    type: 'Localhost',
                    localhostProfile: seccompProfile,
                  },
                },
              }
            : {}),
          pod: {},
        },
        origin: 'declared' as const,
        basis: 'live' as const,
        pods: 2,
        nodes: { 'node-a': 2 },
      },
    ],
    ...rest,
  };
  return {
    id: workloadId(clusterId, identity),
    ...content,
    contentHash: contentHash(content),
  };
}

/** A SeccompProfile that allows `read`, installed on node-a. */
export function collectedProfile(
  clusterId: string,
  name: string,
  fields: {
    spec?: Record<string, unknown>;
    nodeStates?: Record<string, string>;
  } = {},
): CollectedProfile {
  return {
    id: profileId(clusterId, { kind: 'SeccompProfile', name }),
    object: {
      kind: 'SeccompProfile',
      version: 'v1',
      name,
      uid: `uid-${name}`,
      spec: {
        defaultAction: 'SCMP_ACT_ERRNO',
        syscalls: [{ action: 'SCMP_ACT_ALLOW', names: ['read'] }],
        ...fields.spec,
      },
    },
    nodeStates: fields.nodeStates ?? { 'node-a': 'Installed' },
  };
}

/** A ready node that the operator serves. */
export function collectedNode(
  name: string,
  fields: Partial<CollectedNode> = {},
): CollectedNode {
  return {
    name,
    labels: {},
    taints: [],
    ready: 'yes',
    spo: 'served',
    ...fields,
  };
}

/** A source that was read at the given time. */
export function collectedSource(
  resource: string,
  fields: Partial<CollectedSource> = {},
): CollectedSource {
  return {
    resource,
    state: 'fresh',
    since: '2026-11-23T09:00:00.000Z',
    lastFresh: '2026-11-23T09:00:00.000Z',
    count: 1,
    ...fields,
  };
}
