import { type Config, readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { HumanDuration } from '@backstage/types';
import { findingCatalogue } from '@security-profiles/analysis';
import { z } from 'zod';
import { nearestNames } from './nearestNames';

const classSchema = z.enum([
  'ordinary',
  'ai-agent',
  'ebpf-collector',
  'dataplane',
  'mesh',
  'operator',
]);

const targetSchema = z
  .object({
    environment: z.string().min(1).optional(),
    class: classSchema.optional(),
    lifecycle: z.string().min(1).optional(),
    tag: z.string().min(1).optional(),
    level: z.enum(['baseline', 'profiled', 'none']),
    approval: z.enum(['required', 'not-required']).optional(),
  })
  .strict();

const classRuleSchema = z
  .object({
    class: classSchema,
    entity: z.string().min(1).optional(),
    cluster: z.string().min(1).optional(),
    namespace: z.string().min(1).optional(),
    kind: z.string().min(1).optional(),
    name: z.string().min(1).optional(),
    image: z.string().min(1).optional(),
  })
  .strict()
  .refine(rule => Object.keys(rule).length > 1, {
    message:
      'expected at least one of entity, cluster, namespace, kind, name and image beside class',
  });

const findingSchema = z
  .object({
    enabled: z.boolean().optional(),
    severity: z.enum(['critical', 'high', 'medium', 'low']).optional(),
    weight: z.number().min(0).max(100).optional(),
    from: z
      .string()
      .refine(isDayOrTime, {
        message:
          'expected a day as 2027-01-31, or a time as 2027-01-31T12:00:00Z',
      })
      .optional(),
    exceptClasses: z.array(classSchema).optional(),
  })
  .strict();

const feedPlaceSchema = z
  .union(
    [
      z
        .object({
          url: z.url({ protocol: /^https?$/ }),
          token: z.string().min(1).optional(),
        })
        .strict(),
      z.object({ file: z.string().min(1) }).strict(),
    ],
    { error: 'expected { url }, { url, token } or { file }' },
  )
  .optional();

const settingsSchema = z.object({
  dataplane: z
    .object({
      releases: feedPlaceSchema,
      advisories: feedPlaceSchema,
      // Read with Backstage's own reader of durations.
      refresh: z.unknown().optional(),
    })
    .strict()
    .default({}),
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
  classes: z.array(classRuleSchema).default([]),
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
  /** What some workloads are, whatever else says; the first that fits decides. */
  classes: z.infer<typeof classRuleSchema>[];
  clusterOptions: Map<string, { owner?: string; seccompDefault: boolean }>;
  findings: Record<string, z.infer<typeof findingSchema>>;
  story?: string;
  /** Refs of groups or people that may vote on everything. */
  reviewers: string[];
  /** Where the feeds about Cilium are, and how often they are asked; absent: only the bundled snapshot. */
  dataplane: {
    releases?: z.infer<typeof feedPlaceSchema>;
    advisories?: z.infer<typeof feedPlaceSchema>;
    refresh: HumanDuration;
  };
  catalogRefresh: HumanDuration;
  leaseDuration: HumanDuration;
  /** How long the daily rows of trends are kept. */
  historyRetention: HumanDuration;
}

/** Environment of clusters that config puts into none. */
export const defaultEnvironment = 'default';

const key = 'securityProfiles';
const findingIds = findingCatalogue.map(({ id }) => id);

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
        .map(
          issue =>
            `${[key, ...issue.path].join('.')}: ${issue.message}${foundAt(
              config?.get(),
              issue.path,
            )}`,
        )
        .join('; '),
    );
  }
  const unknownFindings = Object.keys(parsed.data.findings).filter(
    id => !findingIds.includes(id),
  );
  if (unknownFindings.length > 0) {
    throw new InputError(
      unknownFindings
        .map(
          id =>
            `${key}.findings.${id}: there is no finding of this id; the nearest are ${nearestNames(
              id,
              findingIds,
            ).join(', ')}`,
        )
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
    classes: parsed.data.classes,
    clusterOptions: new Map(Object.entries(parsed.data.clusterOptions)),
    findings: parsed.data.findings,
    story: parsed.data.story,
    reviewers: parsed.data.reviewers,
    dataplane: {
      releases: parsed.data.dataplane.releases,
      advisories: parsed.data.dataplane.advisories,
      refresh: config?.has('dataplane.refresh')
        ? readDurationFromConfig(config, { key: 'dataplane.refresh' })
        : { hours: 24 },
    },
    catalogRefresh: config?.has('catalogRefresh')
      ? readDurationFromConfig(config, { key: 'catalogRefresh' })
      : { minutes: 5 },
    leaseDuration: config?.has('leaseDuration')
      ? readDurationFromConfig(config, { key: 'leaseDuration' })
      : { seconds: 30 },
    historyRetention: config?.has('history.retention')
      ? readDurationFromConfig(config, { key: 'history.retention' })
      : { days: 400 },
  };
}

/** A day or time of ISO 8601 that is in the calendar. */
function isDayOrTime(text: string): boolean {
  const [, day] =
    /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2}))?$/.exec(
      text,
    ) ?? [];
  // 30 February is taken for 2 March by Date.
  return (
    day !== undefined &&
    !Number.isNaN(Date.parse(text)) &&
    !Number.isNaN(Date.parse(day)) &&
    new Date(day).toISOString().startsWith(day)
  );
}

/** The value that a message is about, where it is short enough to be read in one. */
function foundAt(config: unknown, path: PropertyKey[]): string {
  let found = config;
  for (const step of path) {
    found = Object(found)[step];
  }
  return ['string', 'number', 'boolean'].includes(typeof found)
    ? `; found ${JSON.stringify(found).slice(0, 80)}`
    : '';
}

/** Environment of a cluster by name. */
export function environmentOf(settings: Settings, clusterName: string): string {
  return (
    settings.environments.find(environment =>
      environment.clusters.includes(clusterName),
    )?.name ?? defaultEnvironment
  );
}
