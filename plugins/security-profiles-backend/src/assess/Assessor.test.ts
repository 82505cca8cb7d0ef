import { TestDatabases } from '@backstage/backend-test-utils';
import {
  defaultRuleset,
  rulesetOf,
  type Ruleset,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { InMemoryCluster } from '../clusters/InMemoryCluster';
import { ClusterCollector } from '../collect/ClusterCollector';
import { nodeStatusesKey, seccompProfilesKey } from '../collect/resources';
import { PostureStore } from '../posture/PostureStore';
import { collectedCluster } from '../testing/collectedFacts';
import { component } from '../testing/component';
import { countQueries } from '../testing/countQueries';
import { createRooms, type Rooms } from '../testing/createRooms';
import {
  deployment,
  node,
  nodeStatus,
  pod,
  replicaSet,
  seccompProfile,
} from '../testing/kubernetesObjects';
import { group, person } from '../testing/people';
import {
  clearDatabase,
  openDatabase,
  tableNames,
  throughOneConnection,
} from '../testing/openDatabase';
import {
  deploymentFullOfSecrets,
  plantedSecret,
  podFullOfSecrets,
} from '../testing/podFullOfSecrets';
import { discoveredResources, refOf } from '../testing/servedResource';
import { Assessor } from './Assessor';
import type { EntityFactsReader } from './EntityFactsReader';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const eu = collectedCluster('eu');
const idLabel = 'backstage.io/kubernetes-id';
const cartRef = 'component:default/cart';
const labels = { [idLabel]: 'cart' };
const underProfile = {
  securityContext: {
    seccompProfile: {
      type: 'Localhost',
      localhostProfile: 'operator/cart.json',
    },
  },
};
const underRuntimeDefault = {
  securityContext: { seccompProfile: { type: 'RuntimeDefault' } },
};

describe.each(databases.eachSupportedId())('Assessment on %s', databaseId => {
  let wide: Knex;
  let knex: Knex;
  let close: () => Promise<void>;
  let rooms: Rooms;

  // One connection, so that whatever needs a second one while it holds the first waits for itself and fails here.
  beforeAll(async () => {
    wide = await openDatabase(databases, databaseId);
    ({ knex, close } = throughOneConnection(wide));
  });
  afterAll(() => close());
  beforeEach(async () => {
    await clearDatabase(knex);
    rooms = createRooms(knex);
    await rooms.inventory.replaceClusters([eu]);
  });

  /** Collects what the cluster holds now, with a collector of its own, as after a restart. */
  async function collect(cluster: InMemoryCluster) {
    await new ClusterCollector({
      cluster: { id: eu.id, name: eu.name, type: 'test', client: cluster },
      writer: rooms.inventory,
      clock: rooms.clock,
      logger: rooms.logger,
      random: () => 0,
    }).syncOnce({ signal: rooms.signal });
  }
  const drain = () => rooms.assessor.drain({ signal: rooms.signal });
  const postureOf = (ref: string) =>
    knex('postures').where('entity_ref', ref).first();

  function createCluster() {
    return new InMemoryCluster({ resources: discoveredResources() });
  }

  /** A Deployment of one pod with this pod-level setting. */
  function deploy(cluster: InMemoryCluster, spec: Record<string, unknown>) {
    const cart = deployment({ name: 'cart', labels, templateSpec: spec });
    const set = replicaSet({ name: 'cart-1', owner: cart });
    cluster.put(refOf('nodes'), node({ name: 'node-a' }));
    cluster.put(refOf('deployments.apps'), cart);
    cluster.put(refOf('replicasets.apps'), set);
    cluster.put(refOf('pods'), pod({ name: 'cart-1-a', owner: set, spec }));
  }

  it('goes from pods in a cluster to a posture with its scopes, clusters and profiles', async () => {
    const cluster = createCluster();
    const profile = seccompProfile({ name: 'cart' });
    deploy(cluster, underProfile);
    cluster.put(refOf(seccompProfilesKey), profile);
    cluster.put(
      refOf(nodeStatusesKey),
      nodeStatus({ profile, node: 'node-a' }),
    );
    await rooms.refreshCatalog([component('cart')]);
    await collect(cluster);
    await drain();

    expect(await postureOf(cartRef)).toMatchObject({
      level: 'profiled',
      assessed_at: '2026-11-23T09:00:00.000Z',
    });
    expect(await knex('posture_scopes')).toMatchObject([
      { entity_ref: cartRef, environment: 'production', level: 'profiled' },
    ]);
    expect(await knex('posture_clusters')).toEqual([
      { entity_ref: cartRef, cluster_id: eu.id },
    ]);
    expect(await knex('posture_profiles')).toMatchObject([
      { entity_ref: cartRef, containers: 1, pods: 1 },
    ]);
    expect(await rooms.marked()).toEqual([]);
    expect(rooms.logger.lines).toEqual([]);
  });

  it('judges again, with no change written, what an ended approval was part of', async () => {
    await rooms.refreshCatalog([component('cart')]);
    const cluster = createCluster();
    deploy(cluster, underRuntimeDefault);
    await collect(cluster);
    await drain();
    const before = await postureOf(cartRef);
    const endsAt = (valid_until: string) =>
      knex('postures')
        .where('entity_ref', cartRef)
        .update({ valid_until, level: 'exposed' });

    await endsAt('2026-11-23T09:00:00.001Z');
    await drain();
    expect(await postureOf(cartRef)).toMatchObject({ level: 'exposed' });

    await endsAt('2026-11-23T09:00:00.000Z');
    await drain();
    expect(await postureOf(cartRef)).toEqual(before);
  });

  it('changes the verdict with the cluster', async () => {
    const cluster = createCluster();
    deploy(cluster, {});
    await rooms.refreshCatalog([component('cart')]);
    await collect(cluster);
    await drain();
    expect(await postureOf(cartRef)).toMatchObject({ level: 'exposed' });

    deploy(cluster, underRuntimeDefault);
    rooms.clock.set('2026-11-24T09:00:00.000Z');
    await collect(cluster);
    await drain();
    expect(await postureOf(cartRef)).toMatchObject({
      level: 'baseline',
      assessed_at: '2026-11-24T09:00:00.000Z',
    });
  });

  it('knows nothing of an entity whose workload is nowhere', async () => {
    await rooms.refreshCatalog([component('cart')]);
    await collect(createCluster());
    await drain();
    expect(await postureOf(cartRef)).toMatchObject({ level: 'unknown' });
  });

  it('forgets the posture of an entity that left the catalog', async () => {
    const cluster = createCluster();
    deploy(cluster, {});
    await rooms.refreshCatalog([component('cart')]);
    await collect(cluster);
    await drain();
    await rooms.refreshCatalog([]);
    await drain();
    for (const table of [
      'postures',
      'posture_scopes',
      'posture_clusters',
      'posture_profiles',
    ]) {
      expect(await knex(table)).toEqual([]);
    }
  });

  it('keeps no secret of a pod in any table or in the log', async () => {
    const cluster = createCluster();
    const cart = deploymentFullOfSecrets(labels);
    const set = replicaSet({ name: 'cart-1', owner: cart });
    cluster.put(refOf('deployments.apps'), cart);
    cluster.put(refOf('replicasets.apps'), set);
    cluster.put(refOf('pods'), podFullOfSecrets({ owner: set, labels }));
    await rooms.refreshCatalog([component('cart')]);
    await collect(cluster);
    await drain();

    const { body } = await postureOf(cartRef);
    // The host's socket is there, so the pod was really read.
    expect(body).toContain('/var/run/docker.sock');
    for (const table of await tableNames(wide)) {
      const rows = JSON.stringify(await knex(table));
      expect({ table, leaks: rows.includes(plantedSecret) }).toEqual({
        table,
        leaks: false,
      });
    }
    expect(rooms.logger.lines.join('\n')).not.toContain(plantedSecret);
  });

  it('takes pods whose unchecked fields hold a NUL or more than a column', async () => {
    const cluster = createCluster();
    deploy(cluster, {});
    cluster.put(
      refOf('pods'),
      pod({
        name: 'odd',
        spec: {
          containers: [
            {
              name: 'main',
              image: 'a\u0000b',
              securityContext: { seLinuxOptions: { type: 'a\u0000' } },
            },
          ],
        },
      }),
      pod({
        name: 'odd-owner',
        owner: deployment({ name: 'x'.repeat(5000) }),
      }),
    );
    await rooms.refreshCatalog([component('cart')]);
    await collect(cluster);
    await drain();
    expect(await postureOf(cartRef)).toMatchObject({ level: 'exposed' });
  });

  describe('An entity', () => {
    const { signal } = new AbortController();

    function assessorThat(
      read: EntityFactsReader['readAll'],
      ruleset: Ruleset = defaultRuleset,
    ) {
      return new Assessor({
        knex,
        dirty: rooms.dirty,
        facts: { readAll: read } as EntityFactsReader,
        postures: new PostureStore(),
        ruleset,
        clock: rooms.clock,
        machineClock: rooms.machineClock,
        logger: rooms.logger,
      });
    }

    it('whose facts change while it is judged is judged again', async () => {
      await rooms.refreshCatalog([component('cart')]);
      let reads = 0;
      const assessor = assessorThat(async (tx, refs, options) => {
        const facts = await rooms.facts.readAll(tx, refs, options);
        reads += 1;
        if (reads === 1) {
          await rooms.dirty.mark(knex, refs);
        }
        return facts;
      });
      await assessor.drain({ signal });
      expect(reads).toBe(2);
      expect(await rooms.marked()).toEqual([]);
      expect(await postureOf(cartRef)).toBeDefined();
    });

    it('that can’t be judged keeps no other from it, and is tried again when its claim has run out', async () => {
      await rooms.refreshCatalog([component('cart'), component('other')]);
      let facts: 'odd' | 'sound' = 'odd';
      const assessor = assessorThat(async (tx, refs, options) => {
        if (refs.includes(cartRef) && facts === 'odd') {
          throw new Error('Odd facts');
        }
        return rooms.facts.readAll(tx, refs, options);
      });
      await assessor.drain({ signal });
      expect(await knex('postures').pluck('entity_ref')).toEqual([
        'component:default/other',
      ]);
      expect(rooms.logger.lines[0]).toContain(`${cartRef} could not be judged`);
      expect(await rooms.marked()).toEqual([cartRef]);

      facts = 'sound';
      rooms.machineClock.advance(61_000);
      await assessor.drain({ signal });
      expect(await postureOf(cartRef)).toBeDefined();
      expect(await rooms.marked()).toEqual([]);
    });

    const read: EntityFactsReader['readAll'] = (tx, refs, options) =>
      rooms.facts.readAll(tx, refs, options);

    it('that other rules judged is judged again after a start, and once only', async () => {
      await rooms.refreshCatalog([component('cart')]);
      await drain();
      const stricter = rulesetOf({
        ...defaultRuleset,
        targets: [{ level: 'profiled' }],
      });
      const assessor = assessorThat(read, stricter);
      await assessor.markJudgedByOtherRules();
      expect(await rooms.marked()).toEqual([cartRef]);
      await assessor.drain({ signal });
      expect(await postureOf(cartRef)).toMatchObject({ rules: stricter.id });
      await assessor.markJudgedByOtherRules();
      expect(await rooms.marked()).toEqual([]);
    });

    it('is judged again when a scheduled finding begins to count', async () => {
      const cluster = createCluster();
      deploy(cluster, {});
      await rooms.refreshCatalog([component('cart')]);
      await collect(cluster);
      const id = 'seccomp-unconfined';
      const assessor = assessorThat(
        read,
        rulesetOf({
          ...defaultRuleset,
          findings: {
            ...defaultRuleset.findings,
            [id]: {
              ...defaultRuleset.findings[id],
              from: '2026-11-24T00:00:00Z',
            },
          },
        }),
      );
      await assessor.drain({ signal });
      const scheduled = await postureOf(cartRef);
      expect(scheduled).toMatchObject({
        valid_until: '2026-11-24T00:00:00.000Z',
      });
      expect(scheduled.worst_finding).not.toBe(id);

      rooms.clock.advance(24 * 60 * 60 * 1000);
      await assessor.drain({ signal });
      expect(await postureOf(cartRef)).toMatchObject({
        worst_finding: id,
        valid_until: null,
        score: scheduled.score - 40,
      });
    });

    it('is judged once by calls that overlap', async () => {
      await rooms.refreshCatalog([component('cart')]);
      let reads = 0;
      const assessor = assessorThat((tx, refs, options) => {
        reads += 1;
        return rooms.facts.readAll(tx, refs, options);
      });
      await Promise.all([
        assessor.drain({ signal }),
        assessor.drain({ signal }),
      ]);
      expect(reads).toBe(1);
    });

    it('is judged with others in a number of statements that does not grow with them', async () => {
      const cluster = createCluster();
      const profile = seccompProfile({ name: 'cart' });
      deploy(cluster, underProfile);
      cluster.put(refOf(seccompProfilesKey), profile);
      for (const name of Array.from({ length: 39 }, (_, i) => `other-${i}`)) {
        const top = deployment({
          name,
          labels: { [idLabel]: name },
          templateSpec: underProfile,
        });
        cluster.put(refOf('deployments.apps'), top);
      }
      await rooms.refreshCatalog([
        component('cart'),
        ...Array.from({ length: 39 }, (_, i) => component(`other-${i}`)),
      ]);
      await collect(cluster);
      await drain();
      expect(await knex('postures')).toHaveLength(40);
      const markAndDrain = (refs: string[]) =>
        countQueries(knex, async () => {
          await rooms.dirty.mark(knex, refs);
          await drain();
        });
      const one = await markAndDrain([cartRef]);
      const all = await markAndDrain(
        await knex('postures').pluck('entity_ref'),
      );
      // Their rows of findings and profiles come in parts of a hundred.
      expect(all.total).toBeLessThan(one.total + 15);
      expect(await rooms.marked()).toEqual([]);
    });

    it('is judged once more when its own uses decide who may vote', async () => {
      const cluster = createCluster();
      deploy(cluster, underProfile);
      cluster.put(refOf(seccompProfilesKey), seccompProfile({ name: 'cart' }));
      await rooms.refreshCatalog([component('cart')]);
      await collect(cluster);
      let reads = 0;
      const assessor = assessorThat((tx, refs, options) => {
        reads += 1;
        return rooms.facts.readAll(tx, refs, options);
      });
      await assessor.drain({ signal });
      expect(reads).toBe(2);
      await rooms.dirty.mark(knex, [cartRef]);
      await assessor.drain({ signal });
      expect(reads).toBe(3);
    });

    it('is judged again when other people may vote on its profile, once somebody asked for it', async () => {
      const cluster = createCluster();
      deploy(cluster, underProfile);
      cluster.put(refOf(seccompProfilesKey), seccompProfile({ name: 'cart' }));
      const entities = [component('cart'), group('team-cart')];
      await rooms.refreshCatalog(entities);
      await collect(cluster);
      await drain();
      await rooms.refreshCatalog([...entities, person('ada', ['team-cart'])]);
      expect(await rooms.marked()).toEqual([]);

      const profile = await knex('profiles').first();
      await knex('approval_reviews').insert({
        review_id: 'review-1',
        kind: 'change',
        subject_key: 'subject',
        profile_kind: profile.kind,
        profile_namespace: profile.namespace,
        profile_name: profile.name,
        environment: 'production',
        requested_by: 'user:default/ada',
        created_at: '2026-11-23T09:00:00.000Z',
      });
      await rooms.refreshCatalog([...entities, person('bob', ['team-cart'])]);
      expect(await rooms.marked()).toEqual([cartRef]);
    });

    it('is not judged once the assessor is to stop', async () => {
      await rooms.refreshCatalog([component('cart')]);
      await rooms.assessor.drain({ signal: AbortSignal.abort() });
      expect(await rooms.marked()).toEqual([cartRef]);
    });
  });
});
