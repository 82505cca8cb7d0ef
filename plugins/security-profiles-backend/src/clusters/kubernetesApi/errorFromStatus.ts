import { ClusterError, type ClusterErrorReason } from '../ClusterError';

/** What is known of an answer that is an error. */
export interface ErrorAnswer {
  /** The HTTP status, or the code of an error event. */
  status: number;
  /** What was asked for, for the message: `list of pods`. */
  subject: string;
  retryAfterHeader?: string;
  /** The parsed `Status` object, where there was one. */
  body?: unknown;
  /** The present time in milliseconds since 1970. */
  now: number;
}

interface StatusBody {
  metadata?: { continue?: unknown };
  details?: { retryAfterSeconds?: unknown };
}

/** Maps an error answer of an API server; see `ClusterErrorReason` for the rules. */
export function errorFromStatus(answer: ErrorAnswer): ClusterError {
  const { status, subject } = answer;
  const body = (
    typeof answer.body === 'object' && answer.body ? answer.body : {}
  ) as StatusBody;
  const retryAfter = retryAfterOf(answer, body);
  const reason = reasonOf(status, retryAfter);
  const token = body.metadata?.continue;
  return new ClusterError(
    reason,
    `The ${subject} failed: ${explain(reason)} (status ${status})`,
    {
      status,
      retryAfter,
      continueToken:
        reason === 'gone' && typeof token === 'string' && token !== ''
          ? token
          : undefined,
    },
  );
}

function reasonOf(
  status: number,
  retryAfter: number | undefined,
): ClusterErrorReason {
  switch (status) {
    case 401:
      return 'unauthenticated';
    case 403:
      return 'forbidden';
    case 404:
      return 'not-found';
    case 410:
      return 'gone';
    case 429:
      return 'busy';
    case 503:
      return retryAfter === undefined ? 'failed' : 'busy';
    default:
      return 'failed';
  }
}

function explain(reason: ClusterErrorReason): string {
  switch (reason) {
    case 'unauthenticated':
      return 'the API server refused the credentials';
    case 'forbidden':
      return 'the account is not allowed to; grant it get, list and watch';
    case 'not-found':
      return 'the API server does not serve it';
    case 'gone':
      return 'the version or continue token is too old; list again';
    case 'busy':
      return 'the API server asks to come back later';
    default:
      return 'the API server answered an error';
  }
}

function retryAfterOf(
  answer: ErrorAnswer,
  body: StatusBody,
): number | undefined {
  const header = answer.retryAfterHeader?.trim();
  if (header && /^\d+$/.test(header)) {
    return Number(header) * 1000;
  }
  const date = header ? Date.parse(header) : NaN;
  if (!Number.isNaN(date)) {
    return Math.max(date - answer.now, 0);
  }
  const seconds = body.details?.retryAfterSeconds;
  return typeof seconds === 'number' && seconds > 0
    ? seconds * 1000
    : undefined;
}
