import { serializeError } from '@backstage/errors';
import type { ChangedContent } from '../approvals/reviewErrors';

/** An error as the HTTP API answers it. */
export interface ErrorAnswer {
  status: number;
  body: {
    error: {
      name: string;
      message: string;
      code: string;
      fields?: { field: string; message: string }[];
      reviewId?: string;
      changed?: ChangedContent;
    };
  };
}

const statuses: Record<string, { status: number; code: string }> = {
  InputError: { status: 400, code: 'invalid-request' },
  AuthenticationError: { status: 401, code: 'unauthenticated' },
  NotAllowedError: { status: 403, code: 'forbidden' },
  NotFoundError: { status: 404, code: 'not-found' },
  ConflictError: { status: 409, code: 'conflict' },
};

/**
 * What the caller learns of an error. Undefined for errors that are ours to mend: these go to the portal's own error
 * handler, which logs them and answers without their message.
 */
export function errorAnswer(error: unknown): ErrorAnswer | undefined {
  if (!(error instanceof Error)) {
    return undefined;
  }
  const { code, fields, reviewId, changed } = error as Error & {
    code?: unknown;
  } & Pick<ErrorAnswer['body']['error'], 'fields' | 'reviewId' | 'changed'>;
  const known =
    statuses[error.name] ?? statuses[Object.getPrototypeOf(error)?.name];
  const found =
    known ??
    Object.entries(statuses).find(([name]) => isNamed(error, name))?.[1];
  if (!found) {
    return undefined;
  }
  const { name, message } = serializeError(error);
  return {
    status: found.status,
    body: {
      error: {
        name,
        message,
        code: typeof code === 'string' ? code : found.code,
        ...(fields ? { fields } : {}),
        ...(reviewId ? { reviewId } : {}),
        ...(changed ? { changed } : {}),
      },
    },
  };
}

/** Errors cross package copies: their names tell what they are, down the chain of classes. */
function isNamed(error: Error, name: string): boolean {
  for (
    let type = Object.getPrototypeOf(error);
    type;
    type = Object.getPrototypeOf(type)
  ) {
    if (type.constructor?.name === name) {
      return true;
    }
  }
  return false;
}
