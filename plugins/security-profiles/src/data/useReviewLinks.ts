import { useMemo } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
import { reviewRouteRef, reviewsRouteRef } from '../routes';

/** Addresses of reviews; undefined where the app has no page of this plugin. */
export interface ReviewLinks {
  review(reviewId: string): string | undefined;
  /** The reviews that wait for the reader. */
  needsMe: string | undefined;
}

/** The addresses of reviews, for the entity tab too, which an app may use alone. */
export function useReviewLinks(): ReviewLinks {
  let review: ((params: { reviewId: string }) => string) | undefined;
  let list: (() => string) | undefined;
  try {
    // Throws after its last hook when the route is not mounted; both have the same parent.
    // eslint-disable-next-line react-hooks/rules-of-hooks
    review = useRouteRef(reviewRouteRef);
  } catch {
    review = undefined;
  }
  try {
    // eslint-disable-next-line react-hooks/rules-of-hooks
    list = useRouteRef(reviewsRouteRef);
  } catch {
    list = undefined;
  }
  return useMemo(
    () => ({
      review: reviewId => review?.({ reviewId }),
      needsMe: list && `${list()}?filter=needs-me`,
    }),
    [review, list],
  );
}
