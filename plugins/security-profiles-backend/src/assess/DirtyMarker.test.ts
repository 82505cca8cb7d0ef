import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import {
  collectedCluster,
  collectedNode,
  collectedProfile,
  collectedSource,
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

/*
 *   eu: cart ── names ──▶ profile cart ── base ──▶ profile base
 *       plain             (names no profile)
 *       armored           AppArmor profile "operator/cart.json": same name, another mechanism
 *   us: far ── names ──▶ cart there
 */
describe.each(databases.eachSupportedId())(
  'Who is judged anew on %s',
  databaseId => {
    let knex: Knex;
    let rooms: Rooms;

    const apply = (
      clusterId: string,
      changes: Parameters<typeof inventoryChanges>[0],
    ) => rooms.inventory.apply(clusterId, inventoryChanges(changes), { now });

    beforeAll(async () => {
      knex = await openDatabase(databases, databaseId);
    });
    beforeEach(async () => {
      await clearDatabase(knex);
      rooms = createRooms(knex);
      await rooms.inventory.replaceClusters([eu, us]);
      await rooms.refreshCatalog(
        ['cart', 'plain', 'armored', 'far', 'idle'].map(name =>
          component(name),
        ),
      );
      const armored = collectedWorkload(eu.id, 'w-armored', {
        labels: { [idLabel]: 'armored' },
      });
      armored.containers[0].container.securityContext = {
        appArmorProfile: {
          type: 'Localhost',
          localhostProfile: 'operator/cart.json',
        },
      };
      await apply(eu.id, {
        workloads: [
          collectedWorkload(eu.id, 'w-cart', {
            labels: { [idLabel]: 'cart' },
            seccompProfile: 'operator/cart.json',
          }),
          collectedWorkload(eu.id, 'w-plain', {
            labels: { [idLabel]: 'plain' },
          }),
          armored,
        ],
        nodes: [collectedNode('node-a')],
      });
      await apply(us.id, {
        workloads: [
          collectedWorkload(us.id, 'w-far', {
            labels: { [idLabel]: 'far' },
            seccompProfile: 'operator/cart.json',
          }),
        ],
        nodes: [collectedNode('node-a')],
      });
      await rooms.assessor.drain({ signal: rooms.signal });
    });

    const markedAfter = async (work: () => Promise<unknown>) => {
      expect(await rooms.marked()).toEqual([]);
      await work();
      return (await rooms.marked()).map(ref => ref.split('/')[1]);
    };

    it('is whoever claims a workload that changed', async () => {
      expect(
        await markedAfter(() =>
          apply(eu.id, {
            workloads: [
              collectedWorkload(eu.id, 'w-plain', {
                labels: { [idLabel]: 'plain' },
                pods: 7,
              }),
            ],
          }),
        ),
      ).toEqual(['plain']);
    });

    it('is whoever claimed a workload and whoever claims it now', async () => {
      expect(
        await markedAfter(() =>
          apply(eu.id, {
            workloads: [
              collectedWorkload(eu.id, 'w-plain', {
                labels: { [idLabel]: 'idle' },
              }),
            ],
          }),
        ),
      ).toEqual(['idle', 'plain']);
    });

    it('is whoever claimed a workload that is gone', async () => {
      expect(
        await markedAfter(() =>
          apply(eu.id, {
            removedWorkloads: [collectedWorkload(eu.id, 'w-plain').id],
          }),
        ),
      ).toEqual(['plain']);
    });

    it('is who names a profile that appears, in that cluster and by that mechanism', async () => {
      expect(
        await markedAfter(() =>
          apply(eu.id, { profiles: [collectedProfile(eu.id, 'cart')] }),
        ),
      ).toEqual(['cart']);
    });

    it('is who names a profile whose base changes', async () => {
      await apply(eu.id, {
        profiles: [
          collectedProfile(eu.id, 'cart', {
            spec: { baseProfileName: 'base' },
          }),
          collectedProfile(eu.id, 'base'),
        ],
      });
      await rooms.assessor.drain({ signal: rooms.signal });
      expect(
        await markedAfter(() =>
          apply(eu.id, {
            profiles: [
              collectedProfile(eu.id, 'base', {
                spec: {
                  syscalls: [{ action: 'SCMP_ACT_ALLOW', names: ['bpf'] }],
                },
              }),
            ],
          }),
        ),
      ).toEqual(['cart']);
    });

    it('is nobody for a profile that nobody names', async () => {
      expect(
        await markedAfter(() =>
          apply(eu.id, { profiles: [collectedProfile(eu.id, 'unused')] }),
        ),
      ).toEqual([]);
    });

    it('is everyone with a workload on a cluster whose nodes or sources change, and nobody else', async () => {
      expect(
        await markedAfter(() =>
          apply(eu.id, { nodes: [collectedNode('node-b')] }),
        ),
      ).toEqual(['armored', 'cart', 'plain']);
      await rooms.assessor.drain({ signal: rooms.signal });
      expect(
        await markedAfter(() =>
          rooms.inventory.writeSources(us.id, [
            collectedSource('pods', { state: 'unreachable' }),
          ]),
        ),
      ).toEqual(['far']);
    });

    it('is everyone whose last verdict rests on a cluster that is taken out of config', async () => {
      expect(
        await markedAfter(() => rooms.inventory.replaceClusters([eu])),
      ).toContain('far');
    });

    it('is nobody when facts are handed over as they were', async () => {
      expect(
        await markedAfter(() =>
          apply(eu.id, { nodes: [collectedNode('node-a')] }),
        ),
      ).toEqual([]);
    });
  },
);
