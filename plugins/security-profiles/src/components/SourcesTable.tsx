import { Cell, type ColumnConfig } from '@backstage/ui';
import type { Source } from '@security-profiles/backstage-plugin-security-profiles-common';
import { formatMoment } from '../texts/formatTime';
import { useTexts } from '../texts/useTexts';
import { SourceMark } from './FreshnessStamp';
import { TextCell } from './TextCell';
import lists from './Lists.module.css';
import { ResponsiveTable } from './ResponsiveTable';

type SourceRow = Source & { id: string };

/** Props of {@link SourcesTable}. */
export interface SourcesTableProps {
  sources: readonly Source[];
  now: number;
  /** Whether the cluster is a column, or said above the table. */
  show: 'cluster' | 'resource';
}

/** A rule as one line of YAML, to be copied into the reader's ClusterRole. */
function ruleText(rule: NonNullable<Source['missingRule']>): string {
  const list = (values: readonly string[]) =>
    `[${values.map(value => `"${value}"`).join(', ')}]`;
  const names = rule.resourceNames
    ? `, resourceNames: ${list(rule.resourceNames)}`
    : '';
  return `- {apiGroups: ${list(rule.apiGroups)}, resources: ${list(
    rule.resources,
  )}${names}, verbs: ${list(rule.verbs)}}`;
}

/** Per resource: how fresh its facts are, since when, and why. */
export function SourcesTable(props: SourcesTableProps) {
  const { sources, now, show } = props;
  const texts = useTexts();
  const { t } = texts;
  const rows: SourceRow[] = sources.map(source => ({
    ...source,
    id: `${source.cluster}/${source.resource}`,
  }));
  const columns: ColumnConfig<SourceRow>[] = [
    {
      id: 'resource',
      label: t('sources.resource'),
      isRowHeader: true,
      defaultWidth: '2fr',
      minWidth: 160,
      cell: source => (
        <Cell>
          <code className={lists.code} translate="no">
            {source.resource}
          </code>
        </Cell>
      ),
    },
    {
      id: 'cluster',
      label: t('sources.cluster'),
      isHidden: show === 'resource',
      minWidth: 110,
      cell: source => <TextCell>{source.cluster}</TextCell>,
    },
    {
      id: 'state',
      label: t('sources.state'),
      defaultWidth: '1.5fr',
      minWidth: 150,
      cell: source => (
        <Cell>
          <SourceMark source={source} now={now} />
        </Cell>
      ),
    },
    {
      id: 'facts',
      label: t('sources.facts'),
      minWidth: 90,
      cell: source => {
        const time = source.state === 'fresh' ? source.since : source.lastFresh;
        return (
          <Cell>
            {time ? (
              <time dateTime={time}>{formatMoment(texts, time, now)}</time>
            ) : (
              '–'
            )}
          </Cell>
        );
      },
    },
    {
      id: 'objects',
      label: t('sources.objects'),
      minWidth: 80,
      cell: source => (
        <TextCell>
          {source.count === undefined
            ? '–'
            : source.count.toLocaleString(texts.locale)}
        </TextCell>
      ),
    },
    {
      id: 'reason',
      label: t('sources.reason'),
      defaultWidth: '2fr',
      minWidth: 140,
      cell: source => (
        <Cell>
          <span className={lists.text}>{source.reason ?? '–'}</span>
          {source.missingRule && (
            <span className={lists.text}>
              {t('sources.missingRule')}{' '}
              <code className={lists.code} translate="no">
                {ruleText(source.missingRule)}
              </code>
            </span>
          )}
        </Cell>
      ),
    },
  ];
  return rows.length === 0 ? (
    <p className={lists.text}>{t('sources.none')}</p>
  ) : (
    <ResponsiveTable columns={columns} rows={rows} />
  );
}
