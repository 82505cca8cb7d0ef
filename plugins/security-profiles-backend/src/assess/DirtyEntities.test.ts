import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { clearDatabase, openDatabase } from '../testing/openDatabase';
import { DirtyEntities } from './DirtyEntities';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())(
  'Entities to be judged on %s',
  databaseId => {
    const dirty = new DirtyEntities();
    let knex: Knex;

    beforeAll(async () => {
      knex = await openDatabase(databases, databaseId);
    });
    beforeEach(() => clearDatabase(knex));

    const mark = (...refs: string[]) =>
      knex.transaction(tx => dirty.mark(tx, refs));
    const claim = (options: { now: number; until: number; limit?: number }) =>
      dirty.claim(knex, { limit: 10, ...options });
    const finish = async (claimed: { entityRef: string; version: number }) => {
      const done = await knex.transaction(tx => dirty.finish(tx, [claimed]));
      return done.has(claimed.entityRef) ? 'done' : 'changed';
    };
    const refsOf = (claimed: { entityRef: string }[]) =>
      claimed.map(({ entityRef }) => entityRef);

    it('are claimed once, and gone when they are done', async () => {
      await mark('a', 'b', 'a');
      const claimed = await claim({ now: 1000, until: 2000 });
      expect(refsOf(claimed)).toEqual(['a', 'b']);
      expect(await claim({ now: 1001, until: 2001 })).toEqual([]);
      for (const entity of claimed) {
        expect(await finish(entity)).toBe('done');
      }
      expect(await claim({ now: 9000, until: 9001 })).toEqual([]);
    });

    it('are claimed no more than asked for', async () => {
      await mark('a', 'b', 'c');
      expect(refsOf(await claim({ now: 1, until: 2, limit: 2 }))).toHaveLength(
        2,
      );
    });

    it('come back when the assessor that claimed them has died', async () => {
      await mark('a');
      await claim({ now: 1000, until: 2000 });
      expect(await claim({ now: 1999, until: 2999 })).toEqual([]);
      expect(refsOf(await claim({ now: 2001, until: 3001 }))).toEqual(['a']);
    });

    it('that are marked while they are judged are judged again at once', async () => {
      await mark('a');
      const [first] = await claim({ now: 1000, until: 2000 });
      await mark('a');
      expect(await finish(first)).toBe('changed');
      const [second] = await claim({ now: 1001, until: 2001 });
      expect(second.version).toBeGreaterThan(first.version);
      expect(await finish(second)).toBe('done');
    });

    it('may be finished late by one whose claim ran out, without a second verdict', async () => {
      await mark('a');
      const [slow] = await claim({ now: 1000, until: 2000 });
      const [quick] = await claim({ now: 2001, until: 3001 });
      expect(await finish(quick)).toBe('done');
      expect(await finish(slow)).toBe('changed');
      expect(await claim({ now: 9000, until: 9001 })).toEqual([]);
    });

    it('stay marked for what came after the verdict of another, whoever still judges by the mark before', async () => {
      await mark('a');
      const [slow] = await claim({ now: 1000, until: 2000 });
      const quick = await dirty.claimOne(knex, 'a', { until: 2000 });
      expect(await finish(quick!)).toBe('done');
      await mark('a');
      expect(await finish(slow)).toBe('changed');
      expect(refsOf(await claim({ now: 1001, until: 2001 }))).toEqual(['a']);
    });

    it('are finished together, each by its own version', async () => {
      await mark('a', 'b', 'c');
      const claimed = await claim({ now: 1000, until: 2000 });
      await mark('b');
      const done = await knex.transaction(tx => dirty.finish(tx, claimed));
      expect([...done].sort()).toEqual(['a', 'c']);
      expect(refsOf(await claim({ now: 1001, until: 2001 }))).toEqual(['b']);
    });

    it('come in turn, behind those that were claimed before', async () => {
      await mark('a', 'b', 'c');
      const options = { now: 1, until: 0, limit: 2 };
      expect(refsOf(await claim(options))).toEqual(['a', 'b']);
      await mark('a', 'b');
      expect(
        refsOf(await dirty.claim(knex, { ...options, after: 'b' })),
      ).toEqual(['c']);
    });

    it('can be marked by the thousand', async () => {
      const refs = Array.from({ length: 1234 }, (_, number) => `e-${number}`);
      await mark(...refs);
      expect(await claim({ now: 1, until: 2, limit: 5000 })).toHaveLength(1234);
    });

    it('go to one assessor each when two claim at once', async () => {
      const refs = Array.from({ length: 60 }, (_, number) => `e-${number}`);
      await mark(...refs);
      const shares = await Promise.all([
        claim({ now: 1, until: 2, limit: 30 }),
        claim({ now: 1, until: 2, limit: 30 }),
      ]);
      const all = shares.flatMap(refsOf);
      expect(new Set(all).size).toBe(all.length);
      expect([...all].sort()).toEqual([...refs].sort());
    });

    // SQLite has one process, and one connection: nobody claims at the same time.
    if (databaseId !== 'SQLITE_3') {
      it('that another assessor is just claiming are passed over, not waited for', async () => {
        await mark('a', 'b', 'c');
        await knex.transaction(async other => {
          const held = await dirty.claim(other, { limit: 1, now: 1, until: 2 });
          const mine = await claim({ now: 1, until: 2 });
          expect(refsOf(held)).toEqual(['a']);
          expect(refsOf(mine)).toEqual(['b', 'c']);
        });
      });
    }
  },
);
