import { useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Button } from '@backstage/ui';
import { RiDownloadLine } from '@remixicon/react';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { useAnnounce } from '../components/Announcer';
import lists from '../components/Lists.module.css';
import { useTexts } from '../texts/useTexts';
import type { ScorecardFilter } from './scorecardQuery';

/** Props of {@link ExportButton}. */
export interface ExportButtonProps {
  table: 'entities' | 'groups' | 'findings' | 'elevated';
  filter: ScorecardFilter;
}

/** Saves the table that is shown, with its filters, as a file. */
export function ExportButton(props: ExportButtonProps) {
  const { table, filter } = props;
  const api = useApi(securityProfilesApiRef);
  const announce = useAnnounce();
  const { t } = useTexts();
  const [state, setState] = useState<'idle' | 'running' | 'failed'>('idle');
  const save = async () => {
    setState('running');
    try {
      const { data } = await api.request('get', '/scorecards/export', {
        params: { query: { table, ...filter } },
        parseAs: 'blob',
      });
      const address = URL.createObjectURL(data as unknown as Blob);
      const link = document.createElement('a');
      link.href = address;
      link.download = `security-profiles-${table}.csv`;
      link.click();
      URL.revokeObjectURL(address);
      setState('idle');
    } catch {
      setState('failed');
      announce(t('scorecards.export.failed'));
    }
  };
  return (
    <span className={lists.row}>
      <Button
        variant="secondary"
        iconStart={<RiDownloadLine aria-hidden />}
        isDisabled={state === 'running'}
        onPress={save}
      >
        {t('scorecards.export')}
      </Button>
      {state === 'failed' ? <span>{t('scorecards.export.failed')}</span> : null}
    </span>
  );
}
