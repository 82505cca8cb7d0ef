/** What a cluster holds, one line an object, in the order of the lines. */
export interface FullList {
  workloads: string[];
  profiles: string[];
  nodes: string[];
}

/** As much of an object as is looked at here. */
interface ListedObject {
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    uid: string;
    labels?: Record<string, string>;
    ownerReferences?: {
      kind: string;
      name: string;
      uid: string;
      controller?: boolean;
    }[];
  };
  spec?: {
    nodeName?: string;
    baseProfileName?: string;
    defaultAction?: string;
    syscalls?: { action: string; names: string[] }[];
  };
  status?: { phase?: string };
}

const operatorApi = '/apis/security-profiles-operator.x-k8s.io/v1';
const controllers = {
  Deployment: '/apis/apps/v1/deployments',
  ReplicaSet: '/apis/apps/v1/replicasets',
  StatefulSet: '/apis/apps/v1/statefulsets',
  DaemonSet: '/apis/apps/v1/daemonsets',
  Job: '/apis/batch/v1/jobs',
  CronJob: '/apis/batch/v1/cronjobs',
};
/** A ReplicaSet is shown while it has pods; the others always. */
const standing = ['Deployment', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];
/** The longest list of missing nodes that the HTTP API gives. */
const longestMissing = 20;

/**
 * Lists a cluster anew and works out, without any code of the product, what the portal has to show.
 *
 * @param get - answers the body for a path of the Kubernetes API, as an administrator
 */
export async function listCluster(
  get: (path: string) => Promise<any>,
): Promise<FullList> {
  const list = async (path: string, kind: string) => {
    const items: ListedObject[] = [];
    let token: string | undefined;
    do {
      const body = await get(
        `${path}?limit=500${
          token ? `&continue=${encodeURIComponent(token)}` : ''
        }`,
      );
      items.push(...body.items.map((item: object) => ({ ...item, kind })));
      token = body.metadata.continue;
    } while (token);
    return items;
  };
  const pods = await list('/api/v1/pods', 'Pod');
  const owners = new Map<string, ListedObject>();
  for (const [kind, path] of Object.entries(controllers)) {
    for (const object of await list(path, kind)) {
      owners.set(object.metadata.uid, object);
    }
  }
  const nodes = await list('/api/v1/nodes', 'Node');
  const profiles = await list(
    `${operatorApi}/seccompprofiles`,
    'SeccompProfile',
  );
  const statuses = await list(
    `${operatorApi}/securityprofilenodestatuses`,
    'SecurityProfileNodeStatus',
  );
  return {
    workloads: workloadLines(pods, owners),
    profiles: profileLines(profiles, statuses, pods),
    nodes: nodes.map(({ metadata }) => metadata.name).sort(),
  };
}

function workloadLines(
  pods: ListedObject[],
  owners: Map<string, ListedObject>,
): string[] {
  const ownerOf = ({ metadata: { ownerReferences = [] } }: ListedObject) =>
    owners.get(
      (
        ownerReferences.find(reference => reference.controller) ??
        ownerReferences[0]
      )?.uid,
    );
  const topOf = (object: ListedObject): ListedObject => {
    const owner = ownerOf(object);
    return owner ? topOf(owner) : object;
  };
  const counts = new Map<ListedObject, number>();
  for (const owner of owners.values()) {
    if (standing.includes(owner.kind) && !ownerOf(owner)) {
      counts.set(owner, 0);
    }
  }
  for (const pod of pods) {
    if (['Pending', 'Running'].includes(pod.status?.phase ?? '')) {
      const top = topOf(pod);
      counts.set(top, (counts.get(top) ?? 0) + 1);
    }
  }
  return [...counts]
    .map(([{ kind, metadata }, count]) =>
      workloadLine({
        namespace: metadata.namespace ?? '',
        kind,
        name: metadata.name,
        pods: count,
        // Only of a pod by itself is it plain which labels are shown.
        labels: kind === 'Pod' ? metadata.labels : undefined,
      }),
    )
    .sort();
}

function workloadLine(workload: {
  namespace: string;
  kind: string;
  name: string;
  pods: number;
  labels?: Record<string, string>;
}): string {
  const { namespace, kind, name, pods, labels = {} } = workload;
  return `${namespace} ${kind} ${name} pods ${pods} labels ${JSON.stringify(
    Object.entries(kind === 'Pod' ? labels : {}).sort(),
  )}`;
}

function profileLines(
  profiles: ListedObject[],
  statuses: ListedObject[],
  pods: ListedObject[],
): string[] {
  const served = new Set(
    pods
      .filter(
        ({ metadata: { labels } }) =>
          labels?.app === 'security-profiles-operator' &&
          labels.name === 'spod',
      )
      .flatMap(({ spec }) => spec?.nodeName ?? []),
  );
  return profiles
    .map(({ kind, metadata: { name, uid }, spec }) => {
      const installed = new Set(
        statuses
          .filter(
            ({ metadata }) =>
              metadata.labels?.['spo.x-k8s.io/profile-state'] === 'Installed' &&
              metadata.ownerReferences?.some(owner => owner.uid === uid),
          )
          .map(
            ({ metadata }) => metadata.labels?.['spo.x-k8s.io/node-name'] ?? '',
          ),
      );
      const missing = [...served].filter(node => !installed.has(node)).sort();
      const allowed = new Set(
        (spec?.syscalls ?? [])
          .filter(({ action }) => action === 'SCMP_ACT_ALLOW')
          .flatMap(({ names }) => names),
      );
      return profileLine({
        kind,
        name,
        resolution: spec?.baseProfileName ? 'base-chain' : 'own',
        allows: spec?.defaultAction === 'SCMP_ACT_ALLOW' ? null : allowed.size,
        installed: {
          nodes: served.size - missing.length,
          of: served.size,
          missing,
        },
      });
    })
    .sort();
}

function profileLine(profile: {
  kind: string;
  name: string;
  resolution: string;
  allows?: number | null;
  installed: { nodes: number; of: number; missing: string[] };
}): string {
  const { kind, name, resolution, allows, installed } = profile;
  return `${kind} ${name} on ${installed.nodes} of ${
    installed.of
  }, missing ${installed.missing.slice(0, longestMissing)}${
    // With a base, more than its own spec counts.
    resolution === 'own' ? `, allows ${allows}` : ''
  }`;
}

/**
 * What the portal shows of a cluster, in the lines of {@link listCluster}.
 *
 * @param getAll - answers every item of a list of the HTTP API
 */
export async function listPortal(
  getAll: (path: string) => Promise<any[]>,
  clusterId: string,
): Promise<FullList> {
  const query = `clusterId=${encodeURIComponent(clusterId)}`;
  const workloads = await getAll(`/workloads?${query}`);
  const profiles = await getAll(`/profiles?${query}&kind=SeccompProfile`);
  const nodes = await getAll(
    `/clusters/${encodeURIComponent(clusterId)}/nodes`,
  );
  return {
    workloads: workloads.map(workloadLine).sort(),
    profiles: profiles.map(profileLine).sort(),
    nodes: nodes.map(({ name }) => name).sort(),
  };
}
