import type { Knex } from 'knex';
import type { ScorecardCounts } from '@security-profiles/backstage-plugin-security-profiles-common';
import {
  rankOf,
  type ScorecardColumns,
  severityOrder,
  targetAnswer,
} from './scorecardQuery';

/** What {@link countColumns} selects. PostgreSQL gives counts as text. */
export interface CountsRow {
  entities: string | number;
  on_target: string | number | null;
  below_target: string | number | null;
  target_unknown: string | number | null;
  no_target: string | number | null;
  exposed: string | number | null;
  accepted: string | number | null;
  baseline: string | number | null;
  profiled: string | number | null;
  unknown: string | number | null;
  under_review: string | number | null;
  worst: string | null;
}

/** Entities by target and level, and the worst finding among them, of a group of rows. */
export function countColumns(
  knex: Knex,
  columns: ScorecardColumns,
): Knex.Raw[] {
  const when = (condition: string, name: string, value: string) =>
    knex.raw(`sum(case when ${condition} = ? then 1 else 0 end) as ??`, [
      value,
      name,
    ]);
  return [
    knex.raw('count(*) as entities'),
    when(targetAnswer, 'on_target', 'yes'),
    when(targetAnswer, 'below_target', 'no'),
    when(targetAnswer, 'target_unknown', 'unknown'),
    when(targetAnswer, 'no_target', 'none'),
    ...['exposed', 'accepted', 'baseline', 'profiled', 'unknown'].map(level =>
      when(columns.level, level, level),
    ),
    knex.raw(
      'sum(case when postures.open_reviews > 0 then 1 else 0 end) as under_review',
    ),
    // The digit sorts the worst severity first; the name follows.
    knex.raw(
      `min(case when postures.worst_finding is not null then ${rankOf(
        'postures.worst_severity',
        severityOrder,
      )} || ' ' || postures.worst_finding end) as worst`,
    ),
  ];
}

/** Nothing counted. */
export const noCounts: ScorecardCounts = {
  entities: 0,
  target: { met: 0, missed: 0, unknown: 0, none: 0 },
  levels: { exposed: 0, accepted: 0, baseline: 0, profiled: 0, unknown: 0 },
  underReview: 0,
};

/** A row as the HTTP API gives it. */
export function toCounts(row: CountsRow): ScorecardCounts {
  return {
    entities: Number(row.entities),
    target: {
      met: Number(row.on_target ?? 0),
      missed: Number(row.below_target ?? 0),
      unknown: Number(row.target_unknown ?? 0),
      none: Number(row.no_target ?? 0),
    },
    levels: {
      exposed: Number(row.exposed ?? 0),
      accepted: Number(row.accepted ?? 0),
      baseline: Number(row.baseline ?? 0),
      profiled: Number(row.profiled ?? 0),
      unknown: Number(row.unknown ?? 0),
    },
    underReview: Number(row.under_review ?? 0),
    ...(row.worst ? { worstFinding: toWorst(row.worst) } : {}),
  };
}

/** The sum of counts that share no entity. */
export function addCounts(parts: readonly ScorecardCounts[]): ScorecardCounts {
  return parts.reduce(
    (sum, part) => ({
      entities: sum.entities + part.entities,
      target: {
        met: sum.target.met + part.target.met,
        missed: sum.target.missed + part.target.missed,
        unknown: sum.target.unknown + part.target.unknown,
        none: sum.target.none + part.target.none,
      },
      levels: {
        exposed: sum.levels.exposed + part.levels.exposed,
        accepted: sum.levels.accepted + part.levels.accepted,
        baseline: sum.levels.baseline + part.levels.baseline,
        profiled: sum.levels.profiled + part.levels.profiled,
        unknown: sum.levels.unknown + part.levels.unknown,
      },
      underReview: sum.underReview + part.underReview,
      ...worseOf(sum.worstFinding, part.worstFinding),
    }),
    noCounts,
  );
}

type WorstFinding = NonNullable<ScorecardCounts['worstFinding']>;

function worseOf(
  a: WorstFinding | undefined,
  b: WorstFinding | undefined,
): { worstFinding?: WorstFinding } {
  const [worst] = [a, b]
    .filter(one => one !== undefined)
    .sort(
      (left, right) =>
        severityOrder.indexOf(left.severity) -
          severityOrder.indexOf(right.severity) ||
        (left.id < right.id ? -1 : 1),
    );
  return worst ? { worstFinding: worst } : {};
}

function toWorst(text: string): WorstFinding {
  const [rank, ...id] = text.split(' ');
  return { severity: severityOrder[Number(rank)] ?? 'low', id: id.join(' ') };
}
