import { ciliumLine } from './ciliumLine';
import { CiliumRelease, compareVersions } from './ciliumReleases';
import { CiliumAgentPod, ciliumVersions } from './ciliumVersions';

const now = '2026-11-23T10:00:00Z';
const digest = `sha256:${'a'.repeat(64)}`;

function release(tag: string, published: string, rest = {}): CiliumRelease {
  const [major, minor] = tag.slice(1).split('.');
  return {
    tag,
    published_at: published,
    branch: `v${major}.${minor}`,
    prerelease: tag.includes('-'),
    ...rest,
  };
}

const releases = [
  release('v1.21.0-pre.2', '2026-09-09'),
  release('v1.20.2', '2026-09-16T01:53:22Z'),
  release('v1.20.0', '2026-07-29'),
  release('v1.20.1', '2026-08-18'),
  release('v1.19.8', '2026-09-16', { agent_image_digest: digest }),
  release('v1.19.7', '2026-08-18'),
  release('v1.19.0', '2026-02-03'),
  release('v1.18.14', '2026-09-16'),
  release('v1.18.0', '2025-07-29'),
  release('v1.17.18', '2026-07-16'),
  release('v1.17.0', '2025-02-04'),
  release('v1.16.15', '2025-10-15'),
  release('v1.16.14', '2025-09-17', { released: false }),
  release('v1.16.13', '2025-08-15'),
  release('v1.16.0', '2024-07-24'),
];

function agent(
  nodeName: string,
  tag: string,
  rest: Partial<CiliumAgentPod> = {},
): CiliumAgentPod {
  return {
    nodeName,
    image: `quay.io/cilium/cilium:${tag}`,
    phase: 'Running',
    ...rest,
  };
}

const nodes = (...names: string[]) => names.map(name => ({ name }));

describe('the release line of a version', () => {
  it.each([
    ['1.20.2', now, { name: '1.20', state: 'maintained' }],
    ['1.19.0', now, { name: '1.19', state: 'maintained' }],
    ['1.18.14', now, { name: '1.18', state: 'last-maintained' }],
    ['1.17.18', now, { name: '1.17', state: 'ended', until: '2026-07-29' }],
    ['1.17.18', '2026-07-28', { name: '1.17', state: 'last-maintained' }],
    [
      '1.17.18',
      '2026-07-29',
      { name: '1.17', state: 'ended', until: '2026-07-29' },
    ],
    ['1.16.19', now, { name: '1.16', state: 'ended', until: '2026-02-03' }],
    ['1.9.0', now, { name: '1.9', state: 'ended' }],
    ['1.21.0-pre.2', now, { name: '1.21', state: 'unknown' }],
    ['nonsense', now, { name: 'unknown', state: 'unknown' }],
  ])('%s on %s is %j', (version, day, line) => {
    expect(ciliumLine(version, releases, day)).toEqual(line);
  });

  it('is unknown without release data', () => {
    expect(ciliumLine('1.20.0', [], now).state).toBe('unknown');
  });
});

describe('the versions of Cilium in a cluster', () => {
  it('lists mixed versions with their nodes and the worst distance', () => {
    const answer = ciliumVersions(
      {
        nodes: nodes('a', 'b', 'c'),
        agents: [
          agent('c', 'v1.19.8'),
          agent('b', 'v1.19.7'),
          agent('a', 'v1.19.8'),
        ],
      },
      releases,
      now,
    );
    expect(answer).toEqual({
      versions: [
        { version: '1.19.7', nodes: 1, names: ['b'], source: 'tag' },
        { version: '1.19.8', nodes: 2, names: ['a', 'c'], source: 'tag' },
      ],
      nodesWithout: 0,
      line: { name: '1.19', state: 'maintained' },
      patchesBehind: 1,
    });
  });

  it.each<[string, Partial<CiliumAgentPod>, string, string]>([
    ['its digest', { imageId: `quay.io/x@${digest}` }, '1.19.8', 'digest'],
    ['the tag it was started with', {}, '1.18.5', 'tag'],
    [
      'the image of its status',
      {
        image: 'quay.io/cilium/cilium:latest',
        statusImage: 'quay.io/cilium/cilium:v1.18.6',
      },
      '1.18.6',
      'status',
    ],
    [
      'its chart label',
      { image: 'quay.io/cilium/cilium:latest', chart: 'cilium-1.20.2_build1' },
      '1.20.2',
      'label',
    ],
    ['nothing', { image: 'quay.io/cilium/cilium:latest' }, 'unknown', 'none'],
  ])('come from %s', (_, rest, version, source) => {
    const { versions } = ciliumVersions(
      { nodes: nodes('a'), agents: [agent('a', 'v1.18.5', rest)] },
      releases,
      now,
    );
    expect(versions).toEqual([{ version, nodes: 1, names: ['a'], source }]);
  });

  it('say vendor and no distance for a vendor build', () => {
    expect(
      ciliumVersions(
        {
          nodes: nodes('a'),
          agents: [
            {
              nodeName: 'a',
              image: 'quay.io/isovalent/cilium:v1.17.6-cee.1',
            },
          ],
        },
        releases,
        now,
      ),
    ).toMatchObject({
      line: { name: '1.17', state: 'vendor' },
      patchesBehind: null,
    });
  });

  it('take the worst line of a mixed cluster', () => {
    const { line } = ciliumVersions(
      {
        nodes: nodes('a', 'b'),
        agents: [agent('a', 'v1.20.2'), agent('b', 'v1.16.15')],
      },
      releases,
      now,
    );
    expect(line).toEqual({ name: '1.16', state: 'ended', until: '2026-02-03' });
  });

  it('count Linux nodes without an agent and no Windows node', () => {
    const { nodesWithout } = ciliumVersions(
      {
        nodes: [
          { name: 'a', operatingSystem: 'linux' },
          { name: 'w', operatingSystem: 'windows' },
          { name: 'b' },
        ],
        agents: [agent('a', 'v1.20.2')],
      },
      releases,
      now,
    );
    expect(nodesWithout).toBe(1);
  });

  it('take the running one of two agents on a node, then the newer', () => {
    const { versions } = ciliumVersions(
      {
        nodes: nodes('a'),
        agents: [
          agent('a', 'v1.20.0', { createdAt: '2026-11-01' }),
          agent('a', 'v1.20.1', { createdAt: '2026-11-02' }),
          agent('a', 'v1.20.2', {
            phase: 'Pending',
            createdAt: '2026-11-03',
          }),
        ],
      },
      releases,
      now,
    );
    expect(versions.map(one => one.version)).toEqual(['1.20.1']);
  });

  it('do not count a tag that was never released as a patch', () => {
    const { patchesBehind } = ciliumVersions(
      { nodes: nodes('a'), agents: [agent('a', 'v1.16.13')] },
      releases,
      now,
    );
    expect(patchesBehind).toBe(1);
  });

  it('are unknown without agents', () => {
    expect(
      ciliumVersions({ nodes: nodes('a'), agents: [] }, releases, now),
    ).toEqual({
      versions: [],
      nodesWithout: 1,
      line: { name: 'unknown', state: 'unknown' },
      patchesBehind: null,
    });
  });
});

describe('versions', () => {
  it.each([
    ['1.18.10', '1.18.9', 1],
    ['1.20.0-rc.1', '1.20.0', -1],
    ['v1.9.0', '1.10.0', -1],
    ['1.20.0', '1.20.0', 0],
  ])('%s against %s compare as numbers: %i', (a, b, sign) => {
    expect(Math.sign(compareVersions(a, b))).toBe(sign);
  });
});
