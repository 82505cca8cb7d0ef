import {
  ApprovalRules,
  approvalRules,
  defaultApprovalRules,
} from './approvalRules';
import { sameInEveryTier } from './exampleEvents';

const { tiers } = defaultApprovalRules;

describe('rules', () => {
  it('have a digest that changes with each of their parts', () => {
    const changes: Partial<ApprovalRules>[] = [
      { version: '2' },
      { tiers: { ...tiers, T0: { quorum: [], grantLife: 'P365D' } } },
      { tiers: { ...tiers, T3: { ...tiers.T3, grantLife: 'P30D' } } },
      { tiers: { ...tiers, T3: { ...tiers.T3, lifeOfClass: {} } } },
      { requestLife: 'PT1H' },
      { narrower: [{ slot: 'security', count: 1 }] },
      { emergencyLife: 'PT2H' },
      { reviewDue: 'PT24H' },
      { waiverLife: 'P7D' },
      { renewAt: 90 },
      { inherits: [{ from: 'staging', to: 'production', tiers: ['T1'] }] },
    ];
    const digests = changes.map(part => approvalRules(part).digest);
    expect(new Set([...digests, defaultApprovalRules.digest]).size).toBe(
      changes.length + 1,
    );
    const { digest: _digest, ...parts } = defaultApprovalRules;
    expect(approvalRules(parts)).toEqual(defaultApprovalRules);
  });

  it.each<[string, () => unknown, RegExp]>([
    [
      'a life in months',
      () =>
        sameInEveryTier({
          quorum: [{ slot: 'owner', count: 1 }],
          grantLife: 'P6M',
        }),
      /tiers\.T0\.grantLife is "P6M"/,
    ],
    ['no life', () => approvalRules({ requestLife: 'PT0S' }), /requestLife/],
    [
      'an empty quorum above T0',
      () => sameInEveryTier({ quorum: [], grantLife: 'P1D' }),
      /tiers\.T1\.quorum is empty/,
    ],
    [
      'half a person',
      () => approvalRules({ narrower: [{ slot: 'owner', count: 0.5 }] }),
      /narrower asks for 0\.5 from owner/,
    ],
    [
      'a slot twice',
      () =>
        sameInEveryTier({
          quorum: [
            { slot: 'owner', count: 1 },
            { slot: 'owner', count: 1 },
          ],
          grantLife: 'P1D',
        }),
      /twice/,
    ],
    [
      'glass that stays broken for longer than a day',
      () => approvalRules({ emergencyLife: 'PT25H' }),
      /emergencyLife is "PT25H"; expected at most PT24H/,
    ],
    [
      'an environment that inherits from itself',
      () => approvalRules({ inherits: [{ from: 'a', to: 'a', tiers: [] }] }),
      /two environments/,
    ],
    [
      'a renewal after the end',
      () => approvalRules({ renewAt: 100 }),
      /renewAt is 100/,
    ],
  ])('refuse %s', (_, make, message) => {
    expect(make).toThrow(message);
  });
});
