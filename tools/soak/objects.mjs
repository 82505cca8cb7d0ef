const operatorGroup = 'security-profiles-operator.x-k8s.io';
const operatorApi = `/apis/${operatorGroup}/v1`;
const nodes = ['node-a', 'node-b', 'node-c', 'node-d', 'node-e'];
const namespaces = Array.from({ length: 20 }, (_, i) => `team-${i}`);
const deployments = 100;
const podsByThemselves = 100;
const profiles = 20;
const syscalls = ['read', 'write', 'openat', 'close', 'socket', 'connect'];

/** The objects of a small cluster, and random changes to them. A change that the server refuses is counted. */
export class Objects {
  made = 0;
  refused = 0;
  #envtest;
  #next;
  #services;

  constructor({ envtest, next, services }) {
    this.#envtest = envtest;
    this.#next = next;
    this.#services = services;
  }

  async create() {
    const indexes = count => Array.from({ length: count }, (_, i) => i);
    await this.#envtest.applyManifests([
      ...nodes.map(name => ({
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name, labels: { 'kubernetes.io/os': 'linux' } },
        status: { conditions: [{ type: 'Ready', status: 'True' }] },
      })),
      ...nodes.map(name => ({
        ...this.#pod(`spod-${name}`, 'security-profiles-operator', {
          app: 'security-profiles-operator',
          name: 'spod',
        }),
        spec: { nodeName: name, containers: [{ name: 'spod', image: 'spod' }] },
      })),
      ...indexes(profiles).map(i => this.#profile(i)),
      ...indexes(profiles).flatMap(i =>
        nodes.slice(0, 1 + (i % nodes.length)).map(n => this.#nodeStatus(i, n)),
      ),
      ...indexes(deployments).flatMap(i => this.#deployment(i)),
      ...indexes(podsByThemselves).map(i => this.#singlePod(i)),
    ]);
  }

  /** One change; one that fails, as when the server is down, is left out. */
  async change() {
    const changes = [
      () => this.#replacePod(),
      () => this.#replacePod(),
      () => this.#relabelPod(),
      () => this.#relabelPod(),
      () => this.#editProfile(),
      () => this.#toggleNodeStatus(),
      () => this.#toggleDeployment(),
      () => this.#editTemplate(),
    ];
    try {
      await this.#pick(changes)();
      this.made += 1;
    } catch {
      this.refused += 1;
    }
  }

  #pick(list) {
    return list[Math.floor(this.#next() * list.length)];
  }

  #index(count) {
    return Math.floor(this.#next() * count);
  }

  #seccomp() {
    const profile = `operator/profile-${this.#index(profiles)}.json`;
    return this.#pick([
      undefined,
      { type: 'RuntimeDefault' },
      { type: 'Unconfined' },
      { type: 'Localhost', localhostProfile: profile },
    ]);
  }

  #podSpec() {
    const seccompProfile = this.#seccomp();
    return {
      nodeName: this.#pick(nodes),
      ...(seccompProfile && { securityContext: { seccompProfile } }),
      containers: [{ name: 'app', image: `app:${this.#index(1000)}` }],
    };
  }

  #pod(name, namespace, labels, owner) {
    return {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace,
        labels,
        ...(owner && { ownerReferences: [owner] }),
      },
      spec: this.#podSpec(),
      status: { phase: 'Running' },
    };
  }

  #singlePod(i) {
    return this.#pod(`single-${i}`, namespaces[i % namespaces.length], {
      'backstage.io/kubernetes-id': `service-${i % this.#services}`,
      change: String(this.made),
    });
  }

  #deployment(i) {
    const namespace = namespaces[i % namespaces.length];
    const labels = {
      'backstage.io/kubernetes-id': `service-${i % this.#services}`,
      app: `app-${i}`,
    };
    const owner = (apiVersion, kind, name) => ({
      apiVersion,
      kind,
      name,
      // Replaced by the real one when it is applied.
      uid: 'unknown',
      controller: true,
    });
    const { nodeName, ...template } = this.#podSpec();
    const workload = (kind, name, owners) => ({
      apiVersion: 'apps/v1',
      kind,
      metadata: { name, namespace, labels, ownerReferences: owners },
      spec: {
        selector: { matchLabels: { app: `app-${i}` } },
        template: { metadata: { labels }, spec: template },
      },
    });
    return [
      workload('Deployment', `app-${i}`, []),
      workload('ReplicaSet', `app-${i}-1`, [
        owner('apps/v1', 'Deployment', `app-${i}`),
      ]),
      ...[1, 2].map(n =>
        this.#pod(
          `app-${i}-1-${n}`,
          namespace,
          labels,
          owner('apps/v1', 'ReplicaSet', `app-${i}-1`),
        ),
      ),
    ];
  }

  #profile(i) {
    const names = syscalls.filter(() => this.#next() < 0.7);
    return {
      apiVersion: `${operatorGroup}/v1`,
      kind: 'SeccompProfile',
      metadata: { name: `profile-${i}` },
      spec: {
        defaultAction: 'SCMP_ACT_ERRNO',
        syscalls: [
          { action: 'SCMP_ACT_ALLOW', names: ['exit_group', ...names] },
        ],
      },
    };
  }

  #nodeStatus(i, node) {
    const name = `profile-${i}`;
    return {
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
        ownerReferences: [
          {
            apiVersion: `${operatorGroup}/v1`,
            kind: 'SeccompProfile',
            name,
            uid: 'unknown',
            controller: true,
          },
        ],
      },
      spec: { nodeName: node },
      status: { status: 'Installed' },
    };
  }

  async #replacePod() {
    const pod = this.#singlePod(this.#index(podsByThemselves));
    const { namespace, name } = pod.metadata;
    await this.#remove(`/api/v1/namespaces/${namespace}/pods/${name}`);
    await this.#envtest.applyManifests([pod]);
  }

  async #relabelPod() {
    const i = this.#index(podsByThemselves);
    const namespace = namespaces[i % namespaces.length];
    await this.#envtest.request(
      'PATCH',
      `/api/v1/namespaces/${namespace}/pods/single-${i}`,
      { metadata: { labels: { change: String(this.made) } } },
    );
  }

  async #editProfile() {
    await this.#envtest.applyManifests([this.#profile(this.#index(profiles))]);
  }

  async #toggleNodeStatus() {
    const i = this.#index(profiles);
    const node = this.#pick(nodes);
    const path = `${operatorApi}/securityprofilenodestatuses/profile-${i}-${node}`;
    if ((await this.#remove(path)) === 404) {
      await this.#envtest.applyManifests([this.#nodeStatus(i, node)]);
    }
  }

  async #toggleDeployment() {
    const i = this.#index(deployments);
    const namespace = namespaces[i % namespaces.length];
    const apps = `/apis/apps/v1/namespaces/${namespace}`;
    const found = await this.#remove(`${apps}/deployments/app-${i}`);
    if (found === 404) {
      await this.#envtest.applyManifests(this.#deployment(i));
      return;
    }
    // Nobody collects what a Deployment leaves behind: no controllers run.
    await this.#remove(`${apps}/replicasets/app-${i}-1`);
    for (const n of [1, 2]) {
      await this.#remove(
        `/api/v1/namespaces/${namespace}/pods/app-${i}-1-${n}`,
      );
    }
  }

  async #editTemplate() {
    const i = this.#index(deployments);
    await this.#envtest.request(
      'PATCH',
      `/apis/apps/v1/namespaces/${
        namespaces[i % namespaces.length]
      }/deployments/app-${i}`,
      {
        spec: {
          template: {
            metadata: { annotations: { change: String(this.made) } },
          },
        },
      },
    );
  }

  async #remove(path) {
    const { status } = await this.#envtest.request(
      'DELETE',
      `${path}?gracePeriodSeconds=0&propagationPolicy=Background`,
      undefined,
      { onError: 'return' },
    );
    if (status >= 400 && status !== 404) throw new Error(`status ${status}`);
    return status;
  }
}
