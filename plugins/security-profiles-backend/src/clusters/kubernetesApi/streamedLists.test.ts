import type { ServerResponse } from 'node:http';
import { encodeEvent, encodeMessage } from '../../testing/encodeProtobuf';
import { contractPod, PODS } from '../clusterClientContract';
import type { StreamedListEvent } from '../ClusterSource';
import { sendJson } from '../testing/FakeApiServer';
import {
  type RunningApiClient,
  startApiClient,
} from '../testing/startApiClient';
import { wantedFields } from './protobuf/wantedFields';
import { initialEventsEnd } from './protobuf/envelopes';
import { message, one, text, textMap } from './protobuf/fields';

const asked =
  '/api/v1/pods?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true&resourceVersion=&timeoutSeconds=301';
const podType = { apiVersion: 'v1', kind: 'Pod' };

describe('A streamed list', () => {
  let running: RunningApiClient;
  let aborter: AbortController;

  beforeEach(() => {
    aborter = new AbortController();
  });
  afterEach(async () => {
    aborter.abort();
    await running.close();
  });

  const streamed = async () => {
    const events: string[] = [];
    const source: AsyncIterable<StreamedListEvent> = running.client.streamList(
      PODS,
      { depth: 'object', signal: aborter.signal },
    );
    for await (const event of source) {
      events.push(
        'object' in event
          ? `${event.type} ${event.object.metadata.name}`
          : event.type,
      );
    }
    return events;
  };
  const answering = (
    answer: (response: ServerResponse) => void,
  ): RunningApiClient['server']['fault'] => {
    return (request, response) => {
      if (!request.url?.includes('sendInitialEvents')) {
        return 'not answered';
      }
      answer(response);
      return 'answered';
    };
  };
  const askedAgain = async () => {
    const before = running.server.requests.length;
    await streamed();
    return running.server.requests.length > before;
  };
  const line = (type: string, name: string) =>
    `${JSON.stringify({ type, object: contractPod(name) })}\n`;
  const startAnswer = (response: ServerResponse, body: string) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.write(body);
  };

  it('gives every object, then the version to watch from', async () => {
    running = await startApiClient({ streamedLists: 'on' });
    running.cluster.put(PODS, contractPod('a'), contractPod('b'));
    expect(await streamed()).toEqual(['added a', 'added b', 'listed']);
    expect(running.server.requests.map(({ url }) => url)).toEqual([asked]);
  });

  it('comes in protobuf too', async () => {
    running = await startApiClient();
    running.server.fault = answering(response => {
      response.writeHead(200, {
        'content-type': 'application/vnd.kubernetes.protobuf;stream=watch',
      });
      const bookmark = message({
        metadata: [
          1,
          one(
            message({ resourceVersion: [6, text], annotations: [12, textMap] }),
          ),
        ],
      });
      response.write(
        Buffer.concat([
          encodeEvent(
            'ADDED',
            podType,
            encodeMessage(wantedFields.get('pods/v1')!, contractPod('a')),
          ),
          encodeEvent(
            'BOOKMARK',
            podType,
            encodeMessage(bookmark, {
              metadata: {
                resourceVersion: '9',
                annotations: { [initialEventsEnd]: 'true' },
              },
            }),
          ),
        ]),
      );
    });
    expect(await streamed()).toEqual(['added a', 'listed']);
  });

  it.each([400, 422])(
    'is not asked for again where the server answers %i',
    async status => {
      running = await startApiClient();
      running.server.fault = answering(response =>
        sendJson(response, status, { kind: 'Status', code: status }),
      );
      expect(await streamed()).toEqual(['not-offered']);
      expect(await askedAgain()).toBe(false);
    },
  );

  it('is not asked for again where no byte comes in time, as behind a proxy that holds answers back', async () => {
    running = await startApiClient({ limits: { streamSilence: 100 } });
    running.server.fault = answering(() => {});
    expect(await streamed()).toEqual(['not-offered']);
    expect(await askedAgain()).toBe(false);
  });

  it('is not asked for again where its end is never told, as by servers that know nothing of it', async () => {
    running = await startApiClient({ limits: { streamSilence: 100 } });
    running.server.fault = answering(response =>
      startAnswer(response, line('ADDED', 'a')),
    );
    expect(await streamed()).toEqual(['added a', 'not-offered']);
    expect(await askedAgain()).toBe(false);
  });

  it('is given up where changes come in again and again and its end does not', async () => {
    running = await startApiClient({ limits: { stream: 300 } });
    let timer: NodeJS.Timeout | undefined;
    running.server.fault = answering(response => {
      startAnswer(response, line('ADDED', 'a'));
      timer = setInterval(() => response.write(line('MODIFIED', 'a')), 20);
    });
    expect((await streamed()).at(-1)).toBe('not-offered');
    clearInterval(timer);
    expect(await askedAgain()).toBe(false);
  });

  it('that ends early may come the next time', async () => {
    running = await startApiClient();
    running.server.fault = answering(response => {
      startAnswer(response, line('ADDED', 'a'));
      response.end();
    });
    expect(await streamed()).toEqual(['added a', 'not-offered']);
    expect(await askedAgain()).toBe(true);
  });

  it.each([
    [403, 'forbidden'],
    [429, 'busy'],
    [500, 'failed'],
  ])('fails as every list with status %i', async (status, reason) => {
    running = await startApiClient();
    running.server.fault = answering(response =>
      sendJson(response, status, { kind: 'Status', code: status }),
    );
    await expect(streamed()).rejects.toMatchObject({ reason });
    await expect(streamed()).rejects.toMatchObject({ reason });
  });

  it('is asked for again when the server has another version', async () => {
    running = await startApiClient();
    const { signal } = aborter;
    await running.client.discover({ signal });
    expect(await streamed()).toEqual(['not-offered']);
    running.server.fault = (request, response) => {
      if (request.url !== '/version') {
        return 'not answered';
      }
      sendJson(response, 200, { gitVersion: 'v1.34.0' });
      return 'answered';
    };
    await running.client.discover({ signal });
    expect(await askedAgain()).toBe(true);
  });

  it('rejects with the reason of an abort', async () => {
    running = await startApiClient();
    running.server.fault = answering(response =>
      startAnswer(response, line('ADDED', 'a')),
    );
    const reason = new Error('enough');
    const pending = streamed();
    setTimeout(() => aborter.abort(reason), 50);
    await expect(pending).rejects.toBe(reason);
  });
});
