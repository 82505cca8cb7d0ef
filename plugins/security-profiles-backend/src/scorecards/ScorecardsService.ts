import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type {
  ElevatedContainer,
  ScorecardEntity,
  ScorecardFinding,
  ScorecardGroup,
  ScorecardSummary,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Page, PageRequest } from '../paging/pageCursor';
import type { ScorecardSort } from './ScorecardEntitiesReadModel';
import type { ScorecardGrouping } from './ScorecardGroupsReadModel';
import type { ScorecardFilter } from './scorecardQuery';

interface CallerOptions {
  credentials: BackstageCredentials;
}

/** A table that can be exported. */
export type ScorecardTable = 'entities' | 'groups' | 'findings' | 'elevated';

/**
 * Every question about many entities at once.
 *
 * @remarks
 * Counts what the caller may read and nothing else. Rejects with `ForbiddenError` where the policy denies postures
 * altogether, and with `InvalidCursorError` for a cursor of another list.
 */
export interface ScorecardsService {
  getSummary(
    filter: ScorecardFilter,
    options: CallerOptions,
  ): Promise<ScorecardSummary>;
  listEntities(
    request: { filter: ScorecardFilter; sort: ScorecardSort },
    page: PageRequest,
    options: CallerOptions,
  ): Promise<Page<ScorecardEntity>>;
  listGroups(
    request: {
      by: ScorecardGrouping;
      parent?: string;
      filter: ScorecardFilter;
    },
    page: PageRequest,
    options: CallerOptions,
  ): Promise<Page<ScorecardGroup>>;
  listFindings(
    filter: ScorecardFilter,
    page: PageRequest,
    options: CallerOptions,
  ): Promise<Page<ScorecardFinding>>;
  listElevated(
    filter: ScorecardFilter,
    page: PageRequest,
    options: CallerOptions,
  ): Promise<Page<ElevatedContainer>>;
  /** The whole of one table as CSV, in parts. Rejects like the list of the same name, before the first part. */
  exportTable(
    table: ScorecardTable,
    filter: ScorecardFilter,
    options: CallerOptions,
  ): Promise<AsyncIterable<string>>;
}
