const podsPerWorkload = 20;
const writers = 16;
const namespaces = 50;
const operatorGroup = 'security-profiles-operator.x-k8s.io';

const numbers = count => Array.from({ length: count }, (_, index) => index);
const namespaceOf = workload => `team-${workload % namespaces}`;

/** Name of the entity, and of the annotation's value, of a workload. */
export const serviceOf = workload => `service-${workload}`;

/** Where a pod of a workload is read and written. */
export function podPath({ workload, pod }) {
  return `/api/v1/namespaces/${namespaceOf(workload)}/pods/${podName(
    workload,
    pod,
  )}`;
}

function podName(workload, pod) {
  return `${serviceOf(workload)}-5d4f8c7b6-${String(pod).padStart(5, '0')}`;
}

function container(name, workload) {
  return {
    name,
    image: `registry.example/${serviceOf(workload)}/${name}:1.0.${workload}`,
    // What makes pods large, and what nobody needs: its values, and the server's notes on who wrote them.
    env: numbers(30).map(index => ({
      name: `SETTING_NUMBER_${index}_OF_${name.toUpperCase()}`,
      value: `https://setting-${index}.internal.example/${'x'.repeat(40)}`,
    })),
    args: ['--config=/etc/app/config.yaml', '--verbose'],
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      seccompProfile: {
        type: 'Localhost',
        localhostProfile: `operator/profile-${workload % 20}.json`,
      },
    },
  };
}

function podSpec(workload) {
  return {
    containers: [container('app', workload), container('proxy', workload)],
  };
}

/** The small cluster of a measurement: Deployments with their ReplicaSets and pods, nodes, profiles and their states. */
export class Objects {
  #envtest;

  constructor({ envtest }) {
    this.#envtest = envtest;
    this.pods = 0;
    this.workloads = 0;
  }

  async prepare({ nodes, profiles }) {
    await this.#all(numbers(namespaces), index =>
      this.#post('/api/v1/namespaces', {
        metadata: { name: `team-${index}` },
      }),
    );
    await this.addNodes(nodes);
    await this.addProfiles({ profiles, nodes: 0 });
  }

  async addNodes(nodes) {
    await this.#all(numbers(nodes), index =>
      this.#post('/api/v1/nodes', {
        metadata: {
          name: `node-${index}`,
          labels: { 'kubernetes.io/os': 'linux' },
        },
      }),
    );
  }

  async addProfiles({ profiles, nodes, from = 0 }) {
    await this.#all(numbers(profiles), async index => {
      const name = `profile-${from + index}`;
      const { body } = await this.#post(
        `/apis/${operatorGroup}/v1/seccompprofiles`,
        {
          apiVersion: `${operatorGroup}/v1`,
          kind: 'SeccompProfile',
          metadata: { name },
          spec: {
            defaultAction: 'SCMP_ACT_ERRNO',
            syscalls: [
              { action: 'SCMP_ACT_ALLOW', names: ['read', 'write', 'openat'] },
            ],
          },
        },
      );
      for (const node of numbers(nodes)) {
        await this.#post(
          `/apis/${operatorGroup}/v1/namespaces/default/securityprofilenodestatuses`,
          {
            apiVersion: `${operatorGroup}/v1`,
            kind: 'SecurityProfileNodeStatus',
            metadata: {
              name: `${name}-node-${node}`,
              labels: {
                'spo.x-k8s.io/profile-id': `SeccompProfile-${name}`,
                'spo.x-k8s.io/node-name': `node-${node}`,
                'spo.x-k8s.io/profile-state': 'Installed',
              },
              ownerReferences: [
                {
                  apiVersion: `${operatorGroup}/v1`,
                  kind: 'SeccompProfile',
                  name,
                  uid: body.metadata.uid,
                },
              ],
            },
            spec: { nodeName: `node-${node}` },
            status: { status: 'Installed' },
          },
        );
      }
    });
  }

  /** Goes on until there are so many pods. */
  async growTo(pods, { nodes }) {
    const missing = Math.ceil((pods - this.pods) / podsPerWorkload);
    const first = this.workloads;
    await this.#all(numbers(missing), index =>
      this.#workload(first + index, nodes),
    );
    this.workloads += missing;
    this.pods += missing * podsPerWorkload;
  }

  async changeImage({ workload, pod, image }) {
    await this.#envtest.request(
      'PATCH',
      podPath({ workload, pod }),
      { spec: { containers: [{ name: 'app', image }] } },
      { contentType: 'application/strategic-merge-patch+json' },
    );
  }

  async #workload(workload, nodes) {
    const name = serviceOf(workload);
    const namespace = namespaceOf(workload);
    const labels = { app: name, 'backstage.io/kubernetes-id': name };
    const template = { metadata: { labels }, spec: podSpec(workload) };
    const owned = (kind, owner) => ({
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind,
          name: owner.metadata.name,
          uid: owner.metadata.uid,
          controller: true,
        },
      ],
    });
    const spec = { selector: { matchLabels: { app: name } }, template };
    const path = `/apis/apps/v1/namespaces/${namespace}`;
    const { body: deployment } = await this.#post(`${path}/deployments`, {
      metadata: { name, labels },
      spec,
    });
    const { body: replicaSet } = await this.#post(`${path}/replicasets`, {
      metadata: {
        name: `${name}-5d4f8c7b6`,
        labels,
        ...owned('Deployment', deployment),
      },
      spec,
    });
    for (const pod of numbers(podsPerWorkload)) {
      await this.#post(`/api/v1/namespaces/${namespace}/pods`, {
        metadata: {
          name: podName(workload, pod),
          labels: { ...labels, 'pod-template-hash': '5d4f8c7b6' },
          ...owned('ReplicaSet', replicaSet),
        },
        spec: {
          ...podSpec(workload),
          nodeName: `node-${(workload * podsPerWorkload + pod) % nodes}`,
        },
      });
    }
  }

  #post(path, body) {
    return this.#envtest.request('POST', path, body);
  }

  async #all(items, work) {
    let next = 0;
    await Promise.all(
      numbers(writers).map(async () => {
        while (next < items.length) {
          next += 1;
          await work(items[next - 1]);
        }
      }),
    );
  }
}
