import { once } from 'node:events';
import {
  createServer,
  get,
  type IncomingMessage,
  type Server,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import Router from 'express-promise-router';
import { sendTextStream } from './sendTextStream';

describe('An answer in parts', () => {
  let server: Server;

  async function serve(parts: AsyncIterable<string>): Promise<IncomingMessage> {
    const app = express();
    const router = Router();
    router.get('/', async (_request, response) => {
      await sendTextStream(
        { contentType: 'text/csv; charset=utf-8', fileName: 'a.csv', parts },
        response,
      );
    });
    const answerErrors: express.ErrorRequestHandler = (
      _error,
      _request,
      response,
      next,
    ) => {
      if (response.headersSent) {
        next(_error);
      } else {
        response.status(500).end();
      }
    };
    app.use(router, answerErrors);
    server = createServer(app);
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const [response] = await once(
      get({ port, host: '127.0.0.1', path: '/' }),
      'response',
    );
    return response;
  }

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  async function textOf(message: IncomingMessage): Promise<string> {
    let text = '';
    for await (const part of message) {
      text += part;
    }
    return text;
  }

  it('arrives whole, as a file to save', async () => {
    const message = await serve(
      (async function* parts() {
        yield 'a,';
        yield 'b\n';
      })(),
    );
    expect(message.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="a.csv"',
    });
    expect(await textOf(message)).toBe('a,b\n');
  });

  it('is an error where the first part already fails', async () => {
    const message = await serve(
      // eslint-disable-next-line require-yield
      (async function* parts() {
        throw new Error('no database');
      })(),
    );
    message.resume();
    expect(message.statusCode).toBe(500);
  });

  it('is broken off where a later part fails, and never looks whole', async () => {
    const message = await serve(
      (async function* parts() {
        yield 'a\n';
        throw new Error('the database went away');
      })(),
    );
    await expect(textOf(message)).rejects.toThrow('aborted');
  });

  it('is read no further once the caller has gone', async () => {
    let ended: (how: string) => void = () => {};
    const end = new Promise<string>(resolve => {
      ended = resolve;
    });
    const message = await serve(
      (async function* parts() {
        try {
          for (;;) {
            yield 'x'.repeat(65_536);
          }
        } finally {
          ended('not read further');
        }
      })(),
    );
    await once(message, 'data');
    message.destroy();
    expect(await end).toBe('not read further');
  });
});
