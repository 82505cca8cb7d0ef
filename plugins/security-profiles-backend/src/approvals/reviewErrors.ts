import { ConflictError, NotAllowedError } from '@backstage/errors';

/** What the rules of approvals refuse because of how things stand (409). */
export class ReviewConflictError extends ConflictError {
  readonly code: string;
  readonly reviewId?: string;
  readonly changed?: { expected: string; observed: string | null };

  constructor(
    code: string,
    message: string,
    details: {
      reviewId?: string;
      changed?: { expected: string; observed: string | null };
    } = {},
  ) {
    super(message);
    this.code = code;
    this.reviewId = details.reviewId;
    this.changed = details.changed;
  }
}

/** What the rules of approvals refuse to this person (403). */
export class VoterRefusedError extends NotAllowedError {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
