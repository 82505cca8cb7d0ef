import { runtimeCapabilities } from '../risk/runtimeCapabilities';
import {
  distanceFromRuntimeDefault,
  RuntimeDefaultOptions,
} from './distanceFromRuntimeDefault';
import {
  allowing,
  contentOf,
  exampleObject,
  ExampleRule,
  seccompSpec,
} from './exampleProfiles';
import { runtimeDefaultTable } from './runtimeDefaultTable';
import { groupedSyscalls, syscallGroups, syscallRisk } from './syscallGroups';

/** What runtimes grant anyway, and more. */
function withAdded(added: string[] = []): Set<string> {
  return new Set([...runtimeCapabilities, ...added]);
}

function distance(
  syscalls: ExampleRule[],
  options: Partial<RuntimeDefaultOptions> & { add?: string[] } = {},
) {
  const { add, ...rest } = options;
  return distanceFromRuntimeDefault(
    contentOf(exampleObject(seccompSpec(syscalls))),
    { capabilities: withAdded(add), ...rest },
  );
}

function beyond(
  syscalls: ExampleRule[],
  options?: Parameters<typeof distance>[1],
): string[] {
  return distance(syscalls, options).beyond.map(({ name }) => name);
}

describe('the distance from RuntimeDefault', () => {
  it.each([
    ['BPF', 'bpf'],
    ['PERFMON', 'perf_event_open'],
    ['SYS_PTRACE', 'kcmp'],
    ['SYS_PTRACE', 'pidfd_getfd'],
    ['SYS_PTRACE', 'process_madvise'],
    ['SYS_MODULE', 'finit_module'],
    ['SYS_BOOT', 'reboot'],
    ['SYS_RAWIO', 'iopl'],
    ['SYS_TIME', 'clock_settime'],
    ['SYS_PACCT', 'acct'],
    ['SYS_TTY_CONFIG', 'vhangup'],
    ['SYS_NICE', 'mbind'],
    ['DAC_READ_SEARCH', 'open_by_handle_at'],
    ['SYSLOG', 'syslog'],
    ['SYS_ADMIN', 'syslog'],
    ['SYS_ADMIN', 'bpf'],
    ['SYS_ADMIN', 'mount'],
    ['SYS_ADMIN', 'setns'],
    ['SYS_ADMIN', 'clone3'],
    ['SYS_ADMIN', 'clone'],
  ])('opens with CAP_%s for %s, and only then', (capability, name) => {
    expect(beyond([allowing(name)])).toEqual([name]);
    expect(beyond([allowing(name)], { add: [capability] })).toEqual([]);
    expect(beyond([allowing(name)], { add: ['ALL'] })).toEqual([]);
  });

  it('leaves chroot to the capability that runtimes grant, and refuses it where that is dropped', () => {
    expect(beyond([allowing('chroot')])).toEqual([]);
    expect(
      beyond([allowing('chroot')], {
        capabilities: new Set(),
      }),
    ).toEqual(['chroot']);
  });

  it.each([
    'keyctl',
    'add_key',
    'request_key',
    'userfaultfd',
    'io_uring_setup',
    'io_uring_enter',
    'io_uring_register',
    'kexec_load',
    'kexec_file_load',
    'swapon',
    'swapoff',
    'pivot_root',
    'nfsservctl',
    'uselib',
    'vm86',
  ])('has %s beyond it for everyone, whatever the capabilities', name => {
    expect(beyond([allowing(name)], { add: ['ALL'] })).toEqual([name]);
  });

  it('has tracing within it on kernels from 4.8, and beyond it on older ones without CAP_SYS_PTRACE', () => {
    const rules = [allowing('ptrace', 'process_vm_readv', 'process_vm_writev')];
    expect(beyond(rules)).toEqual([]);
    expect(beyond(rules, { kernel: '4.8.0' })).toEqual([]);
    expect(beyond(rules, { kernel: '6.8.0-45-generic' })).toEqual([]);
    expect(beyond(rules, { kernel: '4.4.0-21-generic' })).toEqual([
      'process_vm_readv',
      'process_vm_writev',
      'ptrace',
    ]);
    expect(beyond(rules, { kernel: '4.4.0', add: ['SYS_PTRACE'] })).toEqual([]);
  });

  it('knows which calls belong to which architecture', () => {
    const rules = [allowing('arch_prctl', 's390_pci_mmio_read')];
    expect(beyond(rules)).toEqual([]);
    expect(beyond(rules, { architecture: 'amd64' })).toEqual([
      's390_pci_mmio_read',
    ]);
    expect(beyond(rules, { architecture: 's390x' })).toEqual(['arch_prctl']);
  });

  it.each(['socket', 'clone', 'personality'])(
    'has %s beyond it when the arguments are not limited',
    name => {
      const [call] = distance([allowing(name)]).beyond;
      expect(call).toMatchObject({ name, action: 'SCMP_ACT_ALLOW' });
      expect(call.args).toContain('allowed if');
    },
  );

  const limited = (
    name: string,
    index: number,
    op: string,
    value: number,
  ): ExampleRule => ({ ...allowing(name), args: [{ index, op, value }] });

  it('has them within it when a rule allows no more of their arguments than it does', () => {
    expect(
      distance([
        limited('socket', 0, 'SCMP_CMP_EQ', 1),
        limited('socket', 0, 'SCMP_CMP_LE', 10),
        limited('personality', 0, 'SCMP_CMP_EQ', 0),
        limited('clone', 0, 'SCMP_CMP_MASKED_EQ', 0x7e020000),
      ]),
    ).toMatchObject({
      beyond: [],
      within: ['clone', 'personality', 'socket'],
    });
  });

  it('has a socket to the hypervisor beyond it', () => {
    expect(beyond([limited('socket', 0, 'SCMP_CMP_EQ', 40)])).toEqual([
      'socket',
    ]);
  });

  it('reads the flags of clone where the architecture has them', () => {
    const second = limited('clone', 1, 'SCMP_CMP_MASKED_EQ', 0x7e020000);
    expect(beyond([second], { architecture: 's390x' })).toEqual([]);
    expect(beyond([second], { architecture: 'amd64' })).toEqual(['clone']);
    expect(beyond([second])).toEqual(['clone']);
  });

  it('counts what is logged or left to a tracer or an agent as let through, and what is refused not', () => {
    const names = ['LOG', 'TRACE', 'NOTIFY', 'ERRNO', 'KILL_PROCESS'].map(
      action => ({ names: ['bpf'], action: `SCMP_ACT_${action}` }),
    );
    expect(names.map(rule => beyond([rule]))).toEqual([
      ['bpf'],
      ['bpf'],
      ['bpf'],
      [],
      [],
    ]);
  });

  it('counts an action that is not known as let through', () => {
    expect(beyond([{ names: ['bpf'], action: 'SCMP_ACT_MAYBE' }])).toEqual([
      'bpf',
    ]);
  });

  it('lists the riskiest first, each with its group and why it matters', () => {
    const { beyond: calls } = distance([
      allowing('keyctl', 'bpf', 'unshare', 'no_such_call'),
    ]);
    expect(calls.map(({ name, risk, group }) => [name, risk, group])).toEqual([
      ['bpf', 'critical', 'bpf-and-perf'],
      ['unshare', 'high', 'namespaces-and-mounts'],
      ['keyctl', 'medium', 'keyrings'],
      ['no_such_call', 'medium', 'other'],
    ]);
  });

  it('names the base that brought a call, and not the profile itself', () => {
    const leaf = exampleObject(
      seccompSpec([allowing('keyctl')], { baseProfileName: 'crun' }),
    );
    const base = exampleObject(seccompSpec([allowing('setns', 'keyctl')]), {
      name: 'crun',
    });
    const { beyond: calls } = distanceFromRuntimeDefault(
      contentOf(leaf, base),
      { capabilities: withAdded() },
    );
    expect(calls.map(({ name, broughtBy }) => [name, broughtBy])).toEqual([
      ['setns', 'crun'],
      ['keyctl', undefined],
    ]);
  });

  it('counts what RuntimeDefault allows and the profile refuses as the gain', () => {
    const { denied, within } = distance([allowing('read', 'write')]);
    expect(within).toEqual(['read', 'write']);
    expect(denied).toContain('ptrace');
    expect(denied).toContain('socket');
    expect(denied).not.toContain('read');
    expect(denied).not.toContain('bpf');
  });

  it('lists what a profile that allows by default lets through, but for what it refuses', () => {
    const content = contentOf(
      exampleObject({
        defaultAction: 'SCMP_ACT_ALLOW',
        syscalls: [{ names: ['bpf'], action: 'SCMP_ACT_ERRNO' }],
      }),
    );
    const { beyond: calls } = distanceFromRuntimeDefault(content, {
      capabilities: withAdded(),
    });
    const names = calls.map(({ name }) => name);
    expect(names).toContain('kexec_load');
    expect(names).not.toContain('bpf');
  });

  it('is empty for other kinds of profiles', () => {
    const content = contentOf(
      exampleObject({ policy: '(a)' }, { kind: 'RawSelinuxProfile' }),
    );
    expect(
      distanceFromRuntimeDefault(content, { capabilities: new Set() }),
    ).toMatchObject({ beyond: [], within: [], denied: [] });
  });

  it('says which table it rests on', () => {
    expect(distance([]).baseline).toMatch(/^moby\/profiles seccomp v\d/);
  });
});

describe('the groups of syscalls', () => {
  it('hold every call that RuntimeDefault names, each once', () => {
    const grouped = new Set(groupedSyscalls);
    const missing = runtimeDefaultTable
      .flatMap(({ names }) => names)
      .filter(name => !grouped.has(name));
    expect(missing).toEqual([]);
    expect(grouped.size).toBe(groupedSyscalls.length);
  });

  it('begin with what reaches the kernel itself and end with the rest', () => {
    const ids = syscallGroups.map(({ id }) => id);
    expect(ids[0]).toBe('kernel-modules');
    expect(ids.at(-1)).toBe('other');
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toContain(syscallRisk('read').group);
  });

  it('treat a call that nobody knows as medium', () => {
    expect(syscallRisk('no_such_call')).toMatchObject({
      group: 'other',
      risk: 'medium',
    });
    expect(syscallRisk('constructor').group).toBe('other');
  });
});
