import type {
  ElevatedContainer,
  ScorecardCounts,
  ScorecardEntity,
  ScorecardFinding,
  ScorecardGroup,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { stringify } from 'csv-stringify/sync';

/** One column of a table: its heading and the value of a row. */
export interface CsvColumn<T> {
  heading: string;
  value: (row: T) => string | number | null | undefined;
}

/** Columns of the list of entities. */
export const entityColumns: CsvColumn<ScorecardEntity>[] = [
  { heading: 'entity', value: row => row.entityRef },
  { heading: 'title', value: row => row.title },
  { heading: 'owner', value: row => row.owner },
  { heading: 'system', value: row => row.system },
  { heading: 'class', value: row => row.class },
  { heading: 'lifecycle', value: row => row.lifecycle },
  { heading: 'target', value: row => row.target.level },
  { heading: 'target met', value: row => row.target.met },
  { heading: 'level', value: row => row.level },
  { heading: 'approval', value: row => row.approval },
  { heading: 'score', value: row => row.score },
  { heading: 'worst finding', value: row => row.worstFinding?.id },
  { heading: 'severity', value: row => row.worstFinding?.severity },
  { heading: 'next step', value: row => row.nextStep },
  { heading: 'open reviews', value: row => row.openReviews },
  { heading: 'environments', value: row => row.environments.join(' ') },
  { heading: 'assessed at', value: row => row.assessedAt },
];

/** Columns of the list of groups; numbers are with the groups below. */
export const groupColumns: CsvColumn<ScorecardGroup>[] = [
  { heading: 'group', value: row => row.key },
  { heading: 'owners not named', value: row => row.hidden },
  ...countColumnsOf<ScorecardGroup>(row => row.all),
  { heading: 'entities of its own', value: row => row.own.entities },
  { heading: 'worst finding', value: row => row.all.worstFinding?.id },
  { heading: 'severity', value: row => row.all.worstFinding?.severity },
];

/** Columns of the list of findings. */
export const findingColumns: CsvColumn<ScorecardFinding>[] = [
  { heading: 'finding', value: row => row.findingId },
  { heading: 'title', value: row => row.title },
  { heading: 'severity', value: row => row.severity },
  { heading: 'failing', value: row => row.failing },
  { heading: 'warning', value: row => row.warning },
  { heading: 'unknown', value: row => row.unknown },
  { heading: 'waived', value: row => row.waived },
  { heading: 'nothing else fails', value: row => row.sole },
];

/** Columns of the list of who can see everything. */
export const elevatedColumns: CsvColumn<ElevatedContainer>[] = [
  { heading: 'entity', value: row => row.entityRef },
  { heading: 'owner', value: row => row.owner },
  { heading: 'class', value: row => row.class },
  { heading: 'environment', value: row => row.environment },
  { heading: 'cluster', value: row => row.cluster },
  { heading: 'namespace', value: row => row.namespace },
  { heading: 'workload', value: row => `${row.kind} ${row.name}` },
  { heading: 'container', value: row => row.container },
  { heading: 'level', value: row => row.level },
  { heading: 'risk', value: row => row.risk },
  {
    heading: 'asks for',
    value: row => row.elevations.map(({ id }) => id).join(' '),
  },
  { heading: 'grant', value: row => row.grant.state },
  { heading: 'grant ends', value: row => row.grant.expiresAt },
];

function countColumnsOf<T>(countsOf: (row: T) => ScorecardCounts) {
  const column = (
    heading: string,
    count: (counts: ScorecardCounts) => number,
  ): CsvColumn<T> => ({ heading, value: row => count(countsOf(row)) });
  return [
    column('entities', counts => counts.entities),
    column('on target', counts => counts.target.met),
    column('below target', counts => counts.target.missed),
    column('target not known', counts => counts.target.unknown),
    column('no target', counts => counts.target.none),
    column('exposed', counts => counts.levels.exposed),
    column('accepted', counts => counts.levels.accepted),
    column('baseline', counts => counts.levels.baseline),
    column('profiled', counts => counts.levels.profiled),
    column('unknown', counts => counts.levels.unknown),
    column('under review', counts => counts.underReview),
  ];
}

/** The headings of a table. */
export function csvHeadings<T>(columns: readonly CsvColumn<T>[]): string {
  return stringify([columns.map(({ heading }) => heading)]);
}

/**
 * Rows of a table.
 *
 * @remarks
 * What a spreadsheet would take for a formula gets an apostrophe in front: names come from catalogs and clusters, where
 * anybody may have chosen them. Source: OWASP, "CSV Injection".
 */
export function csvRows<T>(
  rows: readonly T[],
  columns: readonly CsvColumn<T>[],
): string {
  return stringify(
    rows.map(row => columns.map(({ value }) => value(row) ?? '')),
    { escape_formulas: true },
  );
}
