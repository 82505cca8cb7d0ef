import { useCallback, useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Cell, type ColumnConfig } from '@backstage/ui';
import type {
  operations,
  ScorecardEntity,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { EntityName } from '../components/EntityName';
import { EntitySecurityLink } from '../components/EntitySecurityLink';
import { SeverityMark } from '../components/FindingMark';
import { LevelBadge } from '../components/LevelBadge';
import lists from '../components/Lists.module.css';
import { TargetMark } from '../components/TargetMark';
import { TextCell } from '../components/TextCell';
import { useTexts } from '../texts/useTexts';
import { CursorTable, type CursorTableProps } from './CursorTable';
import type { ScorecardFilter } from './scorecardQuery';

/** Props of {@link EntitiesTable}. */
export interface EntitiesTableProps {
  filter: ScorecardFilter;
  /** Default: those that need the most first. */
  sort?: NonNullable<
    operations['listScorecardEntities']['parameters']['query']
  >['sort'];
  /** What an empty list says while no filter is set. */
  empty?: string;
}

/** The entities of a scorecard, with the next step of each. */
export function EntitiesTable(props: EntitiesTableProps) {
  const { filter, sort } = props;
  const api = useApi(securityProfilesApiRef);
  const { t } = useTexts();
  const load = useCallback<CursorTableProps<ScorecardEntity>['load']>(
    async (query, signal) => {
      const { data } = await api.request('get', '/scorecards/entities', {
        params: { query: { ...query, sort } },
        signal,
      });
      return data!;
    },
    [api, sort],
  );
  const columns = useMemo<ColumnConfig<ScorecardEntity & { id: string }>[]>(
    () => [
      {
        id: 'entity',
        label: t('scorecards.entity'),
        isRowHeader: true,
        minWidth: 150,
        cell: ({ entityRef, environments }) => (
          <Cell>
            <div className={lists.cell}>
              <EntitySecurityLink entityRef={entityRef} />
              <span className={lists.small}>{environments.join(', ')}</span>
            </div>
          </Cell>
        ),
      },
      {
        id: 'owner',
        label: t('scorecards.owner'),
        minWidth: 120,
        cell: ({ owner }) => (
          <Cell>
            {owner ? <EntityName entityRef={owner} /> : t('scorecards.noOwner')}
          </Cell>
        ),
      },
      {
        id: 'target',
        label: t('scorecards.target'),
        minWidth: 150,
        cell: ({ target }) => (
          <Cell>
            <TargetMark
              target={{
                level: target.level,
                met: target.met === 'none' ? 'unknown' : target.met,
                because: [],
              }}
            />
          </Cell>
        ),
      },
      {
        id: 'level',
        label: t('scorecards.level'),
        minWidth: 130,
        cell: ({ level }) => (
          <Cell>
            <LevelBadge level={level} size="s" />
          </Cell>
        ),
      },
      {
        id: 'score',
        label: t('scorecards.score'),
        defaultWidth: '0.5fr',
        minWidth: 70,
        cell: ({ score }) => <TextCell>{`${score ?? '–'}`}</TextCell>,
      },
      {
        id: 'worst',
        label: t('scorecards.worst'),
        minWidth: 170,
        cell: ({ worstFinding }) => (
          <Cell>
            {worstFinding ? (
              <div className={lists.cell}>
                <SeverityMark severity={worstFinding.severity} />
                <span className={lists.small}>{worstFinding.id}</span>
              </div>
            ) : (
              '–'
            )}
          </Cell>
        ),
      },
      {
        id: 'reviews',
        label: t('scorecards.openReviews'),
        defaultWidth: '0.6fr',
        minWidth: 90,
        cell: ({ openReviews }) => <TextCell>{`${openReviews}`}</TextCell>,
      },
      {
        id: 'step',
        label: t('scorecards.nextStep'),
        defaultWidth: '2fr',
        minWidth: 200,
        cell: ({ nextStep }) => (
          <TextCell>
            {(nextStep ?? t('scorecards.noStep')).replaceAll('`', '')}
          </TextCell>
        ),
      },
    ],
    [t],
  );
  return (
    <CursorTable
      columns={columns}
      filter={filter}
      load={load}
      idOf={row => row.entityRef}
      empty={props.empty ?? t('scorecards.empty.none')}
    />
  );
}
