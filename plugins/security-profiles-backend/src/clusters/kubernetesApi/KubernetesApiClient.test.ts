import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  contractPod,
  describeClusterClientContract,
  nextObject,
  PODS,
} from '../clusterClientContract';
import { FakeApiServer, sendJson, type Fault } from '../testing/FakeApiServer';
import {
  type RunningApiClient,
  startApiClient,
} from '../testing/startApiClient';

for (const discovery of ['aggregated', 'classic'] as const) {
  describeClusterClientContract(
    `The Kubernetes API client with ${discovery} discovery`,
    async () => {
      const { cluster, client, close } = await startApiClient({ discovery });
      return {
        client,
        put: async (resource, object) =>
          cluster.put(resource, {
            ...object,
            metadata: { ...object.metadata, uid: object.metadata.name },
          }),
        remove: async (resource, object) =>
          cluster.remove(resource, object.metadata),
        compact: async () => cluster.compact(),
        close,
      };
    },
    { compaction: 'forced' },
  );
}

describe('The Kubernetes API client', () => {
  let running: RunningApiClient;
  let aborter: AbortController;

  beforeEach(() => {
    aborter = new AbortController();
  });
  afterEach(async () => {
    aborter.abort();
    await running.close();
  });

  const list = (resource = PODS) =>
    running.client.list(resource, {
      depth: 'object',
      limit: 500,
      signal: aborter.signal,
    });
  const watch = (resourceVersion = '1') =>
    running.client
      .watch(PODS, { depth: 'object', resourceVersion, signal: aborter.signal })
      [Symbol.asyncIterator]();
  const always =
    (
      answer: (response: ServerResponse, request: IncomingMessage) => void,
    ): Fault =>
    (request, response) => {
      answer(response, request);
      return 'answered';
    };
  const startWatchAnswer = (response: ServerResponse, text: string) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(text);
  };
  const added = (name: string, filler = '') =>
    `${JSON.stringify({
      type: 'ADDED',
      object: {
        ...contractPod(name),
        metadata: { name, annotations: { filler } },
      },
    })}\n`;

  it('tells the version of the API server and lives without it', async () => {
    running = await startApiClient();
    const { signal } = aborter;
    expect((await running.client.discover({ signal })).kubernetesVersion).toBe(
      'v1.33.1',
    );
    running.server.fault = (request, response) => {
      if (request.url !== '/version') {
        return 'not answered';
      }
      sendJson(response, 403, {});
      return 'answered';
    };
    const discovery = await running.client.discover({ signal });
    expect(discovery.kubernetesVersion).toBeUndefined();
    expect(discovery.resources).toHaveLength(3);
  });

  it('discovers the rest when the server behind one group is away', async () => {
    running = await startApiClient({ discovery: 'classic' });
    running.server.fault = (request, response) => {
      if (!request.url?.includes('x-k8s.io')) {
        return 'not answered';
      }
      sendJson(response, 503, {});
      return 'answered';
    };
    const { resources } = await running.client.discover({
      signal: aborter.signal,
    });
    expect(resources.map(each => each.plural)).toEqual(['pods', 'nodes']);
    expect(running.client.problems()).toEqual([
      expect.objectContaining({
        where: 'security-profiles-operator.x-k8s.io/v1',
      }),
    ]);
  });

  it.each([
    [401, {}, 'unauthenticated', undefined],
    [403, {}, 'forbidden', undefined],
    [404, {}, 'not-found', undefined],
    [410, {}, 'gone', undefined],
    [429, { 'retry-after': '7' }, 'busy', 7_000],
    [429, {}, 'busy', undefined],
    [503, { 'retry-after': 'Mon, 23 Nov 2026 12:00:30 GMT' }, 'busy', 30_000],
    [503, {}, 'failed', undefined],
    [500, {}, 'failed', undefined],
    [302, { location: 'https://elsewhere.test/' }, 'failed', undefined],
  ])(
    'maps status %i with headers %j to %s',
    async (status, headers, reason, retryAfter) => {
      running = await startApiClient();
      running.server.fault = always(response =>
        sendJson(
          response,
          status,
          { message: 'secret of the server' },
          headers,
        ),
      );
      const error = await list().catch((caught: unknown) => caught);
      expect(error).toMatchObject({ name: 'ClusterError', reason, retryAfter });
      expect(String(error)).not.toMatch(/secret|the-token/);
      expect((error as Error).cause).toBeUndefined();
      await expect(watch().next()).rejects.toMatchObject({
        reason,
        retryAfter,
      });
    },
  );

  it('asks once for new credentials when they are refused', async () => {
    running = await startApiClient({ tokens: ['old', 'new'] });
    running.server.fault = (request, response) => {
      if (request.headers.authorization === 'Bearer new') {
        return 'not answered';
      }
      sendJson(response, 401, {});
      return 'answered';
    };
    await expect(list()).resolves.toMatchObject({ items: [] });
    expect(running.server.requests.map(each => each.authorization)).toEqual([
      'Bearer old',
      'Bearer new',
    ]);
  });

  it.each([
    ['HTML', 'text/html', '<html>secret login</html>'],
    ['text that is cut off', 'application/json', '{"items": [{"secret'],
    ['JSON of something else', 'application/json', '{"secret": 1}'],
    ['a list of JSON', 'application/json', '[]'],
    ['null', 'application/json', 'null'],
  ])('takes %s for no valid answer', async (_, type, text) => {
    running = await startApiClient();
    running.server.fault = always(response => {
      response.writeHead(200, { 'content-type': type });
      response.end(text);
    });
    const error = await list().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ name: 'ClusterError', reason: 'failed' });
    expect(String(error)).not.toContain('secret');
  });

  it('is unreachable when the connection is reset, before and within an answer', async () => {
    running = await startApiClient();
    running.server.fault = always(response => response.socket?.destroy());
    await expect(list()).rejects.toMatchObject({ reason: 'unreachable' });
    running.server.fault = always(response => {
      response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': '1000',
      });
      response.write('{', () => response.socket?.destroy());
    });
    await expect(list()).rejects.toMatchObject({ reason: 'unreachable' });
  });

  it('gives up on an answer that does not begin or end in time', async () => {
    running = await startApiClient({ limits: { page: 200 } });
    running.server.fault = always(() => {});
    await expect(list()).rejects.toMatchObject({
      reason: 'unreachable',
      message: 'The list of pods did not end within 200 ms',
    });
    running.server.fault = always(response => startWatchAnswer(response, '{'));
    await expect(list()).rejects.toMatchObject({ reason: 'unreachable' });
  });

  it('gives up on a watch that falls silent', async () => {
    running = await startApiClient({ limits: { idle: 200 } });
    running.server.fault = always(response =>
      startWatchAnswer(response, added('only')),
    );
    const events = watch();
    expect((await nextObject(events)).object.metadata.name).toBe('only');
    await expect(events.next()).rejects.toMatchObject({
      reason: 'unreachable',
      message: expect.stringContaining('silent'),
    });
  });

  it('refuses a page that is too large', async () => {
    running = await startApiClient({ limits: { maxPageBytes: 1_000 } });
    running.cluster.put(
      PODS,
      contractPod('big', { filler: 'x'.repeat(2_000) }),
    );
    await expect(list()).rejects.toMatchObject({
      reason: 'failed',
      message: expect.stringContaining('larger than 1000 bytes'),
    });
  });

  it('skips an event that is too large, says so, and goes on', async () => {
    running = await startApiClient({ limits: { maxObjectBytes: 10_000 } });
    running.server.fault = always(response =>
      startWatchAnswer(
        response,
        `${added('before')}${added('huge', 'x'.repeat(200_000))}${added(
          'after',
        )}`,
      ),
    );
    const events = watch();
    expect((await nextObject(events)).object.metadata.name).toBe('before');
    expect((await nextObject(events)).object.metadata.name).toBe('after');
    expect(running.client.problems()).toEqual([
      {
        where: 'pods',
        message:
          'An object of pods is larger than 10000 bytes; its change was skipped.',
      },
    ]);
    running.server.fault = () => 'not answered';
    await list();
    expect(running.client.problems()).toEqual([]);
  });

  it('reads events that arrive in pieces, within a character even', async () => {
    running = await startApiClient();
    const bytes = Buffer.from(added('プロファイル'));
    const middle = bytes.indexOf(Buffer.from('ファ')) + 1;
    running.server.fault = always(response => {
      startWatchAnswer(response, '');
      response.write(bytes.subarray(0, middle), () => {
        response.end(bytes.subarray(middle));
      });
    });
    const events = watch();
    expect((await nextObject(events)).object.metadata.name).toBe(
      'プロファイル',
    );
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  it('is unreachable when a watch is cut within an event', async () => {
    running = await startApiClient();
    running.server.fault = always(response => {
      startWatchAnswer(response, '');
      response.end(added('cut').slice(0, 40));
    });
    await expect(watch().next()).rejects.toMatchObject({
      reason: 'unreachable',
    });
  });

  it.each([
    [{ code: 410 }, 'gone', undefined],
    [{ code: 429, details: { retryAfterSeconds: 3 } }, 'busy', 3_000],
    [{ code: 500 }, 'failed', undefined],
    [undefined, 'failed', undefined],
  ])(
    'maps the error event %j of a watch to %s',
    async (object, reason, retryAfter) => {
      running = await startApiClient();
      running.server.fault = always(response =>
        startWatchAnswer(
          response,
          `${JSON.stringify({ type: 'ERROR', object })}\n`,
        ),
      );
      await expect(watch().next()).rejects.toMatchObject({
        reason,
        retryAfter,
      });
    },
  );

  it('asks for bookmarks and the given time, and passes bookmarks on', async () => {
    running = await startApiClient();
    running.server.fault = always(response =>
      startWatchAnswer(
        response,
        `${JSON.stringify({
          type: 'BOOKMARK',
          object: { kind: 'Pod', metadata: { resourceVersion: '99' } },
        })}\n`,
      ),
    );
    expect((await watch('1').next()).value).toEqual({
      type: 'bookmark',
      resourceVersion: '99',
    });
    expect(running.server.requests[0].url).toBe(
      '/api/v1/pods?watch=1&allowWatchBookmarks=true&resourceVersion=1&timeoutSeconds=301',
    );
  });

  it('closes the connection of a watch that is left early', async () => {
    running = await startApiClient();
    const closed = new Promise<void>(resolve => {
      running.server.fault = (_, response) => {
        response.on('close', () => resolve());
        return 'not answered';
      };
    });
    running.cluster.put(PODS, contractPod('one'));
    for await (const event of running.client.watch(PODS, {
      depth: 'object',
      resourceVersion: '1',
      signal: aborter.signal,
    })) {
      expect(event.type).toBe('added');
      break;
    }
    await closed;
  });

  it('ends what is open when it is closed', async () => {
    running = await startApiClient();
    const pending = watch()
      .next()
      .catch((caught: unknown) => caught);
    await nextRequest(running.server);
    await running.client.close();
    expect(await pending).toMatchObject({ reason: 'unreachable' });
    await expect(list()).rejects.toMatchObject({ reason: 'unreachable' });
  });

  it('never lets a name leave its place in the path', async () => {
    running = await startApiClient();
    for (const plural of ['..', '.', '']) {
      await expect(
        list({ group: '', version: 'v1', plural }),
      ).rejects.toMatchObject({ reason: 'not-found' });
    }
    await expect(
      list({ group: 'a/b', version: '../v1', plural: 'x?y=1#z' }),
    ).rejects.toMatchObject({ reason: 'not-found' });
    expect(running.server.requests.map(each => each.url)).toEqual([
      '/apis/a%2Fb/..%2Fv1/x%3Fy%3D1%23z?limit=500',
    ]);
  });

  it('skips an object without a name and says so', async () => {
    running = await startApiClient();
    running.server.fault = always(response =>
      sendJson(response, 200, {
        kind: 'PodList',
        metadata: { resourceVersion: '5' },
        items: [{ metadata: {} }, null, { metadata: { name: 'fine' } }],
      }),
    );
    const { items } = await list();
    expect(items).toEqual([
      { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'fine' } },
    ]);
    expect(running.client.problems()).toHaveLength(1);
  });

  it('takes null items for none', async () => {
    running = await startApiClient();
    running.server.fault = always(response =>
      sendJson(response, 200, {
        kind: 'PodList',
        metadata: { resourceVersion: '5' },
        items: null,
      }),
    );
    expect((await list()).items).toEqual([]);
  });
});

async function nextRequest(server: FakeApiServer): Promise<void> {
  while (server.requests.length === 0) {
    await new Promise(resolve => setImmediate(resolve));
  }
}
