import { useCallback, useMemo } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Cell, type ColumnConfig, Link } from '@backstage/ui';
import type { ScorecardFinding } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { SeverityMark } from '../components/FindingMark';
import lists from '../components/Lists.module.css';
import { TextCell } from '../components/TextCell';
import { useUrlState } from '../data/useUrlState';
import { useTexts } from '../texts/useTexts';
import { CursorTable, type CursorTableProps } from './CursorTable';
import type { ScorecardFilter } from './scorecardQuery';

/** Props of {@link FindingsTable}. */
export interface FindingsTableProps {
  filter: ScorecardFilter;
}

/** In how many entities each finding stands, and what mending it would do. */
export function FindingsTable(props: FindingsTableProps) {
  const api = useApi(securityProfilesApiRef);
  const { t } = useTexts();
  const url = useUrlState();
  const load = useCallback<CursorTableProps<ScorecardFinding>['load']>(
    async (query, signal) => {
      const { data } = await api.request('get', '/scorecards/findings', {
        params: { query },
        signal,
      });
      return data!;
    },
    [api],
  );
  const columns = useMemo<ColumnConfig<ScorecardFinding & { id: string }>[]>(
    () => [
      {
        id: 'finding',
        label: t('scorecards.finding'),
        isRowHeader: true,
        defaultWidth: '2fr',
        minWidth: 220,
        cell: ({ findingId, title }) => (
          <Cell>
            <div className={lists.cell}>
              <Link href={url.href({ view: 'entities', finding: findingId })}>
                {title}
              </Link>
              <span className={lists.small}>{findingId}</span>
            </div>
          </Cell>
        ),
      },
      {
        id: 'severity',
        label: t('scorecards.severity'),
        minWidth: 110,
        cell: ({ severity }) => (
          <Cell>
            <SeverityMark severity={severity} />
          </Cell>
        ),
      },
      {
        id: 'failing',
        label: t('scorecards.failing'),
        minWidth: 90,
        cell: ({ failing, waived }) => (
          <Cell>
            <div className={lists.cell}>
              <span>{failing}</span>
              {waived > 0 ? (
                <span className={lists.small}>
                  {t('scorecards.waived', { count: waived })}
                </span>
              ) : null}
            </div>
          </Cell>
        ),
      },
      {
        id: 'warning',
        label: t('scorecards.warning'),
        minWidth: 90,
        cell: ({ warning }) => <TextCell>{`${warning}`}</TextCell>,
      },
      {
        id: 'unknown',
        label: t('scorecards.unknown'),
        minWidth: 100,
        cell: ({ unknown }) => <TextCell>{`${unknown}`}</TextCell>,
      },
      {
        id: 'sole',
        label: t('scorecards.sole'),
        minWidth: 130,
        cell: ({ sole }) => <TextCell>{`${sole}`}</TextCell>,
      },
    ],
    [t, url],
  );
  return (
    <CursorTable
      columns={columns}
      filter={props.filter}
      load={load}
      idOf={row => row.findingId}
      empty={t('scorecards.empty.findings')}
    />
  );
}
