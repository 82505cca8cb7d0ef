import { ConfigReader } from '@backstage/config';
import { defaultApprovalRules } from '@security-profiles/analysis';
import { readApprovalSettings } from './readApprovalSettings';

const read = (approvals?: object) =>
  readApprovalSettings(
    new ConfigReader({ securityProfiles: { ...(approvals && { approvals }) } }),
    ['production', 'staging'],
  );

describe('The rules of approvals in config', () => {
  it('are the default ones where nothing is said', () => {
    expect(read()).toEqual({ rules: defaultApprovalRules, aliases: [] });
  });

  it('change what they name, and keep the rest', () => {
    const { rules, aliases } = read({
      version: '2026-12',
      tiers: { T0: { owner: 0 }, T3: { security: 1, life: 'P30D' } },
      inherit: [{ from: 'staging', to: 'production', tiers: ['T0'] }],
      aliases: [['user:default/ada', 'user:default/ada-admin']],
    });
    expect(rules.tiers.T0.quorum).toEqual([]);
    expect(rules.tiers.T3).toEqual({
      quorum: [
        { slot: 'owner', count: 1 },
        { slot: 'security', count: 1 },
      ],
      grantLife: 'P30D',
      lifeOfClass: { 'ai-agent': 'P30D' },
    });
    expect(rules.tiers.T2).toEqual(defaultApprovalRules.tiers.T2);
    expect(rules.inherits).toHaveLength(1);
    expect(rules.digest).not.toBe(defaultApprovalRules.digest);
    expect(aliases).toEqual([['user:default/ada', 'user:default/ada-admin']]);
  });

  it.each<[string, object, RegExp]>([
    [
      'an unknown key',
      { quorum: 2 },
      /securityProfiles\.approvals: Unrecognized key/,
    ],
    [
      'a life in months',
      { tiers: { T1: { life: 'P6M' } } },
      /securityProfiles\.approvals\.tiers\.T1\.grantLife is "P6M"/,
    ],
    [
      'nobody above T0',
      { tiers: { T2: { owner: 0, security: 0 } } },
      /approvals\.tiers\.T2\.quorum is empty/,
    ],
    [
      'an environment that there is not',
      { inherit: [{ from: 'test', to: 'production', tiers: ['T1'] }] },
      /approvals\.inherit\.0\.from: test is no environment; expected one of production, staging/,
    ],
    [
      'a group as an alias',
      { aliases: [['group:default/a', 'user:default/b']] },
      /approvals\.aliases\.0\.0/,
    ],
    [
      'glass that stays broken for two days',
      { emergencyLife: 'PT48H' },
      /approvals\.emergencyLife is "PT48H"/,
    ],
  ])('refuse %s', (_, approvals, message) => {
    expect(() => read(approvals)).toThrow(message);
  });
});
