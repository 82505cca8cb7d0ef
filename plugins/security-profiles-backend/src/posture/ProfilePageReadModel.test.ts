import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import type { EntityScope } from '../access/EntityScope';
import type { CollectedProfile } from '../facts/CollectedFacts';
import {
  collectedCluster,
  collectedNode,
  collectedProfile,
  collectedWorkload,
  inventoryChanges,
} from '../testing/collectedFacts';
import { component } from '../testing/component';
import { createRooms, type Rooms } from '../testing/createRooms';
import { clearDatabase, openDatabase } from '../testing/openDatabase';
import { ProfilePageReadModel } from './ProfilePageReadModel';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const eu = collectedCluster('eu');
const everyone: EntityScope = { postures: {}, visible: { scope: 'all' } };
const page = { limit: 50 };
const times = [
  '2026-11-23T09:00:00.000Z',
  '2026-11-24T09:00:00.000Z',
  '2026-11-25T09:00:00.000Z',
];

function profile(
  name: string,
  calls: string[],
  fields: {
    spec?: Record<string, unknown>;
    labels?: Record<string, string>;
    nodeStates?: Record<string, string>;
  } = {},
): CollectedProfile {
  const made = collectedProfile(eu.id, name, {
    spec: {
      syscalls: calls.length
        ? [{ action: 'SCMP_ACT_ALLOW', names: calls }]
        : [],
      ...fields.spec,
    },
    nodeStates: fields.nodeStates,
  });
  return fields.labels
    ? { ...made, object: { ...made.object, labels: fields.labels } }
    : made;
}

describe.each(databases.eachSupportedId())(
  'The page of a profile (%s)',
  databaseId => {
    let knex: Knex;
    let rooms: Rooms;
    let model: ProfilePageReadModel;

    beforeAll(async () => {
      knex = await openDatabase(databases, databaseId);
    });

    beforeEach(async () => {
      await clearDatabase(knex);
      rooms = createRooms(knex);
      model = new ProfilePageReadModel({ knex, clock: rooms.clock });
      await rooms.inventory.replaceClusters([eu]);
    });

    const apply = (
      changes: Parameters<typeof inventoryChanges>[0],
      now = times[0],
    ) => rooms.inventory.apply(eu.id, inventoryChanges(changes), { now });
    const get = async (id: string) =>
      (await model.get(id, { scope: {}, entities: everyone }))!;

    /*  leaf ─▶ base  */
    const base = profile('base', ['read', 'setns', 'keyctl']);
    const leaf = profile('leaf', ['read', 'write', 'bpf'], {
      spec: { baseProfileName: 'base' },
    });

    it('tells what is allowed beyond and within RuntimeDefault, by group, and which base brought it', async () => {
      await apply({ profiles: [base, leaf] });
      const { distance, chain, allows, beyond } = await get(leaf.id);
      expect(
        distance?.beyond.groups.map(({ id, total, calls }) => [
          id,
          total,
          ...calls.map(call => `${call.name} ${call.risk} ${call.broughtBy}`),
        ]),
      ).toEqual([
        ['bpf-and-perf', 1, 'bpf critical undefined'],
        ['namespaces-and-mounts', 1, 'setns high base'],
        ['keyrings', 1, 'keyctl medium base'],
      ]);
      expect(distance?.within).toMatchObject({
        total: 2,
        groups: [{ id: 'files', calls: [{ name: 'read' }, { name: 'write' }] }],
      });
      expect(distance?.denied.total).toBeGreaterThan(200);
      expect(distance?.baseline).toMatch(/\d/);
      expect([allows, beyond]).toEqual([
        5,
        { calls: 3, worstRisk: 'critical' },
      ]);
      expect(chain).toEqual([
        {
          name: 'base',
          from: 'cluster',
          profileId: base.id,
          brought: 2,
          broughtBeyond: 2,
        },
        {
          name: 'leaf',
          from: 'own',
          profileId: leaf.id,
          brought: 3,
          broughtBeyond: 1,
        },
      ]);
    });

    it('links a base only for those who may read it', async () => {
      await apply({ profiles: [base, leaf] });
      const detail = await model.get(leaf.id, {
        scope: {
          conditions: query => query.whereNot('profiles.id', base.id),
        },
        entities: everyone,
      });
      expect(detail?.chain[0]).toEqual({
        name: 'base',
        from: 'cluster',
        brought: 2,
        broughtBeyond: 2,
      });
    });

    it('says what is not known when a base has vanished, and what was before', async () => {
      await apply({ profiles: [base, leaf] });
      await apply({ removedProfiles: [base.id] }, times[1]);
      const { chain, distance, problems } = await get(leaf.id);
      expect(distance).toBeNull();
      expect(chain).toMatchObject([
        { name: 'base', from: 'missing', brought: null },
        { name: 'leaf', from: 'own', brought: null },
      ]);
      expect(problems).toEqual([
        {
          id: 'base-unresolved',
          because: expect.stringContaining('the base base does not exist'),
        },
      ]);
      const compared = await model
        .compare(leaf.id, {
          from: (await get(leaf.id)).sourceDigest.replace('sha256', 'none'),
          to: 'current',
        })
        .catch(error => error.message);
      expect(compared).toContain('/query/from');
      const [now, before] = (await model.revisions(leaf.id, page))!.items;
      expect(
        await model.compare(leaf.id, { from: before.id, to: now.id }),
      ).toMatchObject({
        class: 'unknown',
        because: expect.stringContaining(times[1]),
        lines: [],
      });
    });

    it('compares any two revisions that were seen, by id, by digest and with the current one', async () => {
      const contents = [['read'], ['read', 'bpf'], ['read', 'bpf', 'setns']];
      for (const [at, calls] of contents.entries()) {
        await apply({ profiles: [profile('cart', calls)] }, times[at]);
      }
      const { id } = profile('cart', []);
      const { items } = (await model.revisions(id, page))!;
      expect(
        items.map(({ firstSeen, change, current }) => [
          firstSeen,
          change,
          current,
        ]),
      ).toEqual([
        [times[2], 'wider', true],
        [times[1], 'wider', false],
        [times[0], undefined, false],
      ]);
      const first = items[2];
      const whole = await model.compare(id, { from: first.id, to: 'current' });
      expect(whole).toMatchObject({
        class: 'wider',
        from: { firstSeen: times[0] },
        to: { firstSeen: times[2], current: true },
        totals: { wider: 2, narrower: 0, changed: 0 },
        truncated: false,
      });
      expect(
        whole?.lines.map(({ direction, risk, subject }) => [
          direction,
          risk,
          subject,
        ]),
      ).toEqual([
        ['wider', 'critical', 'bpf'],
        ['wider', 'high', 'setns'],
      ]);
      expect(
        await model.compare(id, {
          from: 'current',
          to: String(items[1].effectiveDigest),
        }),
      ).toMatchObject({ class: 'narrower', totals: { narrower: 1 } });
      expect(
        await model.compare(id, { from: 'current', to: 'current' }),
      ).toMatchObject({ class: 'identical', lines: [] });
    });

    it('says that two revisions cannot be compared of which one was seen before contents were kept', async () => {
      await apply({ profiles: [profile('cart', ['read'])] });
      await apply({ profiles: [profile('cart', ['bpf'])] }, times[1]);
      await knex('profile_revisions')
        .where('first_seen', times[0])
        .update({ content_hash: null });
      const { id } = profile('cart', []);
      const { items } = (await model.revisions(id, page))!;
      expect(
        await model.compare(id, { from: items[1].id, to: 'current' }),
      ).toMatchObject({
        class: 'unknown',
        because: `What the profile allowed on ${times[0]} was not kept.`,
      });
    });

    it('takes no revision of another profile', async () => {
      await apply({
        profiles: [profile('cart', ['read']), profile('other', ['bpf'])],
      });
      const { items } = (await model.revisions(profile('other', []).id, page))!;
      await expect(
        model.compare(profile('cart', []).id, {
          from: items[0].id,
          to: 'current',
        }),
      ).rejects.toThrow('/query/from');
    });

    it('cuts a comparison of 10,000 rules, and says how many lines there are', async () => {
      const many = Array.from({ length: 10_000 }, (_, at) => `call_${at}`);
      await apply({ profiles: [profile('huge', ['read'])] });
      await apply({ profiles: [profile('huge', many)] }, times[1]);
      const { id } = profile('huge', []);
      const [, first] = (await model.revisions(id, page))!.items;
      const compared = (await model.compare(id, {
        from: first.id,
        to: 'current',
      }))!;
      expect(compared.lines).toHaveLength(500);
      expect(compared).toMatchObject({
        truncated: true,
        totals: { wider: 10_000, narrower: 1 },
      });
      const { distance, yaml } = await get(id);
      expect(distance?.beyond).toMatchObject({
        total: 10_000,
        groups: [{ id: 'other', total: 10_000 }],
      });
      expect(distance?.beyond.groups[0].calls).toHaveLength(500);
      expect(yaml.truncated).toBe(false);
    });

    it('shows 500 nodes, page by page, with the pods of its users', async () => {
      const names = Array.from(
        { length: 500 },
        (_, at) => `node-${String(at).padStart(3, '0')}`,
      );
      const cart = profile('cart', ['read'], {
        nodeStates: Object.fromEntries(
          names.slice(1).map(name => [name, 'Installed']),
        ),
      });
      const workload = collectedWorkload(eu.id, 'cart', {
        seccompProfile: 'operator//cart.json',
      });
      await apply({
        nodes: names.map(name => collectedNode(name)),
        profiles: [cart],
        workloads: [
          {
            ...workload,
            containers: ['main', 'side'].map(name => ({
              ...workload.containers[0],
              container: { ...workload.containers[0].container, name },
              nodes: { 'node-000': 3, 'node-007': 2 },
            })),
          },
        ],
      });
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const part = (await model.nodes(cart.id, {}, { limit: 200, cursor }))!;
        seen.push(...part.items.map(({ name }) => name));
        cursor = part.pageInfo.nextCursor;
        expect(part.counts).toEqual([
          { state: 'missing', nodes: 1 },
          { state: 'installed', nodes: 499 },
        ]);
      } while (cursor);
      expect(new Set(seen).size).toBe(500);
      const { items } = (await model.nodes(cart.id, {}, { limit: 9 }))!;
      expect(items[0]).toEqual({
        name: 'node-000',
        state: 'missing',
        ready: 'yes',
        pods: 3,
      });
      expect(items.find(({ name }) => name === 'node-007')?.pods).toBe(2);
      expect(
        await model.nodes(cart.id, { state: ['missing'] }, page),
      ).toMatchObject({ totalItems: 1 });
    });

    it('names users by owner, and counts workloads that are nobody’s', async () => {
      const cart = profile('cart', ['read']);
      const named = (name: string, labels?: Record<string, string>) =>
        collectedWorkload(eu.id, name, {
          seccompProfile: 'operator/cart.json',
          ...(labels ? { labels } : {}),
        });
      await apply({
        nodes: [collectedNode('node-a')],
        profiles: [cart],
        workloads: [
          named('web', { 'backstage.io/kubernetes-id': 'web' }),
          named('api', { 'backstage.io/kubernetes-id': 'api' }),
          named('nobodys'),
        ],
      });
      const owned = (name: string, owner: string) => {
        const entity = component(name, { 'backstage.io/kubernetes-id': name });
        return { ...entity, spec: { ...entity.spec, owner } };
      };
      await rooms.refreshCatalog([
        owned('web', 'group:default/a-team'),
        owned('api', 'group:default/b-team'),
      ]);
      await rooms.assessor.drain({ signal: rooms.signal });
      const users = (await model.users(cart.id, page, everyone))!;
      expect(
        users.items.map(({ entityRef, ownerRef, pods, claim }) => [
          entityRef,
          ownerRef,
          pods,
          claim,
        ]),
      ).toEqual([
        ['component:default/web', 'group:default/a-team', 2, 'confirmed'],
        ['component:default/api', 'group:default/b-team', 2, 'confirmed'],
      ]);
      expect(users).toMatchObject({
        hidden: 0,
        unclaimed: { workloads: 1, pods: 2 },
        owners: [
          { ownerRef: 'group:default/a-team', entities: 1, pods: 2 },
          { ownerRef: 'group:default/b-team', entities: 1, pods: 2 },
        ],
      });
      const some = (await model.users(cart.id, page, {
        ...everyone,
        visible: { scope: 'some', refs: new Set(['component:default/api']) },
      }))!;
      expect(some).toMatchObject({
        items: [{ entityRef: 'component:default/api' }],
        totalItems: 1,
        hidden: 1,
        owners: [{ ownerRef: 'group:default/b-team' }],
      });
      expect(JSON.stringify(some)).not.toContain('a-team');
    });

    it('answers nothing for a profile that does not exist', async () => {
      const missing = 'no-such-profile';
      expect([
        await model.get(missing, { scope: {}, entities: everyone }),
        await model.nodes(missing, {}, page),
        await model.revisions(missing, page),
        await model.users(missing, page, everyone),
        await model.compare(missing, { from: 'current', to: 'current' }),
      ]).toEqual([undefined, undefined, undefined, undefined, undefined]);
    });
  },
);
