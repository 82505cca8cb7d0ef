import { DataplaneVerdict } from '../dataplane/dataplaneVerdict';
import { exampleCluster, exampleDataplane, exampleFacts } from './exampleFacts';
import { judgeEntity } from './judgeEntity';
import { defaultRuleset } from './ruleset';

const now = '2026-11-23T10:00:00Z';

function judge(dataplane: DataplaneVerdict | undefined, rest = {}) {
  return judgeEntity(
    exampleFacts({ clusters: [exampleCluster({ dataplane, ...rest })] }),
    defaultRuleset,
    now,
  );
}

const advisory = {
  id: 'GHSA-x',
  aliases: [],
  severity: 'high' as const,
  title: 'x',
  because: 'enable-gateway-api = true.',
  decidedBy: [],
  versions: ['1.19.7'],
  nodes: 2,
  names: ['a', 'b'],
};

/** The finding, what the dataplane looks like, and what is said. */
const cases: [string, Partial<DataplaneVerdict>, string, string][] = [
  [
    'cilium-advisory-applies',
    { advisories: [{ ...advisory, verdict: 'applies' }] },
    'fail',
    'eu: GHSA-x applies.',
  ],
  [
    'cilium-advisory-applies',
    { advisories: [{ ...advisory, verdict: 'applies-if' }] },
    'unknown',
    "Can't tell for eu: whether GHSA-x applies; of the first: enable-gateway-api = true.",
  ],
  [
    'cilium-advisory-applies',
    { advisories: [{ ...advisory, verdict: 'not-affected' }] },
    'pass',
    'No known advisory applies to Cilium in the clusters below.',
  ],
  [
    'cilium-audit-mode',
    { auditMode: 'on' },
    'fail',
    'eu: policy-audit-mode is true: nothing is dropped.',
  ],
  [
    'cilium-audit-mode',
    { auditMode: 'unknown', settingsReason: 'it may not be read' },
    'unknown',
    "Can't tell for eu: it may not be read.",
  ],
  [
    'cilium-rollout-stuck',
    {
      rollOut: {
        state: 'stuck',
        wanted: '1.20.2',
        because: '1 of 2 agents are updated',
      },
    },
    'warn',
    'eu: roll-out of 1.20.2: 1 of 2 agents are updated.',
  ],
  [
    'cilium-rollout-stuck',
    { rollOut: undefined },
    'unknown',
    "Can't tell for eu: its DaemonSet was not read.",
  ],
  [
    'cilium-operator-skew',
    { operator: { state: 'differs', because: 'the operator is older' } },
    'warn',
    'eu: the operator is older.',
  ],
  [
    'cilium-operator-skew',
    { operator: { state: 'not-applicable', because: 'none' } },
    'not-applicable',
    'No cluster below runs a Cilium that this applies to.',
  ],
  [
    'cilium-kernel-unfit',
    {
      kernel: {
        state: 'known-bad',
        problems: [
          { state: 'known-bad', because: 'it breaks', nodes: 1, names: ['a'] },
        ],
      },
    },
    'warn',
    'eu: kernel of a: it breaks.',
  ],
  [
    'cilium-kubernetes-untested',
    { kubernetes: { state: 'untested', because: 'this is 1.20' } },
    'warn',
    'eu: this is 1.20.',
  ],
  [
    'cilium-config-pending',
    {
      config: {
        state: 'not-live',
        olderAgents: 1,
        names: ['a'],
        changedAt: '2026-11-22T00:00:00Z',
      },
    },
    'warn',
    'eu: changed on 22 November 2026, 1 agent still runs the old settings.',
  ],
  [
    'cilium-feed-old',
    {
      feed: {
        releases: { state: 'old', asOf: '2026-09-16', days: 68 },
        advisories: { state: 'fresh' },
      },
    },
    'warn',
    'eu: judged by releases of 16 September 2026.',
  ],
];

describe('the dataplane of a cluster', () => {
  it.each(cases)('%s with %j is %s: %s', (id, overrides, status, reason) => {
    const finding = judge(exampleDataplane(overrides)).findings.find(
      one => one.id === id,
    );
    expect([finding?.status, finding?.reason]).toEqual([status, reason]);
  });

  it('is judged once per cluster, however many pods run there, and never moves a level', () => {
    const worst = Object.assign(
      {},
      ...cases.map(([, overrides]) => overrides),
    ) as Partial<DataplaneVerdict>;
    const bad = judge(exampleDataplane({ ...worst, auditMode: 'on' }));
    const good = judge(exampleDataplane());
    expect(bad.level).toBe(good.level);
    for (const finding of bad.findings) {
      expect(
        finding.id.startsWith('cilium-') ? finding.evidenceTotal : 0,
      ).toBeLessThanOrEqual(1);
    }
  });

  it('that was not judged is unknown', () => {
    expect(
      judge(undefined).findings.find(({ id }) => id === 'cilium-audit-mode')
        ?.status,
    ).toBe('unknown');
  });

  it('of another network plugin is no matter of these', () => {
    const { findings } = judge(undefined, {
      cilium: null,
      ciliumInstalled: 'no',
    });
    expect(
      findings
        .filter(({ id }) => id.startsWith('cilium-'))
        .map(({ status }) => status),
    ).toEqual(Array(13).fill('not-applicable'));
  });

  it.each([
    ['planned', '; planned is 1.20.3 on 2 December 2026 (perrin: a freeze).'],
    [
      'late',
      '; planned was 1.20.3 on 2 December 2026 (perrin: a freeze), which has passed.',
    ],
    ['done', 'nothing is dropped.'],
  ] as const)(
    'carries what is planned wherever it is wrong: %s',
    (state, end) => {
      const { findings } = judge(
        exampleDataplane({
          auditMode: 'on',
          plan: {
            version: '1.20.3',
            date: '2026-12-02',
            by: 'user:default/perrin',
            reason: 'a freeze',
            notedAt: now,
            state,
          },
        }),
      );
      expect(
        findings.find(({ id }) => id === 'cilium-audit-mode')?.reason,
      ).toContain(end);
    },
  );
});
