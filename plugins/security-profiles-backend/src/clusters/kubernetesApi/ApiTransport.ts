import { type Dispatcher, request } from 'undici';
import { ClusterError } from '../ClusterError';
import type { ApiConnection, ApiConnector } from './ApiConnector';
import { errorFromCause } from './errorFromCause';
import { errorFromStatus } from './errorFromStatus';
import { parseJson, type IntegerParsing } from './parseJson';
import { readEnvelope, readStatus } from './protobuf/envelopes';
import { RefusedEncodingError } from './RefusedEncodingError';

/** Deadlines and limits, all in milliseconds or bytes. */
export interface ApiLimits {
  /** Until the head of an answer. */
  headers: number;
  /** Until the whole of an answer that is no watch, credentials and connection included. */
  page: number;
  /** Without a byte on a watch; servers send bookmarks about once a minute. */
  idle: number;
  /** Largest answer that is no watch. */
  maxPageBytes: number;
  /** Largest event of a watch; a larger one is skipped. */
  maxObjectBytes: number;
  /**
   * Without an event of a streamed list, its first included: a proxy that holds answers back sends none, and a server
   * that does not know streamed lists never says that the list has ended.
   */
  streamSilence: number;
  /** Until the end of a streamed list. */
  stream: number;
}

/** Limits that suit servers and networks of every day. */
export const DEFAULT_API_LIMITS: ApiLimits = {
  headers: 30_000,
  page: 60_000,
  idle: 5 * 60_000,
  maxPageBytes: 256 * 1024 * 1024,
  maxObjectBytes: 16 * 1024 * 1024,
  streamSilence: 10_000,
  stream: 2 * 60_000,
};

/** What bodies come as. */
export type BodyEncoding = 'json' | 'protobuf';

/** The body of an answer. */
export interface ApiAnswer {
  encoding: BodyEncoding;
  bytes: Buffer;
}

/** The body of an answer that goes on. */
export interface ApiStream {
  encoding: BodyEncoding;
  chunks: AsyncIterable<Buffer>;
}

/** One GET request. */
export interface ApiRequest {
  /** Absolute and encoded, without the query. */
  path: string;
  query?: Record<string, string>;
  accept: string;
  /** For messages: `list of pods`. */
  subject: string;
  signal: AbortSignal;
}

/** Options of {@link ApiTransport}. */
export interface ApiTransportOptions {
  connector: ApiConnector;
  limits: ApiLimits;
  /** The present time in milliseconds since 1970. */
  now: () => number;
}

const MAX_ERROR_BYTES = 64 * 1024;
const NOT_ACCEPTABLE = 406;

/**
 * GET requests to one API server. Every method rejects with a `ClusterError` or, when the caller's signal is aborted,
 * with its reason. Credentials that are refused are renewed once per request.
 */
export class ApiTransport {
  readonly limits: ApiLimits;
  private readonly connector: ApiConnector;
  private readonly now: () => number;
  private readonly closing = new AbortController();

  constructor(options: ApiTransportOptions) {
    this.connector = options.connector;
    this.limits = options.limits;
    this.now = options.now;
  }

  /** The parsed answer. */
  async getJson(
    options: ApiRequest & { integers: IntegerParsing },
  ): Promise<unknown> {
    const { bytes } = await this.get(options);
    return parseJson(bytes.toString('utf8'), options.integers);
  }

  /** The whole answer. */
  async get(options: ApiRequest): Promise<ApiAnswer> {
    const deadline = AbortSignal.timeout(this.limits.page);
    const signal = this.combined(options.signal, deadline);
    return this.guarded(options, deadline, async () => {
      const answer = await this.open({ ...options, signal }, 0);
      return {
        encoding: encodingOf(answer)!,
        bytes: await readBytes(
          answer.body,
          this.limits.maxPageBytes,
          options.subject,
        ),
      };
    });
  }

  /** Hands an answer that goes on to `read`, which gets its body in pieces as they arrive. */
  async *stream<T>(
    options: ApiRequest,
    read: (stream: ApiStream) => AsyncIterable<T>,
  ): AsyncIterable<T> {
    // Aborted when the consumer leaves early, so that the connection does not linger.
    const leaving = new AbortController();
    const signal = this.combined(options.signal, leaving.signal);
    try {
      const answer = await this.guarded(options, leaving.signal, () =>
        this.open({ ...options, signal }, this.limits.idle),
      );
      yield* read({
        encoding: encodingOf(answer)!,
        chunks: this.chunksOf(answer, options, leaving.signal),
      });
    } finally {
      leaving.abort();
    }
  }

  private async *chunksOf(
    { body }: Dispatcher.ResponseData,
    options: ApiRequest,
    leaving: AbortSignal,
  ): AsyncIterable<Buffer> {
    const chunks = body[Symbol.asyncIterator]();
    while (true) {
      const { done, value } = await this.guarded(options, leaving, () =>
        chunks.next(),
      );
      if (done) {
        return;
      }
      yield value;
    }
  }

  /** The `ClusterError` of an error event. */
  errorOfEvent(subject: string, body: unknown): ClusterError {
    const status = Number((body as { code?: unknown } | undefined)?.code);
    return errorFromStatus({
      status: Number.isInteger(status) ? status : 500,
      subject,
      body,
      now: this.now(),
    });
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.connector.close();
  }

  private combined(callers: AbortSignal, own: AbortSignal): AbortSignal {
    return AbortSignal.any([callers, own, this.closing.signal]);
  }

  private async guarded<T>(
    options: { signal: AbortSignal; subject: string },
    own: AbortSignal,
    run: () => Promise<T>,
  ): Promise<T> {
    options.signal.throwIfAborted();
    if (this.closing.signal.aborted) {
      throw new ClusterError('unreachable', 'The cluster client was closed');
    }
    try {
      return await run();
    } catch (error) {
      options.signal.throwIfAborted();
      if (this.closing.signal.aborted) {
        throw new ClusterError('unreachable', 'The cluster client was closed');
      }
      if (own.aborted && !(error instanceof ClusterError)) {
        throw new ClusterError(
          'unreachable',
          `The ${options.subject} did not end within ${this.limits.page} ms`,
        );
      }
      throw errorFromCause(error);
    }
  }

  private async open(
    options: ApiRequest,
    bodyTimeout: number,
  ): Promise<Dispatcher.ResponseData> {
    const connection = await this.connector.connect(options.signal);
    const first = await this.send(connection, options, bodyTimeout);
    if (first.statusCode !== 401) {
      return this.checked(first, options);
    }
    await first.body.dump({ limit: MAX_ERROR_BYTES }).catch(() => {});
    this.connector.renew(connection);
    const renewed = await this.connector.connect(options.signal);
    return this.checked(
      await this.send(renewed, options, bodyTimeout),
      options,
    );
  }

  private async send(
    connection: ApiConnection,
    options: ApiRequest,
    bodyTimeout: number,
  ): Promise<Dispatcher.ResponseData> {
    const { server, dispatcher, headers } = connection;
    return request(`${server}${options.path}`, {
      dispatcher,
      query: options.query,
      headers: {
        ...headers,
        accept: options.accept,
        'user-agent': 'security-profiles',
      },
      headersTimeout: this.limits.headers,
      bodyTimeout,
      signal: options.signal,
    });
  }

  private async checked(
    answer: Dispatcher.ResponseData,
    options: ApiRequest,
  ): Promise<Dispatcher.ResponseData> {
    const { statusCode, headers } = answer;
    const encoding = encodingOf(answer);
    if (statusCode === 200 && encoding && accepts(options, encoding)) {
      return answer;
    }
    if (statusCode === 200) {
      answer.body.destroy();
      // Keeps the stream's own complaint about being destroyed from surfacing.
      answer.body.on('error', () => {});
      throw new RefusedEncodingError(
        'failed',
        `The ${options.subject} failed: the answer is not JSON; check that the address is that of an API server`,
      );
    }
    const bytes = await readBytes(
      answer.body,
      MAX_ERROR_BYTES,
      options.subject,
    ).catch(() => Buffer.alloc(0));
    options.signal.throwIfAborted();
    const error = errorFromStatus({
      status: statusCode,
      subject: options.subject,
      retryAfterHeader: [headers['retry-after']].flat()[0],
      body: quietly(() => parseStatus(encoding, bytes)),
      now: this.now(),
    });
    throw statusCode === NOT_ACCEPTABLE
      ? new RefusedEncodingError(error.reason, error.message, {
          status: statusCode,
        })
      : error;
  }
}

function encodingOf({
  headers,
}: Dispatcher.ResponseData): BodyEncoding | undefined {
  const type = String(headers['content-type'] ?? '').toLowerCase();
  if (/^application\/json\b/.test(type)) {
    return 'json';
  }
  return /^application\/vnd\.kubernetes\.protobuf\b/.test(type)
    ? 'protobuf'
    : undefined;
}

function accepts({ accept }: ApiRequest, encoding: BodyEncoding): boolean {
  return encoding === 'json' || accept.includes('vnd.kubernetes.protobuf');
}

function parseStatus(
  encoding: BodyEncoding | undefined,
  bytes: Buffer,
): unknown {
  if (encoding === 'protobuf') {
    const envelope = readEnvelope(bytes, { start: 0, end: bytes.length });
    return readStatus(bytes, envelope);
  }
  return encoding === 'json' && bytes.length > 0
    ? parseJson(bytes.toString('utf8'), 'fast')
    : undefined;
}

async function readBytes(
  body: AsyncIterable<Buffer>,
  maxBytes: number,
  subject: string,
): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > maxBytes) {
      throw new ClusterError(
        'failed',
        `The ${subject} failed: the answer is larger than ${maxBytes} bytes; ask for fewer objects per page`,
      );
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function quietly<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}
