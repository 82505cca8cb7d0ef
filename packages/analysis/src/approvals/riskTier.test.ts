import { RiskFacts, riskTier } from './riskTier';

const own = {
  kind: 'SeccompProfile',
  mode: 'enforcing',
  resolution: 'own',
  beyond: [] as string[],
};

describe('the tier of what is asked for', () => {
  it.each<[string, string, Omit<RiskFacts, 'counted'>]>([
    ['nothing beyond RuntimeDefault', 'T0', { profile: own }],
    [
      'a call beyond RuntimeDefault that is no risk',
      'T1',
      { profile: { ...own, beyond: ['vmsplice'] } },
    ],
    [
      'an AppArmor profile',
      'T1',
      { profile: { ...own, kind: 'AppArmorProfile' } },
    ],
    [
      'a risky call beyond RuntimeDefault',
      'T2',
      { profile: { ...own, beyond: ['userfaultfd'] } },
    ],
    [
      'a call out of the container',
      'T3',
      { profile: { ...own, beyond: ['bpf', 'userfaultfd'] } },
    ],
    [
      'a mode that holds nothing back',
      'T2',
      { profile: { ...own, mode: 'permissive' } },
    ],
    [
      'a base whose tag can move',
      'T2',
      { profile: { ...own, resolution: 'annotation' } },
    ],
    [
      'a base pinned to a digest',
      'T0',
      { profile: { ...own, resolution: 'pinned' } },
    ],
    [
      'a raw SELinux policy',
      'T3',
      { profile: { ...own, kind: 'RawSelinuxProfile' } },
    ],
    [
      'an AppArmor profile that lets CAP_SYS_ADMIN through',
      'T3',
      {
        profile: {
          ...own,
          kind: 'AppArmorProfile',
          capabilities: ['sys_admin'],
        },
      },
    ],
    [
      'an elevation of high risk',
      'T2',
      {
        elevations: [
          { id: 'capability-net-admin', risk: 'high', value: 'CAP_NET_ADMIN' },
        ],
      },
    ],
    [
      'the host PID namespace',
      'T3',
      { elevations: [{ id: 'host-pid', risk: 'high', value: 'true' }] },
    ],
    [
      'a privileged container',
      'T3',
      { elevations: [{ id: 'privileged', risk: 'critical', value: 'true' }] },
    ],
    [
      'no seccomp filter',
      'T3',
      {
        confinement: {
          seccomp: 'unconfined',
          appArmor: 'unset',
          seLinux: 'unset',
        },
      },
    ],
    [
      'a file that no profile describes',
      'T3',
      {
        confinement: {
          seccomp: 'foreign',
          appArmor: 'unset',
          seLinux: 'unset',
        },
      },
    ],
    [
      'an AI agent at T2',
      'T3',
      {
        profile: { ...own, beyond: ['userfaultfd'] },
        classes: ['ordinary', 'ai-agent'],
      },
    ],
    [
      'an eBPF collector at T2',
      'T3',
      { profile: { ...own, mode: 'logging' }, classes: ['ebpf-collector'] },
    ],
    ['an AI agent at T0', 'T0', { profile: own, classes: ['ai-agent'] }],
    ['a waiver of a critical finding', 'T2', { severity: 'critical' }],
    ['a waiver of a low finding', 'T1', { severity: 'low' }],
  ])('%s is %s', (_, tier, facts) => {
    const found = riskTier({ counted: 'yes', ...facts });
    expect(found.tier).toBe(tier);
    const risky = tier === 'T2' || tier === 'T3';
    expect(found.reasons.length > 0 || !risky).toBe(true);
  });

  it('is lower where the environment does not count', () => {
    const unconfined = {
      confinement: {
        seccomp: 'unconfined',
        appArmor: 'unset',
        seLinux: 'unset',
      },
    };
    expect(riskTier({ counted: 'no', ...unconfined }).tier).toBe('T2');
    expect(
      riskTier({ counted: 'no', profile: { ...own, mode: 'permissive' } }).tier,
    ).toBe('T1');
  });

  it('says why, the highest reasons only', () => {
    expect(
      riskTier({
        counted: 'yes',
        profile: {
          ...own,
          beyond: ['bpf', 'userfaultfd'],
          resolution: 'annotation',
        },
      }).reasons,
    ).toEqual(['it allows bpf, which RuntimeDefault does not']);
  });
});
