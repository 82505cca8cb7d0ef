import type {
  Profile,
  ProfileUser,
  Revision,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import type { ReadScope } from '../access/ReadScope';
import { applySqlConditions } from '../access/sqlCondition';
import type { DbProfileRevisionsRow, DbProfilesRow } from '../database/tables';
import { type EntityScope, readableRows } from '../access/EntityScope';
import {
  type Page,
  type PageRequest,
  readCursor,
  toPage,
} from '../paging/pageCursor';

/** Which profiles of a list are wanted. */
export interface ProfileFilter {
  q?: string;
  kind?: string[];
  clusterId?: string[];
}

/** A page of users with the count of those that the caller may not read. */
export interface ProfileUserPage extends Page<ProfileUser> {
  hidden: number;
}

type ProfileRow = Omit<DbProfilesRow, 'object' | 'node_states'> & {
  cluster_name: string;
};

const columns = [
  'profiles.id',
  'profiles.cluster_id',
  'profiles.kind',
  'profiles.namespace',
  'profiles.name',
  'profiles.installed',
  'profiles.mode',
  'profiles.default_action',
  'profiles.source_digest',
  'profiles.effective_digest',
  'profiles.resolution',
  'profiles.because',
  'profiles.bases',
  'profiles.allows',
  'clusters.name as cluster_name',
];

/** Answers the profiles page and the page of one profile. */
export class ProfilesReadModel {
  private readonly knex: Knex;

  constructor(options: { knex: Knex }) {
    this.knex = options.knex;
  }

  async list(request: {
    filter: ProfileFilter;
    page: PageRequest;
    scope: ReadScope;
    entities: EntityScope;
  }): Promise<Page<Profile>> {
    const { filter, page, scope } = request;
    const offset = readCursor(page, ['profiles', filter]);
    const query = this.profiles();
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
    const [{ count }] = await query.clone().count({ count: '*' });
    const rows = await query
      .clone()
      .orderBy([
        'profiles.name',
        'clusters.name',
        'profiles.kind',
        'profiles.id',
      ])
      .limit(page.limit)
      .offset(offset)
      .select<ProfileRow[]>(columns);
    return toPage(await this.toProfiles(rows, request.entities), {
      totalItems: Number(count),
      offset,
      limit: page.limit,
      filter: ['profiles', filter],
    });
  }

  async get(id: string, entities: EntityScope): Promise<Profile | undefined> {
    const rows = await this.profiles()
      .where('profiles.id', id)
      .select<ProfileRow[]>(columns);
    return (await this.toProfiles(rows, entities))[0];
  }

  async revisions(
    id: string,
    page: PageRequest,
  ): Promise<Page<Revision> | undefined> {
    if (!(await this.exists(id))) {
      return undefined;
    }
    const filter = ['revisions', id];
    const offset = readCursor(page, filter);
    const query = this.knex<DbProfileRevisionsRow>('profile_revisions').where(
      'profile_id',
      id,
    );
    const [{ count }] = await query.clone().count({ count: '*' });
    const rows = await query
      .clone()
      .orderBy([
        { column: 'first_seen', order: 'desc' },
        { column: 'id', order: 'desc' },
      ])
      .limit(page.limit)
      .offset(offset)
      .select<DbProfileRevisionsRow[]>('*');
    return toPage(
      rows.map(row => ({
        effectiveDigest: row.effective_digest || null,
        sourceDigest: row.source_digest,
        firstSeen: row.first_seen,
      })),
      { totalItems: Number(count), offset, limit: page.limit, filter },
    );
  }

  async users(
    id: string,
    page: PageRequest,
    entities: EntityScope,
  ): Promise<ProfileUserPage | undefined> {
    if (!(await this.exists(id))) {
      return undefined;
    }
    const filter = ['users', id];
    const offset = readCursor(page, filter);
    const [{ count }] = await this.knex('posture_profiles')
      .where('profile_id', id)
      .count({ count: '*' });
    const rows = await readableRows<{
      entity_ref: string;
      containers: number;
      pods: number;
    }>(this.knex, entities, this.usesOf(id));
    const items = rows.slice(offset, offset + page.limit).map(row => ({
      entityRef: row.entity_ref,
      containers: row.containers,
      pods: row.pods,
    }));
    return {
      ...toPage(items, {
        totalItems: rows.length,
        offset,
        limit: page.limit,
        filter,
      }),
      hidden: Number(count) - rows.length,
    };
  }

  private usesOf(id: string): Knex.QueryBuilder {
    return this.knex('posture_profiles')
      .join('entities', 'entities.entity_ref', 'posture_profiles.entity_ref')
      .where('posture_profiles.profile_id', id)
      .orderBy('posture_profiles.entity_ref')
      .select(
        'posture_profiles.entity_ref',
        'posture_profiles.containers',
        'posture_profiles.pods',
      );
  }

  private profiles() {
    return this.knex('profiles').join(
      'clusters',
      'clusters.id',
      'profiles.cluster_id',
    );
  }

  private async exists(id: string): Promise<boolean> {
    return (
      (await this.knex('profiles').where('id', id).first('id')) !== undefined
    );
  }

  private async toProfiles(
    rows: ProfileRow[],
    entities: EntityScope,
  ): Promise<Profile[]> {
    const ids = rows.map(row => row.id);
    const users = new Map<string, number>();
    for (const use of await readableRows<{
      entity_ref: string;
      profile_id: string;
    }>(
      this.knex,
      entities,
      this.knex('posture_profiles')
        .join('entities', 'entities.entity_ref', 'posture_profiles.entity_ref')
        .whereIn('posture_profiles.profile_id', ids)
        .select('posture_profiles.entity_ref', 'posture_profiles.profile_id'),
    )) {
      users.set(use.profile_id, (users.get(use.profile_id) ?? 0) + 1);
    }
    const revisions = await this.knex<DbProfileRevisionsRow>(
      'profile_revisions',
    ).whereIn('profile_id', ids);
    return rows.map(row => {
      const revision = revisions.find(
        candidate =>
          candidate.profile_id === row.id &&
          candidate.source_digest === row.source_digest &&
          candidate.effective_digest === (row.effective_digest ?? ''),
      );
      return {
        id: row.id,
        clusterId: row.cluster_id,
        cluster: row.cluster_name,
        ...(row.namespace ? { namespace: row.namespace } : {}),
        kind: row.kind,
        name: row.name,
        mode: row.mode,
        ...(row.default_action ? { defaultAction: row.default_action } : {}),
        sourceDigest: row.source_digest,
        effectiveDigest: row.effective_digest,
        resolution: row.resolution,
        ...(row.because ? { because: row.because } : {}),
        bases: JSON.parse(row.bases),
        allows: row.allows,
        ...(revision ? { revisionSince: revision.first_seen } : {}),
        installed: JSON.parse(row.installed),
        users: users.get(row.id) ?? 0,
      };
    });
  }
}
