import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { ManualClock } from '../testing/ManualClock';
import { clearDatabase, openDatabase } from '../testing/openDatabase';
import { RecordingLogger } from '../testing/RecordingLogger';
import { CiliumFeed } from './CiliumFeed';
import type { FeedSource } from './FeedSource';
import { FileFeedSource } from './FileFeedSource';
import { UrlFeedSource } from './UrlFeedSource';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

/** What the server of releases answers with. */
interface Answer {
  status?: number;
  headers?: Record<string, string>;
  body?: string;
  /** Ends the connection in the middle. */
  cut?: 'cut';
  /** Bytes of padding, sent without an announced length. */
  padding?: number;
}

const good = JSON.stringify({
  asOf: '2026-11-18',
  releases: [{ tag: 'v1.19.10', published_at: '2026-11-17' }],
});

describe.each(databases.eachSupportedId())('The feed on %s', databaseId => {
  let knex: Knex;
  let server: Server;
  let url: string;
  let answer: Answer;
  let requests: IncomingMessage[];
  let clock: ManualClock;
  let logger: RecordingLogger;
  let changes: number;
  const { signal } = new AbortController();

  beforeAll(async () => {
    knex = await openDatabase(databases, databaseId);
    server = createServer((request, response) => {
      requests.push(request);
      const { status = 200, headers = {}, body = '', cut, padding } = answer;
      if (headers.etag && request.headers['if-none-match'] === headers.etag) {
        response.writeHead(304).end();
        return;
      }
      response.writeHead(status, {
        'content-type': 'application/json',
        ...headers,
      });
      if (cut) {
        response.write(body);
        response.destroy();
        return;
      }
      if (padding) {
        response.write(Buffer.alloc(padding, ' '));
      }
      response.end(body);
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise(resolve => {
      server.close(resolve);
    });
  });
  beforeEach(async () => {
    await clearDatabase(knex);
    clock = new ManualClock('2026-11-23T09:00:00.000Z');
    logger = new RecordingLogger();
    requests = [];
    changes = 0;
    answer = { body: good, headers: { etag: '"one"' } };
  });

  function create(releases: FeedSource | 'none' = fromUrl()): CiliumFeed {
    return new CiliumFeed({
      knex,
      clock,
      logger,
      sources: releases === 'none' ? {} : { releases },
      onChange: async () => {
        changes += 1;
      },
    });
  }

  function fromUrl(): FeedSource {
    return new UrlFeedSource({ url, clock, token: 'secret-token' });
  }

  const knows = (feed: CiliumFeed, tag: string) =>
    feed.feed.releases.some(release => release.tag === tag);
  const ofReleases = (feed: CiliumFeed) => feed.status[0];

  it('is the bundled snapshot where nothing is configured, with its days', () => {
    const feed = create('none');
    expect([
      feed.feed.releasesAsOf,
      feed.feed.advisoriesAsOf,
      feed.feed.advisories.length,
      ofReleases(feed).source,
      ofReleases(feed).state,
    ]).toEqual(['2026-09-16', '2026-09-03', 19, 'bundled', 'not-configured']);
  });

  it('is what the configured source says, beside what was known', async () => {
    const feed = create();
    await feed.refresh({ signal });
    expect([knows(feed, 'v1.19.10'), knows(feed, 'v1.16.0')]).toEqual([
      true,
      true,
    ]);
    expect(ofReleases(feed)).toMatchObject({
      asOf: '2026-11-18',
      state: 'fresh',
      source: new URL(url).host,
    });
    expect(changes).toBe(1);
    expect(requests[0].headers.authorization).toBe('Bearer secret-token');
    expect(logger.lines.join()).not.toContain('secret-token');
  });

  it('asks with the version that it has, and 304 changes nothing', async () => {
    const feed = create();
    await feed.refresh({ signal });
    const before = feed.feed;
    clock.advance(60_000);
    await feed.refresh({ signal });
    expect(requests[1].headers['if-none-match']).toBe('"one"');
    expect(changes).toBe(1);
    expect(feed.feed.releases).toEqual(before.releases);
    expect(ofReleases(feed).fetchedAt).toBe('2026-11-23T09:01:00.000Z');
  });

  it('is the last good copy after a restart, also for another replica', async () => {
    await create().refresh({ signal });
    answer = { status: 500 };
    const other = create();
    await other.load();
    await other.refresh({ signal });
    expect(knows(other, 'v1.19.10')).toBe(true);
    expect(ofReleases(other)).toMatchObject({
      asOf: '2026-11-18',
      state: 'failed',
    });
  });

  it.each<[string, Answer, string, string]>([
    ['500', { status: 500 }, 'failed', 'answered 500'],
    [
      '404 with a page',
      { status: 404, body: '<html>' },
      'failed',
      'answered 404',
    ],
    [
      'HTML instead of JSON',
      { body: '<!doctype html><title>Sign in</title>' },
      'unusable',
      'the answer is a page (HTML or XML), not JSON: a proxy or a login may stand in between',
    ],
    [
      'truncated JSON',
      { body: good.slice(0, -20) },
      'unusable',
      'the answer is no valid JSON: it ends too early',
    ],
    ['an empty array', { body: '[]' }, 'unusable', 'the list is empty'],
    ['an empty body', { body: '' }, 'unusable', 'the answer is empty'],
    [
      'an object of errors',
      { body: '{"message":"x"}' },
      'unusable',
      'it has no list of releases',
    ],
    [
      'more than 20 MB',
      { body: good, padding: 20 * 1024 * 1024 },
      'unusable',
      'the answer is larger than 20 MB',
    ],
    [
      'a cut connection',
      { body: good.slice(0, 9), cut: 'cut' },
      'unreachable',
      'could not be reached',
    ],
    [
      'entries with wrong dates only',
      { body: '[{"tag":"v1.19.11","published_at":"2062-01-01"}]' },
      'unusable',
      'no release in it can be used; first: v1.19.11: wrong date 2062-01-01',
    ],
    [
      'something older than what it said before',
      {
        body: JSON.stringify({
          asOf: '2026-11-01',
          releases: [{ tag: 'v1.19.8', published_at: '2026-09-16' }],
        }),
      },
      'unusable',
      'it is of 2026-11-01, older than what is known from there',
    ],
  ])(
    'keeps what it knows on %s, and says so',
    async (_, bad, state, reason) => {
      const feed = create();
      await feed.refresh({ signal });
      answer = bad;
      await feed.refresh({ signal });
      expect(knows(feed, 'v1.19.10')).toBe(true);
      expect(ofReleases(feed)).toMatchObject({
        asOf: '2026-11-18',
        state,
        reason: expect.stringContaining(reason),
      });
      expect(logger.lines.filter(line => line.startsWith('warn'))).toEqual([
        expect.stringMatching(
          /^warn: The releases of Cilium can't be read from .*What was known of them is used on\.$/,
        ),
      ]);
      expect(changes).toBe(1);
    },
  );

  it.each([
    ['x-ratelimit-reset', String(Date.parse('2026-11-23T09:30:00Z') / 1000)],
    ['retry-after', '1800'],
    ['retry-after', 'Mon, 23 Nov 2026 09:30:00 GMT'],
  ])('waits as long as the server asks by %s: %s', async (header, value) => {
    answer = {
      status: 403,
      headers: { 'x-ratelimit-remaining': '0', [header]: value },
    };
    const feed = create();
    await feed.refresh({ signal });
    expect(ofReleases(feed)).toMatchObject({
      state: 'rate-limited',
      reason: expect.stringContaining(
        'the limit of requests is reached until 2026-11-23T09:30:00.000Z',
      ),
    });
    answer = { body: good };
    clock.advance(29 * 60_000);
    await feed.refresh({ signal });
    expect(requests).toHaveLength(1);
    clock.advance(60_000);
    await feed.refresh({ signal });
    expect(knows(feed, 'v1.19.10')).toBe(true);
  });

  it('takes a 403 without such headers for a refusal, and none for a wait of a year', async () => {
    answer = { status: 403 };
    const feed = create();
    await feed.refresh({ signal });
    expect(ofReleases(feed).state).toBe('failed');
    answer = { status: 429, headers: { 'retry-after': '99999999' } };
    await feed.refresh({ signal });
    expect(ofReleases(feed).reason).toContain('2026-11-24T09:00:00.000Z');
  });

  it('reads a file, and says by its name where there is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'feed-'));
    const path = join(folder, 'releases.json');
    const feed = create(new FileFeedSource({ path }));
    await feed.refresh({ signal });
    expect(ofReleases(feed)).toMatchObject({
      state: 'unreachable',
      reason: 'the file releases.json could not be read',
    });
    await writeFile(path, good);
    await feed.refresh({ signal });
    expect(knows(feed, 'v1.19.10')).toBe(true);
    await rm(folder, { recursive: true });
  });

  it('forgets a copy of a source that config no longer names', async () => {
    await create().refresh({ signal });
    const feed = create('none');
    await feed.load();
    expect(knows(feed, 'v1.19.10')).toBe(false);
  });
});
