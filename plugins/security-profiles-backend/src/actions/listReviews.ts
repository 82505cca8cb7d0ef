import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { type ActionServices, mostItems, readOnly } from './ActionServices';

/** Registers `list-reviews`: what waits for whom? */
export function registerListReviews(
  registry: ActionsRegistryService,
  { reviews }: ActionServices,
): void {
  registry.register({
    name: 'list-reviews',
    title: 'List reviews',
    description: `Requests to decide on what a profile allows, with their state and who asked. Votes are cast in the
portal by signed-in people; no action can cast one.`,
    attributes: readOnly,
    schema: {
      input: z =>
        z.object({
          filter: z.enum(['needs-me', 'asked-by-me', 'all']).default('all'),
          state: z
            .string()
            .optional()
            .describe('As pending, approved, stale, rejected'),
        }),
      output: z =>
        z.object({
          total: z.number(),
          reviews: z.array(
            z.object({
              reviewId: z.string(),
              kind: z.string(),
              environment: z.string(),
              digest: z.string(),
              state: z.string(),
              requestedBy: z.string(),
              createdAt: z.string(),
              requestExpiresAt: z.string(),
              expiresAt: z.string().optional(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const page = await reviews.listReviews(
        {
          filter: input.filter,
          state: input.state ? [input.state] : undefined,
        },
        { limit: mostItems },
        { credentials },
      );
      return {
        output: {
          total: page.totalItems,
          reviews: page.items.map(review => ({
            reviewId: review.id,
            kind: review.kind,
            environment: review.environment,
            digest: review.digest,
            state: review.state,
            requestedBy: review.requestedBy,
            createdAt: review.createdAt,
            requestExpiresAt: review.requestExpiresAt,
            expiresAt: review.expiresAt,
          })),
        },
      };
    },
  });
}
