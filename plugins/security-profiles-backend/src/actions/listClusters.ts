import type { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { type ActionServices, mostItems, readOnly } from './ActionServices';

/** Registers `list-clusters`: what is connected, and on which Cilium does it stand? */
export function registerListClusters(
  registry: ActionsRegistryService,
  { service }: ActionServices,
): void {
  registry.register({
    name: 'list-clusters',
    title: 'List the connected clusters',
    description: `Clusters with their environment, Kubernetes and Cilium versions, whether the release line of Cilium is
maintained, how many patches it is behind, and the state of the Security Profiles Operator.`,
    attributes: readOnly,
    schema: {
      input: z =>
        z.object({
          environment: z
            .string()
            .optional()
            .describe('Name of an environment, as production'),
        }),
      output: z =>
        z.object({
          total: z.number(),
          clusters: z.array(
            z.object({
              clusterId: z.string(),
              name: z.string(),
              environment: z.string(),
              kubernetes: z.string().nullable(),
              nodes: z.number(),
              services: z.number(),
              ciliumVersions: z.array(
                z.object({ version: z.string(), nodes: z.number() }),
              ),
              releaseLine: z.string().optional(),
              releaseLineState: z.string().optional(),
              patchesBehind: z.number().nullable(),
            }),
          ),
        }),
    },
    action: async ({ input, credentials }) => {
      const page = await service.listClusters(
        { environment: input.environment ? [input.environment] : undefined },
        { limit: mostItems },
        { credentials },
      );
      return {
        output: {
          total: page.totalItems,
          clusters: page.items.map(cluster => ({
            clusterId: cluster.id,
            name: cluster.name,
            environment: cluster.environment,
            kubernetes: cluster.kubernetes ?? null,
            nodes: cluster.nodes,
            services: cluster.services,
            ciliumVersions: (cluster.cilium?.versions ?? []).map(
              ({ version, nodes }) => ({ version, nodes }),
            ),
            releaseLine: cluster.cilium?.line.name,
            releaseLineState: cluster.cilium?.line.state,
            patchesBehind: cluster.cilium?.patchesBehind ?? null,
          })),
        },
      };
    },
  });
}
