import type { ReviewsService } from '../approvals/ReviewsService';
import type { SecurityProfilesService } from '../posture/SecurityProfilesService';
import type { ScorecardsService } from '../scorecards/ScorecardsService';

/** What actions are answered by: the same services as the HTTP API, which check the caller's own rights in every method. */
export interface ActionServices {
  service: SecurityProfilesService;
  reviews: ReviewsService;
  scorecards: ScorecardsService;
}

/** Attributes of an action that only reads. */
export const readOnly = {
  readOnly: true,
  idempotent: true,
  destructive: false,
};

/** Most items that one call of an action gives. */
export const mostItems = 50;
