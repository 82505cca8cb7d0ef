import {
  cronJob,
  node,
  pod,
  replicaSet,
} from '../../testing/kubernetesObjects';
import {
  deploymentFullOfSecrets,
  plantedSecret,
  podFullOfSecrets,
} from '../../testing/podFullOfSecrets';
import { projectNode } from './projectNode';
import { projectOwner, projectPod } from './projectPod';
import { projectNodeStatus, projectProfile } from './projectProfile';
import { projectController, projectOwnerOnly } from './projectWorkload';

const asDeployment = { apiGroup: 'apps', kind: 'Deployment' };

describe('What is kept of a pod', () => {
  it('holds no environment, argument, command, probe or volume, wherever a secret stands', () => {
    const object = podFullOfSecrets({});
    expect(JSON.stringify(object)).toContain(plantedSecret);
    expect(JSON.stringify(projectPod(object))).not.toContain(plantedSecret);
  });

  it('names no part of a pod that may hold a secret', () => {
    const kept = new Set<string>();
    JSON.stringify(projectPod(podFullOfSecrets({})), (key, value) => {
      kept.add(key);
      return value;
    });
    for (const key of ['env', 'envFrom', 'args', 'command', 'livenessProbe']) {
      expect([...kept]).not.toContain(key);
    }
  });

  it.each<[string, object, string | undefined]>([
    ['without an audience', { path: 'token' }, 'mounted'],
    [
      'for the API by its name',
      { path: 'token', audience: 'https://kubernetes.default.svc' },
      'mounted',
    ],
    ['for somebody else', { path: 'token', audience: 'vault' }, undefined],
  ])(
    'holds that a token %s is mounted, and not its volume, whose name differs from pod to pod',
    (_, serviceAccountToken, apiToken) => {
      const { spec } = projectPod(
        pod({
          name: 'cart',
          spec: {
            volumes: [
              {
                name: 'kube-api-access-x7k2p',
                projected: { sources: [{ serviceAccountToken }] },
              },
            ],
            containers: [
              {
                name: 'main',
                image: 'a',
                volumeMounts: [
                  { name: 'kube-api-access-x7k2p', mountPath: '/token' },
                ],
              },
              { name: 'without', image: 'a' },
            ],
          },
        }),
      );
      expect(spec.containers.map(one => one.apiToken)).toEqual([
        apiToken,
        undefined,
      ]);
      expect(JSON.stringify(spec)).not.toContain('x7k2p');
    },
  );

  it('holds host paths and the mounts of them', () => {
    const { spec } = projectPod(podFullOfSecrets({}));
    expect(spec.hostPaths).toEqual([
      { name: 'socket', path: '/var/run/docker.sock' },
    ]);
    expect(spec.containers[0].volumeMounts).toEqual([
      { name: 'socket', mountPath: '/host/docker.sock' },
    ]);
  });

  it('marks an ephemeral container that has ended, and no other', () => {
    const debug = { name: 'debug', image: 'registry.example/debug:1' };
    const { spec } = projectPod(
      pod({
        name: 'cart',
        spec: {
          ephemeralContainers: [debug, { ...debug, name: 'still-there' }],
        },
        status: {
          ephemeralContainerStatuses: [
            { name: 'debug', state: { terminated: { exitCode: 0 } } },
            { name: 'still-there', state: { running: {} } },
          ],
        },
      }),
    );
    expect(
      spec.ephemeralContainers?.map(({ name, ended }) => [name, ended]),
    ).toEqual([
      ['debug', true],
      ['still-there', undefined],
    ]);
  });

  it('holds when each running container was started, whatever its list', () => {
    const running = (name: string, startedAt: string) => ({
      name,
      state: { running: { startedAt } },
    });
    const { started } = projectPod(
      pod({
        name: 'cart',
        status: {
          initContainerStatuses: [
            running('sidecar', '2026-11-20T10:00:00Z'),
            { name: 'setup', state: { terminated: { exitCode: 0 } } },
          ],
          containerStatuses: [
            running('main', '2026-11-20T10:00:05Z'),
            { name: 'crashing', state: { waiting: { reason: 'x' } } },
          ],
          ephemeralContainerStatuses: [
            running('debug', '2026-11-21T10:00:00Z'),
          ],
        },
      }),
    );
    expect(started).toEqual({
      sidecar: '2026-11-20T10:00:00Z',
      main: '2026-11-20T10:00:05Z',
      debug: '2026-11-21T10:00:00Z',
    });
  });

  it('names the recording that runs on it, without what differs from pod to pod', () => {
    const { spec } = projectPod(
      pod({
        name: 'cart',
        annotations: {
          'io.containers.trace-logs/main': 'learn_main_x7f2p_1700000000',
        },
      }),
    );
    expect(spec.annotations).toEqual({
      'io.containers.trace-logs/main': 'learn',
    });
  });

  it('leaves out labels that differ from pod to pod of one workload', () => {
    const { labels } = projectPod(
      pod({
        name: 'cart',
        labels: {
          app: 'cart',
          'pod-template-hash': 'abc',
          'apps.kubernetes.io/pod-index': '3',
        },
      }),
    );
    expect(labels).toEqual({ app: 'cart' });
  });

  it('is the same whatever the order of the labels and annotations', () => {
    const one = pod({ name: 'cart', labels: { a: '1', b: '2' } });
    const other = pod({ name: 'cart', labels: { b: '2', a: '1' } });
    expect(JSON.stringify(projectPod(one))).toBe(
      JSON.stringify(projectPod(other)),
    );
  });

  it('names the agent of Cilium by its container, not by the pre-flight pod that carries its image', () => {
    const agent = {
      name: 'cilium-agent',
      image: 'quay.io/cilium/cilium:v1.18.1',
    };
    expect(
      projectPod(
        pod({
          name: 'cilium-x',
          labels: { 'helm.sh/chart': 'cilium-1.18.1' },
          spec: { containers: [agent] },
          status: {
            containerStatuses: [
              {
                name: 'cilium-agent',
                image: 'quay.io/cilium/cilium:v1.18.1',
                imageID: 'quay.io/cilium/cilium@sha256:00',
                ready: true,
              },
            ],
          },
        }),
      ).ciliumAgent,
    ).toEqual({
      image: agent.image,
      imageId: 'quay.io/cilium/cilium@sha256:00',
      statusImage: agent.image,
      chart: 'cilium-1.18.1',
      ready: 'yes',
    });
    expect(
      projectPod(
        pod({
          name: 'preflight',
          spec: { containers: [{ ...agent, name: 'cilium-pre-flight-check' }] },
        }),
      ).ciliumAgent,
    ).toBeUndefined();
  });

  it('stands for a pod without any field but its name', () => {
    expect(projectPod({ metadata: { name: 'bare' } })).toMatchObject({
      namespace: 'default',
      name: 'bare',
      node: '',
      phase: 'Unknown',
      labels: {},
      spec: { containers: [] },
    });
  });

  it('takes a field of the wrong type for absent', () => {
    const { spec, labels, owner } = projectPod({
      metadata: {
        name: 'odd',
        labels: 'no labels' as never,
        ownerReferences: { controller: true } as never,
      },
      spec: {
        hostPID: 'yes',
        containers: [
          'no container',
          { name: 7, image: null, securityContext: { privileged: 'true' } },
        ],
        volumes: { hostPath: '/' },
      },
    });
    expect({ labels, owner }).toEqual({ labels: {}, owner: undefined });
    expect(spec).toEqual({ containers: [{ name: '', image: '' }] });
  });

  it('holds no NUL, which PostgreSQL would refuse together with everything else of the write', () => {
    const projected = projectPod(
      pod({
        name: 'odd',
        labels: { app: 'a\u0000b' },
        spec: {
          containers: [
            {
              name: 'main',
              image: 'x\u0000y',
              securityContext: { seLinuxOptions: { type: 'a\u0000' } },
            },
          ],
        },
      }),
    );
    expect(JSON.stringify(projected)).not.toContain('\\u0000');
    expect(projected.spec.containers[0].image).toBe('x\ufffdy');
  });
});

describe('The owner of an object', () => {
  const reference = (name: string, controller?: boolean) => ({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    name,
    uid: `uid-${name}`,
    controller,
  });
  const owned = (...ownerReferences: ReturnType<typeof reference>[]) =>
    projectOwner({ metadata: { name: 'x', ownerReferences } });

  it('is the controller, wherever it stands in the list', () => {
    expect(owned(reference('first'), reference('boss', true))).toEqual({
      apiGroup: 'apps',
      kind: 'ReplicaSet',
      name: 'boss',
      uid: 'uid-boss',
    });
  });

  it('is the first reference where none is the controller', () => {
    expect(owned(reference('first'), reference('second'))?.name).toBe('first');
  });

  it('is of the core group where the version names none', () => {
    expect(owned({ ...reference('x'), apiVersion: 'v1' })?.apiGroup).toBe('');
  });

  it('is nobody where the reference names no object', () => {
    expect(owned({ ...reference('x'), uid: undefined as never })).toBe(
      undefined,
    );
  });

  it('is nobody where its name is longer than any name: an API server does not check it', () => {
    expect(owned(reference('x'.repeat(254)))).toBeUndefined();
    expect(owned({ ...reference('x'), kind: 'K'.repeat(254) })).toBe(undefined);
  });
});

describe('What is kept of a controller', () => {
  it('holds no secret of its template, annotations or status', () => {
    const object = deploymentFullOfSecrets();
    expect(JSON.stringify(object)).toContain(plantedSecret);
    expect(
      JSON.stringify(projectController(object, asDeployment)),
    ).not.toContain(plantedSecret);
  });

  it('says where the pod spec stands, for a CronJob deeper than for others', () => {
    expect(
      projectController(cronJob({ name: 'nightly' }), {
        apiGroup: 'batch',
        kind: 'CronJob',
      }),
    ).toMatchObject({
      pathPrefix: 'spec.jobTemplate.spec.template.spec',
      template: { containers: [{ name: 'main' }] },
    });
    expect(
      projectController(deploymentFullOfSecrets(), asDeployment).pathPrefix,
    ).toBe('spec.template.spec');
  });

  it('is identity and owner alone where only metadata is read', () => {
    const facts = projectOwnerOnly(replicaSet({ name: 'cart-1' }), {
      apiGroup: 'apps',
      kind: 'ReplicaSet',
    });
    expect(facts.template).toBeUndefined();
    expect(facts).toMatchObject({ kind: 'ReplicaSet', name: 'cart-1' });
  });
});

describe('What is kept of a node', () => {
  it('says whether it is ready, and that this is unknown where no condition tells', () => {
    expect(projectNode(node({ name: 'a' })).ready).toBe('yes');
    expect(
      projectNode({
        metadata: { name: 'a' },
        status: { conditions: [{ type: 'Ready', status: 'False' }] },
      }).ready,
    ).toBe('no');
    expect(projectNode({ metadata: { name: 'a' } }).ready).toBe('unknown');
  });
});

describe('What is kept of a profile', () => {
  const options = {
    kind: 'SeccompProfile',
    version: 'v1',
    namespaced: 'no',
  } as const;

  it('holds its spec untouched, integers beyond 2^53 included', () => {
    const spec = { syscalls: [{ args: [{ value: 9007199254740993n }] }] };
    expect(projectProfile({ metadata: { name: 'p' }, spec }, options)).toEqual(
      expect.objectContaining({ name: 'p', spec }),
    );
  });

  it('has a namespace only where its kind has', () => {
    const object = { metadata: { name: 'p', namespace: 'shop' } };
    expect(projectProfile(object, options).namespace).toBeUndefined();
    expect(
      projectProfile(object, { ...options, namespaced: 'yes' }).namespace,
    ).toBe('shop');
  });

  it('says nothing of a node status whose labels are missing', () => {
    expect(projectNodeStatus({ metadata: { name: 'x' } })).toBeUndefined();
  });
});
