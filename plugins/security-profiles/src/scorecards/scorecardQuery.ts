import type { operations } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { UrlState } from '../data/useUrlState';

/** The tables of a scorecard. */
export const VIEWS = ['groups', 'entities', 'findings', 'classes'] as const;

/** One of the tables of a scorecard. */
export type View = (typeof VIEWS)[number];

/** What entities can be put together by. */
export const GROUPINGS = ['owner', 'system', 'environment', 'class'] as const;

/** What entities are put together by. */
export type Grouping = (typeof GROUPINGS)[number];

const LEVELS = [
  'exposed',
  'accepted',
  'baseline',
  'profiled',
  'unknown',
] as const;
const TARGETS = ['yes', 'no', 'unknown', 'none'] as const;
const APPROVALS = [
  'approved',
  'partly',
  'pending',
  'stale',
  'missing',
  'not-required',
  'unknown',
] as const;
const CLASSES = [
  'ordinary',
  'ai-agent',
  'ebpf-collector',
  'dataplane',
  'mesh',
  'operator',
] as const;

/** Values that a filter offers. */
export const CHOICES = {
  level: LEVELS,
  target: TARGETS,
  approval: APPROVALS,
  class: CLASSES,
};

/** Filters of the HTTP API, all of them optional. */
export type ScorecardFilter = NonNullable<
  operations['getScorecardSummary']['parameters']['query']
>;

/** What the address asks a scorecard for. */
export interface ScorecardQuery {
  view: View;
  by: Grouping;
  filter: ScorecardFilter;
  /** Values of the address that mean nothing here. */
  ignored: string[];
}

/** Names of all filters in the address, to clear them. */
export const FILTER_NAMES = [
  'q',
  'env',
  'level',
  'target',
  'approval',
  'class',
  'owner',
  'system',
  'finding',
];

/**
 * Reads the address of a scorecard. What this version does not know is left out and listed.
 *
 * @param fixed - what the place of the scorecard decides, such as the owner on the page of a group
 */
export function readScorecardQuery(
  url: Pick<UrlState, 'get' | 'getAll'>,
  fixed: Pick<ScorecardFilter, 'owner' | 'system'> = {},
): ScorecardQuery {
  const ignored: string[] = [];
  const one = <T extends string>(
    name: string,
    known: readonly T[],
    fallback: T,
  ): T => {
    const value = url.get(name);
    const found = known.find(candidate => candidate === value);
    if (value !== undefined && found === undefined) {
      ignored.push(value);
    }
    return found ?? fallback;
  };
  const many = <T extends string>(name: string, known: readonly T[]) => {
    const values = url.getAll(name).flatMap(value => value.split(','));
    const kept: T[] = [];
    for (const value of values) {
      const found = known.find(candidate => candidate === value);
      if (found === undefined) {
        ignored.push(value);
      } else {
        kept.push(found);
      }
    }
    return kept.length > 0 ? kept : undefined;
  };
  return {
    view: one(
      'view',
      VIEWS,
      fixed.owner || fixed.system ? 'entities' : 'groups',
    ),
    by: one('by', GROUPINGS, 'owner'),
    filter: {
      q: url.get('q') || undefined,
      environment: url.get('env') || undefined,
      level: many('level', LEVELS),
      target: many('target', TARGETS),
      approval: many('approval', APPROVALS),
      class: many('class', CLASSES),
      owner: fixed.owner ?? (url.get('owner') || undefined),
      system: fixed.system ?? (url.get('system') || undefined),
      findingId: url.get('finding') || undefined,
    },
    ignored,
  };
}

/** Whether the address narrows a scorecard beyond what its place decides. */
export function isNarrowed(url: Pick<UrlState, 'get'>): 'yes' | 'no' {
  return FILTER_NAMES.some(name => url.get(name)) ? 'yes' : 'no';
}
