import { useMemo, useState, type ReactNode } from 'react';
import {
  Button,
  Cell,
  Link,
  Select,
  Switch,
  Table,
  useBreakpoint,
  type ColumnConfig,
} from '@backstage/ui';
import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import { useAnnounce } from '../components/Announcer';
import { Chip } from '../components/Chip';
import { LevelBadge } from '../components/LevelBadge';
import lists from '../components/Lists.module.css';
import { Section } from '../components/Section';
import { Terms } from '../components/Term';
import { TextCell } from '../components/TextCell';
import { useUrlState } from '../data/useUrlState';
import { formatList } from '../texts/formatTime';
import { useTexts, type Texts } from '../texts/useTexts';
import { ConfinementCell } from './ConfinementCell';
import {
  containerGroups,
  containerRows,
  GROUPINGS,
  MECHANISMS,
  profilesOf,
  type ContainerGroup,
  type ContainerRow,
} from './containerRows';
import styles from './ContainersSection.module.css';
import { elevationText } from './elevationText';

/** From this many containers on, only those with problems are shown at first. */
const MANY_CONTAINERS = 12;
/** From this many rows on, the table keeps only the visible ones in the document. */
const VIRTUALIZE_FROM = 60;
/** Pixels; a guess that scrolling corrects. */
const ROW_HEIGHT = 64;
const SHOWN_ELEVATIONS = 3;
const RISKY = new Set(['critical', 'high']);

const MECHANISM_TEXT = {
  seccomp: 'containers.seccomp',
  appArmor: 'containers.appArmor',
  seLinux: 'containers.seLinux',
} as const;

const GROUPING_TEXT = {
  workload: 'containers.byWorkload',
  cluster: 'containers.byCluster',
  none: 'containers.byNothing',
} as const;

function whereText(
  texts: Texts,
  row: ContainerRow,
  allClusters: readonly string[],
): string {
  const clusters = formatList(row.clusters);
  if (row.differs === 'yes') {
    return texts.t('containers.differs', { clusters });
  }
  return row.clusters.length > 1 && row.clusters.length === allClusters.length
    ? texts.t('containers.allOf', { count: row.clusters.length, clusters })
    : clusters;
}

interface ContainerNameProps {
  row: ContainerRow;
  /** Below a heading that names the workload, only the container is named. */
  heading?: 'workload' | 'none';
}

function ContainerName(props: ContainerNameProps) {
  const { row, heading = 'none' } = props;
  const { container, workload } = row;
  const { t, maybe } = useTexts();
  const remarks = [
    container.type === 'main'
      ? undefined
      : maybe(`containers.type.${container.type}`) ?? container.type,
    container.origin === 'injected' ? t('containers.injected') : undefined,
  ].filter(Boolean);
  return (
    <>
      <span className={lists.strong} dir="auto">
        {container.name}
      </span>
      <span className={lists.small} dir="auto">
        {[
          ...remarks,
          heading === 'workload'
            ? undefined
            : `${workload.kind} ${workload.name}`,
        ]
          .filter(Boolean)
          .join(', ')}
        {workload.basis === 'template'
          ? ` (${t('containers.template')})`
          : null}
      </span>
    </>
  );
}

function AsksFor(props: { row: ContainerRow }) {
  const { elevations } = props.row.container;
  const texts = useTexts();
  const { t } = texts;
  if (elevations.length === 0) {
    return <span className={lists.text}>{t('containers.nothing')}</span>;
  }
  const rest = elevations.length - SHOWN_ELEVATIONS;
  return (
    <>
      {elevations.slice(0, SHOWN_ELEVATIONS).map(elevation => (
        <Chip
          key={`${elevation.id}/${elevation.field}`}
          tone={RISKY.has(elevation.risk) ? 'negative' : 'neutral'}
        >
          {elevationText(texts, elevation)}
        </Chip>
      ))}
      {rest > 0 ? (
        <Link href="#kernel">
          {t('containers.moreElevations', { count: rest })}
        </Link>
      ) : null}
    </>
  );
}

function countPlaces(rows: readonly ContainerRow[]): number {
  return rows.reduce((sum, row) => sum + row.places.length, 0);
}

function countPods(places: ContainerRow['places']): number {
  return places.reduce((sum, place) => sum + place.container.pods, 0);
}

/** Pods of all places; where the row names its clusters, how many each of them has, in the same order. */
function podsText(row: ContainerRow, allClusters: readonly string[]): string {
  const { places, clusters } = row;
  const isNamed =
    clusters.length > 1 && clusters.length < allClusters.length
      ? clusters
      : undefined;
  return (
    isNamed
      ?.map(cluster =>
        countPods(places.filter(place => place.workload.cluster === cluster)),
      )
      .join(', ') ?? String(countPods(places))
  );
}

/** Clusters in which the rows run. */
function countClusters(rows: readonly ContainerRow[]): number {
  return new Set(rows.flatMap(row => row.clusters)).size;
}

interface GroupProps {
  group: ContainerGroup;
  grouping: (typeof GROUPINGS)[number];
  children: ReactNode;
}

/** Rows below a heading that says what they have in common, and how many of them need a look. */
function Group(props: GroupProps) {
  const { group, grouping, children } = props;
  const { t } = useTexts();
  if (!group.id) {
    return <>{children}</>;
  }
  const { cluster, namespace, kind, name } = group.workload;
  const problems = countPlaces(group.rows.filter(row => row.hasProblem));
  return (
    <div className={styles.group}>
      <h4 className={styles.heading} dir="auto">
        {grouping === 'cluster' ? cluster : t('group.workload', { kind, name })}{' '}
        <span className={styles.count}>
          {[
            grouping === 'cluster' ? undefined : namespace,
            t('containers.count', { count: countPlaces(group.rows) }),
            problems > 0
              ? t('containers.problems', { count: problems })
              : undefined,
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </h4>
      {children}
    </div>
  );
}

/** Props of {@link ContainersSection}. */
export interface ContainersSectionProps {
  posture: Posture;
}

/** What each container really runs under, worst first. */
export function ContainersSection(props: ContainersSectionProps) {
  const { posture } = props;
  const texts = useTexts();
  const { t } = texts;
  const url = useUrlState();
  const announce = useAnnounce();
  const { up } = useBreakpoint();

  const allClusters = useMemo(
    () => [...new Set(posture.workloads.map(({ cluster }) => cluster))].sort(),
    [posture],
  );
  const askedCluster = url.get('cluster');
  const cluster = allClusters.find(name => name === askedCluster);
  const askedGrouping = url.get('group');
  const grouping = GROUPINGS.find(name => name === askedGrouping) ?? 'workload';
  const rows = useMemo(
    () =>
      containerRows(
        posture.workloads.filter(
          workload => !cluster || workload.cluster === cluster,
        ),
        grouping,
      ),
    [posture, cluster, grouping],
  );
  const troubled = rows.filter(row => row.hasProblem);
  const isLong = rows.length > MANY_CONTAINERS;
  const asked = url.get('onlyProblems');
  const isFiltered =
    asked === undefined ? isLong && troubled.length > 0 : asked === 'yes';
  const opened = url.get('container');
  const isOpenedHere = rows.some(row =>
    row.places.some(place => place.key === opened),
  );
  // A cell that the address opens must be in the document; scrolling keeps only what is visible there.
  const [wasOpened] = useState(isOpenedHere);
  const ignored = [
    askedCluster !== undefined && cluster === undefined
      ? askedCluster
      : undefined,
    askedGrouping !== undefined && askedGrouping !== grouping
      ? askedGrouping
      : undefined,
    opened !== undefined && !isOpenedHere ? opened : undefined,
  ].filter(value => value !== undefined);
  const shown = isFiltered
    ? rows.filter(
        row => row.hasProblem || row.places.some(place => place.key === opened),
      )
    : rows;
  const hidden = countPlaces(rows) - countPlaces(shown);
  const isPartial =
    posture.coverage.clusters.stale + posture.coverage.clusters.notCollected >
    0;
  const containerCount = countPlaces(rows);
  const groups = containerGroups(shown, grouping);
  const heading =
    grouping === 'workload' && groups[0]?.id ? 'workload' : 'none';

  const columns = useMemo<ColumnConfig<ContainerRow>[]>(
    () => [
      {
        id: 'container',
        label: t('containers.container'),
        isRowHeader: true,
        defaultWidth: '2fr',
        minWidth: 150,
        cell: row => (
          <Cell>
            <div className={lists.cell}>
              <ContainerName row={row} heading={heading} />
            </div>
          </Cell>
        ),
      },
      {
        id: 'where',
        label: t('containers.where'),
        defaultWidth: '1.5fr',
        minWidth: 120,
        cell: row => (
          <Cell>
            <div className={lists.cell}>
              <span>{whereText(texts, row, allClusters)}</span>
              <span className={lists.small}>{row.workload.namespace}</span>
            </div>
          </Cell>
        ),
      },
      ...MECHANISMS.map(mechanism => ({
        id: mechanism,
        label: t(MECHANISM_TEXT[mechanism]),
        defaultWidth: '2fr' as const,
        minWidth: 150,
        cell: (row: ContainerRow) => (
          <Cell>
            <ConfinementCell
              row={row}
              mechanism={mechanism}
              profiles={profilesOf(row, mechanism, posture)}
            />
          </Cell>
        ),
      })),
      {
        id: 'asksFor',
        label: t('containers.asksFor'),
        defaultWidth: '2fr',
        minWidth: 140,
        cell: row => (
          <Cell>
            <div className={lists.cell}>
              <AsksFor row={row} />
            </div>
          </Cell>
        ),
      },
      {
        id: 'pods',
        label: t('containers.pods'),
        defaultWidth: '0.6fr',
        minWidth: 70,
        cell: row => <TextCell>{podsText(row, allClusters)}</TextCell>,
      },
    ],
    [t, texts, allClusters, posture, heading],
  );

  const filters = (
    <>
      {allClusters.length > 1 ? (
        <Select
          label={t('containers.clusterFilter')}
          selectedKey={cluster ?? 'all'}
          onSelectionChange={key =>
            url.set({ cluster: key === 'all' ? undefined : String(key) })
          }
          options={[
            { value: 'all', label: t('containers.allClusters') },
            ...allClusters.map(name => ({ value: name, label: name })),
          ]}
        />
      ) : null}
      {containerCount > 1 ? (
        <Select
          label={t('containers.groupBy')}
          selectedKey={grouping}
          onSelectionChange={key =>
            url.set({ group: key === 'workload' ? undefined : String(key) })
          }
          options={GROUPINGS.map(name => ({
            value: name as string,
            label: t(GROUPING_TEXT[name]),
          }))}
        />
      ) : null}
      {isFiltered || (troubled.length > 0 && troubled.length < rows.length) ? (
        <Switch
          label={t('containers.onlyProblems', {
            count: countPlaces(troubled),
          })}
          isSelected={isFiltered}
          onChange={isOn => url.set({ onlyProblems: isOn ? 'yes' : 'no' })}
        />
      ) : null}
    </>
  );
  const empty = (
    <div className={lists.row}>
      <span>{t('containers.empty')}</span>
      <Button
        variant="secondary"
        onPress={() => {
          url.set({
            cluster: undefined,
            container: undefined,
            onlyProblems: 'no',
          });
          announce(t('containers.clear'));
        }}
      >
        {t('containers.clear')}
      </Button>
    </div>
  );

  return (
    <Section
      headingLevel={3}
      anchor="containers"
      title={t('containers.title')}
      actions={filters}
    >
      {ignored.length > 0 ? (
        <p className={lists.text}>
          {t('containers.ignored', { value: formatList(ignored) })}
        </p>
      ) : null}
      <p className={lists.text}>
        {t(isPartial ? 'containers.countAtLeast' : 'containers.count', {
          count: containerCount,
        })}
        {countClusters(rows) > 1
          ? ` ${t('containers.inClusters', { count: countClusters(rows) })}`
          : null}
        {troubled.length > 0
          ? `, ${t('containers.problems', {
              count: countPlaces(troubled),
            })}`
          : null}
        {'. '}
        {isPartial
          ? `${t('containers.coverage', {
              fresh: posture.coverage.clusters.fresh,
              count:
                posture.coverage.clusters.fresh +
                posture.coverage.clusters.stale +
                posture.coverage.clusters.notCollected,
              missing:
                posture.coverage.clusters.stale +
                posture.coverage.clusters.notCollected,
            })}. `
          : null}
      </p>
      <Terms
        terms={[
          'seccomp',
          'AppArmor',
          'SELinux',
          'RuntimeDefault',
          'Unconfined',
          'unset',
        ]}
      />
      {hidden > 0 ? (
        <div className={lists.row}>
          <span>{t('containers.hidden', { count: hidden })}</span>
          <Button
            variant="tertiary"
            onPress={() => url.set({ onlyProblems: 'no' })}
          >
            {t('containers.show')}
          </Button>
        </div>
      ) : null}
      {shown.length === 0 ? empty : null}
      {groups.map(group => (
        <Group key={group.id} group={group} grouping={grouping}>
          {up('sm') ? (
            <Table
              columnConfig={columns}
              data={group.rows}
              pagination={{ type: 'none' }}
              {...(group.rows.length >= VIRTUALIZE_FROM && !wasOpened
                ? {
                    virtualized: { estimatedRowHeight: ROW_HEIGHT },
                    style: { height: '40rem' },
                  }
                : {})}
            />
          ) : (
            <ul className={lists.cards}>
              {group.rows.map(row => (
                <li key={row.id} className={lists.card}>
                  <div className={lists.cell}>
                    <ContainerName row={row} heading={heading} />
                    <span>{whereText(texts, row, allClusters)}</span>
                  </div>
                  <LevelBadge level={row.container.level} size="s" />
                  {MECHANISMS.map(mechanism => (
                    <div key={mechanism} className={lists.spread}>
                      <span aria-hidden>{t(MECHANISM_TEXT[mechanism])}</span>
                      <ConfinementCell
                        row={row}
                        mechanism={mechanism}
                        profiles={profilesOf(row, mechanism, posture)}
                      />
                    </div>
                  ))}
                  <div className={lists.spread}>
                    <span>{t('containers.asksFor')}</span>
                    <span className={lists.row}>
                      <AsksFor row={row} />
                    </span>
                  </div>
                  <div className={lists.spread}>
                    <span>{t('containers.pods')}</span>
                    <span>{podsText(row, allClusters)}</span>
                  </div>
                </li>
              ))}
            </ul>
          )}
        </Group>
      ))}
    </Section>
  );
}
