import type { Profile } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import type { EntityScope } from '../access/EntityScope';
import type { ReadScope } from '../access/ReadScope';
import { applySqlConditions } from '../access/sqlCondition';
import {
  type Page,
  type PageRequest,
  readCursor,
  toPage,
} from '../paging/pageCursor';
import {
  profilesInClusters,
  readableUsers,
  selectProfileRows,
  toProfile,
} from './profileRows';

/** Which profiles of a list are wanted. */
export interface ProfileFilter {
  q?: string;
  kind?: string[];
  clusterId?: string[];
  mode?: string[];
  beyond?: 'some' | 'none';
  use?: 'used' | 'unused';
}

/** What a list of profiles can be sorted by. */
export type ProfileSortKey = 'name' | 'cluster' | 'users' | 'allows' | 'beyond';

/** The order of a list of profiles; a dash turns it round. */
export type ProfileSort = ProfileSortKey | `-${ProfileSortKey}`;

const sortColumns: Record<ProfileSortKey, string> = {
  name: 'profiles.name',
  cluster: 'profiles.cluster_id',
  users: 'users',
  allows: 'profiles.allows_rank',
  beyond: 'profiles.beyond_rank',
};

/** The order of profiles that are equal otherwise. */
const tieBreakers = [
  'profiles.name',
  'profiles.cluster_id',
  'profiles.kind',
  'profiles.id',
];

/** Answers the list of profiles. */
export class ProfilesReadModel {
  private readonly knex: Knex;

  constructor(options: { knex: Knex }) {
    this.knex = options.knex;
  }

  async list(request: {
    filter: ProfileFilter;
    sort: ProfileSort;
    page: PageRequest;
    scope: ReadScope;
    entities: EntityScope;
  }): Promise<Page<Profile>> {
    const { page, sort, entities } = request;
    const list = ['profiles', request.filter, sort];
    const offset = readCursor(page, list);
    const matching = this.matching(request);
    const [{ count }] = await matching.clone().count({ count: '*' });
    const rows = await selectProfileRows(
      this.knex,
      matching.clone().orderBy(orderOf(sort)),
      entities,
    )
      .limit(page.limit)
      .offset(offset);
    return toPage(rows.map(toProfile), {
      totalItems: Number(count),
      offset,
      limit: page.limit,
      filter: list,
    });
  }

  private matching(request: {
    filter: ProfileFilter;
    scope: ReadScope;
    entities: EntityScope;
  }): Knex.QueryBuilder {
    const { filter, scope, entities } = request;
    const query = profilesInClusters(this.knex);
    if (scope.conditions) {
      applySqlConditions(query, scope.conditions, this.knex);
    }
    if (filter.q) {
      query.whereRaw("lower(profiles.name) like ? escape '!'", [
        `%${filter.q.toLocaleLowerCase('en-US').replace(/[!%_]/g, '!$&')}%`,
      ]);
    }
    if (filter.kind?.length) {
      query.whereIn('profiles.kind', filter.kind);
    }
    if (filter.clusterId?.length) {
      query.whereIn('profiles.cluster_id', filter.clusterId);
    }
    if (filter.mode?.length) {
      query.whereIn('profiles.mode', filter.mode);
    }
    if (filter.beyond === 'some') {
      query.where('profiles.beyond_rank', '>', 0);
    } else if (filter.beyond === 'none') {
      query.where('profiles.beyond_rank', 0);
    }
    if (filter.use) {
      const users = readableUsers(this.knex, entities).select(
        'posture_profiles.profile_id',
      );
      if (filter.use === 'used') {
        query.whereExists(users);
      } else {
        query.whereNotExists(users);
      }
    }
    return query;
  }
}

function orderOf(
  sort: ProfileSort,
): { column: string; order: 'asc' | 'desc' }[] {
  const order = sort.startsWith('-') ? 'desc' : 'asc';
  const column = sortColumns[sort.replace('-', '') as ProfileSortKey];
  // Only names turn round as a whole: equal numbers are looked through from A to Z.
  const rest = sort === '-name' ? 'desc' : 'asc';
  return [
    { column, order },
    ...tieBreakers
      .filter(name => name !== column)
      .map(name => ({ column: name, order: rest } as const)),
  ];
}
