import type { Source } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { DbClusterResourcesRow } from '../database/tables';
import {
  ciliumConfigKey,
  ciliumNodeConfigsKey,
} from '../facts/CollectedDataplane';

/** Resources of which one object is read, by its name. */
const readByName = new Map([
  [
    'mutatingwebhookconfigurations.admissionregistration.k8s.io',
    'spo-mutating-webhook-configuration',
  ],
]);

/** A source as the HTTP API gives it. */
export function toSource(row: DbClusterResourcesRow, cluster: string): Source {
  return {
    cluster,
    resource: row.resource,
    state: row.state,
    since: row.state === 'fresh' && row.last_fresh ? row.last_fresh : row.since,
    ...(row.last_fresh ? { lastFresh: row.last_fresh } : {}),
    count: row.object_count,
    ...(row.reason ? { reason: row.reason } : {}),
    ...(row.state === 'forbidden'
      ? { missingRule: missingRule(row.resource) }
      : {}),
  };
}

/** The rule to add to the reader's ClusterRole, so that a person need not look it up. */
function missingRule(resource: string): NonNullable<Source['missingRule']> {
  // Of ConfigMaps one is read, by its name.
  const [kind, name] = resource.split('/');
  const [plural, ...group] = kind.split('.');
  return {
    apiGroups: [group.join('.')],
    resources: [plural],
    ...(readByName.has(resource) && {
      resourceNames: [readByName.get(resource)!],
    }),
    ...(name === undefined
      ? { verbs: ['get', 'list', 'watch'] }
      : { resourceNames: [name], verbs: ['get'] }),
  };
}

/** Sources that make an answer more certain and are no part of the least that is granted. */
const optional: ReadonlySet<string> = new Set([
  ciliumConfigKey,
  ciliumNodeConfigsKey,
  'runtimeclasses.node.k8s.io',
  ...readByName.keys(),
]);

const statesByWeight = [
  'unreachable',
  'forbidden',
  'failed',
  'not-collected',
  'stale',
];

/**
 * One state for a whole cluster: the worst of its sources, where a kind that is not installed is no problem, and neither
 * is an optional one.
 * `asOf` is the time of its oldest facts.
 */
export function clusterState(sources: readonly Source[]): {
  state: string;
  reason?: string;
  asOf?: string;
} {
  if (sources.length === 0) {
    return {
      state: 'not-collected',
      reason: 'The first collection has not finished.',
    };
  }
  const counted = sources.filter(
    ({ state, resource }) =>
      state !== 'not-installed' && !optional.has(resource),
  );
  const asOf = counted
    .flatMap(source => source.lastFresh ?? [])
    .sort()
    .at(0);
  for (const state of statesByWeight) {
    const found = counted.find(source => source.state === state);
    if (found) {
      return {
        state,
        ...(found.reason
          ? { reason: `${found.resource}: ${found.reason}` }
          : {}),
        ...(asOf ? { asOf } : {}),
      };
    }
  }
  return { state: 'fresh', ...(asOf ? { asOf } : {}) };
}
