import { listContainers } from '../confinement/listContainers';
import {
  ContainerSecurityContext,
  PodLevelSpec,
} from '../confinement/podSecurity';
import { listElevations } from './listElevations';

function elevations(
  securityContext: ContainerSecurityContext = {},
  pod: PodLevelSpec = {},
  readOnly: boolean | undefined = undefined,
) {
  const [container] = listContainers({
    ...pod,
    containers: [
      {
        name: 'api',
        image: 'x',
        securityContext,
        volumeMounts: pod.hostPaths?.map(({ name }) => ({
          name,
          mountPath: '/host',
          readOnly,
        })),
      },
    ],
  });
  return listElevations(container, { pathPrefix: 'spec.template.spec' });
}

const caps = (...add: string[]): ContainerSecurityContext => ({
  capabilities: { add },
});

describe('elevations', () => {
  it('are none for an ordinary container', () => {
    expect(elevations({ capabilities: { drop: ['ALL'] } })).toEqual([]);
  });

  it.each<[string, ContainerSecurityContext, PodLevelSpec, string]>([
    ['privileged', { privileged: true }, {}, 'critical'],
    ['capability-all', caps('ALL'), {}, 'critical'],
    ['capability-sys-admin', caps('CAP_SYS_ADMIN'), {}, 'critical'],
    ['capability-sys-module', caps('sys_module'), {}, 'critical'],
    ['capability-sys-rawio', caps('SYS_RAWIO'), {}, 'critical'],
    ['capability-bpf', caps('BPF'), {}, 'critical'],
    ['capability-perfmon', caps('PERFMON'), {}, 'high'],
    ['capability-net-admin', caps('NET_ADMIN'), {}, 'high'],
    ['capability-syslog', caps('SYSLOG'), {}, 'medium'],
    ['capability-new-thing', caps('NEW_THING'), {}, 'medium'],
    ['host-pid', {}, { hostPID: true }, 'high'],
    ['host-network', {}, { hostNetwork: true }, 'high'],
    ['host-ipc', {}, { hostIPC: true }, 'medium'],
    ['proc-mount-unmasked', { procMount: 'Unmasked' }, {}, 'high'],
    [
      'unsafe-sysctl',
      {},
      { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } },
      'medium',
    ],
  ])('%s is recognised', (id, securityContext, pod, risk) => {
    expect(elevations(securityContext, pod)).toEqual([
      expect.objectContaining({ id, risk }),
    ]);
  });

  it.each<[string, ContainerSecurityContext, PodLevelSpec, string, string]>([
    [
      'privilege-escalation',
      { allowPrivilegeEscalation: true },
      {},
      'low',
      'spec.template.spec.containers[api].securityContext.allowPrivilegeEscalation',
    ],
    [
      'unconfined-seccomp',
      { seccompProfile: { type: 'Unconfined' } },
      {},
      'high',
      'spec.template.spec.containers[api].securityContext.seccompProfile.type',
    ],
    [
      'unconfined-seccomp',
      {},
      { securityContext: { seccompProfile: { type: 'Unconfined' } } },
      'high',
      'spec.template.spec.securityContext.seccompProfile.type',
    ],
    [
      'unconfined-apparmor',
      { appArmorProfile: { type: 'Unconfined' } },
      {},
      'medium',
      'spec.template.spec.containers[api].securityContext.appArmorProfile.type',
    ],
    [
      'unconfined-apparmor',
      {},
      {
        annotations: {
          'container.apparmor.security.beta.kubernetes.io/api': 'unconfined',
        },
      },
      'medium',
      'spec.template.metadata.annotations[container.apparmor.security.beta.kubernetes.io/api]',
    ],
    [
      'unconfined-selinux',
      { seLinuxOptions: { type: 'spc_t' } },
      {},
      'medium',
      'spec.template.spec.containers[api].securityContext.seLinuxOptions.type',
    ],
    [
      'unconfined-selinux',
      {},
      { securityContext: { seLinuxOptions: { type: 'spc_t' } } },
      'medium',
      'spec.template.spec.securityContext.seLinuxOptions.type',
    ],
  ])(
    '%s is recognised where %j and %j ask for it',
    (id, securityContext, pod, risk, field) => {
      expect(elevations(securityContext, pod)).toEqual([
        expect.objectContaining({ id, risk, field }),
      ]);
    },
  );

  it('of the pod do not count where the container says otherwise', () => {
    expect(
      elevations(
        {
          seccompProfile: { type: 'RuntimeDefault' },
          appArmorProfile: { type: 'RuntimeDefault' },
          seLinuxOptions: { type: 'container_t' },
        },
        {
          securityContext: {
            seccompProfile: { type: 'Unconfined' },
            appArmorProfile: { type: 'Unconfined' },
            seLinuxOptions: { type: 'spc_t' },
          },
        },
      ),
    ).toEqual([]);
  });

  it('of root count together with a way to the node, and not alone', () => {
    const root = { runAsUser: 0 };
    expect(elevations(root)).toEqual([]);
    expect(elevations({}, { securityContext: root })).toEqual([]);
    expect(
      elevations(root, { hostPaths: [{ name: 'v', path: '/var/log' }] }).map(
        ({ id, risk, because }) => `${id} ${risk}: ${because}`,
      ),
    ).toEqual([
      'host-path-other low: it is a path of the node',
      'root-user medium: it is root, and with the host path /var/log file permissions of the node do not hold it',
    ]);
    expect(
      elevations({}, { hostNetwork: true, securityContext: root }).map(
        ({ field }) => field,
      ),
    ).toEqual([
      'spec.template.spec.hostNetwork',
      'spec.template.spec.securityContext.runAsUser',
    ]);
    expect(
      elevations(
        { runAsUser: 1000 },
        { hostNetwork: true, securityContext: root },
      ),
    ).toHaveLength(1);
  });

  it('keep their risk in a user namespace, and say that there may be one', () => {
    expect(elevations(caps('SYS_ADMIN'), { hostUsers: false })).toEqual([
      expect.objectContaining({
        risk: 'critical',
        because: expect.stringContaining(
          'only inside its own user namespace, where the node gives it one (hostUsers: false)',
        ),
      }),
    ]);
  });

  it('in a sandbox say so, and leave out mechanisms that only hold the sandbox itself', () => {
    const [container] = listContainers({
      containers: [
        {
          name: 'api',
          image: 'x',
          securityContext: {
            privileged: false,
            capabilities: { add: ['SYS_ADMIN'] },
            seccompProfile: { type: 'Unconfined' },
          },
        },
      ],
    });
    expect(
      listElevations(container, { pathPrefix: 'spec', sandbox: 'gvisor' }),
    ).toEqual([
      expect.objectContaining({
        id: 'capability-sys-admin',
        because: expect.stringContaining(
          'the sandbox gvisor stands between it and the node',
        ),
      }),
    ]);
  });

  it('of host PID with CAP_SYS_PTRACE are critical together', () => {
    expect(
      elevations(caps('SYS_PTRACE'), { hostPID: true }).map(
        ({ id, risk }) => `${id} ${risk}`,
      ),
    ).toEqual(['capability-sys-ptrace high', 'host-pid-with-ptrace critical']);
  });

  it('leave out capabilities that every container has, and safe sysctls', () => {
    expect(
      elevations(caps('CHOWN', 'NET_BIND_SERVICE'), {
        securityContext: {
          sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }],
        },
      }),
    ).toEqual([]);
  });

  it('of a privileged container do not list its capabilities', () => {
    const privileged = { privileged: true, ...caps('SYS_ADMIN') };
    expect(
      elevations(privileged, { hostPID: true }).map(({ id }) => id),
    ).toEqual(['privileged', 'host-pid']);
  });

  it.each([
    ['/', 'host-path-root', 'critical', 'critical'],
    ['//', 'host-path-root', 'critical', 'critical'],
    [
      '/var/run/docker.sock',
      'host-path-runtime-socket',
      'critical',
      'critical',
    ],
    ['/run/containerd/', 'host-path-runtime-socket', 'critical', 'critical'],
    ['/var/run', 'host-path-runtime-socket', 'critical', 'critical'],
    ['/dev/mem', 'host-path-kernel-memory', 'critical', 'high'],
    ['/proc/kcore', 'host-path-kernel-memory', 'critical', 'high'],
    ['/sys/kernel/debug', 'host-path-kernel-debug', 'critical', 'high'],
    ['/sys/kernel/debug/tracing', 'host-path-kernel-debug', 'critical', 'high'],
    ['/sys/kernel/tracing', 'host-path-kernel-tracing', 'critical', 'medium'],
    ['/proc', 'host-path-kernel-proc', 'critical', 'high'],
    ['/sys', 'host-path-kernel-sys', 'critical', 'medium'],
    ['/sys/fs/bpf', 'host-path-bpf', 'high', 'medium'],
    ['/sys/fs/cgroup', 'host-path-cgroup', 'high', 'low'],
    ['/lib/modules', 'host-path-kernel-modules', 'high', 'low'],
    ['/etc/kubernetes', 'host-path-node-system', 'high', 'medium'],
    ['/etc/../', 'host-path-root', 'critical', 'critical'],
    ['/var/lib/kubelet', 'host-path-node-system', 'high', 'medium'],
    ['/dev/fuse', 'host-path-device', 'medium', 'medium'],
    ['/var/log/shop', 'host-path-other', 'low', 'low'],
  ])(
    'of the host path %s are %s: %s, read-only %s',
    (path, id, write, read) => {
      const pod = { hostPaths: [{ name: 'v', path }] };
      expect(elevations({}, pod)).toEqual([
        expect.objectContaining({
          id,
          risk: write,
          field: 'spec.template.spec.volumes[v].hostPath.path',
        }),
      ]);
      expect(elevations({}, pod, true)).toEqual([
        expect.objectContaining({ id, risk: read }),
      ]);
    },
  );

  it('do not count a host path that another container mounts', () => {
    const [container] = listContainers({
      hostPaths: [{ name: 'v', path: '/' }],
      containers: [{ name: 'api', image: 'x' }],
    });
    expect(listElevations(container, { pathPrefix: 'spec' })).toEqual([]);
  });
});
