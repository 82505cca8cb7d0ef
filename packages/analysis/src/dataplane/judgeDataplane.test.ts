import { CiliumAdvisory } from './ciliumAdvisory';
import { CiliumRelease } from './ciliumReleases';
import { CiliumAgentPod } from './ciliumVersions';
import { DataplaneFacts, DataplaneFeed } from './dataplaneVerdict';
import { judgeDataplane } from './judgeDataplane';

const now = '2026-11-23T10:00:00Z';

/** The day on which each release came out, as the project's releases say. */
const days: Record<string, string> = {
  '1.16.0': '2024-07-24',
  '1.16.19': '2026-01-13',
  '1.17.0': '2025-02-04',
  '1.17.18': '2026-07-16',
  '1.18.0': '2025-07-29',
  '1.18.9': '2026-04-15',
  '1.18.14': '2026-09-16',
  '1.19.0': '2026-02-03',
  '1.19.7': '2026-08-18',
  '1.19.8': '2026-09-16',
  '1.20.0': '2026-07-29',
  '1.20.2': '2026-09-16',
};
const releases: CiliumRelease[] = Object.entries(days).map(
  ([version, published_at]) => ({
    tag: `v${version}`,
    branch: `v${version.split('.').slice(0, 2).join('.')}`,
    prerelease: false,
    published_at,
  }),
);
const advisory: CiliumAdvisory = {
  id: 'GHSA-w7c2-w76w-5hmj',
  aliases: [],
  severity: 'high',
  title: 'HTTPRoutes mirror traffic',
  ranges: [
    { introduced: '0', fixed: '1.17.17' },
    { introduced: '1.18.0', fixed: '1.18.11' },
  ],
  documented: 'every-branch',
};
const feed: DataplaneFeed = {
  releases,
  releasesAsOf: '2026-11-01',
  advisories: [advisory],
  advisoriesAsOf: '2026-11-01',
};

function facts(
  versions: Record<string, string[]>,
  rest: Partial<DataplaneFacts> = {},
): DataplaneFacts {
  const agents = Object.entries(versions).flatMap(([version, names]) =>
    names.map(
      (nodeName): CiliumAgentPod => ({
        nodeName,
        image: `quay.io/cilium/cilium:v${version}`,
        phase: 'Running',
        createdAt: '2026-11-23T09:30:00Z',
        startedAt: '2026-11-23T09:30:00Z',
        ready: 'yes',
      }),
    ),
  );
  return {
    nodes: agents.map(({ nodeName }) => ({
      name: nodeName,
      kernel: '6.8.0-51-generic',
    })),
    agents,
    kubernetes: 'v1.33.1',
    nodeConfigs: [],
    config: {
      namespace: 'kube-system',
      values: {},
      changedAt: '2026-11-01T00:00:00Z',
    },
    ...rest,
  };
}

const nine = 'abcdefghi'.split('');

describe('one cluster on four dates', () => {
  it.each([
    ['2025-12-01T10:00:00Z', 'maintained', undefined],
    ['2026-02-03T10:00:00Z', 'last-maintained', undefined],
    ['2026-07-28T10:00:00Z', 'last-maintained', undefined],
    ['2026-11-23T10:00:00Z', 'ended', '2026-07-29'],
  ])('%s: line %s', (day, state, until) => {
    const { line } = judgeDataplane(facts({ '1.17.0': ['a'] }), feed, day);
    expect(line).toEqual({ name: '1.17', state, ...(until && { until }) });
  });

  it('knows at each what was out, how far behind it is and how old the data is', () => {
    const shown = [
      '2026-08-17T10:00:00Z',
      '2026-08-18T10:00:00Z',
      '2026-09-17T10:00:00Z',
      '2026-12-24T10:00:00Z',
    ].map(day => {
      const {
        patchesBehind,
        daysBehind,
        newest,
        feed: age,
      } = judgeDataplane(facts({ '1.19.0': ['a'] }), feed, day);
      return [patchesBehind, daysBehind, newest, age.releases.state];
    });
    expect(shown).toEqual([
      [0, undefined, '1.19.0', 'fresh'],
      [1, 0, '1.19.7', 'fresh'],
      [2, 30, '1.19.8', 'fresh'],
      [2, 128, '1.19.8', 'old'],
    ]);
  });
});

describe('a cluster in the middle of a roll-out', () => {
  const verdict = judgeDataplane(
    facts(
      { '1.19.8': nine.slice(0, 7), '1.19.7': nine.slice(7) },
      {
        daemonSet: {
          namespace: 'kube-system',
          name: 'cilium',
          image: 'quay.io/cilium/cilium:v1.19.8',
          desired: 9,
          updated: 7,
          ready: 9,
        },
      },
    ),
    feed,
    now,
  );

  it('names the nodes of each version and how far it is', () => {
    expect(
      verdict.versions.map(({ version, nodes, names }) => [
        version,
        nodes,
        names?.slice(0, 2),
      ]),
    ).toEqual([
      ['1.19.7', 2, ['h', 'i']],
      ['1.19.8', 7, ['a', 'b']],
    ]);
    expect(verdict.rollOut).toMatchObject({
      state: 'rolling',
      wanted: '1.19.8',
      updated: 7,
      desired: 9,
    });
  });

  it('says when it will be stuck, so that it is judged again then', () => {
    expect(verdict.validUntil).toBe('2026-11-23T11:30:00.000Z');
  });
});

describe('the next safe step', () => {
  it('goes to the newest patch, then one minor after another, with the kernel first', () => {
    const { path } = judgeDataplane(
      facts(
        { '1.18.9': ['node-a', 'node-c'] },
        {
          nodes: [
            { name: 'node-a', kernel: '6.8.0' },
            { name: 'node-c', kernel: '5.4.0-200-generic' },
          ],
        },
      ),
      feed,
      now,
    );
    expect(path.map(({ from, to, kind }) => `${from} → ${to} ${kind}`)).toEqual(
      ['1.18.9 → 1.18.14 patch', '1.18.14 → 1.19.8 minor'],
    );
    expect(path[0].obstacles[0].text).toBe(
      'Kernel of node-c first: Cilium 1.18 needs 5.10, or RHEL 8.10; this is 5.4.0.',
    );
    expect(path[1].notes).toContain('Mutual authentication is off by default.');
    expect(path[1].links.map(({ url }) => url)).toEqual([
      'https://github.com/cilium/cilium/releases/tag/v1.19.8',
      'https://github.com/cilium/cilium/releases/tag/v1.19.7',
      'https://github.com/cilium/cilium/releases/tag/v1.19.0',
      'https://docs.cilium.io/en/v1.19/operations/upgrade/',
    ]);
  });

  it('never skips a minor, and says where Kubernetes has to go first', () => {
    const { path } = judgeDataplane(
      facts({ '1.16.19': ['a'] }, { kubernetes: 'v1.30.14' }),
      feed,
      now,
    );
    expect(path.map(({ to }) => to)).toEqual(['1.17.18', '1.18.14', '1.19.8']);
    expect(path[2].obstacles).toEqual([
      {
        kind: 'kubernetes',
        text: 'Cilium 1.19 is tested with Kubernetes 1.31 to 1.34; this is 1.30.',
      },
    ]);
  });

  it.each([['1.20.2'], ['1.21.0-pre.2'], ['1.9.0']])(
    'is none for %s',
    version => {
      expect(
        judgeDataplane(facts({ [version]: ['a'] }), feed, now).path,
      ).toEqual([]);
    },
  );

  it("is none for a vendor's build, and the vendor's rules are named", () => {
    const { path, support, line } = judgeDataplane(
      {
        ...facts({}),
        nodes: [{ name: 'a' }],
        kubernetes: 'v1.32.4',
        agents: [
          {
            nodeName: 'a',
            image:
              'mcr.microsoft.com/containernetworking/cilium/cilium:v1.16.4-250610',
          },
        ],
      },
      feed,
      now,
    );
    expect([path, line.state]).toEqual([[], 'vendor']);
    expect(support).toContain('below the least version of AKS');
  });
});

describe('settings', () => {
  it('are set, default, or configured and not live where agents are older', () => {
    const config = {
      namespace: 'kube-system',
      values: { 'enable-wireguard': 'true' },
      changedAt: '2026-11-23T09:45:00Z',
    };
    const before = facts({ '1.19.8': ['a', 'b'] }, { config });
    const verdict = judgeDataplane(before, feed, now);
    const find = (key: string) =>
      verdict.settings.find(setting => setting.key === key);
    expect(verdict.config).toMatchObject({
      state: 'not-live',
      olderAgents: 2,
      names: ['a', 'b'],
    });
    expect(find('enable-wireguard')).toMatchObject({
      value: 'true',
      state: 'not-live',
    });
    expect(find('mesh-auth-enabled')).toMatchObject({
      value: 'false',
      state: 'default',
    });
    expect(find('enable-policy-secrets-sync')?.state).toBe('unknown');
  });

  it('of a CiliumNodeConfig are named beside those of the cluster', () => {
    const { settings } = judgeDataplane(
      facts(
        { '1.19.8': ['a'] },
        {
          nodeConfigs: [{ name: 'edge', values: { 'enable-hubble': 'true' } }],
        },
      ),
      feed,
      now,
    );
    expect(
      settings.find(({ key }) => key === 'enable-hubble')?.overrides,
    ).toEqual(['edge: true']);
  });

  it('that can\u2019t be read leave advisories and audit mode unknown, with the reason', () => {
    const verdict = judgeDataplane(
      facts(
        { '1.18.9': ['a'] },
        { config: undefined, configReason: 'forbidden' },
      ),
      feed,
      now,
    );
    expect([
      verdict.settingsReason,
      verdict.auditMode,
      verdict.advisories[0].verdict,
      verdict.advisoryCounts.unknown,
    ]).toEqual(['forbidden', 'unknown', 'unknown', 1]);
  });

  it('tell of audit mode', () => {
    const { auditMode } = judgeDataplane(
      facts(
        { '1.19.8': ['a'] },
        {
          config: {
            namespace: 'kube-system',
            values: { 'policy-audit-mode': 'true' },
          },
        },
      ),
      feed,
      now,
    );
    expect(auditMode).toBe('on');
  });
});

describe('a plan', () => {
  const plan = {
    version: '1.19.8',
    date: '2026-12-02',
    by: 'user:default/perrin',
    reason: 'after the sale',
    notedAt: '2026-11-20T10:00:00Z',
  };
  it.each([
    ['2026-11-23T10:00:00Z', '1.19.7', 'planned'],
    ['2026-12-02T23:00:00Z', '1.19.7', 'planned'],
    ['2026-12-03T00:00:00Z', '1.19.7', 'late'],
    ['2026-12-03T00:00:00Z', '1.19.8', 'done'],
  ])('on %s with %s is %s', (day, version, state) => {
    expect(
      judgeDataplane(facts({ [version]: ['a'] }, { plan }), feed, day).plan
        ?.state,
    ).toBe(state);
  });
});

describe('what a cluster looks like at the edges', () => {
  it('counts a pre-flight check as prepared, never as running', () => {
    const verdict = judgeDataplane(
      facts(
        { '1.19.8': ['a'] },
        { preflight: 'quay.io/cilium/cilium:v1.20.2' },
      ),
      feed,
      now,
    );
    expect([verdict.versions[0].version, verdict.prepared]).toEqual([
      '1.19.8',
      '1.20.2',
    ]);
  });

  it('tells where tag and digest disagree; the digest decides', () => {
    const digest = `sha256:${'a'.repeat(64)}`;
    const verdict = judgeDataplane(
      {
        ...facts({}),
        agents: [
          {
            nodeName: 'a',
            image: 'quay.io/cilium/cilium:v1.20.0',
            imageId: `quay.io/cilium/cilium@${digest}`,
          },
        ],
      },
      {
        ...feed,
        releases: [
          ...releases,
          {
            tag: 'v1.20.0-rc.1',
            branch: 'v1.20',
            prerelease: true,
            published_at: '2026-07-15',
            agent_image_digest: digest,
          },
        ],
      },
      now,
    );
    expect(verdict.disagreements).toEqual([
      { tag: '1.20.0', version: '1.20.0-rc.1', names: ['a'] },
    ]);
  });

  it('names agents that are not ready with what ran last, and nodes without one', () => {
    const before = facts({ '1.19.8': ['a'] });
    const verdict = judgeDataplane(
      {
        ...before,
        agents: [{ ...before.agents[0], ready: 'no' }],
        nodes: [
          ...before.nodes,
          { name: 'w', operatingSystem: 'windows' },
          { name: 'v', labels: { type: 'virtual-kubelet' } },
        ],
      },
      feed,
      now,
    );
    expect(verdict.notReady).toEqual([{ name: 'a', version: '1.19.8' }]);
    expect(verdict.nodesWithout).toBe(1);
    expect(verdict.without).toEqual([
      { name: 'v', because: 'a virtual node, which runs no agents' },
    ]);
  });

  it('knows nothing without data, and invents nothing', () => {
    const verdict = judgeDataplane(
      facts({ '1.19.8': ['a'] }),
      { releases: [], advisories: [] },
      now,
    );
    expect([
      verdict.line.state,
      verdict.patchesBehind,
      verdict.feed.releases.state,
      verdict.path,
    ]).toEqual(['unknown', null, 'none', []]);
  });

  it.each(['latest', 'v1.19', '1.19.8-0.20260101', '@', ':::', '\u0000'])(
    'never throws for the tag %j',
    tag => {
      expect(() =>
        judgeDataplane(
          {
            ...facts({}),
            nodes: [{ name: 'a', kernel: '\u0000', labels: { '': '' } }],
            agents: [{ nodeName: 'a', image: `quay.io/cilium/cilium:${tag}` }],
            kubernetes: tag,
            operator: { image: tag },
          },
          feed,
          now,
        ),
      ).not.toThrow();
    },
  );
});
