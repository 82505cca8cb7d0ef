import fc from 'fast-check';
import { permissionFor } from './callPermission';
import { compareProfiles } from './compareProfiles';
import { ChangeClass } from './comparison';
import { contentOf, exampleObject, ExampleRule } from './exampleProfiles';
import { ProfileContent } from './profileContent';
import { permissiveness } from './seccompAction';
import { rulesByName } from './seccompRules';

const names = ['read', 'bpf', 'socket', 'clone'];

const rule: fc.Arbitrary<ExampleRule> = fc.record({
  names: fc.uniqueArray(fc.constantFrom(...names), { minLength: 1 }),
  action: fc.constantFrom(
    'SCMP_ACT_ALLOW',
    'SCMP_ACT_LOG',
    'SCMP_ACT_ERRNO',
    'SCMP_ACT_KILL_PROCESS',
  ),
  args: fc.array(
    fc.record({
      index: fc.nat(1),
      op: fc.constantFrom(
        'SCMP_CMP_EQ',
        'SCMP_CMP_NE',
        'SCMP_CMP_LT',
        'SCMP_CMP_GE',
        'SCMP_CMP_MASKED_EQ',
      ),
      value: fc.nat(4),
      valueTwo: fc.nat(4),
    }),
    { maxLength: 1 },
  ),
});

const spec = fc.record({
  defaultAction: fc.constantFrom('SCMP_ACT_ERRNO', 'SCMP_ACT_KILL_PROCESS'),
  syscalls: fc.array(rule, { maxLength: 4 }),
  architectures: fc.subarray(['SCMP_ARCH_X86_64', 'SCMP_ARCH_X86']),
  flags: fc.subarray(['SECCOMP_FILTER_FLAG_SPEC_ALLOW']),
});

const content = spec.map(one => contentOf(exampleObject(one)));

/** Of three, the second is mostly a part of the first and the third of the second, so that there is something to find. */
const chainOfThree = fc
  .tuple(spec, fc.infiniteStream(fc.boolean()))
  .map(([first, keep]) => {
    const part = (one: typeof first) => ({
      ...one,
      syscalls: one.syscalls.filter(() => keep.next().value),
    });
    const second = part(first);
    return [first, second, part(second)].map(one =>
      contentOf(exampleObject(one)),
    );
  });

const calls = fc.array(fc.tuple(fc.bigInt(0n, 6n), fc.bigInt(0n, 6n)), {
  minLength: 10,
  maxLength: 10,
});

/** How permissive a profile is towards a call. */
function verdict(
  { seccomp }: ProfileContent,
  name: string,
  args: bigint[],
): number {
  const rules = rulesByName(seccomp?.rules ?? []).get(name) ?? [];
  const action = permissionFor(
    { rules, defaultAction: seccomp?.defaultAction ?? '' },
    args,
  );
  return permissiveness(action) ?? NaN;
}

const reversed: Partial<Record<ChangeClass, ChangeClass>> = {
  wider: 'narrower',
  narrower: 'wider',
};

describe('the comparison of two profiles', () => {
  it('is the opposite in the other direction', () => {
    fc.assert(
      fc.property(content, content, (one, other) => {
        const forth = compareProfiles(one, other).class;
        expect(compareProfiles(other, one).class).toBe(
          reversed[forth] ?? forth,
        );
      }),
    );
  });

  it('is transitive where it is defined', () => {
    fc.assert(
      fc.property(chainOfThree, ([first, second, third]) => {
        const words = [
          compareProfiles(first, second).class,
          compareProfiles(second, third).class,
        ];
        fc.pre(words.every(word => word === 'narrower'));
        expect(compareProfiles(first, third).class).toBe('narrower');
        expect(compareProfiles(third, first).class).toBe('wider');
      }),
    );
  });

  it('calls narrower only what lets no single call do more', () => {
    fc.assert(
      fc.property(content, content, calls, (before, after, argumentLists) => {
        const word = compareProfiles(before, after).class;
        fc.pre(word === 'narrower' || word === 'wider' || word === 'identical');
        const differences = names.flatMap(name =>
          argumentLists.map(
            args => verdict(after, name, args) - verdict(before, name, args),
          ),
        );
        expect(
          differences.filter(
            one =>
              (word !== 'wider' && one > 0) || (word !== 'narrower' && one < 0),
          ),
        ).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('finds a profile identical to itself, in any order and however its rules are split and repeated', () => {
    fc.assert(
      fc.property(spec, calls, (one, argumentLists) => {
        const split = {
          ...one,
          syscalls: [...one.syscalls, ...one.syscalls]
            .reverse()
            .flatMap(({ names: all, ...rest }) =>
              all.map(name => ({ ...rest, names: [name, name] })),
            ),
        };
        const [before, after] = [one, split].map(each =>
          contentOf(exampleObject(each)),
        );
        expect(compareProfiles(before, after)).toEqual({
          class: 'identical',
          lines: [],
        });
        for (const name of names) {
          for (const args of argumentLists) {
            expect(verdict(after, name, args)).toBe(
              verdict(before, name, args),
            );
          }
        }
      }),
    );
  });

  it('proves its word by its lines', () => {
    fc.assert(
      fc.property(content, content, (before, after) => {
        const { class: word, lines } = compareProfiles(before, after);
        const directions = [
          ...new Set(lines.map(({ direction }) => direction)),
        ];
        const expected = {
          identical: [],
          cosmetic: [],
          wider: ['wider'],
          narrower: ['narrower'],
          'mode-relaxed': directions,
          incomparable: directions,
        };
        expect(directions).toEqual(expected[word]);
      }),
    );
  });
});

describe('the union with bases', () => {
  it('never denies what a base or the profile itself allowed', () => {
    fc.assert(
      fc.property(
        fc.array(rule, { maxLength: 4 }),
        fc.array(rule, { maxLength: 4 }),
        calls,
        (own, inherited, argumentLists) => {
          const profile = (syscalls: ExampleRule[], rest: object = {}) => ({
            defaultAction: 'SCMP_ACT_KILL_PROCESS',
            syscalls,
            ...rest,
          });
          const base = exampleObject(profile(inherited), { name: 'base' });
          const together = contentOf(
            exampleObject(profile(own, { baseProfileName: 'base' })),
            base,
          );
          const parts = [
            contentOf(base),
            contentOf(exampleObject(profile(own))),
          ];
          for (const name of names) {
            for (const args of argumentLists) {
              expect(verdict(together, name, args)).toBe(
                Math.max(...parts.map(part => verdict(part, name, args))),
              );
            }
          }
          for (const part of parts) {
            expect(['identical', 'wider', 'incomparable']).toContain(
              compareProfiles(part, together).class,
            );
          }
        },
      ),
    );
  });
});
