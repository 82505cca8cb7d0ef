import type { Clock } from '../clock/Clock';
import {
  type FeedAnswer,
  FeedError,
  type FeedSource,
  longestFeed,
} from './FeedSource';
import { parseFeedText } from './parseFeedText';

/** Options of {@link UrlFeedSource}. */
export interface UrlFeedSourceOptions {
  url: string;
  /** Sent as a bearer token. */
  token?: string;
  clock: Clock;
  /** Milliseconds until an answer has to be there. */
  deadline?: number;
}

/** Hosts that answer with what is known at the moment; a copy elsewhere is as old as its newest entry. */
const liveHosts = new Set(['api.github.com', 'api.osv.dev', 'endoflife.date']);

const defaultDeadline = 60_000;
/** Asked again sooner, a server that limits us would only say so again. */
const leastWait = 60_000;

/** Reads a feed over HTTP: only when it has changed, and never faster than the server asks. */
export class UrlFeedSource implements FeedSource {
  readonly name: string;
  private readonly options: UrlFeedSourceOptions;

  constructor(options: UrlFeedSourceOptions) {
    this.options = options;
    this.name = new URL(options.url).host;
  }

  async read(options: {
    etag?: string;
    signal: AbortSignal;
  }): Promise<FeedAnswer> {
    const { url, clock, deadline = defaultDeadline } = this.options;
    const signal = AbortSignal.any([
      options.signal,
      AbortSignal.timeout(deadline),
    ]);
    const response = await this.fetch(url, options.etag, signal);
    if (response.status === 304) {
      await response.body?.cancel();
      return { state: 'unchanged' };
    }
    if (!response.ok) {
      await response.body?.cancel();
      throw this.refusal(response);
    }
    const text = await this.text(response, signal);
    const etag = response.headers.get('etag');
    return {
      state: 'changed',
      value: parseFeedText(text),
      ...(etag && { etag }),
      ...(liveHosts.has(new URL(url).hostname) && {
        receivedAt: clock.now().toISOString(),
      }),
    };
  }

  private async fetch(
    url: string,
    etag: string | undefined,
    signal: AbortSignal,
  ): Promise<Response> {
    const { token } = this.options;
    try {
      return await fetch(url, {
        signal,
        headers: {
          accept: 'application/json',
          'user-agent': 'backstage-security-profiles',
          ...(new URL(url).hostname === 'api.github.com' && {
            accept: 'application/vnd.github+json',
            'x-github-api-version': '2022-11-28',
          }),
          ...(etag && { 'if-none-match': etag }),
          ...(token && { authorization: `Bearer ${token}` }),
        },
      });
    } catch (error) {
      throw this.unreachable(error);
    }
  }

  /** Reads no more than a feed may have, whatever length was announced. */
  private async text(response: Response, signal: AbortSignal): Promise<string> {
    const decoder = new TextDecoder();
    const parts: string[] = [];
    let length = 0;
    try {
      for await (const chunk of response.body ?? []) {
        signal.throwIfAborted();
        length += (chunk as Uint8Array).byteLength;
        if (length > longestFeed) {
          throw new FeedError(
            'unusable',
            `the answer is larger than ${longestFeed / 1024 / 1024} MB`,
          );
        }
        parts.push(decoder.decode(chunk as Uint8Array, { stream: true }));
      }
    } catch (error) {
      throw error instanceof FeedError ? error : this.unreachable(error);
    }
    return parts.join('') + decoder.decode();
  }

  private unreachable(error: unknown): FeedError {
    const late = error instanceof Error && error.name === 'TimeoutError';
    return new FeedError(
      'unreachable',
      late
        ? `${this.name} did not answer in time`
        : `${this.name} could not be reached`,
    );
  }

  private refusal({ status, headers }: Response): FeedError {
    const limited =
      status === 429 ||
      (status === 403 && headers.get('x-ratelimit-remaining') === '0') ||
      (status === 403 && headers.has('retry-after'));
    if (!limited) {
      return new FeedError('failed', `${this.name} answered ${status}`);
    }
    const retryAt = this.retryAt(headers);
    return new FeedError(
      'rate-limited',
      `${
        this.name
      } answered ${status}: the limit of requests is reached until ${retryAt.toISOString()}`,
      { retryAt },
    );
  }

  private retryAt(headers: Headers): Date {
    const now = this.options.clock.now().getTime();
    const after = headers.get('retry-after') ?? '';
    const seconds = Number(after);
    const byHeader =
      after !== '' && Number.isFinite(seconds)
        ? now + seconds * 1000
        : Date.parse(after);
    const reset = Number(headers.get('x-ratelimit-reset') ?? Number.NaN) * 1000;
    const known = [byHeader, reset].filter(time => Number.isFinite(time));
    // A header from another planet must not stop the feed for ever.
    const latest = now + 24 * 60 * 60_000;
    return new Date(Math.min(latest, Math.max(now + leastWait, ...known)));
  }
}
