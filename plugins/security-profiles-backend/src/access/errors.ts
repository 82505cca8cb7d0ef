import { InputError, NotAllowedError, NotFoundError } from '@backstage/errors';

/** What the caller asked for lies outside what the policy allows them. */
export class ForbiddenError extends NotAllowedError {
  readonly code = 'forbidden';
}

/** There is no such thing, or nothing that the caller may know of. */
export class MissingError extends NotFoundError {
  readonly code: 'not-found' | 'entity-not-found';

  constructor(code: 'not-found' | 'entity-not-found', message: string) {
    super(message);
    this.code = code;
  }
}

/** A value that the shape allows but the rules do not; names the field. */
export class InputRefusedError extends InputError {
  readonly code = 'invalid-request';
  readonly fields: { field: string; message: string }[];

  constructor(field: string, message: string) {
    super(`${field}: ${message}`);
    this.fields = [{ field, message }];
  }
}
