import { ruleGroups } from './ruleGroups';

const base = { mode: 'enforcing', bases: [], rules: [] };

describe('ruleGroups', () => {
  it('puts what is beyond RuntimeDefault first and nowhere else', () => {
    const { beyond, groups } = ruleGroups({
      ...base,
      beyondRuntimeDefault: ['keyctl'],
      rules: [{ action: 'SCMP_ACT_ALLOW', names: ['write', 'keyctl', 'read'] }],
    });
    expect(beyond).toEqual([{ name: 'keyctl', conditions: [] }]);
    expect(groups).toEqual([
      {
        action: 'ALLOW',
        entries: [
          { name: 'read', conditions: [] },
          { name: 'write', conditions: [] },
        ],
      },
    ]);
  });

  it('lists what is allowed before what is denied', () => {
    const { groups } = ruleGroups({
      ...base,
      rules: [
        { action: 'SCMP_ACT_ERRNO', names: ['mount'] },
        { action: 'SCMP_ACT_LOG', names: ['getcpu'] },
        { action: 'SCMP_ACT_ALLOW', names: ['read'] },
      ],
    });
    expect(groups.map(({ action }) => action)).toEqual([
      'ALLOW',
      'LOG',
      'ERRNO',
    ]);
  });

  it('drops a condition when another rule allows the syscall always', () => {
    const { groups } = ruleGroups({
      ...base,
      rules: [
        {
          action: 'SCMP_ACT_ALLOW',
          names: ['socket'],
          conditions: 'argument 0 is 1',
        },
        { action: 'SCMP_ACT_ALLOW', names: ['socket'] },
      ],
    });
    expect(groups[0].entries).toEqual([{ name: 'socket', conditions: [] }]);
  });

  it('keeps every condition of several rules', () => {
    const { groups } = ruleGroups({
      ...base,
      rules: ['argument 0 is 1', 'argument 0 is 2'].map(conditions => ({
        action: 'SCMP_ACT_ALLOW',
        names: ['socket'],
        conditions,
      })),
    });
    expect(groups[0].entries).toEqual([
      { name: 'socket', conditions: ['argument 0 is 1', 'argument 0 is 2'] },
    ]);
  });

  it('names what is beyond RuntimeDefault even where no rule names it', () => {
    expect(
      ruleGroups({ ...base, beyondRuntimeDefault: ['bpf'] }).beyond,
    ).toEqual([{ name: 'bpf', conditions: [] }]);
  });
});
