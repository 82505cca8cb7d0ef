import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { type ActionServices, readOnly } from './ActionServices';

/** Registers `compare-profiles`: what changed at kernel level between two revisions? */
export function registerCompareProfiles(
  registry: ActionsRegistryService,
  { service }: ActionServices,
): void {
  registry.register({
    name: 'compare-profiles',
    title: 'Compare two revisions of a security profile',
    description: `What a profile allows more, less or otherwise in one revision than in another: identical, cosmetic,
narrower, wider, mode-relaxed or incomparable, with the lines that prove it, widenings by risk first.`,
    attributes: readOnly,
    schema: {
      input: z =>
        z.object({
          profileId: z.string(),
          from: z
            .string()
            .describe('Effective digest of the older revision, as sha256:…'),
          to: z
            .string()
            .default('current')
            .describe('Effective digest of the newer revision, or current'),
        }),
      output: z =>
        z.object({
          class: z.string(),
          because: z.string().optional(),
          totals: z.object({
            wider: z.number(),
            narrower: z.number(),
            changed: z.number(),
          }),
          lines: z.array(
            z.object({
              direction: z.string(),
              risk: z.string(),
              subject: z.string(),
              before: z.string().optional(),
              after: z.string().optional(),
              because: z.string().optional(),
              broughtBy: z.string().optional(),
            }),
          ),
          truncated: z.boolean(),
        }),
    },
    action: async ({ input, credentials }) => {
      const comparison = await service.compareRevisions(
        input.profileId,
        { from: input.from, to: input.to },
        { credentials },
      );
      return {
        output: {
          class: comparison.class,
          because: comparison.because,
          totals: comparison.totals,
          lines: comparison.lines.map(
            ({
              direction,
              risk,
              subject,
              before,
              after,
              because,
              broughtBy,
            }) => ({
              direction,
              risk,
              subject,
              before,
              after,
              because,
              broughtBy,
            }),
          ),
          truncated: comparison.truncated,
        },
      };
    },
  });
}
