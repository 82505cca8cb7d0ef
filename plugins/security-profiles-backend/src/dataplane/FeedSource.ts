/** What a source of a feed answered. */
export type FeedAnswer =
  | { state: 'unchanged' }
  | {
      state: 'changed';
      value: unknown;
      etag?: string;
      /** When a live list was received. */
      receivedAt?: string;
    };

/** Why a feed could not be read; the message is ours and holds nothing of an answer. */
export class FeedError extends Error {
  /** When to try again at the earliest. */
  readonly retryAt?: Date;
  readonly reason: 'unreachable' | 'rate-limited' | 'failed' | 'unusable';

  constructor(
    reason: FeedError['reason'],
    message: string,
    options: { retryAt?: Date } = {},
  ) {
    super(message);
    this.name = 'FeedError';
    this.reason = reason;
    this.retryAt = options.retryAt;
  }
}

/** A place that a feed comes from. */
export interface FeedSource {
  /** For people: the host, or the name of the file. */
  readonly name: string;
  /** @throws FeedError */
  read(options: { etag?: string; signal: AbortSignal }): Promise<FeedAnswer>;
}

/** No feed is larger: a hundred releases of GitHub with their notes are two. */
export const longestFeed = 20 * 1024 * 1024;
