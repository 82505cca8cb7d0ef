import { mockServices, TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { applyMigrations } from '../database/applyMigrations';
import { clusterRules, postureRules, profileRules } from './rules';
import { applySqlConditions } from './sqlCondition';

type Criteria = Parameters<typeof applySqlConditions>[1];

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

/**
 * prod (group:default/platform)     profile pay ── used by payments (group:default/checkout)
 * staging (nobody's)                profile web ── used by storefront (group:default/web)
 */
async function insertRows(knex: Knex): Promise<void> {
  for (const [id, owner] of [
    ['prod', 'group:default/platform'],
    ['staging', null],
  ]) {
    await knex('clusters').insert({
      id,
      name: id,
      type: 'manifests',
      environment: id === 'prod' ? 'production' : 'test',
      owner_ref: owner,
    });
  }
  for (const [name, owner, environment, cluster, profile] of [
    ['payments', 'group:default/checkout', 'production', 'prod', 'pay'],
    ['storefront', 'group:default/web', 'test', 'staging', 'web'],
  ]) {
    const entityRef = `component:default/${name}`;
    await knex('entities').insert({
      entity_ref: entityRef,
      owner_ref: owner,
      tags: '[]',
      name,
      kubernetes_id: name,
      id_source: 'name',
      content_hash: '',
    });
    await knex('posture_scopes').insert({
      entity_ref: entityRef,
      environment,
      level: 'baseline',
      approval: 'not-required',
      counted: true,
    });
    await knex('profiles').insert({
      id: profile,
      cluster_id: cluster,
      kind: 'SeccompProfile',
      namespace: '',
      name: profile,
      uid: profile,
      object: '{}',
      node_states: '{}',
      installed: '{}',
      mode: 'enforcing',
      source_digest: '',
      resolution: 'own',
      bases: '[]',
    });
    await knex('posture_profiles').insert({
      entity_ref: entityRef,
      profile_id: profile,
      containers: 1,
      pods: 1,
    });
  }
}

describe.each(databases.eachSupportedId())(
  'conditions of the permission policy (%s)',
  databaseId => {
    let knex: Knex;

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      await applyMigrations(knex, mockServices.database({ knex }));
      await insertRows(knex);
    });

    const clusters = {
      rows: [
        { id: 'prod', name: 'prod', ownerRef: 'group:default/platform' },
        { id: 'staging', name: 'staging', ownerRef: undefined },
      ],
      select: (condition: Criteria) => selected('clusters', condition),
    };

    async function selected(
      table: 'clusters' | 'entities' | 'profiles',
      ...conditions: Criteria[]
    ): Promise<string[]> {
      const column = {
        clusters: 'clusters.id',
        entities: 'entities.name',
        profiles: 'profiles.id',
      }[table];
      const query = knex(table).orderBy(column);
      if (table === 'profiles') {
        query.join('clusters', 'clusters.id', 'profiles.cluster_id');
      }
      for (const condition of conditions) {
        applySqlConditions(query, condition, knex);
      }
      return query.pluck(column);
    }

    it('allows the same clusters in SQL as one by one', async () => {
      for (const [rule, params] of [
        [clusterRules.isClusterOwner, { claims: ['Group:default/Platform'] }],
        [clusterRules.hasCluster, { clusters: ['staging', 'other'] }],
      ] as const) {
        const oneByOne = clusters.rows
          .filter(row => rule.apply(row, params as never))
          .map(row => row.id);
        expect(await clusters.select(rule.toQuery(params as never))).toEqual(
          oneByOne,
        );
        expect(oneByOne).toHaveLength(1);
      }
    });

    it('allows the postures of what the claims own', async () => {
      const params = { claims: ['group:default/Checkout'] };
      expect(
        await selected('entities', postureRules.isEntityOwner.toQuery(params)),
      ).toEqual(['payments']);
      expect(
        postureRules.isEntityOwner.apply(
          {
            entityRef: 'component:default/payments',
            ownerRef: 'group:default/checkout',
            environments: [],
          },
          params,
        ),
      ).toBe(true);
      expect(
        postureRules.isEntityOwner.apply(
          { entityRef: 'component:default/orphan', environments: [] },
          params,
        ),
      ).toBe(false);
    });

    it('allows the postures of an environment', async () => {
      const params = { environments: ['test'] };
      expect(
        await selected('entities', postureRules.hasEnvironment.toQuery(params)),
      ).toEqual(['storefront']);
      expect(
        postureRules.hasEnvironment.apply(
          { entityRef: 'x', environments: ['production', 'test'] },
          params,
        ),
      ).toBe(true);
    });

    it('allows the profiles that an entity of the claims uses, and those of a cluster', async () => {
      expect(
        await selected(
          'profiles',
          profileRules.isUsedByOwnedEntity.toQuery({
            claims: ['group:default/web'],
          }),
        ),
      ).toEqual(['web']);
      expect(
        await selected(
          'profiles',
          profileRules.hasCluster.toQuery({ clusters: ['prod'] }),
        ),
      ).toEqual(['pay']);
      const profile = {
        id: 'web',
        cluster: 'staging',
        userOwnerRefs: ['group:default/web'],
      };
      expect(
        profileRules.isUsedByOwnedEntity.apply(profile, {
          claims: ['group:default/web'],
        }),
      ).toBe(true);
      expect(
        profileRules.hasCluster.apply(profile, { clusters: ['prod'] }),
      ).toBe(false);
    });

    it('joins conditions by all, any and not', async () => {
      const prod = clusterRules.hasCluster.toQuery({
        clusters: ['prod'],
      });
      const staging = clusterRules.hasCluster.toQuery({
        clusters: ['staging'],
      });
      const select = async (criteria: Criteria) => {
        const query = knex('clusters').orderBy('id');
        applySqlConditions(query, criteria, knex);
        return query.pluck('id');
      };
      expect(await select({ anyOf: [prod, staging] })).toEqual([
        'prod',
        'staging',
      ]);
      expect(await select({ allOf: [prod, staging] })).toEqual([]);
      expect(await select({ not: prod })).toEqual(['staging']);
      expect(
        await select({
          allOf: [{ anyOf: [prod, staging] }, { not: { anyOf: [staging] } }],
        }),
      ).toEqual(['prod']);
      expect(
        await select({ not: { allOf: [prod, { not: staging }] } }),
      ).toEqual(['staging']);
    });
  },
);
