import { InputError } from '@backstage/errors';

/** The request does not fit openapi.yaml; names every field that does not. */
export class RequestError extends InputError {
  readonly code = 'invalid-request';
  readonly fields: { field: string; message: string }[];

  constructor(fields: { field: string; message: string }[]) {
    super(
      fields.map(({ field, message }) => `${field}: ${message}`).join('; '),
    );
    this.fields = fields;
  }
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? (value as Record<string, unknown>)
    : {};
}

/**
 * Turns what validation and body parsing throw into a {@link RequestError}; everything else comes back as it is. The
 * parser's own message is left out: it can hold parts of the body.
 */
export function toRequestError(error: unknown): unknown {
  const { errors, status, type } = asRecord(error);
  if (type === 'entity.parse.failed') {
    return new RequestError([{ field: '/body', message: 'is no valid JSON' }]);
  }
  if (type === 'entity.too.large') {
    return new RequestError([{ field: '/body', message: 'is too large' }]);
  }
  if (Array.isArray(errors) && (status === 400 || status === 415)) {
    return new RequestError(
      errors.map(entry => ({
        field: String(asRecord(entry).path ?? '/'),
        message: String(asRecord(entry).message ?? 'is not valid'),
      })),
    );
  }
  return error;
}
