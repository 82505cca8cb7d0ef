import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { type ActionServices, mostItems, readOnly } from './ActionServices';

/** Registers `list-services-below-target`: who is behind, why, and whom to talk to. */
export function registerListServicesBelowTarget(
  registry: ActionsRegistryService,
  { scorecards }: ActionServices,
): void {
  registry.register({
    name: 'list-services-below-target',
    title: 'List services below their security target',
    description: `Services whose containers are confined less than asked, or whose profiles lack an approval; the worst
first. Each with its owner, level (exposed, accepted, baseline, profiled, unknown), worst finding and next step.
Only what the caller may read is listed and counted. At most ${mostItems} at a time: narrow by owner or environment.`,
    attributes: readOnly,
    schema: {
      input: z =>
        z.object({
          owner: z
            .string()
            .optional()
            .describe(
              'Entity ref of a group or person, as group:default/checkout; groups below it count too',
            ),
          environment: z
            .string()
            .optional()
            .describe('Name of an environment, as production'),
        }),
      output: z =>
        z.object({
          total: z.number().describe('How many there are in all'),
          services: z.array(
            z.object({
              entityRef: z.string(),
              owner: z.string().optional(),
              class: z.string(),
              level: z.string(),
              target: z.string().nullable(),
              approval: z.string(),
              score: z.number().nullable(),
              worstFinding: z.string().optional(),
              nextStep: z.string().optional(),
            }),
          ),
        }),
    },
    examples: [
      {
        title: 'What checkout has to mend in production',
        input: { owner: 'group:default/checkout', environment: 'production' },
      },
    ],
    action: async ({ input, credentials }) => {
      const page = await scorecards.listEntities(
        {
          filter: {
            target: ['no'],
            owner: input.owner,
            environment: input.environment,
          },
          sort: 'target',
        },
        { limit: mostItems },
        { credentials },
      );
      return {
        output: {
          total: page.totalItems,
          services: page.items.map(entity => ({
            entityRef: entity.entityRef,
            owner: entity.owner,
            class: entity.class,
            level: entity.level,
            target: entity.target.level,
            approval: entity.approval,
            score: entity.score,
            worstFinding: entity.worstFinding?.id,
            nextStep: entity.nextStep,
          })),
        },
      };
    },
  });
}
