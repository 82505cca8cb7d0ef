import { useState } from 'react';
import { Button, Cell, type ColumnConfig } from '@backstage/ui';
import type { CiliumDataplane } from '@security-profiles/backstage-plugin-security-profiles-common';
import { Chip } from '../components/Chip';
import lists from '../components/Lists.module.css';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { Section } from '../components/Section';
import { TextCell } from '../components/TextCell';
import { useTexts } from '../texts/useTexts';

type SettingRow = CiliumDataplane['settings'][number] & { id: string };

/** Props of {@link SettingsSection}. */
export interface SettingsSectionProps {
  dataplane: CiliumDataplane;
}

/** The settings that decide, each set, default, or configured and not live. */
export function SettingsSection(props: SettingsSectionProps) {
  const { settings, settingsReason } = props.dataplane;
  const { t, maybe } = useTexts();
  const [isAll, setAll] = useState(false);
  const rows: SettingRow[] = settings
    .filter(({ state }) => isAll || state === 'set' || state === 'not-live')
    .map(setting => ({ ...setting, id: setting.key }));
  const columns: ColumnConfig<SettingRow>[] = [
    {
      id: 'key',
      label: t('settings.key'),
      isRowHeader: true,
      cell: ({ key }) => <TextCell>{key}</TextCell>,
    },
    {
      id: 'meaning',
      label: t('settings.meaning'),
      cell: ({ meaning }) => <TextCell>{meaning}</TextCell>,
    },
    {
      id: 'value',
      label: t('settings.value'),
      cell: ({ value, overrides }) => (
        <TextCell>
          {[
            value === undefined ? '?' : value || '""',
            ...(overrides
              ? [
                  `(${t('settings.overrides', {
                    overrides: overrides.join(', '),
                  })})`,
                ]
              : []),
          ].join(' ')}
        </TextCell>
      ),
    },
    {
      id: 'state',
      label: t('settings.state'),
      cell: ({ state }) => (
        <Cell>
          <Chip
            tone={state === 'not-live' ? 'warning' : 'neutral'}
            border={state === 'unknown' ? 'dashed' : 'solid'}
          >
            {maybe(`settings.state.${state}`) ?? state}
          </Chip>
        </Cell>
      ),
    },
  ];
  return (
    <Section
      headingLevel={3}
      anchor="settings"
      title={t('settings.title')}
      actions={
        settings.length > 0 ? (
          <Button variant="secondary" onPress={() => setAll(!isAll)}>
            {isAll
              ? t('settings.showSet')
              : t('settings.showAll', { count: settings.length })}
          </Button>
        ) : undefined
      }
    >
      {settings.length === 0 ? (
        <p className={lists.text}>
          {t('settings.unread', { reason: settingsReason ?? '?' })}
        </p>
      ) : (
        <ResponsiveTable
          columns={columns}
          rows={rows}
          emptyState="–"
          table={{ data: rows, pagination: { type: 'none' } }}
        />
      )}
    </Section>
  );
}
