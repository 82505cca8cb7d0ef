import { useCallback, useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Cell, type ColumnConfig } from '@backstage/ui';
import type { ElevatedContainer } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { EntitySecurityLink } from '../components/EntitySecurityLink';
import { SeverityMark } from '../components/FindingMark';
import { LevelBadge } from '../components/LevelBadge';
import lists from '../components/Lists.module.css';
import { TextCell } from '../components/TextCell';
import { useNow } from '../data/useNow';
import { formatDate } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';
import { CursorTable, type CursorTableProps } from './CursorTable';
import type { ScorecardFilter } from './scorecardQuery';

/** Props of {@link ElevatedTable}. */
export interface ElevatedTableProps {
  filter: ScorecardFilter;
}

/** Who can see everything: what each container asks of the kernel, and by whose grant. */
export function ElevatedTable(props: ElevatedTableProps) {
  const api = useApi(securityProfilesApiRef);
  const texts = useTexts();
  const { t, maybe } = texts;
  const now = useNow();
  const load = useCallback<CursorTableProps<ElevatedContainer>['load']>(
    async (query, signal) => {
      const { data } = await api.request('get', '/scorecards/elevated', {
        params: { query },
        signal,
      });
      return data!;
    },
    [api],
  );
  const columns = useMemo<ColumnConfig<ElevatedContainer & { id: string }>[]>(
    () => [
      {
        id: 'entity',
        label: t('scorecards.entity'),
        isRowHeader: true,
        minWidth: 150,
        cell: ({ entityRef, class: workloadClass }) => (
          <Cell>
            <div className={lists.cell}>
              <EntitySecurityLink entityRef={entityRef} />
              <span className={lists.small}>
                {maybe(`scorecards.class.${workloadClass}`) ?? workloadClass}
              </span>
            </div>
          </Cell>
        ),
      },
      {
        id: 'container',
        label: t('scorecards.container'),
        minWidth: 150,
        cell: ({ container, kind, name }) => (
          <Cell>
            <div className={lists.cell}>
              <span dir="auto" translate="no">
                {container}
              </span>
              <span className={lists.small} dir="auto" translate="no">
                {kind} {name}
              </span>
            </div>
          </Cell>
        ),
      },
      {
        id: 'where',
        label: t('scorecards.where'),
        minWidth: 140,
        cell: ({ cluster, namespace, environment }) => (
          <TextCell>{`${cluster}/${namespace} · ${environment}`}</TextCell>
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
        id: 'asks',
        label: t('scorecards.asksFor'),
        defaultWidth: '1.5fr',
        minWidth: 180,
        cell: ({ elevations, risk }) => (
          <Cell>
            <div className={lists.cell}>
              {risk ? <SeverityMark severity={risk} /> : null}
              <span translate="no">
                {elevations.map(({ id }) => id).join(', ') ||
                  t('scorecards.nothing')}
              </span>
            </div>
          </Cell>
        ),
      },
      {
        id: 'grant',
        label: t('scorecards.grant'),
        minWidth: 130,
        cell: ({ grant }) => {
          const state =
            grant.state === 'missing'
              ? t('scorecards.grant.missing')
              : maybe(`approval.state.${grant.state}`) ?? grant.state;
          return (
            <TextCell>
              {grant.expiresAt
                ? t('scorecards.grant.until', {
                    state,
                    date: formatDate(texts, grant.expiresAt, now),
                  })
                : state}
            </TextCell>
          );
        },
      },
    ],
    [t, maybe, texts, now],
  );
  return (
    <CursorTable
      columns={columns}
      filter={props.filter}
      load={load}
      idOf={row =>
        `${row.entityRef} ${row.workloadId} ${row.container} ${row.elevations
          .map(({ id }) => id)
          .join(' ')}`
      }
      empty={t('scorecards.empty.classes')}
    />
  );
}
