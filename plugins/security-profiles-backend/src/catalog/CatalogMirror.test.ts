import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import type { Knex } from 'knex';
import { component } from '../testing/component';
import { countQueries } from '../testing/countQueries';
import { createRooms, type Rooms } from '../testing/createRooms';
import { clearDatabase, openDatabase } from '../testing/openDatabase';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

/** A catalog that breaks off after the given pages. */
function breakingCatalog(...pages: Entity[][]): CatalogService {
  return {
    async *streamEntities() {
      yield* pages;
      throw new Error('The catalog broke off');
    },
  } as unknown as CatalogService;
}

describe.each(databases.eachSupportedId())(
  'The mirror of the catalog on %s',
  databaseId => {
    let knex: Knex;
    let rooms: Rooms;

    beforeAll(async () => {
      knex = await openDatabase(databases, databaseId);
    });
    beforeEach(async () => {
      await clearDatabase(knex);
      rooms = createRooms(knex);
    });

    const names = () => knex('entities').orderBy('name').pluck('name');

    it('holds the Components and nothing else', async () => {
      await rooms.refreshCatalog([
        component('cart'),
        {
          apiVersion: 'backstage.io/v1alpha1',
          kind: 'Group',
          metadata: { name: 'team-cart' },
        },
      ]);
      expect(await names()).toEqual(['cart']);
    });

    it('changes nothing when the catalog answers only in part', async () => {
      await rooms.refreshCatalog([component('cart'), component('other')]);
      await rooms.clearMarks();
      await expect(
        rooms.mirrorOf(breakingCatalog([component('new')])).refreshAll(),
      ).rejects.toThrow('The catalog broke off');
      expect(await names()).toEqual(['cart', 'other']);
      expect(await rooms.marked()).toEqual([]);
    });

    it('writes nothing when nothing changed', async () => {
      const entities = [component('cart'), component('other')];
      await rooms.refreshCatalog(entities);
      await rooms.clearMarks();
      const { writes } = await countQueries(knex, () =>
        rooms.refreshCatalog(entities),
      );
      expect(writes).toBe(0);
      expect(await rooms.marked()).toEqual([]);
    });

    it('has judged anew what changed, came or went, and no other entity', async () => {
      await rooms.refreshCatalog([
        component('changes'),
        component('goes'),
        component('stays'),
      ]);
      await rooms.clearMarks();
      await rooms.refreshCatalog([
        component('changes', {}, { spec: { lifecycle: 'experimental' } }),
        component('comes'),
        component('stays'),
      ]);
      expect(await rooms.marked()).toEqual([
        'component:default/changes',
        'component:default/comes',
        'component:default/goes',
      ]);
    });

    it('is not stopped by one entity with annotations that no column holds', async () => {
      await rooms.refreshCatalog([
        component('odd', {
          'backstage.io/kubernetes-id': `${'x'.repeat(3000)}\u0000`,
          'backstage.io/kubernetes-namespace': 'x'.repeat(3000),
        }),
        component('cart'),
      ]);
      expect(await names()).toEqual(['cart', 'odd']);
    });

    describe('asked for one entity', () => {
      const credentials = mockCredentials.user();
      const mirror = () =>
        rooms.mirrorOf(
          catalogServiceMock({
            entities: [
              component('cart'),
              {
                apiVersion: 'backstage.io/v1alpha1',
                kind: 'Group',
                metadata: { name: 'team-cart' },
              },
            ],
          }),
        );

      it('reads it and has it judged', async () => {
        expect(
          await mirror().refreshOne('component:default/cart', { credentials }),
        ).toBe('known');
        expect(await names()).toEqual(['cart']);
        expect(await rooms.marked()).toEqual(['component:default/cart']);
      });

      it.each(['component:default/missing', 'group:default/team-cart'])(
        'does not know %s',
        async ref => {
          expect(await mirror().refreshOne(ref, { credentials })).toBe(
            'unknown',
          );
          expect(await names()).toEqual([]);
        },
      );
    });
  },
);
