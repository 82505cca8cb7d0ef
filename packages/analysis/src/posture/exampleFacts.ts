import { listContainers } from '../confinement/listContainers';
import {
  ContainerSecurityContext,
  PodLevelSpec,
} from '../confinement/podSecurity';
import { DataplaneVerdict } from '../dataplane/dataplaneVerdict';
import { IndexedProfile } from '../profiles/profileIndex';
import {
  ClusterFacts,
  ContainerFacts,
  EntityFacts,
  WorkloadFacts,
} from './entityFacts';
import { Source } from './posture';

/** Facts for tests: one service "cart" in one production cluster with two nodes, all fresh, confined by RuntimeDefault. */
export function exampleFacts(
  overrides: Partial<EntityFacts> = {},
): EntityFacts {
  return {
    entity: { ref: 'component:default/cart', name: 'cart', tags: [] },
    environments: [
      { name: 'production', clusters: ['eu', 'us'], counted: true },
      { name: 'staging', clusters: ['staging'], counted: false },
    ],
    clusters: [exampleCluster()],
    workloads: [exampleWorkload()],
    matching: {
      selectors: [{ labelSelector: 'backstage.io/kubernetes-id=cart' }],
      clusters: 1,
    },
    ...overrides,
  };
}

/** A fresh cluster "eu" with the operator on both nodes. */
export function exampleCluster(
  overrides: Partial<ClusterFacts> = {},
): ClusterFacts {
  const name = overrides.name ?? 'eu';
  return {
    id: name,
    name,
    environment: 'production',
    seccompDefault: false,
    sources: exampleSources(name),
    profiles: [],
    operatorNodes: ['a', 'b'],
    operatorInstalled: 'yes',
    nodes: [{ name: 'a' }, { name: 'b' }],
    ciliumInstalled: 'yes',
    cilium: {
      versions: [{ version: '1.20.2', nodes: 2 }],
      nodesWithout: 0,
      line: { name: '1.20', state: 'maintained' },
      patchesBehind: 0,
    },
    dataplane: exampleDataplane(),
    ...overrides,
  };
}

/** A dataplane of which everything is known and good. */
export function exampleDataplane(
  overrides: Partial<DataplaneVerdict> = {},
): DataplaneVerdict {
  return {
    versions: [{ version: '1.20.2', nodes: 2 }],
    nodesWithout: 0,
    line: { name: '1.20', state: 'maintained' },
    patchesBehind: 0,
    without: [],
    notReady: [],
    notReadyTotal: 0,
    rollOut: { state: 'done', wanted: '1.20.2', because: 'all are updated' },
    operator: { state: 'same', version: '1.20.2', because: 'both are 1.20.2' },
    kernel: { state: 'fits', problems: [] },
    kubernetes: { state: 'tested', because: 'it is in the list' },
    settings: [],
    config: { state: 'live', olderAgents: 0, names: [] },
    auditMode: 'off',
    advisories: [],
    advisoryCounts: { applies: 0, maybe: 0, unknown: 0, notAffected: 0 },
    path: [],
    disagreements: [],
    feed: { releases: { state: 'fresh' }, advisories: { state: 'fresh' } },
    ...overrides,
  };
}

/** All sources that a level rests on, with some of them replaced. */
export function exampleSources(
  cluster: string,
  states: Record<string, Partial<Source>> = {},
): Source[] {
  const group = 'security-profiles-operator.x-k8s.io';
  return [
    'pods',
    'nodes',
    `seccompprofiles.${group}`,
    `selinuxprofiles.${group}`,
    `rawselinuxprofiles.${group}`,
    `apparmorprofiles.${group}`,
    `securityprofilenodestatuses.${group}`,
  ].map(resource => ({
    cluster,
    resource,
    state: 'fresh',
    since: '2026-11-23T09:00:00Z',
    lastFresh: '2026-11-23T09:00:00Z',
    ...states[resource.split('.')[0]],
  }));
}

/** A Deployment "cart" with the given containers. */
export function exampleWorkload(
  overrides: Partial<WorkloadFacts> = {},
): WorkloadFacts {
  return {
    id: 'w1',
    clusterId: 'eu',
    namespace: 'shop',
    kind: 'Deployment',
    name: 'cart',
    labels: {},
    pathPrefix: 'spec.template.spec',
    claim: 'confirmed',
    claimedByOthers: 0,
    containers: [exampleContainer()],
    ...overrides,
  };
}

/** A main container "api" in two pods on node a; RuntimeDefault and no privilege escalation unless said otherwise. */
export function exampleContainer(
  options: {
    name?: string;
    image?: string;
    securityContext?: ContainerSecurityContext;
    pod?: PodLevelSpec;
    facts?: Partial<ContainerFacts>;
  } = {},
): ContainerFacts {
  const [container] = listContainers({
    ...options.pod,
    containers: [
      {
        name: options.name ?? 'api',
        image: options.image ?? 'example.org/cart:1',
        securityContext: {
          allowPrivilegeEscalation: false,
          seccompProfile: { type: 'RuntimeDefault' },
          ...options.securityContext,
        },
        volumeMounts: options.pod?.hostPaths?.map(({ name }) => ({
          name,
          mountPath: `/host/${name}`,
        })),
      },
    ],
  });
  return {
    container,
    origin: 'declared',
    basis: 'live',
    pods: 2,
    nodes: { a: 2 },
    ...options.facts,
  };
}

/** A SeccompProfile that allows two harmless calls. */
export function exampleProfile(
  name: string,
  overrides: Partial<IndexedProfile> = {},
): IndexedProfile {
  return {
    id: `id-${name}`,
    kind: 'SeccompProfile',
    version: 'v1',
    name,
    uid: `uid-${name}`,
    spec: {
      defaultAction: 'SCMP_ACT_ERRNO',
      syscalls: [{ names: ['read', 'write'], action: 'SCMP_ACT_ALLOW' }],
    },
    ...overrides,
  };
}

/** The setting of a container that names a profile of the operator. */
export function underProfile(name: string): ContainerSecurityContext {
  return {
    seccompProfile: {
      type: 'Localhost',
      localhostProfile: `operator/${name}.json`,
    },
  };
}
