import { type GroupTree, rollUpGroups } from '@security-profiles/analysis';
import type {
  ScorecardCounts,
  ScorecardGroup,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import { type EntityScope, mayName } from '../access/EntityScope';
import {
  type Page,
  type PageRequest,
  readCursor,
  toPage,
} from '../paging/pageCursor';
import {
  addCounts,
  countColumns,
  type CountsRow,
  noCounts,
  toCounts,
} from './scorecardCounts';
import {
  columnsOf,
  type ScorecardFilter,
  scorecardQuery,
} from './scorecardQuery';

/** What entities are put together by. */
export type ScorecardGrouping = 'owner' | 'system' | 'environment' | 'class';

const groupColumns: Record<ScorecardGrouping, string> = {
  owner: 'entities.owner_ref',
  system: 'entities.system_ref',
  environment: 'by_scope.environment',
  class: 'postures.class',
};

/** Answers the groups of a scorecard, with what they and the groups below them own. */
export class ScorecardGroupsReadModel {
  private readonly knex: Knex;

  constructor(options: { knex: Knex }) {
    this.knex = options.knex;
  }

  /**
   * @param request - `parent`: the groups directly below that one; `depth`: `all` for every group of the tree in one list.
   *   Both only for owners
   */
  async list(request: {
    by: ScorecardGrouping;
    parent?: string;
    depth?: 'level' | 'all';
    filter: ScorecardFilter;
    page: PageRequest;
    scope: EntityScope;
  }): Promise<Page<ScorecardGroup>> {
    const { by, filter, page, scope } = request;
    const parent = request.parent?.toLocaleLowerCase('en-US');
    const { depth = 'level' } = request;
    const identity = ['scorecard-groups', by, parent, depth, filter];
    const offset = readCursor(page, identity);
    const counts = await this.counts(by, filter, scope);
    const groups =
      by === 'owner'
        ? await this.ownerGroups(counts, { parent, depth, scope })
        : [...counts].map(([key, own]) => ({
            key,
            children: 0,
            own,
            all: own,
          }));
    groups.sort(worstFirst);
    return toPage(groups.slice(offset, offset + page.limit), {
      totalItems: groups.length,
      offset,
      limit: page.limit,
      filter: identity,
    });
  }

  private async counts(
    by: ScorecardGrouping,
    filter: ScorecardFilter,
    scope: EntityScope,
  ): Promise<Map<string | null, ScorecardCounts>> {
    const column = groupColumns[by];
    const query = scorecardQuery(this.knex, filter, scope);
    let columns = columnsOf(filter);
    if (by === 'environment') {
      query.join(
        'posture_scopes as by_scope',
        'by_scope.entity_ref',
        'postures.entity_ref',
      );
      if (filter.environment) {
        query.where('by_scope.environment', filter.environment);
      }
      columns = {
        level: 'by_scope.level',
        approval: 'by_scope.approval',
        score: 'by_scope.score',
      };
    }
    const rows: (CountsRow & { group_key: string | null })[] = await query
      .groupBy(column)
      .select({ group_key: column }, ...countColumns(this.knex, columns));
    return new Map(rows.map(row => [row.group_key, toCounts(row)]));
  }

  private async ownerGroups(
    counts: ReadonlyMap<string | null, ScorecardCounts>,
    options: {
      parent: string | undefined;
      depth: 'level' | 'all';
      scope: EntityScope;
    },
  ): Promise<ScorecardGroup[]> {
    const named = (ref: string) => mayName(options.scope, ref) === 'yes';
    const owners = [...counts.keys()].filter(
      (owner): owner is string => owner !== null && named(owner),
    );
    const tree = rollUpGroups(
      owners,
      (await this.groupMemberships()).filter(
        ({ member, group }) => named(member) && named(group),
      ),
    );
    const top = options.depth === 'all' ? [...tree.nodes.keys()] : tree.roots;
    const refs =
      options.parent === undefined
        ? top
        : tree.nodes.get(options.parent)?.children ?? [];
    const groups = refs.map(ref => toGroup(ref, tree, counts));
    if (options.parent !== undefined) {
      return groups;
    }
    const nobody = counts.get(null);
    // Owners that the caller may not see are counted, not named.
    const unnamed = [...counts].flatMap(([owner, own]) =>
      owner !== null && !named(owner) ? [own] : [],
    );
    const hidden = unnamed.length > 0 ? addCounts(unnamed) : undefined;
    return [
      ...groups,
      ...(nobody ? [{ key: null, children: 0, own: nobody, all: nobody }] : []),
      ...(hidden
        ? [
            {
              key: null,
              hidden: unnamed.length,
              children: 0,
              own: hidden,
              all: hidden,
            },
          ]
        : []),
    ];
  }

  private async groupMemberships(): Promise<
    { member: string; group: string }[]
  > {
    return this.knex('memberships')
      .where('member_ref', 'like', 'group:%')
      .select({ member: 'member_ref', group: 'group_ref' });
  }
}

function toGroup(
  ref: string,
  tree: GroupTree,
  counts: ReadonlyMap<string | null, ScorecardCounts>,
): ScorecardGroup {
  const node = tree.nodes.get(ref)!;
  return {
    key: ref,
    children: node.children.length,
    own: counts.get(ref) ?? noCounts,
    all: addCounts(node.reached.flatMap(one => counts.get(one) ?? [])),
  };
}

/** What is below target comes first, then what is exposed, then the larger group. */
function worstFirst(a: ScorecardGroup, b: ScorecardGroup): number {
  return (
    b.all.target.missed - a.all.target.missed ||
    b.all.levels.exposed - a.all.levels.exposed ||
    b.all.entities - a.all.entities ||
    (a.key ?? '￿').localeCompare(b.key ?? '￿', 'en-US')
  );
}
