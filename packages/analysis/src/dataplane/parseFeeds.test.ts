import { mergeAdvisories, mergeReleases } from './mergeFeeds';
import { parseAdvisoryFeed } from './parseAdvisoryFeed';
import { parseReleaseFeed } from './parseReleaseFeed';
import { releaseLines } from './releaseLines';

const now = '2026-11-23T10:00:00Z';
const digest = `sha256:${'b'.repeat(64)}`;
const tags = (value: unknown) =>
  parseReleaseFeed(value, { now }).items.map(({ tag }) => tag);

describe('a feed of releases', () => {
  it('in our shape says of which day it is', () => {
    const feed = parseReleaseFeed(
      {
        asOf: '2026-10-01',
        releases: [
          {
            tag: 'v1.19.8',
            published_at: '2026-09-16',
            agent_image_digest: digest,
          },
          { tag: 'v1.16.14', published_at: '2025-09-17', released: false },
        ],
      },
      { now },
    );
    expect(feed).toEqual({
      asOf: '2026-10-01',
      skipped: [],
      items: [
        {
          tag: 'v1.19.8',
          branch: 'v1.19',
          prerelease: false,
          published_at: '2026-09-16',
          agent_image_digest: digest,
        },
        {
          tag: 'v1.16.14',
          branch: 'v1.16',
          prerelease: false,
          published_at: '2025-09-17',
          released: false,
        },
      ],
    });
  });

  it("as GitHub's list leaves drafts out and finds digests in the notes", () => {
    const feed = parseReleaseFeed(
      [
        {
          tag_name: 'v1.20.2',
          published_at: '2026-09-16T01:53:22Z',
          body: `Docker Manifests\nquay.io/cilium/cilium:v1.20.2@${digest}\nquay.io/cilium/operator:v1.20.2@sha256:${'c'.repeat(
            64,
          )}`,
        },
        { tag_name: 'v1.20.3', published_at: null, draft: true },
        {
          tag_name: 'v1.21.0-pre.2',
          published_at: '2026-09-09T00:00:00Z',
          prerelease: true,
        },
      ],
      { now, receivedAt: '2026-11-23T09:00:00Z' },
    );
    expect(feed.asOf).toBe('2026-11-23T09:00:00Z');
    expect(feed.items.map(one => one.agent_image_digest)).toEqual([
      digest,
      undefined,
    ]);
    expect(feed.items.map(one => one.prerelease)).toEqual([false, true]);
  });

  it('of endoflife.date knows the first and the latest patch of a line', () => {
    const product = {
      schema_version: '1.2.1',
      generated_at: '2026-11-20T00:00:00+00:00',
      result: {
        name: 'cilium',
        releases: [
          {
            name: '1.20',
            releaseDate: '2026-07-29',
            eolFrom: null,
            latest: { name: '1.20.2', date: '2026-09-16', link: null },
          },
        ],
      },
    };
    expect(tags(product)).toEqual(['v1.20.0', 'v1.20.2']);
    expect(parseReleaseFeed(product, { now }).asOf).toContain('2026-11-20');
    expect(
      tags([
        {
          cycle: '1.19',
          releaseDate: '2026-02-03',
          eol: false,
          latest: '1.19.8',
          latestReleaseDate: '2026-09-16',
        },
      ]),
    ).toEqual(['v1.19.0', 'v1.19.8']);
  });

  it('leaves entries out whose date or version is wrong, and says which', () => {
    const { items, skipped } = parseReleaseFeed(
      [
        { tag: 'v1.19.8', published_at: '2026-09-16' },
        { tag: 'v1.19.9', published_at: '2062-09-16' },
        { tag: 'v1.19.7', published_at: 'yesterday' },
        { tag: 'v1.19.6', published_at: '1970-01-01' },
        { tag: 'latest', published_at: '2026-09-16' },
        { tag: 'v1.19.5-cee.1', published_at: '2026-09-16' },
        7,
        null,
      ],
      { now },
    );
    expect(items.map(({ tag }) => tag)).toEqual(['v1.19.8']);
    expect(skipped).toEqual([
      'v1.19.9: wrong date 2062-09-16',
      'v1.19.7: wrong date yesterday',
      'v1.19.6: wrong date 1970-01-01',
      'latest: no version of a release',
      'v1.19.5-cee.1: no version of a release',
    ]);
  });

  it.each([
    [[], 'the list is empty'],
    [[{}], 'the entries of the list have neither tag_name, tag nor cycle'],
    [{ message: 'Not Found' }, 'it has no list of releases'],
    ['text', 'it is neither a list nor an object'],
    [null, 'it is neither a list nor an object'],
    [{ releases: [] }, 'there is no release in it'],
    [
      [{ tag: 'x', published_at: '' }],
      'no release in it can be used; first: x: no version of a release',
    ],
    [
      [{ tag: 'v1.21.0-pre.0', published_at: '2026-08-03' }],
      'there is no release in it',
    ],
  ])('%j is refused: %s', (value, message) => {
    expect(() => parseReleaseFeed(value, { now })).toThrow(message);
  });

  it('never loses what was known: releases stay, digests too, and a tag without a release stays none', () => {
    const older = parseReleaseFeed(
      [
        {
          tag: 'v1.19.8',
          published_at: '2026-09-16',
          agent_image_digest: digest,
        },
        { tag: 'v1.16.14', published_at: '2025-09-17', released: false },
        { tag: 'v1.15.0', published_at: '2024-01-31' },
      ],
      { now },
    ).items;
    const newer = parseReleaseFeed(
      [
        { tag_name: 'v1.19.8', published_at: '2026-09-16T00:00:00Z' },
        { tag_name: 'v1.16.14', published_at: '2025-09-17T00:00:00Z' },
      ],
      { now },
    ).items;
    const merged = mergeReleases(newer, older);
    expect(merged).toHaveLength(3);
    expect(merged[0].agent_image_digest).toBe(digest);
    expect(merged[1].released).toBe(false);
  });
});

describe('the lines of releases', () => {
  it('are dated where they ended, and estimated where not', () => {
    const { items } = parseReleaseFeed(
      [
        { tag: 'v1.16.0', published_at: '2024-07-24' },
        { tag: 'v1.17.0', published_at: '2025-02-04' },
        { tag: 'v1.18.0', published_at: '2025-07-29' },
        { tag: 'v1.19.0', published_at: '2026-02-03' },
        { tag: 'v1.20.0', published_at: '2026-07-29' },
        { tag: 'v1.20.2', published_at: '2026-09-16' },
      ],
      { now },
    );
    expect(
      releaseLines(items, now).map(
        ({ name, state, until, endsWith, endEstimate }) =>
          [name, state, until ?? `with ${endsWith}`, endEstimate] as const,
      ),
    ).toEqual([
      ['1.20', 'maintained', 'with 1.23', '2028-02-03'],
      ['1.19', 'maintained', 'with 1.22', '2027-07-29'],
      ['1.18', 'last-maintained', 'with 1.21', '2027-02-03'],
      ['1.17', 'ended', '2026-07-29', undefined],
      ['1.16', 'ended', '2026-02-03', undefined],
    ]);
  });
});

const github = {
  ghsa_id: 'GHSA-w7c2-w76w-5hmj',
  cve_id: 'CVE-2026-56742',
  severity: 'high',
  summary: 'HTTPRoutes can mirror traffic',
  published_at: '2026-07-20T10:00:00Z',
  html_url: 'https://github.com/cilium/cilium/security/advisories/GHSA-w7c2',
  vulnerabilities: [
    {
      package: { ecosystem: 'go', name: 'github.com/cilium/cilium' },
      vulnerable_version_range: '>= 1.19.0, < 1.19.5',
      first_patched_version: '1.19.5',
    },
    {
      package: { ecosystem: 'go', name: 'github.com/cilium/cilium' },
      vulnerable_version_range: '<= 1.17.16',
      first_patched_version: { identifier: '1.17.17' },
    },
  ],
};
const osv = {
  id: 'GO-2025-4167',
  aliases: ['CVE-2026-56742'],
  summary: 'the same again',
  published: '2026-08-01T00:00:00Z',
  affected: [
    {
      package: { ecosystem: 'Go', name: 'github.com/cilium/cilium' },
      ranges: [
        {
          type: 'SEMVER',
          events: [
            { fixed: '1.17.10' },
            { introduced: '0' },
            { introduced: '1.17.0' },
            { fixed: '1.16.17' },
          ],
        },
      ],
    },
  ],
};
const advisories = (value: unknown) => parseAdvisoryFeed(value, { now }).items;

describe('a feed of advisories', () => {
  it("as GitHub's list has one range per branch", () => {
    expect(advisories([github])).toEqual([
      expect.objectContaining({
        id: 'GHSA-w7c2-w76w-5hmj',
        aliases: ['CVE-2026-56742'],
        severity: 'high',
        published: '2026-07-20',
        ranges: [
          { introduced: '1.19.0', fixed: '1.19.5' },
          { introduced: '0', fixed: '1.17.17' },
        ],
      }),
    ]);
  });

  it('as OSV has several pairs in one list of events, in any order', () => {
    expect(advisories({ vulns: [osv] })[0].ranges).toEqual([
      { introduced: '0', fixed: '1.16.17' },
      { introduced: '1.17.0', fixed: '1.17.10' },
    ]);
    expect(advisories(osv)[0].id).toBe('GO-2025-4167');
  });

  it.each([
    ['= 1.19.3', [{ introduced: '1.19.3', lastAffected: '1.19.3' }]],
    ['> 1.19.0, <= 1.19.3', [{ introduced: '1.19.1', lastAffected: '1.19.3' }]],
    ['>= 1.19.0', [{ introduced: '1.19.0' }]],
    ['all versions before the fix', 'unknown'],
    ['', 'unknown'],
    ['< latest', 'unknown'],
  ])('reads the range %j as %j', (range, ranges) => {
    expect(
      advisories([
        {
          ...github,
          vulnerabilities: [{ vulnerable_version_range: range }],
        },
      ])[0].ranges,
    ).toEqual(ranges);
  });

  it('names each once, by all its ids, and keeps the GHSA id', () => {
    const merged = mergeAdvisories(advisories([osv]), advisories([github]));
    expect(merged).toHaveLength(1);
    expect(merged[0]).toMatchObject({
      id: 'GHSA-w7c2-w76w-5hmj',
      aliases: ['GO-2025-4167', 'CVE-2026-56742'],
      severity: 'high',
    });
  });

  it('leaves out what was withdrawn and what is of other packages', () => {
    expect(
      advisories([
        github,
        { ...github, ghsa_id: 'GHSA-x', withdrawn_at: '2026-08-01' },
        {
          ...github,
          ghsa_id: 'GHSA-y',
          cve_id: null,
          vulnerabilities: [
            {
              package: { name: 'github.com/cilium/tetragon' },
              vulnerable_version_range: '< 1.0.0',
            },
          ],
        },
        { ...osv, id: 'GO-1', aliases: [], withdrawn: '2026-08-01T00:00:00Z' },
      ]),
    ).toHaveLength(1);
  });

  it('takes no link that is none of a page', () => {
    expect(
      advisories([{ ...github, html_url: 'data:text/html,x' }])[0].url,
    ).toBeUndefined();
  });

  it.each([
    [[], 'the list is empty'],
    [{}, 'it has no list of advisories'],
    [7, 'it is neither a list nor an object'],
    [[{}], 'no advisory in it can be used; first: an entry: no id or no title'],
    [
      [{ id: 'GHSA-x', title: 'x', published: '2099-01-01', ranges: [] }],
      'it does not say of which day it is',
    ],
  ])('%j is refused: %s', (value, message) => {
    expect(() => parseAdvisoryFeed(value, { now })).toThrow(message);
  });
});
