import { useBreakpoint, type ColumnConfig } from '@backstage/ui';
import type {
  Cluster,
  ReleaseLines,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import { ChartFrame } from '../components/ChartFrame';
import lists from '../components/Lists.module.css';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { Term } from '../components/Term';
import { TextCell } from '../components/TextCell';
import { formatDate, formatList } from '../texts/formatTime';
import { useTexts, type Texts } from '../texts/useTexts';
import { rowsOfLines, type LineRow } from './releaseLineRows';
import styles from './ReleaseLinesPicture.module.css';

const WIDTH = 1000;
const LABEL = 60;
const ROW = 44;
const HEAD = 24;
/** More clusters on one line are counted instead of named. */
const NAMES_UP_TO = 3;

function endText(texts: Texts, row: LineRow, now: number): string {
  const { until, endsWith, endEstimate } = row.line;
  if (until) {
    return texts.t('lines.ended', { date: formatDate(texts, until, now) });
  }
  if (endsWith && endEstimate) {
    return texts.t('lines.endsWithAbout', {
      version: endsWith,
      month: new Intl.DateTimeFormat(texts.locale, {
        month: 'short',
        year: 'numeric',
        timeZone: 'UTC',
      }).format(new Date(endEstimate)),
    });
  }
  return endsWith
    ? texts.t('lines.endsWith', { version: endsWith })
    : texts.t('lines.notKnown');
}

function clustersText(texts: Texts, row: LineRow): string {
  return row.clusters.length > NAMES_UP_TO
    ? texts.t('lines.clustersCount', { count: row.clusters.length })
    : formatList(
        row.clusters.map(({ name, versions }) =>
          texts.t('lines.dot', { name, versions }),
        ),
      );
}

interface PictureProps {
  rows: LineRow[];
  now: number;
}

function Picture(props: PictureProps) {
  const { rows, now } = props;
  const texts = useTexts();
  const { t } = texts;
  const starts = rows.map(({ line }) => Date.parse(line.since));
  const ends = rows.map(({ line }) =>
    Date.parse(line.endEstimate ?? line.until ?? line.since),
  );
  const from = Math.min(...starts, now);
  // An estimate far ahead would press the known past together.
  const to = Math.max(
    now + 200 * 86_400_000,
    Math.min(Math.max(...ends), now + 400 * 86_400_000),
  );
  const x = (time: number) =>
    LABEL + ((Math.min(time, to) - from) / (to - from)) * (WIDTH - LABEL);
  const height = HEAD + rows.length * ROW + 8;
  const years: number[] = [];
  for (
    let year = new Date(from).getUTCFullYear() + 1;
    Date.UTC(year, 0, 1) <= to;
    year += 1
  ) {
    years.push(year);
  }
  return (
    <svg
      viewBox={`0 0 ${WIDTH} ${height}`}
      role="img"
      aria-label={t('lines.aria', {
        from: rows[0]?.line.name ?? '',
        to: rows.at(-1)?.line.name ?? '',
      })}
      className={styles.picture}
    >
      {years.map(year => (
        <g key={year} className={styles.axis}>
          <line
            x1={x(Date.UTC(year, 0, 1))}
            x2={x(Date.UTC(year, 0, 1))}
            y1={HEAD}
            y2={height}
          />
          <text x={x(Date.UTC(year, 0, 1)) + 4} y={14}>
            {year}
          </text>
        </g>
      ))}
      {rows.map((row, index) => {
        const y = HEAD + index * ROW;
        const start = x(Date.parse(row.line.since));
        const solidEnd = x(row.line.until ? Date.parse(row.line.until) : now);
        const tail = row.line.endEstimate
          ? x(Date.parse(row.line.endEstimate))
          : undefined;
        const textAt = Math.min(start, WIDTH - 420);
        return (
          <g key={row.line.name}>
            <text x={0} y={y + 16} className={styles.label}>
              {row.line.name}
            </text>
            <rect
              x={start}
              y={y + 6}
              width={Math.max(2, solidEnd - start)}
              height={10}
              className={row.line.until ? styles.ended : styles.supported}
            />
            {tail !== undefined && tail > solidEnd ? (
              <line
                x1={solidEnd}
                x2={tail}
                y1={y + 11}
                y2={y + 11}
                className={styles.tail}
              />
            ) : null}
            <text x={textAt} y={y + 32} className={styles.text}>
              {endText(texts, row, now)}
              {row.clusters.length > 0
                ? ` \u25CF ${clustersText(texts, row)}`
                : ''}
            </text>
          </g>
        );
      })}
      <line
        x1={x(now)}
        x2={x(now)}
        y1={HEAD - 4}
        y2={height}
        className={styles.today}
      />
      <text x={x(now) - 4} y={14} textAnchor="end" className={styles.text}>
        {t('lines.today')}
      </text>
    </svg>
  );
}

/** Props of {@link ReleaseLinesPicture}. */
export interface ReleaseLinesPictureProps {
  lines: ReleaseLines;
  clusters: readonly Cluster[];
  now: number;
}

/** The release lines over time, with the clusters on each, and a table that says the same. */
export function ReleaseLinesPicture(props: ReleaseLinesPictureProps) {
  const { lines, clusters, now } = props;
  const texts = useTexts();
  const { t, maybe } = texts;
  const { up } = useBreakpoint();
  const { rows, others } = rowsOfLines(lines.lines, clusters);
  const tableRows = rows.map(row => ({ ...row, id: row.line.name }));
  const columns: ColumnConfig<LineRow & { id: string }>[] = [
    {
      id: 'line',
      label: t('lines.line'),
      isRowHeader: true,
      cell: ({ line }) => <TextCell>{line.name}</TextCell>,
    },
    {
      id: 'since',
      label: t('lines.since'),
      cell: ({ line }) => (
        <TextCell>{formatDate(texts, line.since, now)}</TextCell>
      ),
    },
    {
      id: 'until',
      label: t('lines.until'),
      cell: row => <TextCell>{endText(texts, row, now)}</TextCell>,
    },
    {
      id: 'newest',
      label: t('lines.newest'),
      cell: ({ line }) => (
        <TextCell>{`${line.newest.version} (${formatDate(
          texts,
          line.newest.date,
          now,
        )})`}</TextCell>
      ),
    },
    {
      id: 'clusters',
      label: t('lines.clusters'),
      cell: row => (
        <TextCell>
          {row.clusters.length === 0
            ? t('lines.noClusters')
            : clustersText(texts, row)}
        </TextCell>
      ),
    },
  ];
  const table = (
    <ResponsiveTable
      columns={columns}
      rows={tableRows}
      table={{ data: tableRows, pagination: { type: 'none' } }}
    />
  );
  const maintained = lines.lines
    .filter(({ state }) => state !== 'ended')
    .map(({ name }) => name);
  return (
    <>
      <p className={lists.text}>
        <Term term="release line" />
      </p>
      {lines.feeds.map(feed => {
        const kind = maybe(`lines.feedKind.${feed.kind}`) ?? feed.kind;
        const bad = !['fresh', 'not-configured'].includes(feed.state);
        return (
          <p key={feed.kind} className={lists.text}>
            {feed.age.state === 'old'
              ? t('lines.feedOld', {
                  kind,
                  date: formatDate(texts, feed.asOf, now),
                  days: feed.age.days ?? 0,
                })
              : t('lines.feedSource', {
                  kind,
                  date: formatDate(texts, feed.asOf, now),
                  source:
                    feed.source === 'bundled'
                      ? t('lines.feedBundled')
                      : feed.source,
                })}
            {bad && feed.reason
              ? ` ${t('lines.feedState.failed', {
                  kind,
                  reason: feed.reason,
                })}`
              : ''}
          </p>
        );
      })}
      <ChartFrame
        headingLevel={3}
        title={t('lines.title')}
        caption={t('lines.caption', {
          maintained: formatList(maintained),
          date: formatDate(texts, new Date(now).toISOString(), now),
        })}
        fileName="cilium-release-lines.csv"
        csv={[
          [
            t('lines.line'),
            t('lines.since'),
            t('lines.until'),
            t('lines.newest'),
            t('lines.clusters'),
          ],
          ...rows.map(row => [
            row.line.name,
            row.line.since,
            row.line.until ?? '',
            row.line.newest.version,
            row.clusters.map(({ name }) => name).join(' '),
          ]),
        ]}
        table={table}
      >
        {up('sm') ? <Picture rows={rows} now={now} /> : table}
      </ChartFrame>
      {others.length > 0 ? (
        <p className={lists.text}>
          {t('lines.others', {
            names: formatList(
              others.map(({ name, cilium }) =>
                cilium.reason ? `${name} (${cilium.reason})` : name,
              ),
            ),
          })}
        </p>
      ) : null}
    </>
  );
}
