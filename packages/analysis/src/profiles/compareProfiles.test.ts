import { compareProfiles } from './compareProfiles';
import {
  allowing,
  contentOf,
  exampleObject,
  ExampleRule,
  seccompSpec,
} from './exampleProfiles';
import { ProfileKind } from './profileObject';

const seccomp = (syscalls: ExampleRule[], rest: object = {}) =>
  contentOf(exampleObject(seccompSpec(syscalls, rest)));

const other = (kind: ProfileKind, spec: unknown, version = 'v1') =>
  contentOf(exampleObject(spec, { kind, version }));

const limited = (name: string, value: number): ExampleRule => ({
  ...allowing(name),
  args: [{ index: 0, op: 'SCMP_CMP_EQ', value }],
});

describe('two revisions of a seccomp profile', () => {
  it('are identical when they enforce the same, and cosmetic when they were written differently', () => {
    const before = seccomp([allowing('read', 'write')]);
    const after = seccomp([allowing('write'), allowing('read', 'write')]);
    expect(compareProfiles(before, after)).toEqual({
      class: 'identical',
      lines: [],
    });
    expect(
      compareProfiles(before, after, {
        sourceDigests: ['sha256:a', 'sha256:b'],
      }).class,
    ).toBe('cosmetic');
    expect(
      compareProfiles(before, after, {
        sourceDigests: ['sha256:a', 'sha256:a'],
      }).class,
    ).toBe('identical');
  });

  it('are wider when a call is added, with what it gives away', () => {
    expect(
      compareProfiles(
        seccomp([allowing('read')]),
        seccomp([allowing('read', 'io_uring_setup')]),
      ),
    ).toEqual({
      class: 'wider',
      lines: [
        {
          direction: 'wider',
          risk: 'high',
          subject: 'io_uring_setup',
          before: 'denied',
          after: 'allowed',
          group: 'io-uring',
          because: expect.stringContaining('call by call'),
          runtimeDefault: 'beyond',
        },
      ],
    });
  });

  it('are narrower when a call is taken away', () => {
    expect(
      compareProfiles(
        seccomp([allowing('read', 'mknod')]),
        seccomp([allowing('read')]),
      ),
    ).toMatchObject({
      class: 'narrower',
      lines: [{ direction: 'narrower', risk: 'none', subject: 'mknod' }],
    });
  });

  it('are incomparable when one call comes and another goes', () => {
    const { class: word, lines } = compareProfiles(
      seccomp([allowing('read')]),
      seccomp([allowing('write')]),
    );
    expect(word).toBe('incomparable');
    expect(lines.map(({ direction }) => direction)).toEqual([
      'wider',
      'narrower',
    ]);
  });

  it('are wider when a condition on an argument falls away, in words', () => {
    expect(
      compareProfiles(
        seccomp([limited('socket', 1), limited('socket', 2)]),
        seccomp([allowing('socket')]),
      ),
    ).toMatchObject({
      class: 'wider',
      lines: [
        {
          subject: 'socket',
          before:
            'allowed if address family is Unix or address family is IPv4; otherwise denied',
          after: 'allowed',
          runtimeDefault: 'beyond',
        },
      ],
    });
  });

  it('are incomparable when the condition is another', () => {
    expect(
      compareProfiles(
        seccomp([limited('socket', 1)]),
        seccomp([limited('socket', 2)]),
      ),
    ).toMatchObject({
      class: 'incomparable',
      lines: [{ direction: 'changed', subject: 'socket', risk: 'medium' }],
    });
  });

  it('tell int64 neighbours apart', () => {
    const at = (value: bigint) =>
      seccomp([
        {
          ...allowing('personality'),
          args: [{ index: 0, op: 'SCMP_CMP_EQ', value }],
        },
      ]);
    expect(
      compareProfiles(at(9007199254740992n), at(9007199254740993n)),
    ).toMatchObject({
      class: 'incomparable',
      lines: [
        {
          before:
            'allowed if persona is 9007199254740992 (0x20000000000000); otherwise denied',
          after:
            'allowed if persona is 9007199254740993 (0x20000000000001); otherwise denied',
        },
      ],
    });
  });

  it.each(['SCMP_ACT_ALLOW', 'SCMP_ACT_LOG', 'SCMP_ACT_NOTIFY'])(
    'are mode-relaxed when the default becomes %s',
    defaultAction => {
      const result = compareProfiles(
        seccomp([allowing('read', 'bpf')]),
        seccomp([allowing('read')], { defaultAction }),
      );
      expect(result.class).toBe('mode-relaxed');
      expect(result.lines[0]).toMatchObject({
        direction: 'wider',
        subject: 'defaultAction',
        before: 'denied',
      });
    },
  );

  it('are narrower when the default kills instead of denying, and wider the other way round', () => {
    const kills = seccomp([], { defaultAction: 'SCMP_ACT_KILL_PROCESS' });
    const denies = seccomp([]);
    expect(compareProfiles(denies, kills).class).toBe('narrower');
    expect(compareProfiles(kills, denies)).toMatchObject({
      class: 'wider',
      lines: [{ risk: 'none', before: 'kills the process', after: 'denied' }],
    });
  });

  it('are mode-relaxed when disabled, and narrower when enabled again', () => {
    const on = seccomp([allowing('read')]);
    const off = seccomp([allowing('read')], { state: 'Disabled' });
    expect(compareProfiles(on, off).class).toBe('mode-relaxed');
    expect(compareProfiles(off, on).class).toBe('narrower');
  });

  it('are wider by a call that is no longer logged, without risk', () => {
    expect(
      compareProfiles(
        seccomp([{ names: ['ptrace'], action: 'SCMP_ACT_LOG' }]),
        seccomp([allowing('ptrace')]),
      ),
    ).toMatchObject({
      class: 'wider',
      lines: [{ subject: 'ptrace', risk: 'none', before: 'allowed, logged' }],
    });
  });

  it('are incomparable when a refused call fails with another error', () => {
    const failing = (errnoRet: number) =>
      seccomp([{ names: ['clone3'], action: 'SCMP_ACT_ERRNO', errnoRet }]);
    expect(compareProfiles(failing(0), failing(38))).toMatchObject({
      class: 'incomparable',
      lines: [
        {
          direction: 'changed',
          risk: 'none',
          subject: 'clone3',
          after: 'denied (error 38)',
        },
      ],
    });
  });

  it.each([
    [
      'flags',
      { flags: ['SECCOMP_FILTER_FLAG_SPEC_ALLOW'] },
      'wider',
      'SECCOMP_FILTER_FLAG_SPEC_ALLOW',
    ],
    [
      'flags',
      { flags: ['SECCOMP_FILTER_FLAG_LOG'] },
      'incomparable',
      'SECCOMP_FILTER_FLAG_LOG',
    ],
    [
      'architectures',
      { architectures: ['SCMP_ARCH_NATIVE', 'SCMP_ARCH_X32'] },
      'wider',
      'SCMP_ARCH_X32',
    ],
    [
      'the listener',
      { listenerPath: '/var/run/security-profiles-operator/agent' },
      'incomparable',
      'listenerPath',
    ],
  ])('see %s', (_, rest, word, subject) => {
    const plain = seccomp([allowing('read')]);
    const changed = seccomp([allowing('read')], rest);
    expect(compareProfiles(plain, changed)).toMatchObject({
      class: word,
      lines: [{ subject }],
    });
    expect(compareProfiles(changed, plain).class).toBe(
      word === 'wider' ? 'narrower' : word,
    );
  });

  it('see no difference between no architecture and that of the node', () => {
    expect(
      compareProfiles(
        seccomp([]),
        seccomp([], { architectures: ['SCMP_ARCH_NATIVE'] }),
      ).class,
    ).toBe('identical');
  });

  it('weigh another agent only where calls are left to one', () => {
    const asking: ExampleRule = { names: ['bpf'], action: 'SCMP_ACT_NOTIFY' };
    const listenerPath = '/var/run/security-profiles-operator/other';
    expect(
      compareProfiles(seccomp([asking]), seccomp([asking], { listenerPath }))
        .lines,
    ).toMatchObject([{ subject: 'listenerPath', risk: 'high' }]);
    expect(
      compareProfiles(seccomp([]), seccomp([], { listenerPath })).lines,
    ).toMatchObject([{ subject: 'listenerPath', risk: 'none' }]);
  });

  it('name the base that brought a call, as with a widened base', () => {
    const leaf = exampleObject(
      seccompSpec([allowing('connect')], { baseProfileName: 'base-shell' }),
    );
    const base = (...names: string[]) =>
      exampleObject(seccompSpec([allowing(...names)]), { name: 'base-shell' });
    expect(
      compareProfiles(
        contentOf(leaf, base('read')),
        contentOf(leaf, base('read', 'ptrace')),
      ),
    ).toMatchObject({
      class: 'wider',
      lines: [
        {
          subject: 'ptrace',
          broughtBy: 'base-shell',
          runtimeDefault: 'within',
        },
      ],
    });
  });

  it('come in the order in which a reviewer wants them', () => {
    const { lines } = compareProfiles(
      seccomp([allowing('mknod', 'chroot'), limited('socket', 1)]),
      seccomp(
        [allowing('ptrace', 'getpid', 'keyctl', 'bpf'), limited('socket', 2)],
        { state: 'Disabled' },
      ),
    );
    expect(lines.map(({ subject }) => subject)).toEqual([
      'state',
      'bpf',
      'keyctl',
      'ptrace',
      'getpid',
      'socket',
      'chroot',
      'mknod',
    ]);
  });

  it('with unknown actions are incomparable, never narrower', () => {
    expect(
      compareProfiles(
        seccomp([allowing('read')]),
        seccomp([{ names: ['read'], action: 'SCMP_ACT_MAYBE' }]),
      ).class,
    ).toBe('incomparable');
    expect(
      compareProfiles(
        seccomp([]),
        seccomp([], { defaultAction: 'SCMP_ACT_MAYBE' }),
      ).class,
    ).toBe('mode-relaxed');
  });
});

describe('two revisions of an AppArmor profile', () => {
  const armor = (abstract: unknown, rest: object = {}) =>
    other('AppArmorProfile', { abstract, ...rest });

  it('are wider by a path that no pattern covered', () => {
    expect(
      compareProfiles(
        armor({ filesystem: { readWritePaths: ['/tmp/**'] } }),
        armor({
          filesystem: { readWritePaths: ['/tmp/**', '/tmp/a', '/**'] },
        }),
      ),
    ).toMatchObject({
      class: 'wider',
      lines: [
        { subject: '/**', after: 'may write it', risk: 'high' },
        { subject: '/**', after: 'may read it', risk: 'medium' },
      ],
    });
  });

  it('are identical where an old pattern covers all new paths', () => {
    expect(
      compareProfiles(
        armor({ filesystem: { readOnlyPaths: ['/etc/**'] } }),
        armor({
          filesystem: { readOnlyPaths: ['/etc/**', '/etc/ssl/*'] },
        }),
      ).class,
    ).toBe('identical');
  });

  it('are wider when a path is no longer kept from being written', () => {
    const paths = { readWritePaths: ['/data/**'] };
    expect(
      compareProfiles(
        armor({ filesystem: { ...paths, readOnlyPaths: ['/data/config'] } }),
        armor({ filesystem: paths }),
      ),
    ).toMatchObject({
      class: 'wider',
      lines: [{ subject: '/data/config', after: 'may write it' }],
    });
  });

  it('show that sys_rawio comes with every mount', () => {
    expect(
      compareProfiles(
        armor({}),
        armor({ capability: { allowedCapabilities: ['sys_rawio'] } }),
      ),
    ).toMatchObject({
      class: 'wider',
      lines: [
        { subject: 'CAP_SYS_RAWIO', risk: 'critical' },
        {
          subject: 'mount',
          risk: 'critical',
          because: 'comes with sys_rawio, whether meant or not',
        },
      ],
    });
  });

  it('see a ptrace rule among the paths', () => {
    expect(
      compareProfiles(
        armor({ filesystem: { readOnlyPaths: ['/etc/passwd'] } }),
        armor({
          filesystem: {
            readOnlyPaths: ['/etc/passwd', 'ptrace (read), # tracing'],
          },
        }),
      ),
    ).toMatchObject({
      class: 'wider',
      lines: [{ subject: 'ptrace (read)', group: 'tracing', risk: 'high' }],
    });
  });

  it.each([
    [
      { executable: { allowedExecutables: ['/bin/sh'] } },
      ['/bin/sh', 'may run it'],
    ],
    [
      { executable: { allowedLibraries: ['/lib/a.so'] } },
      ['/lib/a.so', 'may load it as a library'],
    ],
    [{ network: { allowRaw: true } }, ['raw', 'allowed']],
    [{ network: { allowedProtocols: { allowTcp: true } } }, ['tcp', 'allowed']],
    [
      { capability: { allowedCapabilities: ['sys_admin'] } },
      ['CAP_SYS_ADMIN', 'may use it'],
    ],
  ])('are wider by %j', (abstract, [subject, after]) => {
    const result = compareProfiles(armor({}), armor(abstract));
    expect(result.class).toBe('wider');
    expect(result.lines).toContainEqual(
      expect.objectContaining({ subject, after }),
    );
    expect(compareProfiles(armor(abstract), armor({})).class).toBe('narrower');
  });

  it('are mode-relaxed in Complain', () => {
    expect(
      compareProfiles(armor({}), armor({}, { mode: 'Complain' })),
    ).toMatchObject({
      class: 'mode-relaxed',
      lines: [{ subject: 'mode', risk: 'critical', after: 'complain' }],
    });
    expect(
      compareProfiles(armor({}, { mode: 'Complain' }), armor({})).class,
    ).toBe('narrower');
  });

  it('of SPO 0.8 hold raw text that only differs or does not', () => {
    const raw = (policy: string) =>
      other('AppArmorProfile', { policy }, 'v1alpha1');
    expect(compareProfiles(raw('a'), raw('a')).class).toBe('identical');
    expect(compareProfiles(raw('a'), raw('b'))).toMatchObject({
      class: 'incomparable',
      lines: [{ subject: 'policy', direction: 'changed' }],
    });
    expect(compareProfiles(raw('a'), armor({})).class).toBe('incomparable');
  });
});

describe('two revisions of an SELinux profile', () => {
  const selinux = (spec: object) => other('SelinuxProfile', spec);

  it('are wider by each new permission, the dangerous first', () => {
    const { class: word, lines } = compareProfiles(
      selinux({ allow: { var_log_t: { file: ['read'] } } }),
      selinux({
        allow: {
          var_log_t: { file: ['read', 'write', 'relabelto'] },
          etc_t: { file: ['read'] },
          '@self': { tcp_socket: ['listen'] },
        },
      }),
    );
    expect(word).toBe('wider');
    expect(lines.map(({ subject, risk }) => [subject, risk])).toEqual([
      ['var_log_t:file:relabelto', 'high'],
      ['etc_t:file:read', 'medium'],
      ['var_log_t:file:write', 'medium'],
      ['@self:tcp_socket:listen', 'low'],
    ]);
  });

  it('are wider by another template of the system', () => {
    const plain = selinux({});
    const network = selinux({ inherit: [{ name: 'net_container' }] });
    expect(compareProfiles(plain, network)).toMatchObject({
      class: 'wider',
      lines: [{ subject: 'inherit net_container' }],
    });
    expect(compareProfiles(network, plain).class).toBe('narrower');
  });

  it('are mode-relaxed in Permissive', () => {
    expect(
      compareProfiles(selinux({}), selinux({ mode: 'Permissive' })).class,
    ).toBe('mode-relaxed');
  });

  it('name the parent that brought a permission', () => {
    const parent = (names: string[]) =>
      exampleObject(
        { allow: { var_log_t: { file: names } } },
        { kind: 'SelinuxProfile', name: 'logs' },
      );
    const leaf = exampleObject(
      { inherit: [{ kind: 'SelinuxProfile', name: 'logs' }] },
      { kind: 'SelinuxProfile' },
    );
    expect(
      compareProfiles(
        contentOf(leaf, parent(['read'])),
        contentOf(leaf, parent(['read', 'append'])),
      ).lines,
    ).toMatchObject([{ subject: 'var_log_t:file:append', broughtBy: 'logs' }]);
  });
});

describe('two revisions of a raw SELinux policy', () => {
  const raw = (policy: string) => other('RawSelinuxProfile', { policy });

  it('only differ or do not', () => {
    expect(compareProfiles(raw('(a)\r\n'), raw('(a)\n')).class).toBe(
      'identical',
    );
    expect(compareProfiles(raw('(a)'), raw('(b)'))).toMatchObject({
      class: 'incomparable',
      lines: [{ subject: 'policy', risk: 'high' }],
    });
  });

  it('can not be compared with another kind', () => {
    expect(
      compareProfiles(raw('(a)'), other('SelinuxProfile', {})),
    ).toMatchObject({
      class: 'incomparable',
      lines: [{ subject: 'kind' }],
    });
  });
});

describe('what is compared', () => {
  it('is plain data that survives being stored', () => {
    const content = seccomp([
      {
        ...allowing('personality'),
        args: [{ index: 0, op: 'SCMP_CMP_EQ', value: 9007199254740993n }],
      },
    ]);
    expect(JSON.parse(JSON.stringify(content))).toEqual(content);
  });
});
