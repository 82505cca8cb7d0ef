/**
 * Why a cluster could not be read.
 *
 * - `forbidden`: authenticated, but not allowed (403)
 * - `unauthenticated`: credentials missing, expired or refused (401)
 * - `not-found`: the server does not serve the resource (404)
 * - `gone`: the version or continue token is too old (410): list again
 * - `busy`: the server asks to come back later (429, 503 with Retry-After)
 * - `unreachable`: no answer: connection refused, TLS, name, deadline
 * - `failed`: an answer that is an error or no valid answer
 */
export type ClusterErrorReason =
  | 'forbidden'
  | 'unauthenticated'
  | 'not-found'
  | 'gone'
  | 'busy'
  | 'unreachable'
  | 'failed';

/** Options of {@link ClusterError}. */
export interface ClusterErrorOptions {
  /** Milliseconds, from a `Retry-After` header. */
  retryAfter?: number;
  /** For `gone` on a list: a token of the server's to go on with, at the price of consistency. */
  continueToken?: string;
  /** The HTTP status of the answer, or the code of an error event. */
  status?: number;
  cause?: unknown;
}

/**
 * The one error of the port. The message is ours: it never holds a body, a header or a token of the other side.
 */
export class ClusterError extends Error {
  readonly reason: ClusterErrorReason;
  readonly retryAfter?: number;
  readonly continueToken?: string;
  readonly status?: number;

  constructor(
    reason: ClusterErrorReason,
    message: string,
    options: ClusterErrorOptions = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'ClusterError';
    this.reason = reason;
    this.retryAfter = options.retryAfter;
    this.continueToken = options.continueToken;
    this.status = options.status;
  }
}
