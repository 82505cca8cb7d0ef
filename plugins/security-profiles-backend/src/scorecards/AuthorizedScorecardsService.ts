import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { Access } from '../access/Access';
import type { EntityScope } from '../access/EntityScope';
import { exportScorecard } from './exportScorecard';
import type { ElevatedReadModel } from './ElevatedReadModel';
import type { ScorecardEntitiesReadModel } from './ScorecardEntitiesReadModel';
import type { ScorecardFindingsReadModel } from './ScorecardFindingsReadModel';
import type { ScorecardGroupsReadModel } from './ScorecardGroupsReadModel';
import type { ScorecardSummaryReadModel } from './ScorecardSummaryReadModel';
import {
  elevatedColumns,
  entityColumns,
  findingColumns,
  groupColumns,
} from './scorecardCsv';
import type { ScorecardsService } from './ScorecardsService';

/** Options of {@link AuthorizedScorecardsService}. */
export interface AuthorizedScorecardsServiceOptions {
  access: Access;
  summary: ScorecardSummaryReadModel;
  entities: ScorecardEntitiesReadModel;
  groups: ScorecardGroupsReadModel;
  findings: ScorecardFindingsReadModel;
  elevated: ElevatedReadModel;
}

/** Answers with the caller's own rights: conditions and the catalog's visibility come before every count. */
export class AuthorizedScorecardsService implements ScorecardsService {
  private readonly options: AuthorizedScorecardsServiceOptions;

  constructor(options: AuthorizedScorecardsServiceOptions) {
    this.options = options;
  }

  getSummary: ScorecardsService['getSummary'] = async (
    filter,
    { credentials },
  ) => {
    const scope = await this.scope(credentials);
    return this.options.summary.get({ filter, scope });
  };

  listEntities: ScorecardsService['listEntities'] = async (
    request,
    page,
    { credentials },
  ) => {
    const scope = await this.scope(credentials);
    return this.options.entities.list({ ...request, page, scope });
  };

  listGroups: ScorecardsService['listGroups'] = async (
    request,
    page,
    { credentials },
  ) => {
    const scope = await this.scope(credentials);
    return this.options.groups.list({ ...request, page, scope });
  };

  listFindings: ScorecardsService['listFindings'] = async (
    filter,
    page,
    { credentials },
  ) => {
    const scope = await this.scope(credentials);
    return this.options.findings.list({ filter, page, scope });
  };

  listElevated: ScorecardsService['listElevated'] = async (
    filter,
    page,
    { credentials },
  ) => {
    const scope = await this.scope(credentials);
    return this.options.elevated.list({ filter, page, scope });
  };

  exportTable: ScorecardsService['exportTable'] = async (
    table,
    filter,
    { credentials },
  ) => {
    const { entities, groups, findings, elevated } = this.options;
    const scope = await this.scope(credentials);
    switch (table) {
      case 'groups':
        return exportScorecard(
          page =>
            groups.list({ by: 'owner', depth: 'all', filter, page, scope }),
          groupColumns,
        );
      case 'findings':
        return exportScorecard(
          page => findings.list({ filter, page, scope }),
          findingColumns,
        );
      case 'elevated':
        return exportScorecard(
          page => elevated.list({ filter, page, scope }),
          elevatedColumns,
        );
      default:
        return exportScorecard(
          page => entities.list({ filter, sort: 'target', page, scope }),
          entityColumns,
        );
    }
  };

  private async scope(credentials: BackstageCredentials): Promise<EntityScope> {
    const { access } = this.options;
    const [postures, visible] = await Promise.all([
      access.postures(credentials),
      access.visibleEntities(credentials),
    ]);
    return { postures, visible };
  }
}
