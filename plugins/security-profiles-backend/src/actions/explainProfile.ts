import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { type ActionServices, readOnly } from './ActionServices';

/** Registers `explain-profile`: what does it allow beyond RuntimeDefault, and who brought that? */
export function registerExplainProfile(
  registry: ActionsRegistryService,
  { service }: ActionServices,
): void {
  registry.register({
    name: 'explain-profile',
    title: 'Explain what a security profile allows',
    description: `What a profile of the Security Profiles Operator allows beyond RuntimeDefault and why each of that
matters, what it denies in exchange, from which base it has that, on how many nodes it is installed and how many entities
use it. Ids come from explain-posture.`,
    attributes: readOnly,
    schema: {
      input: z => z.object({ profileId: z.string() }),
      output: z =>
        z.object({
          profileId: z.string(),
          cluster: z.string(),
          kind: z.string(),
          name: z.string(),
          mode: z.string(),
          effectiveDigest: z.string().nullable(),
          resolution: z.string(),
          because: z.string().optional(),
          bases: z.array(z.string()),
          users: z.number(),
          installed: z.object({ nodes: z.number(), of: z.number() }),
          beyondRuntimeDefault: z
            .array(
              z.object({
                name: z.string(),
                risk: z.string(),
                because: z.string(),
                broughtBy: z.string().optional(),
              }),
            )
            .nullable()
            .describe('null: not known, or a kind without syscalls'),
          problems: z.array(z.string()),
        }),
    },
    action: async ({ input, credentials }) => {
      const profile = await service.getProfile(input.profileId, {
        credentials,
      });
      return {
        output: {
          profileId: profile.id,
          cluster: profile.cluster,
          kind: profile.kind,
          name: profile.name,
          mode: profile.mode,
          effectiveDigest: profile.effectiveDigest,
          resolution: profile.resolution,
          because: profile.because,
          bases: profile.bases ?? [],
          users: profile.users,
          installed: {
            nodes: profile.installed.nodes,
            of: profile.installed.of,
          },
          beyondRuntimeDefault:
            profile.distance?.beyond.groups.flatMap(group =>
              group.calls.map(({ name, risk, because, broughtBy }) => ({
                name,
                risk: risk ?? 'low',
                because: because ?? group.because,
                broughtBy,
              })),
            ) ?? null,
          problems: profile.problems.map(({ because }) => because),
        },
      };
    },
  });
}
