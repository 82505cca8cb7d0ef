import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  BreakGlassRequest,
  Review,
  ReviewRequest,
  ReviewSummary,
  VoteRequest,
} from '@security-profiles/backstage-plugin-security-profiles-common';

/** Which reviews of the queue are wanted. */
export interface ReviewFilter {
  filter: 'needs-me' | 'asked-by-me' | 'all';
  entityRef?: string;
  profileId?: string;
  environment?: string[];
  state?: string[];
}

/** A page of the queue. */
export interface ReviewPage {
  items: ReviewSummary[];
  totalItems: number;
  servedAt: string;
  /** How many reviews each filter has. */
  counts: { needsMe: number; askedByMe: number; all: number };
  pageInfo: { nextCursor?: string; prevCursor?: string };
}

/** What a viewer may do about the approval of a profile that an entity uses. */
export interface ProfileApprovalView {
  viewerMay: ('request-review' | 'vote' | 'withdraw' | 'open')[];
  whyNot?: string;
}

/** Who reads the queue. */
export interface ReadOptions {
  credentials: BackstageCredentials;
}

/** Who writes, and which attempt it is. */
export interface WriteOptions extends ReadOptions {
  /** The same key of the same caller is carried out once. */
  idempotencyKey?: string;
}

/**
 * Ask, vote, discuss, take back.
 *
 * @remarks
 * Rejects with `ForbiddenError` where the caller may not read a review, whether there is one or not; with
 * `ReviewConflictError` or `VoterRefusedError` where the rules of approvals say no.
 */
export interface ReviewsService {
  listReviews(
    filter: ReviewFilter,
    page: { limit: number; cursor?: string },
    options: ReadOptions,
  ): Promise<ReviewPage>;
  getReview(reviewId: string, options: ReadOptions): Promise<Review>;
  createReview(request: ReviewRequest, options: WriteOptions): Promise<Review>;
  castVote(
    reviewId: string,
    vote: VoteRequest,
    options: WriteOptions,
  ): Promise<Review>;
  addComment(
    reviewId: string,
    comment: string,
    options: WriteOptions,
  ): Promise<Review>;
  withdrawReview(
    reviewId: string,
    reason: string | undefined,
    options: WriteOptions,
  ): Promise<Review>;
  revokeApproval(
    reviewId: string,
    reason: string,
    options: WriteOptions,
  ): Promise<Review>;
  breakGlass(
    reviewId: string,
    request: BreakGlassRequest,
    options: WriteOptions,
  ): Promise<Review>;
}
