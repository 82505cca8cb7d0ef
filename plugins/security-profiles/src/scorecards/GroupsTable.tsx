import { useCallback, useMemo, useState } from 'react';
import { useApi } from '@backstage/core-plugin-api';
import { Button, Cell, type ColumnConfig, Link } from '@backstage/ui';
import { RiArrowDownSLine, RiArrowRightSLine } from '@remixicon/react';
import type { ScorecardGroup } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from '../api/securityProfilesApi';
import { useAnnounce } from '../components/Announcer';
import { EntityName } from '../components/EntityName';
import { SeverityMark } from '../components/FindingMark';
import { LevelBar } from '../components/LevelBar';
import lists from '../components/Lists.module.css';
import { ResponsiveTable } from '../components/ResponsiveTable';
import { StateBoundary } from '../components/StateBoundary';
import { TextCell } from '../components/TextCell';
import { useLoaded } from '../data/useLoaded';
import { useUrlState } from '../data/useUrlState';
import { useTexts } from '../texts/useTexts';
import { flattenGroups, type GroupRow } from './flattenGroups';
import styles from './Scorecard.module.css';
import {
  type Grouping,
  isNarrowed,
  type ScorecardFilter,
} from './scorecardQuery';

/** Groups of one level that are asked for at once. */
const MOST_GROUPS = 200;

/** Props of {@link GroupsTable}. */
export interface GroupsTableProps {
  by: Grouping;
  filter: ScorecardFilter;
}

/** Entities by owner, system, environment or class; owners open to the groups below them. */
export function GroupsTable(props: GroupsTableProps) {
  const { by, filter } = props;
  const api = useApi(securityProfilesApiRef);
  const { t } = useTexts();
  const url = useUrlState();
  const read = useCallback(
    async (parent: string | undefined, signal?: AbortSignal) => {
      const { data } = await api.request('get', '/scorecards/groups', {
        params: {
          query: { ...filter, by, parent, limit: MOST_GROUPS },
        },
        signal,
      });
      return data!.items;
    },
    [api, by, filter],
  );
  const load = useCallback(
    (signal: AbortSignal) => read(undefined, signal),
    [read],
  );
  const loaded = useLoaded(load);
  return (
    <StateBoundary
      loaded={loaded}
      what="state.what.scorecards"
      forbidden="state.forbiddenScorecards"
      skeleton={[240]}
    >
      {groups =>
        groups.length === 0 ? (
          <p className={lists.text}>
            {t(
              isNarrowed(url) === 'yes'
                ? 'scorecards.empty.filtered'
                : 'scorecards.empty.none',
            )}
          </p>
        ) : (
          <Groups
            // Another filter closes what was open.
            key={JSON.stringify([by, filter])}
            by={by}
            groups={groups}
            read={read}
          />
        )
      }
    </StateBoundary>
  );
}

interface GroupsProps {
  by: Grouping;
  groups: ScorecardGroup[];
  read: (parent: string) => Promise<ScorecardGroup[]>;
}

function Groups(props: GroupsProps) {
  const { by, groups, read } = props;
  const { t } = useTexts();
  const announce = useAnnounce();
  const [open, setOpen] = useState<ReadonlyMap<string, ScorecardGroup[]>>(
    new Map(),
  );
  const toggle = useCallback(
    async (key: string) => {
      const children = open.has(key) ? undefined : await read(key);
      setOpen(previous => {
        const next = new Map(previous);
        if (children) {
          next.set(key, children);
        } else {
          next.delete(key);
        }
        return next;
      });
      if (children) {
        announce(t('scorecards.results', { count: children.length }));
      }
    },
    [announce, open, read, t],
  );
  const rows = useMemo(() => flattenGroups(groups, open), [groups, open]);
  const columns = useColumns(by, toggle);
  return <ResponsiveTable columns={columns} rows={rows} />;
}

/** Parameters of the address that show the entities of a group. */
function narrowTo(
  by: Grouping,
  key: string | null,
): Record<string, string> | undefined {
  if (key === null) {
    return undefined;
  }
  return { [by === 'environment' ? 'env' : by]: key };
}

function useColumns(
  by: Grouping,
  toggle: (key: string) => void,
): ColumnConfig<GroupRow>[] {
  const { t, maybe } = useTexts();
  const url = useUrlState();
  return useMemo(() => {
    const linkTo = (
      key: string | null,
      text: string,
      extra: Record<string, string> = {},
    ) => {
      const place = narrowTo(by, key);
      return place ? (
        <Link href={url.href({ view: 'entities', ...place, ...extra })}>
          {text}
        </Link>
      ) : (
        <span>{text}</span>
      );
    };
    const count = (
      id: string,
      label: string,
      value: (row: GroupRow) => number,
      extra: Record<string, string>,
    ): ColumnConfig<GroupRow> => ({
      id,
      label,
      minWidth: 90,
      cell: row =>
        value(row) > 0 ? (
          <Cell>{linkTo(row.group.key, `${value(row)}`, extra)}</Cell>
        ) : (
          <TextCell>{`${value(row)}`}</TextCell>
        ),
    });
    const nameOf = ({ key, hidden }: ScorecardGroup) => {
      if (hidden !== undefined) {
        return t('scorecards.hiddenOwners', { count: hidden });
      }
      if (key === null) {
        return t(
          by === 'system' ? 'scorecards.noSystem' : 'scorecards.noOwner',
        );
      }
      if (by === 'class') {
        return maybe(`scorecards.class.${key}`) ?? key;
      }
      return key;
    };
    return [
      {
        id: 'group',
        label: t(`scorecards.by.${by}`),
        isRowHeader: true,
        defaultWidth: '1.5fr',
        minWidth: 180,
        cell: ({ group, depth, state }) => (
          <Cell>
            <div
              className={styles.group}
              style={{ paddingInlineStart: `${depth * 1.25}rem` }}
            >
              {group.children > 0 && group.key !== null ? (
                <Button
                  size="small"
                  variant="tertiary"
                  aria-expanded={state === 'open'}
                  aria-label={t(
                    state === 'open' ? 'scorecards.close' : 'scorecards.open',
                    { name: group.key.slice(group.key.lastIndexOf('/') + 1) },
                  )}
                  iconStart={
                    state === 'open' ? (
                      <RiArrowDownSLine aria-hidden />
                    ) : (
                      <RiArrowRightSLine aria-hidden />
                    )
                  }
                  onPress={() => toggle(group.key!)}
                />
              ) : (
                <span aria-hidden className={styles.leaf} />
              )}
              {group.key !== null && (by === 'owner' || by === 'system') ? (
                <EntityName entityRef={group.key} />
              ) : (
                <span dir="auto">{nameOf(group)}</span>
              )}
            </div>
          </Cell>
        ),
      },
      {
        id: 'onTarget',
        label: t('scorecards.onTarget'),
        minWidth: 110,
        cell: ({ group: { key, all, own, children } }) => (
          <Cell>
            <div className={lists.cell}>
              {linkTo(
                key,
                t('scorecards.ofCount', {
                  met: all.target.met,
                  count: all.entities,
                }),
              )}
              {children > 0 ? (
                <span className={lists.small}>
                  {own.entities > 0
                    ? t('scorecards.withSubgroupsAndOwn', {
                        count: own.entities,
                      })
                    : t('scorecards.withSubgroups')}
                </span>
              ) : null}
            </div>
          </Cell>
        ),
      },
      {
        id: 'levels',
        label: t('scorecards.levelBar'),
        minWidth: 120,
        cell: ({ group }) => (
          <Cell>
            <LevelBar levels={group.all.levels} size="s" />
          </Cell>
        ),
      },
      count(
        'missed',
        t('scorecards.target.no'),
        ({ group }) => group.all.target.missed,
        { target: 'no' },
      ),
      count(
        'exposed',
        t('level.exposed'),
        ({ group }) => group.all.levels.exposed,
        { level: 'exposed' },
      ),
      count(
        'unknown',
        t('level.unknown'),
        ({ group }) => group.all.levels.unknown,
        { level: 'unknown' },
      ),
      {
        id: 'underReview',
        label: t('scorecards.underReview'),
        minWidth: 90,
        cell: ({ group }) => <TextCell>{`${group.all.underReview}`}</TextCell>,
      },
      {
        id: 'worst',
        label: t('scorecards.worst'),
        minWidth: 170,
        cell: ({ group: { all } }) => (
          <Cell>
            {all.worstFinding ? (
              <div className={lists.cell}>
                <SeverityMark severity={all.worstFinding.severity} />
                <span className={lists.small}>{all.worstFinding.id}</span>
              </div>
            ) : (
              '–'
            )}
          </Cell>
        ),
      },
    ];
  }, [by, maybe, t, toggle, url]);
}
