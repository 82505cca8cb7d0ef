import { ConflictError, NotAllowedError } from '@backstage/errors';
import type { ProfileComparison } from '@security-profiles/analysis';

/** What was read and what is in force now, with how they differ where both are known. */
export interface ChangedContent extends Partial<ProfileComparison> {
  expected: string;
  observed: string | null;
}

/** What the rules of approvals refuse because of how things stand (409). */
export class ReviewConflictError extends ConflictError {
  readonly code: string;
  readonly reviewId?: string;
  readonly changed?: ChangedContent;

  constructor(
    code: string,
    message: string,
    details: {
      reviewId?: string;
      changed?: ChangedContent;
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
