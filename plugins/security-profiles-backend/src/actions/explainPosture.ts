import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { InputRefusedError } from '../access/errors';
import { type ActionServices, readOnly } from './ActionServices';

/** Registers `explain-posture`: is this service contained, and what comes next? */
export function registerExplainPosture(
  registry: ActionsRegistryService,
  { service }: ActionServices,
): void {
  registry.register({
    name: 'explain-posture',
    title: 'Explain the security posture of a service',
    description: `Whether a service reaches its target, at which level its containers run, what fails or could not be
judged (unknown is never a pass), what to do next, and under which profiles it runs.`,
    attributes: readOnly,
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .describe('Entity ref of a Component, as component:default/cart'),
        }),
      output: z =>
        z.object({
          entityRef: z.string(),
          assessedAt: z.string(),
          level: z.string(),
          approval: z.string(),
          score: z.number().nullable(),
          target: z.object({
            level: z.string().nullable(),
            met: z.string(),
            because: z.array(z.string()),
          }),
          nextSteps: z.array(z.string()),
          findings: z
            .array(
              z.object({
                id: z.string(),
                status: z.string(),
                severity: z.string(),
                responsible: z.string(),
                title: z.string(),
                reason: z.string(),
              }),
            )
            .describe('Those that fail, warn or are unknown'),
          profiles: z.array(
            z.object({
              profileId: z.string(),
              cluster: z.string(),
              kind: z.string(),
              name: z.string(),
              mode: z.string(),
              approval: z.string(),
            }),
          ),
          sources: z
            .array(
              z.object({
                cluster: z.string(),
                resource: z.string(),
                state: z.string(),
                since: z.string(),
              }),
            )
            .describe('Facts that are not fresh'),
        }),
    },
    examples: [
      {
        title: 'How cart stands',
        input: { entityRef: 'component:default/cart' },
      },
    ],
    action: async ({ input, credentials }) => {
      const posture = await service.getPosture(componentRef(input.entityRef), {
        credentials,
      });
      return {
        output: {
          entityRef: posture.entityRef,
          assessedAt: posture.assessedAt,
          level: posture.level,
          approval: posture.approval,
          score: posture.score,
          target: {
            level: posture.target.level,
            met: posture.target.met,
            because: posture.target.because,
          },
          nextSteps: posture.nextSteps.map(({ text }) => text),
          findings: posture.findings
            .filter(
              ({ status }) => status !== 'pass' && status !== 'not-applicable',
            )
            .map(({ id, status, severity, responsible, title, reason }) => ({
              id,
              status,
              severity,
              responsible,
              title,
              reason,
            })),
          profiles: posture.profiles.map(profile => ({
            profileId: profile.id,
            cluster: profile.cluster,
            kind: profile.kind,
            name: profile.name,
            mode: profile.mode,
            approval: profile.approval.state,
          })),
          sources: posture.sources
            .filter(({ state }) => state !== 'fresh')
            .map(({ cluster, resource, state, since }) => ({
              cluster,
              resource,
              state,
              since,
            })),
        },
      };
    },
  });
}

function componentRef(entityRef: string): string {
  try {
    return stringifyEntityRef(
      parseEntityRef(entityRef, {
        defaultKind: 'component',
        defaultNamespace: 'default',
      }),
    );
  } catch {
    throw new InputRefusedError(
      '/entityRef',
      'is no entity ref; expected one such as component:default/cart',
    );
  }
}
