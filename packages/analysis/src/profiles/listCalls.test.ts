import {
  allowing,
  contentOf,
  exampleObject,
  seccompSpec,
} from './exampleProfiles';
import { listCalls } from './listCalls';

describe('the calls of a profile', () => {
  it('are those that are not denied, with their conditions and the base that brought them', () => {
    const base = exampleObject(seccompSpec([allowing('ptrace', 'read')]), {
      name: 'base',
    });
    const leaf = exampleObject(
      seccompSpec(
        [
          allowing('read'),
          { names: ['bpf'], action: 'SCMP_ACT_KILL' },
          {
            names: ['socket'],
            action: 'SCMP_ACT_LOG',
            args: [{ index: 0, op: 'SCMP_CMP_EQ', value: 1 }],
          },
        ],
        { baseProfileName: 'base' },
      ),
    );
    expect(listCalls(contentOf(leaf, base))).toEqual([
      { name: 'ptrace', action: 'SCMP_ACT_ALLOW', broughtBy: 'base' },
      { name: 'read', action: 'SCMP_ACT_ALLOW' },
      {
        name: 'socket',
        action: 'SCMP_ACT_LOG',
        args: expect.stringContaining('address family is Unix'),
      },
    ]);
  });

  it('are none for a kind without calls', () => {
    const raw = exampleObject(
      { policy: '(allow a b)' },
      { kind: 'RawSelinuxProfile' },
    );
    expect(listCalls(contentOf(raw))).toEqual([]);
  });
});
