import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import type { ActionServices } from './ActionServices';

/** Registers `request-review`: asks people to decide, and decides nothing. */
export function registerRequestReview(
  registry: ActionsRegistryService,
  { reviews }: ActionServices,
): void {
  registry.register({
    name: 'request-review',
    title: 'Ask for the approval of a security profile',
    description: `Opens a review in which people decide on what a profile allows in an environment. The digest says what
was read: if the profile has changed since, nothing is opened. Asking decides nothing.`,
    attributes: { readOnly: false, idempotent: false, destructive: false },
    schema: {
      input: z =>
        z.object({
          profileId: z.string(),
          digest: z
            .string()
            .describe('Effective digest that was read, from explain-profile'),
          environment: z.string(),
          reason: z.string().min(1).max(4000),
          ticket: z.string().max(200).optional(),
        }),
      output: z => z.object({ reviewId: z.string(), state: z.string() }),
    },
    action: async ({ input, credentials }) => {
      const review = await reviews.createReview(
        {
          kind: 'content',
          subject: { profileId: input.profileId },
          digest: input.digest,
          environment: input.environment,
          reason: input.reason,
          ticket: input.ticket,
        },
        { credentials },
      );
      return { output: { reviewId: review.id, state: review.state } };
    },
  });
}
