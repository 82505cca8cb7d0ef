import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { clearDatabase, openDatabase } from '../testing/openDatabase';
import {
  ApprovalEventStore,
  type NewApprovalEvent,
} from './ApprovalEventStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())(
  'The record of reviews on %s',
  databaseId => {
    let knex: Knex;
    const store = new ApprovalEventStore();

    beforeAll(async () => {
      knex = await openDatabase(databases, databaseId);
    });
    beforeEach(async () => {
      await clearDatabase(knex);
    });

    const comment = (text: string): NewApprovalEvent => ({
      type: 'commented',
      reviewId: 'r1',
      // All at one moment: the order does not come from the clock.
      at: '2026-11-23T09:00:00.000Z',
      commentId: text,
      actor: 'user:default/ada',
      comment: text,
    });
    const add = (text: string, options: object = {}) =>
      store.append(knex, comment(text), {
        subjectKey: 'cart',
        actor: 'user:default/ada',
        ...options,
      });
    const texts = async (key: string) =>
      ((await store.readSubjects(knex, [key])).get(key) ?? []).map(
        event => event.type === 'commented' && event.comment,
      );

    it('keeps the order in which things were written', async () => {
      for (const text of ['one', 'two', 'three']) {
        await add(text);
      }
      expect(await texts('cart')).toEqual(['one', 'two', 'three']);
      const events = (await store.readSubjects(knex, ['cart'])).get('cart')!;
      const order = events.map(({ seq }) => seq);
      expect(order).toEqual([...order].sort((a, b) => a - b));
      expect(order.every(seq => typeof seq === 'number')).toBe(true);
    });

    it('gives each of two thousand subjects its own events', async () => {
      await add('one');
      await add('other', { subjectKey: 'shop' });
      const keys = Array.from({ length: 2000 }, (_, i) => `subject-${i}`);
      const found = await store.readSubjects(knex, [...keys, 'cart', 'cart']);
      expect([...found.keys()]).toEqual(['cart']);
      expect(await texts('cart')).toEqual(['one']);
      expect(await texts('shop')).toEqual(['other']);
      expect((await store.readSubjects(knex, [])).size).toBe(0);
    });

    it('keeps any text', async () => {
      const text = '</script>\u202e\ud83d\ude00\u0000\ud800\'"\\';
      await add(text);
      expect(await texts('cart')).toEqual([text]);
    });

    it('takes a key of one person once, and the same key of another', async () => {
      await add('one', { idempotencyKey: 'key-1' });
      await expect(add('two', { idempotencyKey: 'key-1' })).rejects.toThrow();
      await add('three', {
        idempotencyKey: 'key-1',
        actor: 'user:default/bob',
      });
      await add('four');
      await add('five');
      expect(await texts('cart')).toEqual(['one', 'three', 'four', 'five']);
      const key = { actor: 'user:default/ada', idempotencyKey: 'key-1' };
      expect(await store.eventOfKey(knex, key)).toMatchObject({
        type: 'commented',
        comment: 'one',
      });
      expect(
        await store.eventOfKey(knex, { ...key, actor: 'user:default/eve' }),
      ).toBeUndefined();
    });

    it('forgets what was rolled back', async () => {
      await knex
        .transaction(async tx => {
          await store.append(tx, comment('one'), {
            subjectKey: 'cart',
            actor: 'user:default/ada',
          });
          throw new Error('lost');
        })
        .catch(() => {});
      expect(await texts('cart')).toEqual([]);
    });
  },
);
