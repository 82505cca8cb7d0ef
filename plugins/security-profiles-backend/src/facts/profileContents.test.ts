import type { ProfileContent } from '@security-profiles/analysis';
import fc from 'fast-check';
import { packContent, unpackContent } from './profileContents';

const rule = fc.record(
  {
    name: fc.constantFrom('read', 'write', 'bpf', 'constructor', '__proto__'),
    action: fc.constantFrom('SCMP_ACT_ALLOW', 'SCMP_ACT_LOG'),
    errnoRet: fc.constantFrom('0', '9223372036854775807'),
    args: fc.array(
      fc.record({
        index: fc.constantFrom('0', '1'),
        op: fc.constantFrom('SCMP_CMP_EQ', 'SCMP_CMP_NE'),
        value: fc.bigInt({ min: 0n, max: 2n ** 63n - 1n }).map(String),
        valueTwo: fc.constant('0'),
      }),
      { maxLength: 2 },
    ),
    broughtBy: fc.constantFrom('base', 'root', '__proto__'),
  },
  { requiredKeys: ['name', 'action', 'errnoRet', 'args'] },
);

function contentWith(
  rules: NonNullable<ProfileContent['seccomp']>['rules'],
): ProfileContent {
  return {
    schema: 'sp-content/1',
    kind: 'SeccompProfile',
    state: 'Enabled',
    mode: 'enforcing',
    seccomp: {
      defaultAction: 'SCMP_ACT_ERRNO',
      architectures: ['SCMP_ARCH_X86_64'],
      flags: [],
      rules,
    },
  };
}

describe('The content of a revision', () => {
  it('comes back from the database as it was', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(rule, {
          selector: ({ broughtBy: _base, ...rest }) => JSON.stringify(rest),
        }),
        rules => {
          const content = contentWith(rules);
          expect(unpackContent(packContent(content).text)).toEqual(content);
        },
      ),
    );
  });

  it('has the same hash where it is the same, and another one for another base', () => {
    const [own] = contentWith([
      { name: 'read', action: 'SCMP_ACT_ALLOW', errnoRet: '0', args: [] },
    ]).seccomp!.rules;
    const hash = (...rules: (typeof own)[]) =>
      packContent(contentWith(rules)).hash;
    expect(hash(own)).toBe(hash({ ...own }));
    expect(hash({ ...own, broughtBy: 'base' })).not.toBe(hash(own));
  });

  it('takes less than a quarter of the room that its rules would', () => {
    const content = contentWith(
      Array.from({ length: 350 }, (_, at) => ({
        name: `syscall_${at}`,
        action: 'SCMP_ACT_ALLOW',
        errnoRet: '0',
        args: [],
        ...(at % 5 === 0 ? { broughtBy: 'base' } : {}),
      })),
    );
    const { text } = packContent(content);
    expect(text.length).toBeLessThan(JSON.stringify(content).length / 4);
  });

  it('of a kind without calls is kept as it is', () => {
    const content: ProfileContent = {
      schema: 'sp-content/1',
      kind: 'RawSelinuxProfile',
      state: 'Enabled',
      mode: 'enforcing',
      raw: { bytes: 12, digest: 'sha256:0' },
    };
    expect(unpackContent(packContent(content).text)).toEqual(content);
  });
});
