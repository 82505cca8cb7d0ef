import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { clearDatabase, openDatabase } from '../testing/openDatabase';
import { PostureHistory } from './PostureHistory';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())(
  'The history of postures on %s',
  databaseId => {
    let knex: Knex;
    let history: PostureHistory;
    beforeAll(async () => {
      knex = await openDatabase(databases, databaseId);
    });
    beforeEach(async () => {
      await clearDatabase(knex);
      history = new PostureHistory({ knex });
      await knex('postures').insert({
        entity_ref: 'component:default/cart',
        assessed_at: '2026-11-23T09:00:00.000Z',
        rules: 'sp-rules/1',
        level: 'exposed',
        approval: 'missing',
        target_met: 'no',
        target_level: 'baseline',
        body: '{}',
      });
      await scope('production', 'exposed');
      await scope('staging', 'baseline');
    });

    async function scope(environment: string, level: string): Promise<void> {
      await knex('posture_scopes')
        .insert({
          entity_ref: 'component:default/cart',
          environment,
          level,
          approval: 'missing',
          score: 60,
          counted: true,
        })
        .onConflict(['entity_ref', 'environment'])
        .merge();
    }

    async function rows() {
      const all = await knex('posture_history').orderBy(['day', 'environment']);
      return all.map(
        row => `${row.day} ${row.environment} ${row.level} ${row.target_met}`,
      );
    }

    it('has one row per entity, environment and day, the last one of the day', async () => {
      await history.record('2026-11-22');
      await scope('production', 'baseline');
      await history.record('2026-11-23');
      await scope('production', 'profiled');
      await history.record('2026-11-23');
      expect(await rows()).toEqual([
        '2026-11-22 production exposed no',
        '2026-11-22 staging baseline no',
        '2026-11-23 production profiled no',
        '2026-11-23 staging baseline no',
      ]);
    });

    it('keeps the past of an entity that has gone', async () => {
      await history.record('2026-11-22');
      await knex('posture_scopes').delete();
      await history.record('2026-11-23');
      expect(await rows()).toHaveLength(2);
    });

    it('forgets what is older than asked', async () => {
      await history.record('2026-11-22');
      await history.record('2026-11-23');
      expect(await history.prune('2026-11-23')).toBe(2);
      expect(await rows()).toHaveLength(2);
    });
  },
);
