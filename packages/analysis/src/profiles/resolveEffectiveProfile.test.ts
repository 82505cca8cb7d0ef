import fc from 'fast-check';
import { indexProfiles, IndexedProfile } from './profileIndex';
import { resolveEffectiveProfile } from './resolveEffectiveProfile';
import { sourceDigest } from './sourceDigest';

function profile(
  spec: unknown,
  overrides: Partial<IndexedProfile> = {},
): IndexedProfile {
  const name = overrides.name ?? 'payments';
  return {
    id: `id-${name}`,
    kind: 'SeccompProfile',
    version: 'v1',
    name,
    uid: `uid-${name}`,
    spec,
    ...overrides,
  };
}

function resolve(leaf: IndexedProfile, ...others: IndexedProfile[]) {
  return resolveEffectiveProfile(leaf, indexProfiles([leaf, ...others]));
}

interface Rule {
  names: string[];
  action: string;
  errnoRet?: number;
  args?: unknown[];
}

const allow = (...names: string[]): Rule => ({
  names,
  action: 'SCMP_ACT_ALLOW',
});

const seccomp = (syscalls: Rule[], rest: object = {}) => ({
  defaultAction: 'SCMP_ACT_ERRNO',
  syscalls,
  ...rest,
});

const rule = fc.record({
  names: fc.uniqueArray(
    fc.constantFrom('read', 'write', 'bpf', 'ptrace', 'personality'),
    { minLength: 1 },
  ),
  action: fc.constantFrom('SCMP_ACT_ALLOW', 'SCMP_ACT_LOG', 'SCMP_ACT_ERRNO'),
  errnoRet: fc.constantFrom(0, 1),
  args: fc.array(
    fc.record({
      index: fc.nat(5),
      op: fc.constantFrom('SCMP_CMP_EQ', 'SCMP_CMP_MASKED_EQ'),
      value: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }),
    }),
    { maxLength: 2 },
  ),
});

describe('the effective digest of a seccomp profile', () => {
  it('does not change with the order of rules and names', () => {
    fc.assert(
      fc.property(
        fc
          .array(rule)
          .chain(rules =>
            fc.tuple(
              fc.constant(rules),
              fc.shuffledSubarray(rules, { minLength: rules.length }),
            ),
          ),
        ([rules, shuffled]) => {
          const reversed = shuffled.map(one => ({
            ...one,
            names: [...one.names].reverse(),
            args: [...one.args].reverse(),
          }));
          expect(resolve(profile(seccomp(reversed))).effectiveDigest).toBe(
            resolve(profile(seccomp(rules))).effectiveDigest,
          );
        },
      ),
    );
  });

  it('does not change when rules are repeated or split', () => {
    fc.assert(
      fc.property(fc.array(rule), rules => {
        const split = rules.flatMap(one =>
          one.names.map(name => ({ ...one, names: [name, name] })),
        );
        expect(
          resolve(profile(seccomp([...split, ...rules]))).effectiveDigest,
        ).toBe(resolve(profile(seccomp(rules))).effectiveDigest);
      }),
    );
  });

  it('changes with every call that is added', () => {
    fc.assert(
      fc.property(fc.array(rule), rules => {
        expect(
          resolve(profile(seccomp([...rules, allow('kexec_load')])))
            .effectiveDigest,
        ).not.toBe(resolve(profile(seccomp(rules))).effectiveDigest);
      }),
    );
  });

  it('tells int64 neighbours apart at both edges of the safe range', () => {
    const digests = [
      0,
      Number.MAX_SAFE_INTEGER,
      9007199254740992n,
      9007199254740993n,
      2n ** 63n - 2n,
      2n ** 63n - 1n,
    ].map(
      value =>
        resolve(
          profile(
            seccomp([
              {
                ...allow('personality'),
                args: [{ index: 0, op: 'SCMP_CMP_EQ', value }],
              },
            ]),
          ),
        ).effectiveDigest,
    );
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('is the same for a number and a bigint of one value', () => {
    const withValue = (value: number | bigint) =>
      resolve(
        profile(
          seccomp([
            {
              ...allow('socket'),
              args: [{ index: 0, op: 'SCMP_CMP_EQ', value }],
            },
          ]),
        ),
      ).effectiveDigest;
    expect(withValue(40)).toBe(withValue(40n));
  });

  it('is the same whether rules come from bases or from the object itself', () => {
    const leaf = profile(
      seccomp([allow('write')], { baseProfileName: 'shell' }),
    );
    const base = profile(seccomp([allow('read')]), { name: 'shell' });
    const flat = profile(seccomp([allow('read', 'write')]));
    expect(resolve(leaf, base).effectiveDigest).toBe(
      resolve(flat).effectiveDigest,
    );
  });

  it('changes when only a base changes', () => {
    const leaf = profile(
      seccomp([allow('write')], { baseProfileName: 'shell' }),
    );
    const digests = [allow('read'), allow('read', 'ptrace')].map(
      one =>
        resolve(leaf, profile(seccomp([one]), { name: 'shell' }))
          .effectiveDigest,
    );
    expect(digests[0]).not.toBe(digests[1]);
  });

  it.each([
    ['default action', { defaultAction: 'SCMP_ACT_LOG' }],
    ['state', { state: 'Disabled' }],
    ['architectures', { architectures: ['SCMP_ARCH_X86'] }],
    ['flags', { flags: ['SECCOMP_FILTER_FLAG_SPEC_ALLOW'] }],
    ['listener', { listenerPath: '/var/run/security-profiles-operator/a' }],
    ['a field of a later version', { podSelector: { app: 'x' } }],
  ])('changes with the %s', (_, change) => {
    expect(
      resolve(profile(seccomp([allow('read')], change))).effectiveDigest,
    ).not.toBe(resolve(profile(seccomp([allow('read')]))).effectiveDigest);
  });
});

describe('the resolution of a seccomp profile', () => {
  it('is own without a base', () => {
    expect(resolve(profile(seccomp([allow('read')])))).toMatchObject({
      resolution: 'own',
      bases: [],
      allows: 1,
      mode: 'enforcing',
    });
  });

  it('counts what is allowed or logged and not what is refused', () => {
    const { allows } = resolve(
      profile(
        seccomp([
          allow('read', 'write'),
          { names: ['ptrace', 'read'], action: 'SCMP_ACT_LOG' },
          { names: ['bpf'], action: 'SCMP_ACT_ERRNO' },
        ]),
      ),
    );
    expect(allows).toBe(3);
  });

  it('does not count allowed calls of a profile that allows by default', () => {
    expect(resolve(profile({ defaultAction: 'SCMP_ACT_ALLOW' }))).toMatchObject(
      { allows: null, mode: 'allows-by-default' },
    );
  });

  it('names a base that does not exist', () => {
    expect(
      resolve(profile(seccomp([], { baseProfileName: 'gone' }))),
    ).toMatchObject({
      resolution: 'unresolved',
      effectiveDigest: null,
      because: 'the base gone does not exist',
    });
  });

  it('ends at a circle', () => {
    const leaf = profile(seccomp([], { baseProfileName: 'b' }), { name: 'a' });
    const base = profile(seccomp([], { baseProfileName: 'a' }), { name: 'b' });
    expect(resolve(leaf, base)).toMatchObject({
      resolution: 'unresolved',
      because: 'the bases form a circle at a',
    });
  });

  it.each([
    [14, 'base-chain'],
    [15, 'unresolved'],
  ])('of a chain of %i bases is %s', (length, resolution) => {
    const chain = Array.from({ length: length + 1 }, (_, at) =>
      profile(
        seccomp([], at < length ? { baseProfileName: `p${at + 1}` } : {}),
        { name: `p${at}` },
      ),
    );
    expect(resolve(chain[0], ...chain.slice(1)).resolution).toBe(resolution);
  });

  it('takes the annotation for a base in a registry, with int64 exact', () => {
    const annotation = (value: string) =>
      `[{"names":["personality"],"action":"SCMP_ACT_ALLOW","args":[{"index":0,"value":${value},"op":"SCMP_CMP_EQ"}]}]`;
    const leaf = (value: string) =>
      profile(seccomp([], { baseProfileName: 'oci://reg.example.org/b:v1' }), {
        syscallsAnnotation: annotation(value),
      });
    const [one, other] = ['9007199254740993', '9007199254740992'].map(value =>
      resolve(leaf(value)),
    );
    expect(one).toMatchObject({ resolution: 'annotation', allows: 1 });
    expect(one.effectiveDigest).not.toBe(other.effectiveDigest);
  });

  it('is pinned when the registry base is named by digest', () => {
    const leaf = profile(
      seccomp([], {
        baseProfileName: `oci://reg.example.org/b@sha256:${'a'.repeat(64)}`,
      }),
      { syscallsAnnotation: '[]' },
    );
    expect(resolve(leaf).resolution).toBe('pinned');
  });

  it.each([[undefined], ['null'], ['not json']])(
    'of a registry base stays unresolved with the annotation %s',
    syscallsAnnotation => {
      const leaf = profile(seccomp([], { baseProfileName: 'oci://r/b:v1' }), {
        syscallsAnnotation,
      });
      expect(resolve(leaf)).toMatchObject({
        resolution: 'unresolved',
        effectiveDigest: null,
      });
    },
  );

  it('looks for bases of old objects in their own namespace', () => {
    const leaf = profile(seccomp([], { baseProfileName: 'b' }), {
      namespace: 'shop',
    });
    const elsewhere = profile(seccomp([]), { name: 'b', namespace: 'other' });
    const here = profile(seccomp([]), { name: 'b', namespace: 'shop' });
    expect(resolve(leaf, elsewhere).resolution).toBe('unresolved');
    expect(resolve(leaf, here).resolution).toBe('base-chain');
  });
});

describe('profiles of other kinds', () => {
  const selinux = (spec: unknown, name = 'web') =>
    profile(spec, { kind: 'SelinuxProfile', name });

  it('give SELinux the same digest whether the default parent is written or not', () => {
    expect(resolve(selinux({})).effectiveDigest).toBe(
      resolve(selinux({ inherit: [{ name: 'container' }], mode: 'Enforcing' }))
        .effectiveDigest,
    );
  });

  it('merge what an SELinux parent allows', () => {
    const parent = selinux({ allow: { var_log_t: { file: ['read'] } } }, 'p');
    const inherit = [{ kind: 'SelinuxProfile', name: 'p' }];
    const child = selinux({
      inherit,
      allow: { var_log_t: { file: ['write', 'write'] } },
    });
    const flat = selinux({
      allow: { var_log_t: { file: ['read', 'write'] } },
    });
    expect(resolve(child, parent)).toMatchObject({
      resolution: 'base-chain',
      bases: ['p'],
    });
    expect(resolve(child, parent).effectiveDigest).toBe(
      resolve(flat).effectiveDigest,
    );
    expect(resolve(child).resolution).toBe('unresolved');
  });

  it('treat line ends of a raw policy as one, and nothing else', () => {
    const raw = (policy: string) =>
      resolve(profile({ policy }, { kind: 'RawSelinuxProfile' }))
        .effectiveDigest;
    expect(raw('(a)\r\n(b)')).toBe(raw('(a)\n(b)'));
    expect(raw('(a)\n(b)')).not.toBe(raw('(a)\n (b)'));
  });

  it('treat AppArmor lists as sets', () => {
    const armor = (readOnlyPaths: string[]) =>
      resolve(
        profile(
          { abstract: { filesystem: { readOnlyPaths } } },
          { kind: 'AppArmorProfile' },
        ),
      ).effectiveDigest;
    expect(armor(['/a', '/b', '/a'])).toBe(armor(['/b', '/a']));
    expect(armor(['/a'])).not.toBe(armor(['/b']));
  });
});

describe('the source digest', () => {
  it('does not depend on the order of sets, and does on the order of rules', () => {
    const digest = (syscalls: Rule[]) =>
      sourceDigest(profile(seccomp(syscalls)));
    expect(digest([allow('b', 'a')])).toBe(digest([allow('a', 'b', 'a')]));
    expect(digest([allow('a'), allow('b')])).not.toBe(
      digest([allow('b'), allow('a')]),
    );
  });

  it.each([
    ['SeccompProfile', { disabled: true }, { state: 'Disabled' }],
    ['SelinuxProfile', { permissive: true }, { mode: 'Permissive' }],
    ['AppArmorProfile', { complainMode: true }, { mode: 'Complain' }],
  ] as const)(
    'of an old %s equals that of its v1 form',
    (kind, oldSpec, newSpec) => {
      expect(
        sourceDigest(profile(oldSpec, { kind, version: 'v1alpha1' })),
      ).toBe(sourceDigest(profile(newSpec, { kind })));
    },
  );

  it('ignores old fields in a v1 object, as Kubernetes does', () => {
    expect(
      sourceDigest(profile({ permissive: true }, { kind: 'SelinuxProfile' })),
    ).not.toBe(
      sourceDigest(profile({ mode: 'Permissive' }, { kind: 'SelinuxProfile' })),
    );
  });

  it('never throws, whatever a spec looks like', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true }),
        fc.constantFrom(
          'SeccompProfile' as const,
          'SelinuxProfile' as const,
          'RawSelinuxProfile' as const,
          'AppArmorProfile' as const,
        ),
        (spec, kind) => {
          const odd = profile(spec, { kind });
          expect(sourceDigest(odd)).toMatch(/^sha256:[0-9a-f]{64}$/);
          expect(() => resolve(odd)).not.toThrow();
        },
      ),
    );
  });
});
