import { findingCatalogue } from '@security-profiles/analysis';
import type { ScorecardFinding } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import type { EntityScope } from '../access/EntityScope';
import {
  type Page,
  type PageRequest,
  readCursor,
  toPage,
} from '../paging/pageCursor';
import {
  isAboutEverything,
  rankOf,
  type ScorecardFilter,
  scorecardQuery,
  severityOrder,
} from './scorecardQuery';

interface FindingRow {
  finding_id: string;
  severity_rank: number | string;
  failing: number | string;
  warning: number | string;
  unknown: number | string;
  waived: number | string;
  sole: number | string;
}

const titles = new Map(findingCatalogue.map(({ id, title }) => [id, title]));

/** Answers which findings stand in how many entities, and what mending each of them would do. */
export class ScorecardFindingsReadModel {
  private readonly knex: Knex;

  constructor(options: { knex: Knex }) {
    this.knex = options.knex;
  }

  async list(request: {
    filter: ScorecardFilter;
    page: PageRequest;
    scope: EntityScope;
  }): Promise<Page<ScorecardFinding>> {
    const { filter, page, scope } = request;
    const identity = ['scorecard-findings', filter];
    const offset = readCursor(page, identity);
    const all = await this.read(filter, scope);
    return toPage(all.slice(offset, offset + page.limit), {
      totalItems: all.length,
      offset,
      limit: page.limit,
      filter: identity,
    });
  }

  /** All findings, most severe first, then by the entities that fail. There are as many as the catalogue has. */
  async read(
    filter: ScorecardFilter,
    scope: EntityScope,
  ): Promise<ScorecardFinding[]> {
    const { knex } = this;
    const having = (name: string, column: string, value: string | boolean) =>
      knex.raw('sum(case when ?? = ? then 1 else 0 end) as ??', [
        `posture_findings.${column}`,
        value,
        name,
      ]);
    const query: Knex.QueryBuilder =
      isAboutEverything(filter, scope) === 'yes'
        ? knex('posture_findings')
        : scorecardQuery(knex, filter, scope).join(
            'posture_findings',
            'posture_findings.entity_ref',
            'postures.entity_ref',
          );
    const rows: FindingRow[] = await query
      .groupBy('posture_findings.finding_id')
      .select(
        'posture_findings.finding_id',
        knex.raw(
          `min(${rankOf(
            'posture_findings.severity',
            severityOrder,
          )}) as severity_rank`,
        ),
        having('failing', 'status', 'fail'),
        having('warning', 'status', 'warn'),
        having('unknown', 'status', 'unknown'),
        having('waived', 'waived', true),
        having('sole', 'sole', true),
      );
    return rows
      .map(row => ({
        findingId: row.finding_id,
        title: titles.get(row.finding_id) ?? row.finding_id,
        severity: severityOrder[Number(row.severity_rank)] ?? 'low',
        failing: Number(row.failing),
        warning: Number(row.warning),
        unknown: Number(row.unknown),
        waived: Number(row.waived),
        sole: Number(row.sole),
      }))
      .sort(
        (a, b) =>
          severityOrder.indexOf(a.severity) -
            severityOrder.indexOf(b.severity) ||
          b.failing - a.failing ||
          b.warning - a.warning ||
          (a.findingId < b.findingId ? -1 : 1),
      );
  }
}
