import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import type { EntityScope } from '../access/EntityScope';
import { chunk } from '../database/chunk';
import type { DbProfilesRow } from '../database/tables';
import { countQueries } from '../testing/countQueries';
import { clearDatabase, openDatabase } from '../testing/openDatabase';
import {
  type ProfileFilter,
  type ProfileSort,
  ProfilesReadModel,
} from './ProfilesReadModel';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const everyone: EntityScope = { postures: {}, visible: { scope: 'all' } };

function row(
  name: string,
  fields: Partial<DbProfilesRow> = {},
): Partial<DbProfilesRow> {
  const clusterId = fields.cluster_id ?? 'eu';
  return {
    id: `${clusterId}-${name}`,
    cluster_id: clusterId,
    kind: 'SeccompProfile',
    namespace: '',
    name,
    uid: name,
    object: '{}',
    node_states: '{}',
    installed: '{}',
    mode: 'enforcing',
    source_digest: '',
    resolution: 'own',
    bases: '[]',
    allows_rank: -1,
    beyond_rank: -1,
    ...fields,
  };
}

async function insertProfiles(
  knex: Knex,
  rows: Partial<DbProfilesRow>[],
): Promise<void> {
  for (const id of ['eu', 'us']) {
    await knex('clusters').insert({
      id,
      name: id,
      type: 'manifests',
      environment: 'production',
    });
  }
  for (const part of chunk(rows)) {
    await knex('profiles').insert(part);
  }
}

async function insertUsers(
  knex: Knex,
  profileId: string,
  names: string[],
): Promise<void> {
  for (const name of names) {
    const entityRef = `component:default/${name}`;
    await knex('entities')
      .insert({
        entity_ref: entityRef,
        owner_ref: 'group:default/checkout',
        tags: '[]',
        name,
        kubernetes_id: name,
        id_source: 'name',
        content_hash: '',
      })
      .onConflict('entity_ref')
      .ignore();
    await knex('posture_profiles').insert({
      entity_ref: entityRef,
      profile_id: profileId,
      containers: 1,
      pods: 1,
    });
  }
}

describe.each(databases.eachSupportedId())(
  'The list of profiles (%s)',
  databaseId => {
    let knex: Knex;

    beforeAll(async () => {
      knex = await openDatabase(databases, databaseId);
    });

    beforeEach(() => clearDatabase(knex));

    const list = (
      options: {
        filter?: ProfileFilter;
        sort?: ProfileSort;
        limit?: number;
        cursor?: string;
        entities?: EntityScope;
      } = {},
    ) =>
      new ProfilesReadModel({ knex }).list({
        filter: options.filter ?? {},
        sort: options.sort ?? 'name',
        page: { limit: options.limit ?? 50, cursor: options.cursor },
        scope: {},
        entities: options.entities ?? everyone,
      });
    const ids = async (options: Parameters<typeof list>[0]) =>
      (await list(options)).items.map(({ id }) => id);

    describe('with some profiles', () => {
      beforeEach(async () => {
        await insertProfiles(knex, [
          row('b-open', {
            mode: 'allows-by-default',
            allows_rank: 1_000_000,
            beyond_rank: 1_000_000,
          }),
          row('a-narrow', {
            allows: 20,
            allows_rank: 20,
            beyond_calls: 0,
            beyond_rank: 0,
          }),
          row('c-wide', {
            cluster_id: 'us',
            allows: 300,
            allows_rank: 300,
            beyond_calls: 5,
            beyond_rank: 5,
            worst_risk: 'critical',
          }),
          row('a-narrow', {
            cluster_id: 'us',
            allows: 20,
            allows_rank: 20,
            beyond_calls: 0,
            beyond_rank: 0,
          }),
          row('d-text', { kind: 'RawSelinuxProfile' }),
        ]);
        await insertUsers(knex, 'us-c-wide', ['cart', 'payments']);
        await insertUsers(knex, 'eu-a-narrow', ['cart']);
      });

      it.each<[ProfileSort, string[]]>([
        [
          'name',
          ['eu-a-narrow', 'us-a-narrow', 'eu-b-open', 'us-c-wide', 'eu-d-text'],
        ],
        [
          '-name',
          ['eu-d-text', 'us-c-wide', 'eu-b-open', 'us-a-narrow', 'eu-a-narrow'],
        ],
        [
          'cluster',
          ['eu-a-narrow', 'eu-b-open', 'eu-d-text', 'us-a-narrow', 'us-c-wide'],
        ],
        [
          '-cluster',
          ['us-a-narrow', 'us-c-wide', 'eu-a-narrow', 'eu-b-open', 'eu-d-text'],
        ],
        [
          '-users',
          ['us-c-wide', 'eu-a-narrow', 'us-a-narrow', 'eu-b-open', 'eu-d-text'],
        ],
        [
          'allows',
          ['eu-d-text', 'eu-a-narrow', 'us-a-narrow', 'us-c-wide', 'eu-b-open'],
        ],
        [
          '-beyond',
          ['eu-b-open', 'us-c-wide', 'eu-a-narrow', 'us-a-narrow', 'eu-d-text'],
        ],
      ])('sorts by %s', async (sort, wanted) => {
        expect(await ids({ sort })).toEqual(wanted);
      });

      it.each<[string, ProfileFilter, string[]]>([
        ['a part of the name', { q: 'NARR' }, ['eu-a-narrow', 'us-a-narrow']],
        ['a kind', { kind: ['RawSelinuxProfile'] }, ['eu-d-text']],
        ['a cluster', { clusterId: ['us'] }, ['us-a-narrow', 'us-c-wide']],
        ['a mode', { mode: ['allows-by-default'] }, ['eu-b-open']],
        [
          'calls beyond RuntimeDefault, among them those that allow by default',
          { beyond: 'some' },
          ['eu-b-open', 'us-c-wide'],
        ],
        [
          'none beyond it, and never those of which it is not known',
          { beyond: 'none' },
          ['eu-a-narrow', 'us-a-narrow'],
        ],
        ['users', { use: 'used' }, ['eu-a-narrow', 'us-c-wide']],
        [
          'no users',
          { use: 'unused' },
          ['us-a-narrow', 'eu-b-open', 'eu-d-text'],
        ],
      ])('filters by %s', async (_what, filter, wanted) => {
        const { items, totalItems } = await list({ filter });
        expect(items.map(({ id }) => id)).toEqual(wanted);
        expect(totalItems).toBe(wanted.length);
      });

      it('shows what a row needs', async () => {
        expect(await list({ filter: { q: 'wide' } })).toMatchObject({
          items: [
            {
              allows: 300,
              beyond: { calls: 5, worstRisk: 'critical' },
              users: 2,
            },
          ],
        });
      });

      it.each<[string, EntityScope]>([
        [
          'whom the policy denies postures',
          { ...everyone, postures: undefined },
        ],
        [
          'who sees no entity in the catalog',
          { ...everyone, visible: { scope: 'none' } },
        ],
        [
          'who sees others in the catalog',
          {
            ...everyone,
            visible: { scope: 'some', refs: new Set(['component:default/x']) },
          },
        ],
      ])('has no users for somebody %s', async (_who, entities) => {
        expect(await ids({ filter: { use: 'used' }, entities })).toEqual([]);
        const { items } = await list({ entities });
        expect(items.map(({ users }) => users)).toEqual([0, 0, 0, 0, 0]);
      });

      it('counts for each caller the users that they see', async () => {
        const entities: EntityScope = {
          ...everyone,
          visible: { scope: 'some', refs: new Set(['component:default/cart']) },
        };
        const { items } = await list({ entities, sort: '-users' });
        expect(items.map(({ id, users }) => `${id} ${users}`)).toEqual([
          'eu-a-narrow 1',
          'us-c-wide 1',
          'us-a-narrow 0',
          'eu-b-open 0',
          'eu-d-text 0',
        ]);
      });

      it('refuses the cursor of another order', async () => {
        const { pageInfo } = await list({ limit: 2 });
        await expect(
          list({ limit: 2, sort: '-name', cursor: pageInfo.nextCursor }),
        ).rejects.toThrow('/query/cursor');
      });
    });

    it('pages through 10,000 profiles with two statements a page, in the order of an index', async () => {
      await insertProfiles(
        knex,
        Array.from({ length: 10_000 }, (_, at) =>
          row(`profile-${String(at).padStart(5, '0')}`, {
            cluster_id: at % 2 ? 'eu' : 'us',
            allows_rank: at % 400,
            beyond_rank: at % 7,
          }),
        ),
      );
      await knex.raw('analyze');
      let cursor: string | undefined;
      const seen = new Set<string>();
      do {
        const page: Awaited<ReturnType<typeof list>> = await list({
          limit: 200,
          cursor,
        });
        page.items.forEach(({ id }) => seen.add(id));
        cursor = page.pageInfo.nextCursor;
      } while (cursor);
      expect(seen.size).toBe(10_000);
      expect(
        await countQueries(knex, () => list({ sort: '-beyond' })),
      ).toMatchObject({ total: 2, writes: 0 });
      for (const sort of ['name', 'cluster', '-allows', '-beyond'] as const) {
        const plan = await planOf(knex, () => list({ sort }));
        expect(plan).toMatch(/index/i);
        expect(plan).not.toMatch(/seq scan on profiles|scan profiles$/im);
      }
    });
  },
);

/** How the database reads the page itself; the count goes over all that match. */
async function planOf(knex: Knex, work: () => Promise<unknown>) {
  const statements: { sql: string; bindings: Knex.Value[] }[] = [];
  const note = (statement: { sql: string; bindings: Knex.Value[] }) => {
    if (statement.sql.includes('order by')) {
      statements.push(statement);
    }
  };
  knex.on('query', note);
  try {
    await work();
  } finally {
    knex.off('query', note);
  }
  const [{ sql, bindings }] = statements;
  const pg = knex.client.config.client === 'pg';
  const text = pg ? sql.replace(/\$\d+/g, '?') : sql;
  const answer = await knex.raw(
    `${pg ? 'explain' : 'explain query plan'} ${text}`,
    bindings,
  );
  return (pg ? answer.rows : answer)
    .map((line: Record<string, string>) => line['QUERY PLAN'] ?? line.detail)
    .join('\n');
}
