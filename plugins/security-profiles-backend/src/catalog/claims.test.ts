import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  collectedCluster,
  collectedWorkload,
  inventoryChanges,
} from '../testing/collectedFacts';
import { component } from '../testing/component';
import { createRooms, type Rooms } from '../testing/createRooms';
import { clearDatabase, openDatabase } from '../testing/openDatabase';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const eu = collectedCluster('eu');
const us = collectedCluster('us');
const now = '2026-11-23T09:00:00.000Z';

const idLabel = 'backstage.io/kubernetes-id';
const selector = 'backstage.io/kubernetes-label-selector';
const onlyNamespace = 'backstage.io/kubernetes-namespace';
const onlyCluster = 'backstage.io/kubernetes-cluster';
const namedWorkload = 'security-profiles.io/workload';

describe.each(databases.eachSupportedId())('%s', databaseId => {
  let knex: Knex;
  let rooms: Rooms;

  beforeAll(async () => {
    knex = await openDatabase(databases, databaseId);
  });
  beforeEach(async () => {
    await clearDatabase(knex);
    rooms = createRooms(knex);
    await rooms.inventory.replaceClusters([eu, us]);
  });

  type WorkloadFields = Parameters<typeof collectedWorkload>[2];
  const run = (
    name: string,
    fields: WorkloadFields = {},
    clusterId: string = eu.id,
  ) =>
    rooms.inventory.apply(
      clusterId,
      inventoryChanges({
        workloads: [collectedWorkload(clusterId, name, fields)],
      }),
      { now },
    );
  const labelled = (id: string) => ({ labels: { [idLabel]: id } });

  describe('A claim', () => {
    it('is confirmed where the workload carries the entity’s id, which is its name by default', async () => {
      await rooms.refreshCatalog([component('cart')]);
      await run('deployed-cart', labelled('cart'));
      await run('cart', { labels: { app: 'cart' } });
      expect(await rooms.claims()).toEqual({
        'component:default/cart deployed-cart': 'confirmed',
      });
    });

    it('is the same whichever comes first, the entity or the workload', async () => {
      await run('deployed-cart', labelled('cart'));
      await rooms.refreshCatalog([component('cart')]);
      expect(await rooms.claims()).toEqual({
        'component:default/cart deployed-cart': 'confirmed',
      });
    });

    it('is asserted where only the entity’s own selector says so', async () => {
      await rooms.refreshCatalog([
        component('cart', { [selector]: 'app=cart' }),
      ]);
      await run('deployed-cart', { labels: { app: 'cart' } });
      expect(await rooms.claims()).toEqual({
        'component:default/cart deployed-cart': 'asserted',
      });
    });

    it('follows the selector and not the id where both are given', async () => {
      await rooms.refreshCatalog([
        component('cart', { [selector]: 'app=cart', [idLabel]: 'cart' }),
      ]);
      await run('by-id', labelled('cart'));
      await run('by-both', { labels: { [idLabel]: 'cart', app: 'cart' } });
      expect(await rooms.claims()).toEqual({
        'component:default/cart by-both': 'confirmed',
      });
    });

    it('needs one set of labels that meets the whole selector', async () => {
      await rooms.refreshCatalog([
        component('cart', { [selector]: 'app=cart,track=canary' }),
      ]);
      await run('split', {
        labelSets: [{ app: 'cart' }, { track: 'canary' }],
      });
      await run('whole', {
        labelSets: [{ app: 'cart', track: 'canary' }],
      });
      expect(await rooms.claims()).toEqual({
        'component:default/cart whole': 'asserted',
      });
    });

    it.each(['app in (cart,basket)', 'app!=other,app', '!unlabelled,app'])(
      'comes about without an equality to look up: %s',
      async text => {
        await rooms.refreshCatalog([component('cart', { [selector]: text })]);
        await run('before', { labels: { app: 'cart' } });
        await rooms.refreshCatalog([]);
        await rooms.refreshCatalog([component('cart', { [selector]: text })]);
        await run('after', { labels: { app: 'basket' } });
        await run('other', { labels: { app: 'other', unlabelled: '' } });
        expect(Object.keys(await rooms.claims())).toEqual(
          expect.arrayContaining([
            'component:default/cart before',
            'component:default/cart after',
          ]),
        );
        expect(await rooms.claims()).not.toHaveProperty([
          'component:default/cart other',
        ]);
      },
    );

    it('is limited to the namespace and the cluster that the entity names', async () => {
      await rooms.refreshCatalog([
        component('cart', { [onlyNamespace]: 'shop', [onlyCluster]: 'eu' }),
      ]);
      await run('here', labelled('cart'));
      await run('elsewhere', { ...labelled('cart'), namespace: 'other' });
      await run('far', labelled('cart'), us.id);
      expect(await rooms.claims()).toEqual({
        'component:default/cart here': 'confirmed',
      });
    });

    it('is limited to a namespace for a selector without an equality too', async () => {
      await run('here', { labels: { app: 'a' } });
      await run('elsewhere', { labels: { app: 'a' }, namespace: 'other' });
      await rooms.refreshCatalog([
        component('cart', { [selector]: 'app', [onlyNamespace]: 'shop' }),
      ]);
      expect(await rooms.claims()).toEqual({
        'component:default/cart here': 'asserted',
      });
    });

    it('may name one workload of one cluster', async () => {
      const named = component('cart', {
        [namedWorkload]: 'eu/shop/Deployment/cart',
      });
      await run('cart', { labels: { app: 'x' } });
      await rooms.refreshCatalog([named]);
      await run('cart', { labels: { app: 'x' } }, us.id);
      await run('cart', { labels: { app: 'x' }, namespace: 'other' });
      expect(await knex('claims').select('entity_ref', 'claim')).toEqual([
        { entity_ref: 'component:default/cart', claim: 'asserted' },
      ]);
      await rooms.refreshCatalog([]);
      await rooms.refreshCatalog([named]);
      expect(await knex('claims')).toHaveLength(1);
    });

    it('is made by no entity whose selector can’t be read', async () => {
      await run('cart', labelled('cart'));
      await rooms.refreshCatalog([
        component('cart', { [selector]: 'app in cart' }),
      ]);
      await run('later', labelled('cart'));
      expect(await rooms.claims()).toEqual({});
      const facts = await rooms.facts.read(knex, 'component:default/cart', {
        now,
      });
      expect(facts?.matching.selectors[0].labelSelector).toContain(
        'not readable',
      );
    });

    it('goes with the label', async () => {
      await rooms.refreshCatalog([component('cart')]);
      await run('cart', labelled('cart'));
      await run('cart', labelled('other'));
      expect(await rooms.claims()).toEqual({});
    });

    it('goes with the entity', async () => {
      await rooms.refreshCatalog([component('cart'), component('other')]);
      await run('cart', labelled('cart'));
      await rooms.refreshCatalog([component('other')]);
      expect(await rooms.claims()).toEqual({});
      expect(await knex('entities').pluck('name')).toEqual(['other']);
    });
  });

  describe('An id that several entities have', () => {
    it('is held by the one that is named like it', async () => {
      await run('payments', labelled('payments'));
      await rooms.refreshCatalog([
        component('intruder', { [idLabel]: 'payments' }),
        component('payments'),
      ]);
      expect(await rooms.claims()).toEqual({
        'component:default/intruder payments': 'asserted',
        'component:default/payments payments': 'confirmed',
      });
    });

    it('is held by nobody where none is named like it', async () => {
      await run('payments', labelled('pay'));
      const [one, two] = ['one', 'two'].map(name =>
        component(name, { [idLabel]: 'pay' }),
      );
      await rooms.refreshCatalog([one]);
      expect(await rooms.claims()).toEqual({
        'component:default/one payments': 'confirmed',
      });
      await rooms.refreshCatalog([one, two]);
      expect(await rooms.claims()).toEqual({
        'component:default/one payments': 'asserted',
        'component:default/two payments': 'asserted',
      });
    });

    it('is held by nobody where two of different namespaces are named like it', async () => {
      await run('payments', labelled('payments'));
      await rooms.refreshCatalog([
        component('payments'),
        component('payments', {}, { namespace: 'other' }),
      ]);
      expect(Object.values(await rooms.claims())).toEqual([
        'asserted',
        'asserted',
      ]);
    });

    it('is held by the other again once one of them is gone', async () => {
      await run('payments', labelled('pay'));
      const [one, two] = ['one', 'two'].map(name =>
        component(name, { [idLabel]: 'pay' }),
      );
      await rooms.refreshCatalog([one, two]);
      await rooms.refreshCatalog([two]);
      expect(await rooms.claims()).toEqual({
        'component:default/two payments': 'confirmed',
      });
    });
  });

  describe('A clever selector onto somebody else’s pods', () => {
    const intruder = component('intruder', { [selector]: 'app=payments' });
    const shown = async (ref: string) =>
      (await rooms.facts.read(knex, ref, { now }))?.workloads.map(
        ({ name }) => name,
      );

    beforeEach(() =>
      run('payments', {
        labels: { [idLabel]: 'payments', app: 'payments' },
      }),
    );

    it('gives no more than an asserted claim, which shows nothing', async () => {
      await rooms.refreshCatalog([intruder, component('payments')]);
      expect(await rooms.claims()).toEqual({
        'component:default/intruder payments': 'asserted',
        'component:default/payments payments': 'confirmed',
      });
      expect(await shown('component:default/intruder')).toEqual([]);
      expect(await shown('component:default/payments')).toEqual(['payments']);
    });

    it('has the intruder judged anew the moment the holder is registered, and again when it goes', async () => {
      await rooms.refreshCatalog([intruder]);
      expect(await shown('component:default/intruder')).toEqual(['payments']);
      await rooms.clearMarks();
      await rooms.refreshCatalog([intruder, component('payments')]);
      expect(await rooms.marked()).toEqual([
        'component:default/intruder',
        'component:default/payments',
      ]);
      await rooms.clearMarks();
      await rooms.refreshCatalog([intruder]);
      expect(await rooms.marked()).toContain('component:default/intruder');
    });

    it('can be shared by two who both only assert, and each is told of the other', async () => {
      await rooms.refreshCatalog([
        intruder,
        component('second', { [selector]: 'app=payments' }),
      ]);
      const facts = await rooms.facts.read(knex, 'component:default/second', {
        now,
      });
      expect(facts?.workloads).toMatchObject([
        { name: 'payments', claim: 'asserted', claimedByOthers: 1 },
      ]);
    });
  });

  describe('An entity without a workload', () => {
    const nearMisses = async (ref: string) =>
      (await rooms.facts.read(knex, ref, { now }))?.matching.nearMisses;

    it('shows the workloads that are named like it or its id, as far as nobody claims them', async () => {
      await rooms.refreshCatalog([
        component('cart', { [idLabel]: 'basket' }),
        component('owner'),
      ]);
      await run('cart');
      await run('basket');
      await run('cart', labelled('owner'), us.id);
      expect(await nearMisses('component:default/cart')).toEqual([
        {
          cluster: 'eu',
          namespace: 'shop',
          kind: 'Deployment',
          name: expect.stringMatching(/^(cart|basket)$/),
        },
        expect.objectContaining({ cluster: 'eu' }),
      ]);
    });

    it('is judged anew when such a workload comes or goes', async () => {
      await rooms.refreshCatalog([component('cart', { [idLabel]: 'basket' })]);
      await rooms.clearMarks();
      await run('basket');
      expect(await rooms.marked()).toEqual(['component:default/cart']);
      await rooms.clearMarks();
      await rooms.inventory.apply(
        eu.id,
        inventoryChanges({
          removedWorkloads: [collectedWorkload(eu.id, 'basket').id],
        }),
        { now },
      );
      expect(await rooms.marked()).toEqual(['component:default/cart']);
    });
  });
});
