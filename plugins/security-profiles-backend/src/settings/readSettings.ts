import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { HumanDuration } from '@backstage/types';
import { z } from 'zod';

const targetSchema = z
  .object({
    environment: z.string().min(1).optional(),
    class: z
      .enum([
        'ordinary',
        'ai-agent',
        'ebpf-collector',
        'dataplane',
        'mesh',
        'operator',
      ])
      .optional(),
    lifecycle: z.string().min(1).optional(),
    tag: z.string().min(1).optional(),
    level: z.enum(['baseline', 'profiled', 'none']),
    approval: z.enum(['required', 'not-required']).optional(),
  })
  .strict();

const findingSchema = z
  .object({
    enabled: z.boolean().optional(),
    severity: z.enum(['critical', 'high', 'medium', 'low']).optional(),
    weight: z.number().min(0).max(100).optional(),
  })
  .strict();

const settingsSchema = z.object({
  environments: z
    .record(
      z.string().min(1),
      z
        .object({
          clusters: z.array(z.string().min(1)),
          counted: z.boolean().default(true),
        })
        .strict(),
    )
    .default({}),
  targets: z.array(targetSchema).default([]),
  clusterOptions: z
    .record(
      z.string().min(1),
      z
        .object({
          owner: z.string().min(1).optional(),
          seccompDefault: z.boolean().default(false),
        })
        .strict(),
    )
    .default({}),
  findings: z.record(z.string(), findingSchema).default({}),
  story: z.string().min(1).optional(),
  reviewers: z
    .array(z.string().regex(/^(group|user):[^/]+\/[^/]+$/i))
    .default([]),
});

/** Config under `securityProfiles:` apart from `clusters`, checked. */
export interface Settings {
  environments: {
    name: string;
    clusters: string[];
    counted: 'counted' | 'not-counted';
  }[];
  targets: z.infer<typeof targetSchema>[];
  clusterOptions: Map<string, { owner?: string; seccompDefault: boolean }>;
  findings: Record<string, z.infer<typeof findingSchema>>;
  story?: string;
  /** Refs of groups or people that may vote on everything. */
  reviewers: string[];
  catalogRefresh: HumanDuration;
  leaseDuration: HumanDuration;
}

/** Environment of clusters that config puts into none. */
export const defaultEnvironment = 'default';

const key = 'securityProfiles';

/**
 * Reads and checks the plugin's config.
 *
 * @throws InputError that names the key, what was found and what is expected
 */
export function readSettings(rootConfig: Config): Settings {
  const config = rootConfig.getOptionalConfig(key);
  const parsed = settingsSchema.safeParse(config?.get() ?? {});
  if (!parsed.success) {
    throw new InputError(
      parsed.error.issues
        .map(issue => `${[key, ...issue.path].join('.')}: ${issue.message}`)
        .join('; '),
    );
  }
  const environments = Object.entries(parsed.data.environments).map(
    ([name, { clusters, counted }]) => ({
      name,
      clusters,
      counted: counted ? ('counted' as const) : ('not-counted' as const),
    }),
  );
  const seen = new Map<string, string>();
  for (const environment of environments) {
    for (const cluster of environment.clusters) {
      const other = seen.get(cluster);
      if (other !== undefined) {
        throw new InputError(
          `${key}.environments.${environment.name}.clusters: ${cluster} is in environment ${other} already; a cluster belongs to one environment`,
        );
      }
      seen.set(cluster, environment.name);
    }
  }
  return {
    environments,
    targets: parsed.data.targets,
    clusterOptions: new Map(Object.entries(parsed.data.clusterOptions)),
    findings: parsed.data.findings,
    story: parsed.data.story,
    reviewers: parsed.data.reviewers,
    catalogRefresh: config?.has('catalogRefresh')
      ? readDurationFromConfig(config, { key: 'catalogRefresh' })
      : { minutes: 5 },
    leaseDuration: config?.has('leaseDuration')
      ? readDurationFromConfig(config, { key: 'leaseDuration' })
      : { seconds: 30 },
  };
}

/** Environment of a cluster by name. */
export function environmentOf(settings: Settings, clusterName: string): string {
  return (
    settings.environments.find(environment =>
      environment.clusters.includes(clusterName),
    )?.name ?? defaultEnvironment
  );
}
