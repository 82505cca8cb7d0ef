import fc from 'fast-check';
import { compareProfiles } from './compareProfiles';
import { distanceFromRuntimeDefault } from './distanceFromRuntimeDefault';
import { allowing, exampleObject, seccompSpec } from './exampleProfiles';
import { legacyFields } from './legacyFields';
import { profileContent } from './profileContent';
import { indexProfiles, IndexedProfile } from './profileIndex';
import { profileMode } from './profileMode';
import { ProfileKind } from './profileObject';
import { resolveEffectiveProfile } from './resolveEffectiveProfile';

function read(profile: IndexedProfile, ...others: IndexedProfile[]) {
  const effective = resolveEffectiveProfile(
    profile,
    indexProfiles([profile, ...others]),
  );
  const content = profileContent(profile, effective);
  const beyond = content
    ? distanceFromRuntimeDefault(content, {
        capabilities: new Set(),
      }).beyond.map(({ name }) => name)
    : undefined;
  return { effective, content, beyond };
}

const kinds: ProfileKind[] = [
  'SeccompProfile',
  'SelinuxProfile',
  'RawSelinuxProfile',
  'AppArmorProfile',
];

const words = [
  'identical',
  'narrower',
  'wider',
  'mode-relaxed',
  'incomparable',
  'unresolved',
];

describe('a profile that a CRD would refuse', () => {
  it('never breaks the reader, whatever it looks like', () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true }),
        fc.anything({ withBigInt: true }),
        fc.constantFrom(...kinds),
        fc.option(fc.string(), { nil: undefined }),
        (before, after, kind, syscallsAnnotation) => {
          const one = exampleObject(before, { kind, syscallsAnnotation });
          const other = exampleObject(after, { kind, version: 'v1alpha1' });
          const [first, second] = [read(one), read(other)];
          expect(first.effective.mode).toBe(profileMode(one));
          expect(first.content === undefined).toBe(
            first.effective.effectiveDigest === null,
          );
          expect(legacyFields(one).length).toBeLessThanOrEqual(2);
          const word =
            first.content && second.content
              ? compareProfiles(first.content, second.content).class
              : 'unresolved';
          expect(words).toContain(word);
        },
      ),
    );
  });

  it.each([
    ['a mode that nobody knows', { defaultAction: 'SCMP_ACT_MAYBE' }],
    ['no default action', {}],
    ['a default action that is a number', { defaultAction: 7 }],
  ])('with %s is of unknown mode, not enforcing', (_, spec) => {
    expect(read(exampleObject(spec)).effective.mode).toBe('unknown');
  });

  it.each([
    ['an unknown action', { names: ['bpf'], action: 'SCMP_ACT_MAYBE' }],
    ['an action that is no text', { names: ['bpf'], action: 7 }],
    ['no action', { names: ['bpf'] }],
  ])('with %s is counted as if it let the call through', (_, rule) => {
    const { beyond } = read(
      exampleObject({ defaultAction: 'SCMP_ACT_ERRNO', syscalls: [rule] }),
    );
    expect(beyond).toEqual(['bpf']);
  });

  it('with a syscall that nobody knows is beyond RuntimeDefault', () => {
    expect(
      read(exampleObject(seccompSpec([allowing('frobnicate', 'toString')])))
        .beyond,
    ).toEqual(['frobnicate', 'toString']);
  });

  it.each([-1n, 2n ** 64n, -(2n ** 63n)])(
    'with the argument value %s is not called narrower',
    value => {
      const limited = exampleObject(
        seccompSpec([
          {
            ...allowing('socket'),
            args: [{ index: 0, op: 'SCMP_CMP_EQ', value }],
          },
        ]),
      );
      const [before, after] = [
        exampleObject(seccompSpec([allowing('socket')])),
        limited,
      ].map(one => read(one).content);
      expect(before && after && compareProfiles(before, after).class).toBe(
        'incomparable',
      );
      expect(read(limited).beyond).toEqual(['socket']);
    },
  );

  it('with more than six conditions is read as alternatives', () => {
    const args = Array.from({ length: 9 }, (_, at) => ({
      index: 0,
      op: 'SCMP_CMP_EQ',
      value: at,
    }));
    expect(
      read(exampleObject(seccompSpec([{ ...allowing('socket'), args }])))
        .beyond,
    ).toEqual([]);
  });

  it('of 10,000 rules is read and compared in time', () => {
    const rules = Array.from({ length: 10_000 }, (_, at) =>
      allowing(`call_${at}`),
    );
    const [all, fewer] = [rules, rules.slice(1)].map(some =>
      read(exampleObject(seccompSpec(some))),
    );
    expect(all.effective.allows).toBe(10_000);
    expect(
      all.content &&
        fewer.content &&
        compareProfiles(all.content, fewer.content),
    ).toMatchObject({ class: 'narrower', lines: [{ subject: 'call_0' }] });
  }, 20_000);

  it('of 10,000 rules on one call is read and compared in time', () => {
    const rules = Array.from({ length: 10_000 }, (_, at) => ({
      ...allowing('ioctl'),
      args: [{ index: 1, op: 'SCMP_CMP_EQ', value: at * 2 }],
    }));
    const [all, any] = [rules, [allowing('ioctl')]].map(
      some => read(exampleObject(seccompSpec(some))).content,
    );
    expect(all && any && compareProfiles(all, any)).toMatchObject({
      class: 'wider',
      lines: [
        {
          subject: 'ioctl',
          before: expect.stringMatching(/ or 9995 more; otherwise denied$/),
          after: 'allowed',
        },
      ],
    });
  }, 20_000);
});

describe('bases that lead nowhere', () => {
  const based = (name: string, baseProfileName: string) =>
    exampleObject(seccompSpec([], { baseProfileName }), { name });

  it.each<[string, IndexedProfile[], string]>([
    [
      'a profile that is its own base',
      [based('a', 'a')],
      'the bases form a circle at a',
    ],
    [
      'a circle further up',
      [based('a', 'b'), based('b', 'c'), based('c', 'b')],
      'the bases form a circle at b',
    ],
    ['a base that vanished', [based('a', 'b')], 'the base b does not exist'],
    [
      'a base of another kind',
      [
        based('a', 'b'),
        exampleObject({}, { name: 'b', kind: 'SelinuxProfile' }),
      ],
      'the base b does not exist',
    ],
    [
      'a registry at the end of 14 others',
      Array.from({ length: 15 }, (_, at) =>
        based(`p${at}`, at < 14 ? `p${at + 1}` : 'oci://example.org/b:v1'),
      ),
      'the chain of bases is longer than 14',
    ],
  ])('%s leaves the content unknown, with a reason', (_, profiles, because) => {
    const [first, ...others] = profiles;
    expect(read(first, ...others)).toMatchObject({
      effective: {
        resolution: 'unresolved',
        because,
        effectiveDigest: null,
        allows: null,
      },
      content: undefined,
    });
  });

  it('leave an SELinux profile unknown where a parent is missing or parents form a circle, and not where two share one', () => {
    const inheriting = (name: string, ...parents: string[]) =>
      exampleObject(
        {
          inherit: parents.map(parent => ({
            kind: 'SelinuxProfile',
            name: parent,
          })),
        },
        { name, kind: 'SelinuxProfile' },
      );
    expect(read(inheriting('a', 'gone')).effective).toMatchObject({
      resolution: 'unresolved',
      because: 'the parent gone does not exist',
    });
    expect(
      read(inheriting('a', 'b'), inheriting('b', 'a')).effective,
    ).toMatchObject({
      resolution: 'unresolved',
      because: 'the parents form a circle at a',
    });
    expect(
      read(
        inheriting('a', 'b', 'c'),
        inheriting('b', 'd'),
        inheriting('c', 'd'),
        exampleObject({}, { name: 'd', kind: 'SelinuxProfile' }),
      ).effective,
    ).toMatchObject({ resolution: 'base-chain', bases: ['b', 'c', 'd'] });
  });
});

describe('an object that was migrated by half', () => {
  it('is as strict or lenient as its version makes it, and says which fields are lost', () => {
    const spec = { mode: 'Enforcing', permissive: true };
    const [old, young] = ['v1alpha2', 'v1'].map(version =>
      exampleObject(spec, { kind: 'SelinuxProfile', version }),
    );
    expect(profileMode(old)).toBe('permissive');
    expect(profileMode(young)).toBe('enforcing');
    expect(legacyFields(young)).toMatchObject([
      { field: 'spec.permissive', effect: 'dropped' },
    ]);
  });
});
