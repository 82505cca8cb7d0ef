import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  delimitedFields,
  encodeEvent,
  encodeList,
  encodeMessage,
  envelopeOf,
} from '../../testing/encodeProtobuf';
import {
  contractPod,
  contractProfile,
  nextObject,
  PODS,
  SECCOMP_PROFILES,
} from '../clusterClientContract';
import type { Fault } from '../testing/FakeApiServer';
import {
  type RunningApiClient,
  startApiClient,
} from '../testing/startApiClient';
import { wantedFields, wantedMetadata } from './protobuf/wantedFields';

const protobuf = 'application/vnd.kubernetes.protobuf';
const podFields = wantedFields.get('pods/v1')!;
const podType = { apiVersion: 'v1', kind: 'Pod' };

describe('An API server', () => {
  let running: RunningApiClient;
  let aborter: AbortController;
  let accepted: string[];

  beforeEach(async () => {
    aborter = new AbortController();
    accepted = [];
    running = await startApiClient();
  });
  afterEach(async () => {
    aborter.abort();
    await running.close();
  });

  /** Answers what asks for protobuf; the server itself knows JSON alone. */
  const whereProtobufIsAsked = (
    answer: (response: ServerResponse, request: IncomingMessage) => void,
  ) => {
    const fault: Fault = (request, response) => {
      const accept = String(request.headers.accept);
      if (!request.url?.startsWith('/api/v1/pods')) {
        return 'not answered';
      }
      accepted.push(accept);
      if (!accept.includes(protobuf)) {
        return 'not answered';
      }
      answer(response, request);
      return 'answered';
    };
    running.server.fault = fault;
  };
  const send = (
    response: ServerResponse,
    body: Buffer,
    type = protobuf,
    status = 200,
  ) => {
    response.writeHead(status, { 'content-type': type });
    response.end(body);
  };
  const podList = (...names: string[]) =>
    encodeList(podFields, {
      apiVersion: 'v1',
      kind: 'PodList',
      resourceVersion: '7',
      continueToken: 'next',
      items: names.map(contractPodOf),
    });
  const list = (resource = PODS) =>
    running.client.list(resource, {
      depth: 'object',
      limit: 500,
      signal: aborter.signal,
    });
  const watch = () =>
    running.client
      .watch(PODS, {
        depth: 'object',
        resourceVersion: '1',
        signal: aborter.signal,
      })
      [Symbol.asyncIterator]();
  const encodings = () =>
    accepted.map(accept => (accept.includes(protobuf) ? 'protobuf' : 'json'));

  it('is asked for protobuf of its own kinds, and JSON if it would rather', async () => {
    whereProtobufIsAsked(response => send(response, podList('a', 'b')));
    const page = await list();
    expect(page).toEqual({
      items: ['a', 'b'].map(contractPodOf),
      resourceVersion: '7',
      continueToken: 'next',
    });
    expect(accepted).toEqual([`${protobuf}, application/json;q=0.9`]);
  });

  it('may answer JSON all the same', async () => {
    running.cluster.put(PODS, contractPod('a'));
    running.server.fault = request => {
      accepted.push(String(request.headers.accept));
      return 'not answered';
    };
    expect((await list()).items[0].metadata.name).toBe('a');
    await list();
    expect(encodings()).toEqual(['protobuf', 'protobuf']);
  });

  it('is asked for JSON alone of custom resources', async () => {
    running.cluster.put(SECCOMP_PROFILES, contractProfile('p'));
    running.server.fault = request => {
      accepted.push(String(request.headers.accept));
      return 'not answered';
    };
    await list(SECCOMP_PROFILES);
    expect(accepted).toEqual(['application/json']);
  });

  it.each<[string, (response: ServerResponse) => void]>([
    [
      'says 406',
      response => send(response, Buffer.alloc(0), 'text/plain', 406),
    ],
    [
      'answers HTML, as proxies do',
      response => send(response, Buffer.from('<html>'), 'text/html'),
    ],
    [
      'answers bytes that are no protobuf',
      response => send(response, Buffer.from('k8s\0nonsense')),
    ],
    [
      'answers a list that is cut off',
      response => send(response, podList('a').subarray(0, -3)),
    ],
  ])('that %s is asked for JSON from then on', async (_, answer) => {
    running.cluster.put(PODS, contractPod('a'));
    whereProtobufIsAsked(answer);
    expect((await list()).items).toHaveLength(1);
    const { object } = await nextObject(watch());
    expect(object.metadata.name).toBe('a');
    await list();
    expect(encodings()).toEqual(['protobuf', 'json', 'json', 'json']);
  });

  it('is asked for protobuf again when it has another version', async () => {
    whereProtobufIsAsked(response =>
      send(response, Buffer.alloc(0), 'text/plain', 406),
    );
    const { fault } = running.server;
    await running.client.discover({ signal: aborter.signal });
    await list();
    running.server.fault = (request, response) => {
      if (request.url === '/version') {
        send(
          response,
          Buffer.from('{"gitVersion":"v1.34.0"}'),
          'application/json',
        );
        return 'answered';
      }
      return fault(request, response);
    };
    await running.client.discover({ signal: aborter.signal });
    await list();
    expect(encodings()).toEqual(['protobuf', 'json', 'protobuf', 'json']);
  });

  it('that answers HTML to everything is not taken for one without protobuf', async () => {
    running.server.fault = (request, response) => {
      accepted.push(String(request.headers.accept));
      send(response, Buffer.from('<html>log in</html>'), 'text/html');
      return 'answered';
    };
    await expect(list()).rejects.toMatchObject({
      reason: 'failed',
      message: expect.stringContaining('is not JSON'),
    });
    await expect(list()).rejects.toMatchObject({ reason: 'failed' });
    expect(encodings()).toEqual(['protobuf', 'json', 'protobuf', 'json']);
  });

  it('watches in protobuf, bookmarks and errors included', async () => {
    whereProtobufIsAsked(response => {
      response.writeHead(200, { 'content-type': `${protobuf};stream=watch` });
      response.write(
        Buffer.concat([
          encodeEvent(
            'ADDED',
            podType,
            encodeMessage(podFields, contractPodOf('a')),
          ),
          encodeEvent(
            'BOOKMARK',
            podType,
            encodeMessage(wantedMetadata, {
              metadata: { resourceVersion: '99' },
            }),
          ),
          encodeEvent(
            'ERROR',
            { apiVersion: 'v1', kind: 'Status' },
            // 410, with the field number of `code`.
            Buffer.from([6 << 3, 0x9a, 0x03]),
          ),
        ]),
      );
    });
    const events = watch();
    expect((await events.next()).value).toEqual({
      type: 'added',
      object: contractPodOf('a'),
    });
    expect((await events.next()).value).toEqual({
      type: 'bookmark',
      resourceVersion: '99',
    });
    await expect(events.next()).rejects.toMatchObject({ reason: 'gone' });
  });

  it('whose watch turns into nonsense fails it, and is watched in JSON next', async () => {
    running.cluster.put(PODS, contractPod('a'));
    whereProtobufIsAsked(response => {
      response.writeHead(200, { 'content-type': protobuf });
      response.write(
        Buffer.concat([
          encodeEvent(
            'ADDED',
            podType,
            encodeMessage(podFields, contractPodOf('a')),
          ),
          Buffer.from([0, 0, 0, 4, 1, 2, 3, 4]),
        ]),
      );
    });
    const events = watch();
    await nextObject(events);
    await expect(events.next()).rejects.toMatchObject({
      reason: 'failed',
      message: 'The API server answered no valid protobuf',
    });
    await nextObject(watch());
    expect(encodings()).toEqual(['protobuf', 'json']);
  });

  it('may explain an error in protobuf', async () => {
    whereProtobufIsAsked(response =>
      send(
        response,
        envelopeOf(
          { apiVersion: 'v1', kind: 'Status' },
          delimitedFields([1, delimitedFields([3, 'go-on'])]),
        ),
        protobuf,
        410,
      ),
    );
    await expect(list()).rejects.toMatchObject({
      reason: 'gone',
      continueToken: 'go-on',
    });
  });

  it('is left in peace by an object larger than the limit', async () => {
    await running.close();
    running = await startApiClient({ limits: { maxObjectBytes: 1_000 } });
    whereProtobufIsAsked(response => {
      response.writeHead(200, { 'content-type': protobuf });
      response.write(
        Buffer.concat(
          ['x'.repeat(5_000), 'after'].map(name =>
            encodeEvent(
              'ADDED',
              podType,
              encodeMessage(podFields, contractPodOf(name)),
            ),
          ),
        ),
      );
    });
    expect((await nextObject(watch())).object.metadata.name).toBe('after');
    expect(running.client.problems()).toEqual([
      expect.objectContaining({
        message: expect.stringContaining('larger than 1000 bytes'),
      }),
    ]);
  });
});

function contractPodOf(name: string) {
  const { labels: _, ...metadata } = contractPod(name).metadata;
  return { ...contractPod(name), metadata };
}
