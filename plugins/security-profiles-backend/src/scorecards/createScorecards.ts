import type { Knex } from 'knex';
import type { Access } from '../access/Access';
import { AuthorizedScorecardsService } from './AuthorizedScorecardsService';
import { ElevatedReadModel } from './ElevatedReadModel';
import { ScorecardEntitiesReadModel } from './ScorecardEntitiesReadModel';
import { ScorecardFindingsReadModel } from './ScorecardFindingsReadModel';
import { ScorecardGroupsReadModel } from './ScorecardGroupsReadModel';
import type { ScorecardsService } from './ScorecardsService';
import { ScorecardSummaryReadModel } from './ScorecardSummaryReadModel';

/** The scorecards over one database. */
export function createScorecards(options: {
  knex: Knex;
  access: Access;
}): ScorecardsService {
  const { knex, access } = options;
  const findings = new ScorecardFindingsReadModel({ knex });
  return new AuthorizedScorecardsService({
    access,
    summary: new ScorecardSummaryReadModel({ knex, findings }),
    entities: new ScorecardEntitiesReadModel({ knex }),
    groups: new ScorecardGroupsReadModel({ knex }),
    findings,
    elevated: new ElevatedReadModel({ knex }),
  });
}
