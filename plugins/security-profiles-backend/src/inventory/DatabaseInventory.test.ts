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
import { countQueries } from '../testing/countQueries';
import { describeInventoryContract } from '../testing/describeInventoryContract';
import { clearDatabase, openDatabase } from '../testing/openDatabase';
import { RecordingListener } from '../testing/RecordingListener';
import { DatabaseInventory } from './DatabaseInventory';
import { parseExactJson } from '../facts/exactJson';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const eu = collectedCluster('eu');
const us = collectedCluster('us');
const now = '2026-11-23T09:00:00.000Z';
const later = '2026-11-24T09:00:00.000Z';

describe.each(databases.eachSupportedId())('%s', databaseId => {
  let knex: Knex;

  beforeAll(async () => {
    knex = await openDatabase(databases, databaseId);
  });
  beforeEach(() => clearDatabase(knex));

  describeInventoryContract(
    'The inventory in the database',
    async () =>
      new DatabaseInventory({ knex, listener: new RecordingListener() }),
  );

  describe('The inventory in the database', () => {
    let inventory: DatabaseInventory;
    let listener: RecordingListener;

    beforeEach(async () => {
      listener = new RecordingListener();
      inventory = new DatabaseInventory({ knex, listener });
      await inventory.replaceClusters([eu, us]);
      listener.changes.length = 0;
    });

    const apply = (
      changes: Parameters<typeof inventoryChanges>[0],
      time = now,
    ) => inventory.apply(eu.id, inventoryChanges(changes), { now: time });
    const factsVersion = async () =>
      Number(
        (await knex('clusters').where('id', eu.id).first('facts_version'))
          .facts_version,
      );
    const profileRow = (name: string) =>
      knex('profiles').where({ cluster_id: eu.id, name }).first();
    const revisions = (id: string) =>
      knex('profile_revisions').where('profile_id', id).orderBy('id');

    it('writes no node and no profile that is as it was', async () => {
      const changes = {
        profiles: [collectedProfile(eu.id, 'cart')],
        nodes: [collectedNode('node-a')],
      };
      await apply(changes);
      const version = await factsVersion();
      const { writes } = await countQueries(knex, () => apply(changes, later));
      expect(writes).toBe(0);
      expect(await factsVersion()).toBe(version);
      expect(listener.changes.at(-1)).toMatchObject({
        profileIds: [],
        profileNames: [],
        reach: 'named',
      });
    });

    it('tells of a changed node as something of the whole cluster', async () => {
      await apply({ nodes: [collectedNode('node-a')] });
      const version = await factsVersion();
      await apply({ nodes: [collectedNode('node-a', { ready: 'no' })] });
      expect(listener.changes.at(-1)?.reach).toBe('cluster');
      expect(await factsVersion()).toBeGreaterThan(version);
    });

    it('keeps of a workload one row per container and signature, its labels and the profiles it names', async () => {
      const workload = collectedWorkload(eu.id, 'cart', {
        labels: { app: 'cart', tier: 'web' },
        seccompProfile: 'operator//cart.json',
      });
      await apply({ workloads: [workload] });
      await apply({ workloads: [workload] });
      expect(await knex('workload_containers').select('name', 'pods')).toEqual([
        { name: 'main', pods: 2 },
      ]);
      expect(
        await knex('workload_labels').orderBy('key').select('key', 'value'),
      ).toEqual([
        { key: 'app', value: 'cart' },
        { key: 'tier', value: 'web' },
      ]);
      expect(
        await knex('workload_profile_names').select('mechanism', 'value'),
      ).toEqual([{ mechanism: 'seccomp', value: 'operator/cart.json' }]);
    });

    it('leaves nothing of a removed workload, and tells of it while its claims can still be read', async () => {
      const workload = collectedWorkload(eu.id, 'cart', {
        labels: { app: 'cart' },
        seccompProfile: 'operator/cart.json',
      });
      await apply({ workloads: [workload] });
      await knex('claims').insert({
        entity_ref: 'component:default/cart',
        workload_id: workload.id,
        claim: 'confirmed',
      });
      let claimsSeen = 0;
      const watching = new DatabaseInventory({
        knex,
        listener: {
          async inventoryChanged(tx, { workloadIds }) {
            claimsSeen = (
              await tx('claims').whereIn('workload_id', workloadIds)
            ).length;
          },
        },
      });
      await watching.apply(
        eu.id,
        inventoryChanges({ removedWorkloads: [workload.id] }),
        { now },
      );
      expect(claimsSeen).toBe(1);
      for (const table of [
        'workloads',
        'workload_labels',
        'workload_containers',
        'workload_profile_names',
        'claims',
      ]) {
        expect(await knex(table)).toEqual([]);
      }
    });

    it('keeps when each content of a profile was first seen', async () => {
      const first = collectedProfile(eu.id, 'cart');
      const second = collectedProfile(eu.id, 'cart', {
        spec: { defaultAction: 'SCMP_ACT_KILL' },
      });
      await apply({ profiles: [first] }, now);
      await apply({ profiles: [second] }, later);
      await apply({ profiles: [first] }, '2026-11-25T09:00:00.000Z');
      expect((await revisions(first.id)).map(row => row.first_seen)).toEqual([
        now,
        later,
      ]);
    });

    it('knows since when a profile has its content, and until when it had another', async () => {
      const first = collectedProfile(eu.id, 'cart');
      const second = collectedProfile(eu.id, 'cart', {
        spec: { defaultAction: 'SCMP_ACT_KILL' },
      });
      const since = async () => {
        const row = await profileRow('cart');
        return [row.revision_since, row.revision_not_before];
      };
      await apply({ profiles: [first] }, now);
      expect(await since()).toEqual([now, null]);
      await inventory.writeSources(eu.id, [
        collectedSource('seccompprofiles.security-profiles-operator.x-k8s.io', {
          lastFresh: '2026-11-24T08:59:50.000Z',
        }),
      ]);
      await apply({ profiles: [second] }, later);
      const changed = [later, '2026-11-24T08:59:50.000Z'];
      expect(await since()).toEqual(changed);
      await apply({ profiles: [{ ...second, nodeStates: {} }] });
      expect(await since()).toEqual(changed);
      // The former content again is a new beginning for the containers that were started in between.
      await apply({ profiles: [first] }, '2026-11-25T09:00:00.000Z');
      expect((await since())[0]).toBe('2026-11-25T09:00:00.000Z');
    });

    it('tells of the workloads of a namespace whose bindings or labels change, and of no others', async () => {
      const [here, there] = [
        collectedWorkload(eu.id, 'cart'),
        collectedWorkload(eu.id, 'pay', { namespace: 'bank' }),
      ];
      await apply({ workloads: [here, there] });
      const binding = {
        namespace: 'shop',
        name: 'b',
        profileKind: 'SeccompProfile',
        profileName: 'pay',
        image: '*',
      };
      const bound = {
        topics: [{ name: 'bindings' as const, facts: [binding] }],
      };
      const told = () => listener.changes.at(-1);
      await apply(bound);
      expect(told()).toMatchObject({ workloadIds: [here.id], reach: 'named' });
      const version = await factsVersion();
      await apply(bound);
      expect(told()).toMatchObject({ workloadIds: [], reach: 'named' });
      expect(await factsVersion()).toBe(version);
      const labelled = { namespaces: [{ name: 'bank', labels: { a: 'b' } }] };
      await apply(labelled);
      expect(told()).toMatchObject({ workloadIds: [there.id] });
      expect(await factsVersion()).toBeGreaterThan(version);
      await apply(labelled);
      expect(told()).toMatchObject({ workloadIds: [] });
    });

    it('tells everyone on the cluster when the verdict on the operator changes, and nobody of its numbers', async () => {
      const operator = (ready: number, desired = 5) => ({
        topics: [
          {
            name: 'operator' as const,
            facts: {
              namespace: 'spo',
              manager: { desired: 3, available: 3 },
              webhook: { desired: 3, available: 3 },
              daemon: { desired, ready, containers: ['spod'] },
            },
          },
        ],
      });
      const reach = () => listener.changes.at(-1)?.reach;
      await apply(operator(5));
      expect(reach()).toBe('cluster');
      await apply(operator(4));
      expect(reach()).toBe('cluster');
      await apply(operator(3));
      expect(reach()).toBe('named');
      const held = await knex('cluster_facts')
        .where('topic', 'operator')
        .first();
      expect(JSON.parse(held.facts).daemon.ready).toBe(3);
    });

    it('keeps of a container what its template says and when it was started', async () => {
      const plain = collectedWorkload(eu.id, 'cart');
      const declared = { pod: {} };
      const startedAt = '2026-11-20T10:00:00Z';
      await apply({
        workloads: [
          {
            ...plain,
            containers: [{ ...plain.containers[0], declared, startedAt }],
          },
        ],
      });
      const [row] = await knex('workload_containers');
      expect([JSON.parse(row.declared), row.started_at]).toEqual([
        declared,
        startedAt,
      ]);
    });

    it('writes no new revision when only the nodes of a profile change', async () => {
      const installed = collectedProfile(eu.id, 'cart');
      const missing = collectedProfile(eu.id, 'cart', { nodeStates: {} });
      await apply({
        profiles: [installed],
        nodes: [collectedNode('node-a')],
      });
      expect(JSON.parse((await profileRow('cart')).installed)).toMatchObject({
        nodes: 1,
        of: 1,
      });
      await apply({ profiles: [missing] }, later);
      expect(JSON.parse((await profileRow('cart')).installed)).toMatchObject({
        nodes: 0,
        of: 1,
      });
      expect(await revisions(installed.id)).toHaveLength(1);
    });

    /*  leaf ─▶ middle ─▶ base      alone  */
    it('changes the effective content of every profile above a base that changes, and tells of them', async () => {
      const base = collectedProfile(eu.id, 'base');
      const middle = collectedProfile(eu.id, 'middle', {
        spec: { baseProfileName: 'base' },
      });
      const leaf = collectedProfile(eu.id, 'leaf', {
        spec: { baseProfileName: 'middle' },
      });
      const alone = collectedProfile(eu.id, 'alone');
      await apply({ profiles: [base, middle, leaf, alone] });
      const before = await profileRow('leaf');

      const wider = collectedProfile(eu.id, 'base', {
        spec: {
          syscalls: [{ action: 'SCMP_ACT_ALLOW', names: ['read', 'bpf'] }],
        },
      });
      await apply({ profiles: [wider] }, later);
      const after = await profileRow('leaf');
      expect(after.source_digest).toBe(before.source_digest);
      expect(after.effective_digest).not.toBe(before.effective_digest);
      expect(after.allows).toBe(2);
      expect(await revisions(leaf.id)).toHaveLength(2);

      const told = listener.changes.at(-1)!;
      expect([...told.profileIds].sort()).toEqual(
        [base.id, middle.id, leaf.id].sort(),
      );
      expect(told.profileNames).toContainEqual({
        mechanism: 'seccomp',
        value: 'operator/leaf.json',
      });
    });

    it('keeps what each revision enforces, and how it differs from the one before', async () => {
      const named = (...names: string[]) =>
        collectedProfile(eu.id, 'cart', {
          spec: { syscalls: [{ action: 'SCMP_ACT_ALLOW', names }] },
        });
      const { id } = named();
      await apply({ profiles: [named('read')] }, now);
      await apply({ profiles: [named('read', 'bpf')] }, later);
      await apply({ profiles: [named('bpf')] }, '2026-11-25T09:00:00.000Z');
      const kept = await revisions(id);
      expect(kept.map(row => row.change)).toEqual([null, 'wider', 'narrower']);
      const contents = await knex('profile_contents');
      expect(contents).toHaveLength(3);
      expect((await profileRow('cart')).content_hash).toBe(
        kept[2].content_hash,
      );
    });

    it('keeps a content once that two clusters share', async () => {
      await apply({ profiles: [collectedProfile(eu.id, 'cart')] });
      await inventory.apply(
        us.id,
        inventoryChanges({ profiles: [collectedProfile(us.id, 'cart')] }),
        { now },
      );
      expect(await knex('profile_contents')).toHaveLength(1);
    });

    /*  leaf ─▶ middle ─▶ root  */
    it('makes no revision of calls that another base brings than before, but says who brings them now', async () => {
      const chain = (brings: { root: string[]; middle: string[] }) => [
        collectedProfile(eu.id, 'root', {
          spec: {
            syscalls: [{ action: 'SCMP_ACT_ALLOW', names: brings.root }],
          },
        }),
        collectedProfile(eu.id, 'middle', {
          spec: {
            baseProfileName: 'root',
            syscalls: [{ action: 'SCMP_ACT_ALLOW', names: brings.middle }],
          },
        }),
      ];
      const leaf = collectedProfile(eu.id, 'leaf', {
        spec: { baseProfileName: 'middle' },
      });
      const contentOfLeaf = async () =>
        knex('profile_contents')
          .where('hash', (await profileRow('leaf')).content_hash)
          .first();
      await apply({
        profiles: [...chain({ root: ['bpf'], middle: ['write'] }), leaf],
      });
      const before = await contentOfLeaf();
      expect(before.content).toContain('["root",["bpf"]]');
      await apply(
        { profiles: chain({ root: ['write'], middle: ['bpf'] }) },
        later,
      );
      const after = await contentOfLeaf();
      expect(after.content).toContain('["middle",["bpf"]]');
      expect(await revisions(leaf.id)).toMatchObject([
        { content_hash: after.hash, first_seen: now },
      ]);
      expect(
        await knex('profile_contents').where('hash', before.hash),
      ).toHaveLength(0);
    });

    it('says of every profile how far it goes beyond RuntimeDefault', async () => {
      const spec = (fields: Record<string, unknown>) => ({ spec: fields });
      await apply({
        profiles: [
          collectedProfile(eu.id, 'within'),
          collectedProfile(
            eu.id,
            'beyond',
            spec({
              syscalls: [
                { action: 'SCMP_ACT_ALLOW', names: ['init_module', 'keyctl'] },
              ],
            }),
          ),
          collectedProfile(
            eu.id,
            'open',
            spec({ defaultAction: 'SCMP_ACT_ALLOW' }),
          ),
          collectedProfile(eu.id, 'lost', spec({ baseProfileName: 'gone' })),
        ],
      });
      const rows = await knex('profiles')
        .orderBy('beyond_rank')
        .select('name', 'allows_rank', 'beyond_calls', 'worst_risk');
      expect(rows).toEqual([
        { name: 'lost', allows_rank: -1, beyond_calls: null, worst_risk: null },
        { name: 'within', allows_rank: 1, beyond_calls: 0, worst_risk: null },
        {
          name: 'beyond',
          allows_rank: 2,
          beyond_calls: 2,
          worst_risk: 'critical',
        },
        {
          name: 'open',
          allows_rank: 1_000_000,
          beyond_calls: null,
          worst_risk: 'critical',
        },
      ]);
    });

    it('reads and derives only what a change touches', async () => {
      const others = Array.from({ length: 150 }, (_, at) =>
        collectedProfile(eu.id, `other-${at}`),
      );
      await apply({
        profiles: [...others, collectedProfile(eu.id, 'cart')],
        nodes: [collectedNode('node-a'), collectedNode('node-b')],
      });
      const installed = collectedProfile(eu.id, 'cart', {
        nodeStates: { 'node-a': 'Installed', 'node-b': 'Installed' },
      });
      const { total, writes } = await countQueries(knex, () =>
        apply({ profiles: [installed] }, later),
      );
      expect(listener.changes.at(-1)?.profileIds).toEqual([installed.id]);
      expect(JSON.parse((await profileRow('cart')).installed).nodes).toBe(2);
      expect([total < 20, writes < 6]).toEqual([true, true]);
    });

    it('counts the nodes of every profile anew when the operator serves another one', async () => {
      const cart = collectedProfile(eu.id, 'cart');
      await apply({ profiles: [cart], nodes: [collectedNode('node-a')] });
      await apply({ nodes: [collectedNode('node-b')] }, later);
      expect(JSON.parse((await profileRow('cart')).installed)).toMatchObject({
        nodes: 1,
        of: 2,
        missing: ['node-b'],
      });
      expect(listener.changes.at(-1)?.profileIds).toEqual([cart.id]);
      await apply({ nodes: [collectedNode('node-b', { ready: 'no' })] }, later);
      expect(listener.changes.at(-1)?.profileIds).toEqual([]);
    });

    it('no longer knows the content of a profile whose base is removed', async () => {
      const base = collectedProfile(eu.id, 'base');
      const leaf = collectedProfile(eu.id, 'leaf', {
        spec: { baseProfileName: 'base' },
      });
      await apply({ profiles: [base, leaf] });
      await apply({ removedProfiles: [base.id] }, later);
      expect(await profileRow('leaf')).toMatchObject({
        resolution: 'unresolved',
        effective_digest: null,
        because: 'the base base does not exist',
      });
      expect(listener.changes.at(-1)?.profileIds).toContain(leaf.id);
    });

    it('tells of the name that a profile no longer has', async () => {
      const named = collectedProfile(eu.id, 'cart');
      named.object.statusName = 'operator/old-name.json';
      await apply({ profiles: [named] });
      await apply({ profiles: [collectedProfile(eu.id, 'cart')] });
      expect(
        listener.changes.at(-1)?.profileNames.map(({ value }) => value),
      ).toEqual(
        expect.arrayContaining([
          'operator/old-name.json',
          'operator/cart.json',
        ]),
      );
    });

    it('keeps an int64 beyond 2^53 exact, through every later write', async () => {
      const exact = 2n ** 53n + 1n;
      const rule = (value: bigint | number) => ({
        syscalls: [
          {
            action: 'SCMP_ACT_ALLOW',
            names: ['personality'],
            args: [{ index: 0, op: 'SCMP_CMP_EQ', value }],
          },
        ],
      });
      await apply({
        profiles: [collectedProfile(eu.id, 'exact', { spec: rule(exact) })],
      });
      const before = await profileRow('exact');
      expect(before.object).toContain('"value":9007199254740993');
      expect(parseExactJson(before.object)).toMatchObject({
        spec: rule(exact),
      });
      await apply({ nodes: [collectedNode('node-a')] });
      const after = await profileRow('exact');
      expect(after.object).toBe(before.object);
      expect(after.source_digest).toBe(before.source_digest);

      await apply({
        profiles: [
          collectedProfile(eu.id, 'rounded', { spec: rule(Number(exact)) }),
        ],
      });
      expect((await profileRow('rounded')).source_digest).not.toBe(
        before.source_digest,
      );
    });

    it('takes a profile that names a base with a NUL, and everything written with it', async () => {
      await apply({
        profiles: [
          collectedProfile(eu.id, 'odd', {
            spec: {
              baseProfileName: 'a\u0000b',
              defaultAction: 'SCMP\u0000',
            },
          }),
          collectedProfile(eu.id, 'good'),
        ],
      });
      expect(await profileRow('good')).toBeDefined();
      expect((await profileRow('odd')).because).toContain('a\ufffdb');
    });

    it('tells everyone on the cluster when a source changes its state, and nobody when it does not', async () => {
      await inventory.writeSources(eu.id, [collectedSource('pods')]);
      expect(listener.changes.at(-1)).toMatchObject({
        clusterId: eu.id,
        reach: 'cluster',
      });
      listener.changes.length = 0;
      await inventory.writeSources(eu.id, [
        collectedSource('pods', { lastFresh: later, count: 7 }),
      ]);
      expect(listener.changes).toEqual([]);
    });

    it('replaces the problems of a cluster', async () => {
      await inventory.writeProblems(eu.id, [
        { where: 'a.yaml:1', message: 'no YAML' },
      ]);
      await inventory.writeProblems(eu.id, [
        { where: 'b.yaml:2', message: 'no name' },
      ]);
      expect(
        await knex('cluster_problems').select('location', 'message'),
      ).toEqual([{ location: 'b.yaml:2', message: 'no name' }]);
    });

    it('keeps of a cluster that is taken out of config only the history of its profiles', async () => {
      await apply({
        workloads: [
          collectedWorkload(eu.id, 'cart', {
            labels: { app: 'cart' },
            seccompProfile: 'operator/cart.json',
          }),
        ],
        profiles: [collectedProfile(eu.id, 'cart')],
        nodes: [collectedNode('node-a')],
        namespaces: [{ name: 'shop', labels: {} }],
      });
      await inventory.writeProblems(eu.id, [
        { where: 'a.yaml:1', message: 'no YAML' },
      ]);
      await inventory.replaceClusters([us]);
      for (const table of [
        'workloads',
        'workload_labels',
        'workload_containers',
        'workload_profile_names',
        'profiles',
        'nodes',
        'namespaces',
        'cluster_resources',
        'cluster_problems',
      ]) {
        expect({ table, rows: await knex(table) }).toEqual({ table, rows: [] });
      }
      expect(await knex('clusters').pluck('name')).toEqual(['us']);
      expect(await knex('profile_revisions')).toHaveLength(1);
    });

    it('stores nothing of a write that fails half-way', async () => {
      const failing = new DatabaseInventory({
        knex,
        listener: {
          async inventoryChanged() {
            throw new Error('The listener failed');
          },
        },
      });
      await expect(
        failing.apply(
          eu.id,
          inventoryChanges({ workloads: [collectedWorkload(eu.id, 'cart')] }),
          { now },
        ),
      ).rejects.toThrow('The listener failed');
      expect(await knex('workloads')).toEqual([]);
    });
  });
});
