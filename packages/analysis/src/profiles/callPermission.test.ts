import fc from 'fast-check';
import {
  CallPermission,
  comparePermissions,
  permissionFor,
} from './callPermission';
import { permissiveness } from './seccompAction';

const value = fc.oneof(
  fc.bigInt({ min: 0n, max: 9n }),
  fc.constantFrom(
    2n ** 53n,
    2n ** 53n + 1n,
    2n ** 63n - 1n,
    0x7e020000n,
    2n ** 64n - 1n,
  ),
);

const arg = fc.record({
  index: fc.constantFrom('0', '1'),
  op: fc.constantFrom(
    'SCMP_CMP_EQ',
    'SCMP_CMP_NE',
    'SCMP_CMP_LT',
    'SCMP_CMP_LE',
    'SCMP_CMP_GT',
    'SCMP_CMP_GE',
    'SCMP_CMP_MASKED_EQ',
  ),
  value: value.map(String),
  valueTwo: value.map(String),
});

const action = fc.constantFrom(
  'SCMP_ACT_KILL_PROCESS',
  'SCMP_ACT_ERRNO',
  'SCMP_ACT_NOTIFY',
  'SCMP_ACT_LOG',
  'SCMP_ACT_ALLOW',
);

const permission: fc.Arbitrary<CallPermission> = fc.record({
  rules: fc.array(
    fc.record({ action, args: fc.array(arg, { maxLength: 2 }) }),
    { maxLength: 3 },
  ),
  defaultAction: action,
});

const call = fc.tuple(value, value);

function verdict(one: CallPermission, args: bigint[]): number {
  return permissiveness(permissionFor(one, args)) ?? NaN;
}

const reversed = {
  same: 'same',
  wider: 'narrower',
  narrower: 'wider',
  unclear: 'unclear',
};

describe('the comparison of what two filters say of one call', () => {
  it('agrees with the verdict on every single call', () => {
    fc.assert(
      fc.property(
        permission,
        permission,
        fc.array(call, { minLength: 20, maxLength: 40 }),
        (before, after, calls) => {
          const change = comparePermissions(before, after);
          const differences = calls.map(
            args => verdict(after, args) - verdict(before, args),
          );
          const allowed = {
            same: (one: number) => one === 0,
            narrower: (one: number) => one <= 0,
            wider: (one: number) => one >= 0,
            unclear: () => true,
          };
          expect(differences.filter(one => !allowed[change](one))).toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('is the opposite in the other direction', () => {
    fc.assert(
      fc.property(permission, permission, (one, other) => {
        expect(comparePermissions(other, one)).toBe(
          reversed[comparePermissions(one, other)],
        );
      }),
    );
  });

  it('finds a filter the same as itself, in any order and split in any way', () => {
    fc.assert(
      fc.property(permission, one => {
        const shuffled = {
          ...one,
          rules: [...one.rules, ...one.rules].reverse(),
        };
        expect(comparePermissions(one, shuffled)).toBe('same');
      }),
    );
  });

  const socket = (op: string, first: bigint, second = 0n) => ({
    action: 'SCMP_ACT_ALLOW',
    args: [{ index: '0', op, value: String(first), valueTwo: String(second) }],
  });
  const denying = (...rules: CallPermission['rules']): CallPermission => ({
    rules,
    defaultAction: 'SCMP_ACT_ERRNO',
  });

  it.each<[string, CallPermission, CallPermission, string]>([
    [
      'any argument instead of one value is wider',
      denying(socket('SCMP_CMP_EQ', 1n)),
      denying({ action: 'SCMP_ACT_ALLOW', args: [] }),
      'wider',
    ],
    [
      'another value is neither',
      denying(socket('SCMP_CMP_EQ', 1n)),
      denying(socket('SCMP_CMP_EQ', 2n)),
      'unclear',
    ],
    [
      'ranges that meet are one range',
      denying(socket('SCMP_CMP_LE', 4n)),
      denying(
        socket('SCMP_CMP_LT', 3n),
        socket('SCMP_CMP_EQ', 3n),
        socket('SCMP_CMP_EQ', 4n),
      ),
      'same',
    ],
    [
      'more masked bits are narrower',
      denying(socket('SCMP_CMP_MASKED_EQ', 0x3n)),
      denying(socket('SCMP_CMP_MASKED_EQ', 0x7n)),
      'narrower',
    ],
    [
      'neighbours above 2^53 are told apart',
      denying(socket('SCMP_CMP_EQ', 2n ** 53n)),
      denying(socket('SCMP_CMP_EQ', 2n ** 53n + 1n)),
      'unclear',
    ],
    [
      'all values at or above 0 are every value',
      denying(socket('SCMP_CMP_GE', 0n)),
      denying({ action: 'SCMP_ACT_ALLOW', args: [] }),
      'same',
    ],
    [
      'a value outside of the mask never holds',
      denying(),
      denying(socket('SCMP_CMP_MASKED_EQ', 0x1n, 0x2n)),
      'same',
    ],
    [
      'logging no more is wider',
      denying({ action: 'SCMP_ACT_LOG', args: [] }),
      denying({ action: 'SCMP_ACT_ALLOW', args: [] }),
      'wider',
    ],
    [
      'an action that is not known is not compared',
      denying({ action: 'SCMP_ACT_MAYBE', args: [] }),
      denying({ action: 'SCMP_ACT_ALLOW', args: [] }),
      'unclear',
    ],
    [
      'a condition that is not known is not compared',
      denying(socket('SCMP_CMP_MAYBE', 1n)),
      denying(socket('SCMP_CMP_EQ', 1n)),
      'unclear',
    ],
  ])('%s', (_, before, after, expected) => {
    expect(comparePermissions(before, after)).toBe(expected);
  });

  it('takes conditions on one argument as alternatives, as runtimes do', () => {
    const twice = denying({
      action: 'SCMP_ACT_ALLOW',
      args: [
        ...socket('SCMP_CMP_EQ', 1n).args,
        ...socket('SCMP_CMP_EQ', 2n).args,
      ],
    });
    expect(permissionFor(twice, [1n])).toBe('SCMP_ACT_ALLOW');
    expect(permissionFor(twice, [2n])).toBe('SCMP_ACT_ALLOW');
    expect(permissionFor(twice, [3n])).toBe('SCMP_ACT_ERRNO');
  });
});
