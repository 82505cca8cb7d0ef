import { useCallback, useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import lists from '../components/Lists.module.css';
import sectionStyles from '../components/Section.module.css';
import { StateBoundary } from '../components/StateBoundary';
import { useLoaded } from '../data/useLoaded';
import { useUrlState } from '../data/useUrlState';
import { useTexts } from '../texts/useTexts';
import { ElevatedTable } from './ElevatedTable';
import { EntitiesTable } from './EntitiesTable';
import { ExportButton } from './ExportButton';
import { FindingsTable } from './FindingsTable';
import { GroupsTable } from './GroupsTable';
import { ScorecardFilters } from './ScorecardFilters';
import { readScorecardQuery, VIEWS } from './scorecardQuery';
import { ScorecardSummarySection } from './ScorecardSummarySection';

/** A group or system that a scorecard is about. */
export interface ScorecardSubject {
  ref: string;
  name: string;
}

/** Props of {@link Scorecard}. */
export interface ScorecardProps {
  owner?: ScorecardSubject;
  system?: ScorecardSubject;
}

const TABLE_OF_VIEW = {
  groups: 'groups',
  entities: 'entities',
  findings: 'findings',
  classes: 'elevated',
} as const;

/** How entities stand: the sentence, what would help most, and a table behind every number. */
export function Scorecard(props: ScorecardProps) {
  const { owner, system } = props;
  const api = useApi(securityProfilesApiRef);
  const { t } = useTexts();
  const url = useUrlState();
  const query = readScorecardQuery(url, {
    owner: owner?.ref,
    system: system?.ref,
  });
  const filterKey = JSON.stringify(query.filter);
  const filter = useMemo(() => JSON.parse(filterKey), [filterKey]);
  const load = useCallback(
    async (signal: AbortSignal) => {
      const { data } = await api.request('get', '/scorecards/summary', {
        params: { query: filter },
        signal,
      });
      return data!;
    },
    [api, filter],
  );
  const summary = useLoaded(load);
  const title =
    (owner && t('scorecards.ofOwner', { name: owner.name })) ??
    (system && t('scorecards.ofSystem', { name: system.name })) ??
    t('scorecards.title');
  return (
    <div className={sectionStyles.page}>
      <div className={sectionStyles.head}>
        <h2 className={sectionStyles.title}>{title}</h2>
        <ExportButton table={TABLE_OF_VIEW[query.view]} filter={filter} />
      </div>
      <StateBoundary
        loaded={summary}
        what="state.what.scorecards"
        forbidden="state.forbiddenScorecards"
        skeleton={[24, 80, 320]}
      >
        {data => (
          <>
            <ScorecardSummarySection summary={data} />
            <ScorecardFilters
              query={query}
              isFixed={owner || system ? 'yes' : 'no'}
            />
            {query.ignored.length > 0 ? (
              <p className={lists.text}>
                {t('containers.ignored', { value: query.ignored.join(', ') })}
              </p>
            ) : null}
            <ToggleButtonGroup
              aria-label={t('scorecards.views')}
              selectionMode="single"
              disallowEmptySelection
              selectedKeys={[query.view]}
              onSelectionChange={keys => {
                const [key] = [...keys];
                if (key !== undefined) {
                  url.set({ view: String(key) });
                }
              }}
            >
              {VIEWS.map(view => (
                <ToggleButton key={view} id={view}>
                  {t(`scorecards.view.${view}`)}
                </ToggleButton>
              ))}
            </ToggleButtonGroup>
            {query.view === 'groups' ? (
              <GroupsTable by={query.by} filter={filter} />
            ) : null}
            {query.view === 'entities' ? (
              <EntitiesTable filter={filter} />
            ) : null}
            {query.view === 'findings' ? (
              <FindingsTable filter={filter} />
            ) : null}
            {query.view === 'classes' ? (
              <ElevatedTable filter={filter} />
            ) : null}
          </>
        )}
      </StateBoundary>
    </div>
  );
}
