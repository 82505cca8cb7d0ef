import type { ScorecardSummary } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import type { EntityScope } from '../access/EntityScope';
import {
  countColumns,
  type CountsRow,
  noCounts,
  toCounts,
} from './scorecardCounts';
import type { ScorecardFindingsReadModel } from './ScorecardFindingsReadModel';
import {
  columnsOf,
  type ScorecardFilter,
  scorecardQuery,
} from './scorecardQuery';

/** Steps that are listed. */
const mostSteps = 3;

/** Answers the front of the scorecards: how many entities are where, and what would help most of them. */
export class ScorecardSummaryReadModel {
  private readonly options: {
    knex: Knex;
    findings: ScorecardFindingsReadModel;
  };

  constructor(options: { knex: Knex; findings: ScorecardFindingsReadModel }) {
    this.options = options;
  }

  async get(request: {
    filter: ScorecardFilter;
    scope: EntityScope;
  }): Promise<ScorecardSummary> {
    const { filter, scope } = request;
    const { knex, findings } = this.options;
    const columns = columnsOf(filter);
    const [rows, approvals, found] = await Promise.all([
      scorecardQuery(knex, filter, scope).select<CountsRow[]>(
        ...countColumns(knex, columns),
      ),
      scorecardQuery(knex, filter, scope)
        .groupBy(columns.approval)
        .select<{ approval: string; entities: string | number }[]>(
          { approval: columns.approval },
          knex.raw('count(*) as entities'),
        ),
      findings.read(filter, scope),
    ]);
    const [row] = rows;
    return {
      counts: row ? toCounts(row) : noCounts,
      approvals: Object.fromEntries(
        approvals.map(({ approval, entities }) => [approval, Number(entities)]),
      ),
      steps: found
        .filter(({ failing }) => failing > 0)
        .sort((a, b) => b.sole - a.sole || b.failing - a.failing)
        .slice(0, mostSteps),
      view:
        scope.postures?.conditions || scope.visible.scope !== 'all'
          ? 'filtered'
          : 'whole',
    };
  }
}
