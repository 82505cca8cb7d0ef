import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import type { CollectedProfile } from '../facts/CollectedFacts';
import { namedProfiles } from '../facts/profileNames';
import {
  collectedCluster,
  collectedNode,
  collectedProfile,
  collectedWorkload,
  inventoryChanges,
} from '../testing/collectedFacts';
import { createRooms, type Rooms } from '../testing/createRooms';
import { openDatabase } from '../testing/openDatabase';

jest.setTimeout(240_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const eu = collectedCluster('eu');
const workloads = 10_000;
const users = 100;
const now = '2026-11-23T09:00:00.000Z';

const nameOf = (at: number) => `service-${String(at).padStart(5, '0')}`;
const refOf = (at: number) => `component:default/${nameOf(at)}`;
/** Every hundredth workload runs under the profile that changes, the others under one of their own kind. */
const profileOf = (at: number) =>
  at % (workloads / users) === 0 ? 'shared' : 'common';
const usersOfShared = Array.from({ length: workloads }, (_, at) => at)
  .filter(at => profileOf(at) === 'shared')
  .map(refOf);

/** Straight into the tables: what is looked at here is what a change costs, not how they came there. */
async function insertWorkloads(
  knex: Knex,
  profiles: CollectedProfile[],
): Promise<void> {
  const ids = new Map(profiles.map(({ id, object }) => [object.name, id]));
  const insert = async (table: string, rows: object[]) => {
    for (const part of chunk(rows)) {
      await knex(table).insert(part);
    }
  };
  const made = Array.from({ length: workloads }, (_, at) => ({
    at,
    profile: profileOf(at),
    workload: collectedWorkload(eu.id, nameOf(at), {
      seccompProfile: `operator/${profileOf(at)}.json`,
    }),
  }));
  await insert(
    'workloads',
    made.map(({ workload }) => ({
      id: workload.id,
      cluster_id: eu.id,
      api_group: workload.apiGroup,
      kind: workload.kind,
      namespace: workload.namespace,
      name: workload.name,
      label_sets: '[]',
      path_prefix: workload.pathPrefix,
      pods: workload.pods,
      content_hash: workload.contentHash,
    })),
  );
  await insert(
    'workload_containers',
    made.flatMap(({ workload }) =>
      workload.containers.map(entry => ({
        workload_id: workload.id,
        name: entry.container.name,
        type: entry.container.type,
        origin: entry.origin,
        basis: entry.basis,
        pods: entry.pods,
        container: JSON.stringify(entry.container),
        nodes: JSON.stringify(entry.nodes),
      })),
    ),
  );
  await insert(
    'workload_profile_names',
    made.flatMap(({ workload }) =>
      workload.containers
        .flatMap(entry => namedProfiles(entry.container))
        .map(name => ({
          workload_id: workload.id,
          cluster_id: eu.id,
          ...name,
        })),
    ),
  );
  await insert(
    'entities',
    made.map(({ at }) => ({
      entity_ref: refOf(at),
      owner_ref: 'group:default/checkout',
      tags: '[]',
      name: nameOf(at),
      kubernetes_id: nameOf(at),
      id_source: 'name',
      content_hash: '',
    })),
  );
  await insert(
    'claims',
    made.map(({ at, workload }) => ({
      entity_ref: refOf(at),
      workload_id: workload.id,
      claim: 'confirmed',
    })),
  );
  await insert(
    'posture_profiles',
    made.map(({ at, profile }) => ({
      entity_ref: refOf(at),
      profile_id: ids.get(profile),
      containers: 1,
      pods: 2,
      claim: 'confirmed',
    })),
  );
}

describe.each(databases.eachSupportedId())(
  'A changed profile among 10,000 workloads (%s)',
  databaseId => {
    let knex: Knex;
    let rooms: Rooms;

    const base = (...names: string[]) =>
      collectedProfile(eu.id, 'base', {
        spec: { syscalls: [{ action: 'SCMP_ACT_ALLOW', names }] },
      });
    const shared = (...names: string[]) =>
      collectedProfile(eu.id, 'shared', {
        spec: {
          baseProfileName: 'base',
          syscalls: [{ action: 'SCMP_ACT_ALLOW', names }],
        },
      });

    beforeAll(async () => {
      knex = await openDatabase(databases, databaseId);
      rooms = createRooms(knex);
      await rooms.inventory.replaceClusters([eu]);
      const common = collectedProfile(eu.id, 'common');
      await rooms.inventory.apply(
        eu.id,
        inventoryChanges({
          nodes: [collectedNode('node-a')],
          profiles: [base('exit'), shared('read'), common],
        }),
        { now },
      );
      await insertWorkloads(knex, [shared(), common]);
      await rooms.clearMarks();
    });

    beforeEach(() => knex('postures').delete());

    it.each([
      ['its own rules', () => shared('read', 'bpf')],
      ['a rule of its base', () => base('exit', 'ptrace')],
    ])(
      'has just the 100 judged again that run under it, when %s change',
      async (_what, change) => {
        await rooms.inventory.apply(
          eu.id,
          inventoryChanges({ profiles: [change()] }),
          { now },
        );
        expect(await rooms.marked()).toEqual(usersOfShared);
        await rooms.assessor.drain({ signal: rooms.signal });
        const judged = await knex('postures')
          .orderBy('entity_ref')
          .pluck('entity_ref');
        expect(judged).toEqual(usersOfShared);
        expect(await rooms.marked()).toEqual([]);
      },
    );

    it('has nobody judged again when it is written as it was', async () => {
      await rooms.inventory.apply(
        eu.id,
        inventoryChanges({ profiles: [shared('read', 'bpf')] }),
        { now },
      );
      expect(await rooms.marked()).toEqual([]);
    });
  },
);
