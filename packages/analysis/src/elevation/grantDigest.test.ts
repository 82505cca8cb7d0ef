import fc from 'fast-check';
import { listContainers } from '../confinement/listContainers';
import {
  ContainerSecuritySpec,
  PodLevelSpec,
} from '../confinement/podSecurity';
import { grantContent, grantDigest } from './grantDigest';
import { listElevations } from './listElevations';

function declared(
  spec: Partial<ContainerSecuritySpec> = {},
  pod: PodLevelSpec = {},
) {
  const [container] = listContainers({
    ...pod,
    containers: [{ name: 'agent', image: 'quay.io/a/agent:1', ...spec }],
  });
  return container;
}

function digest(
  spec: Partial<ContainerSecuritySpec> = {},
  pod: PodLevelSpec = {},
): string {
  return grantDigest(declared(spec, pod), { elevations: [] });
}

describe('the digest of a grant', () => {
  it('is fixed for fixed content', () => {
    expect(
      digest({
        securityContext: { capabilities: { add: ['CAP_BPF', 'perfmon'] } },
      }),
    ).toBe(
      digest({
        securityContext: { capabilities: { add: ['PERFMON', 'BPF', 'BPF'] } },
      }),
    );
    expect(digest()).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it.each<[string, Partial<ContainerSecuritySpec>, PodLevelSpec, string?]>([
    ['privileged', { securityContext: { privileged: true } }, {}],
    [
      'allowPrivilegeEscalation',
      { securityContext: { allowPrivilegeEscalation: false } },
      {},
    ],
    ['hostPID', {}, { hostPID: true }],
    ['hostIPC', {}, { hostIPC: true }],
    ['hostNetwork', {}, { hostNetwork: true }],
    [
      'a capability',
      { securityContext: { capabilities: { add: ['BPF'] } } },
      {},
    ],
    [
      'a mounted host path',
      { volumeMounts: [{ name: 'bpf', mountPath: '/b' }] },
      { hostPaths: [{ name: 'bpf', path: '/sys/fs/bpf' }] },
    ],
    [
      'the same path read-only',
      { volumeMounts: [{ name: 'bpf', mountPath: '/b', readOnly: true }] },
      { hostPaths: [{ name: 'bpf', path: '/sys/fs/bpf' }] },
    ],
    [
      'seccomp of the container',
      { securityContext: { seccompProfile: { type: 'Unconfined' } } },
      {},
    ],
    [
      'seccomp of the pod',
      {},
      { securityContext: { seccompProfile: { type: 'RuntimeDefault' } } },
    ],
    [
      'AppArmor',
      { securityContext: { appArmorProfile: { type: 'Unconfined' } } },
      {},
    ],
    ['SELinux', {}, { securityContext: { seLinuxOptions: { type: 'spc_t' } } }],
    ['procMount', { securityContext: { procMount: 'Unmasked' } }, {}],
    [
      'an unsafe sysctl',
      {},
      { securityContext: { sysctls: [{ name: 'kernel.msgmax', value: '1' }] } },
    ],
    ['another repository', { image: 'quay.io/b/agent:1' }, {}],
  ])(
    'changes with %s, and with nothing else in the same way',
    (_, spec, pod) => {
      expect(digest(spec, pod)).not.toBe(digest());
      expect(digest(spec, pod)).toBe(digest(spec, pod));
    },
  );

  it.each<[string, Partial<ContainerSecuritySpec>, PodLevelSpec]>([
    ['the tag of the image', { image: 'quay.io/a/agent:2' }, {}],
    ['the digest of the image', { image: 'quay.io/a/agent@sha256:ab' }, {}],
    ['the name of the container', { name: 'other' }, {}],
    [
      'a host path that another container mounts',
      {},
      { hostPaths: [{ name: 'bpf', path: '/sys/fs/bpf' }] },
    ],
    [
      'a safe sysctl',
      {},
      {
        securityContext: {
          sysctls: [{ name: 'net.ipv4.tcp_syncookies', value: '1' }],
        },
      },
    ],
    [
      'what every container has',
      { securityContext: { procMount: 'Default' } },
      {},
    ],
    ['a refusal that is written out', {}, { hostPID: false }],
  ])('does not change with %s', (_, spec, pod) => {
    expect(digest(spec, pod)).toBe(digest());
  });

  it('of a privileged container does not depend on settings that are void', () => {
    const privileged = { privileged: true };
    expect(
      digest({
        securityContext: {
          ...privileged,
          capabilities: { add: ['BPF'] },
          seccompProfile: { type: 'RuntimeDefault' },
          allowPrivilegeEscalation: true,
        },
      }),
    ).toBe(digest({ securityContext: privileged }));
  });

  it('follows the old annotation of AppArmor, and the field above it', () => {
    const annotations = {
      'container.apparmor.security.beta.kubernetes.io/agent': 'unconfined',
    };
    const unconfined = digest({
      securityContext: { appArmorProfile: { type: 'Unconfined' } },
    });
    expect(digest({}, { annotations })).toBe(unconfined);
    const field = { appArmorProfile: { type: 'RuntimeDefault' } };
    expect(digest({ securityContext: field }, { annotations })).toBe(
      digest({ securityContext: field }),
    );
  });

  it('is bound to one image where it is pinned', () => {
    const pinned = (image: string) =>
      grantDigest(declared({ image }), { elevations: [], image: 'pinned' });
    expect(pinned('a:1')).not.toBe(pinned('a:2'));
  });

  it('is bound to the calls beyond RuntimeDefault, in any order', () => {
    const withCalls = (...syscalls: string[]) =>
      grantDigest(declared(), {
        elevations: [
          {
            id: 'syscalls-bpf',
            field: 'x',
            value: syscalls.join(', '),
            risk: 'high',
            because: 'x',
            syscalls,
          },
        ],
      });
    expect(withCalls('bpf', 'ptrace')).toBe(withCalls('ptrace', 'bpf'));
    expect(withCalls('bpf')).not.toBe(withCalls('bpf', 'ptrace'));
    expect(withCalls()).toBe(digest());
  });

  it('changes with every elevation that a container has more', () => {
    const names = fc.uniqueArray(
      fc.constantFrom('BPF', 'PERFMON', 'SYS_ADMIN', 'NET_ADMIN', 'SYSLOG'),
    );
    const paths = fc.uniqueArray(
      fc.constantFrom('/', '/sys/fs/bpf', '/proc', '/run/docker.sock'),
    );
    const flag = fc.boolean();
    const asked = fc.record({
      add: names,
      paths,
      hostPID: flag,
      hostNetwork: flag,
      hostIPC: flag,
    });
    const containerOf = (one: {
      add: string[];
      paths: string[];
      hostPID: boolean;
      hostNetwork: boolean;
      hostIPC: boolean;
    }) =>
      declared(
        {
          securityContext: {
            allowPrivilegeEscalation: true,
            capabilities: { add: one.add },
          },
          volumeMounts: one.paths.map(path => ({
            name: path,
            mountPath: path,
          })),
        },
        { ...one, hostPaths: one.paths.map(path => ({ name: path, path })) },
      );
    const elevationsOf = (container: ReturnType<typeof declared>) =>
      listElevations(container, { pathPrefix: 'spec' })
        .map(({ field, value }) => `${field} ${value}`)
        .sort();
    fc.assert(
      fc.property(asked, asked, (a, b) => {
        const [one, other] = [containerOf(a), containerOf(b)];
        const same =
          grantDigest(one, { elevations: [] }) ===
          grantDigest(other, { elevations: [] });
        expect(same).toBe(
          JSON.stringify(elevationsOf(one)) ===
            JSON.stringify(elevationsOf(other)),
        );
      }),
    );
  });
});

describe('the content of a grant', () => {
  it('can be read by a person', () => {
    expect(
      grantContent(
        declared(
          {
            securityContext: {
              allowPrivilegeEscalation: false,
              capabilities: { add: ['CAP_BPF'] },
              seccompProfile: {
                type: 'Localhost',
                localhostProfile: 'operator/a.json',
              },
            },
            volumeMounts: [
              { name: 'a', mountPath: '/a', readOnly: true },
              { name: 'b', mountPath: '/b' },
            ],
          },
          {
            hostPaths: [
              { name: 'a', path: '/sys/fs/bpf/' },
              { name: 'b', path: '/sys/../run' },
            ],
          },
        ),
        { elevations: [] },
      ),
    ).toEqual({
      privileged: false,
      allowPrivilegeEscalation: false,
      hostPID: false,
      hostIPC: false,
      hostNetwork: false,
      capabilities: ['BPF'],
      hostPaths: [
        { path: '/run', access: 'writable' },
        { path: '/sys/fs/bpf', access: 'read-only' },
      ],
      seccomp: 'Localhost',
      appArmor: 'unset',
      seLinux: 'unset',
      imageRepository: 'quay.io/a/agent',
    });
  });
});
