import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import { clearDatabase, openDatabase } from '../testing/openDatabase';
import { VoterDirectory } from './VoterDirectory';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

describe.each(databases.eachSupportedId())(
  'Who may vote, on %s',
  databaseId => {
    let knex: Knex;
    const directory = new VoterDirectory({
      reviewers: ['Group:default/Security'],
    });

    beforeAll(async () => {
      knex = await openDatabase(databases, databaseId);
    });
    beforeEach(async () => {
      await clearDatabase(knex);
    });

    /** `ada > team` means that ada belongs to team. */
    async function belong(...lines: string[]): Promise<void> {
      const refOf = (name: string) =>
        name.startsWith('g-')
          ? `group:default/${name}`
          : `user:default/${name}`;
      await knex.batchInsert(
        'memberships',
        lines.map(line => {
          const [member, parent] = line.split(' > ');
          return { member_ref: refOf(member), group_ref: refOf(parent) };
        }),
        100,
      );
    }

    const people = async (...groups: string[]) =>
      (
        await directory.identities(
          knex,
          groups.map(name => ({ ref: `group:default/${name}`, slot: 'owner' })),
        )
      ).eligible.map(({ ref }) => ref.replace('user:default/', ''));

    it('are the members of a group and of the groups in it, each by the shortest way', async () => {
      await belong(
        'ada > g-team',
        'bob > g-inner',
        'g-inner > g-team',
        'ada > g-inner',
        'eve > g-other',
      );
      const { eligible } = await directory.identities(knex, [
        { ref: 'group:default/g-team', slot: 'owner' },
      ]);
      expect(eligible).toEqual([
        {
          ref: 'user:default/ada',
          slot: 'owner',
          groupPath: ['group:default/g-team'],
        },
        {
          ref: 'user:default/bob',
          slot: 'owner',
          groupPath: ['group:default/g-team', 'group:default/g-inner'],
        },
      ]);
    });

    it('are found in a circle of groups', async () => {
      await belong(
        'g-a > g-b',
        'g-b > g-c',
        'g-c > g-a',
        'g-a > g-a',
        'ada > g-a',
      );
      expect(await people('g-a')).toEqual(['ada']);
      expect(await people('g-b')).toEqual(['ada']);
    });

    it('are not the members of the group above', async () => {
      await belong('g-inner > g-team', 'ada > g-team', 'bob > g-inner');
      expect(await people('g-inner')).toEqual(['bob']);
    });

    it('are a person who owns directly', async () => {
      const { eligible } = await directory.identities(knex, [
        { ref: 'user:default/ada', slot: 'owner' },
      ]);
      expect(eligible).toEqual([
        {
          ref: 'user:default/ada',
          slot: 'owner',
          groupPath: ['user:default/ada'],
        },
      ]);
    });

    it('are nobody for an empty group, or for one that the catalog does not have', async () => {
      await belong('g-inner > g-empty');
      expect(await people('g-empty', 'g-missing')).toEqual([]);
      expect(await people()).toEqual([]);
    });

    it('are five thousand members of one group, and a thousand groups in one', async () => {
      const members = Array.from({ length: 5000 }, (_, i) => `member-${i}`);
      const groups = Array.from({ length: 1000 }, (_, i) => `g-${i}`);
      await belong(
        ...members.map((name, i) => `${name} > g-${i % 1000}`),
        ...groups.map(name => `${name} > g-all`),
      );
      expect((await people('g-all')).sort()).toEqual(members.sort());
    });

    describe('on a profile', () => {
      const inProduction = {
        environment: 'production',
        kind: 'SeccompProfile',
        name: 'cart',
      };

      async function cluster(
        name: string,
        options: {
          environment?: string;
          owner?: string;
          labelled?: string;
          namespace?: string;
        } = {},
      ) {
        await knex('clusters').insert({
          id: name,
          name,
          type: 'manifests',
          environment: options.environment ?? 'production',
          owner_ref: options.owner ?? null,
        });
        await knex('profiles').insert({
          id: `cart-${name}`,
          cluster_id: name,
          kind: 'SeccompProfile',
          namespace: options.namespace ?? '',
          name: 'cart',
          uid: name,
          object: JSON.stringify({
            labels: options.labelled
              ? { 'backstage.io/kubernetes-id': options.labelled }
              : {},
          }),
          node_states: '{}',
          installed: '{}',
          mode: 'enforcing',
          source_digest: '',
          resolution: 'own',
          bases: '[]',
        });
      }

      async function entity(
        name: string,
        options: {
          owner?: string;
          id?: string;
          namespace?: string;
          uses?: string;
          claim?: string;
        } = {},
      ) {
        const ref = `component:${options.namespace ?? 'default'}/${name}`;
        await knex('entities').insert({
          entity_ref: ref,
          owner_ref: options.owner ?? null,
          tags: '[]',
          name,
          kubernetes_id: options.id ?? name,
          id_source: 'name',
          content_hash: '',
        });
        if (options.uses) {
          await knex('posture_profiles').insert({
            entity_ref: ref,
            profile_id: options.uses,
            containers: 1,
            pods: 1,
            claim: options.claim ?? 'confirmed',
          });
        }
      }

      const groups = async () =>
        (await directory.voterGroups(knex, inProduction)).map(({ ref }) => ref);

      it('are the owners of whom its own label names, before those who use it', async () => {
        await cluster('eu', { labelled: 'cart', owner: 'group:default/g-ops' });
        await entity('cart', { owner: 'group:default/g-cart' });
        await entity('shop', {
          owner: 'group:default/g-shop',
          uses: 'cart-eu',
        });
        expect(await groups()).toEqual([
          'group:default/g-cart',
          'group:default/security',
        ]);
      });

      it('are not who registers the id that the label names beside its holder', async () => {
        await cluster('eu', { labelled: 'cart', owner: 'group:default/g-ops' });
        await entity('cart', { owner: 'group:default/g-cart' });
        await entity('evil', { owner: 'group:default/g-evil', id: 'cart' });
        expect(await groups()).toEqual([
          'group:default/g-cart',
          'group:default/security',
        ]);
        // Two of the same name: nobody can tell whose it is.
        await entity('cart', {
          owner: 'group:default/g-evil',
          namespace: 'evil',
        });
        expect(await groups()).toEqual([
          'group:default/g-ops',
          'group:default/security',
        ]);
      });

      it('are the owners of all that use it by the cluster’s word', async () => {
        await cluster('eu');
        await cluster('us');
        await entity('cart', { owner: 'group:default/g-b', uses: 'cart-eu' });
        await entity('shop', { owner: 'group:default/g-a', uses: 'cart-us' });
        await entity('evil', {
          owner: 'group:default/g-evil',
          uses: 'cart-eu',
          claim: 'asserted',
        });
        expect(await groups()).toEqual([
          'group:default/g-a',
          'group:default/g-b',
          'group:default/security',
        ]);
      });

      it('are the owners of the clusters where nobody uses it by the cluster’s word', async () => {
        await cluster('eu', { owner: 'group:default/g-ops' });
        await cluster('us', { owner: 'group:default/g-ops' });
        await entity('evil', {
          owner: 'group:default/g-evil',
          uses: 'cart-eu',
          claim: 'asserted',
        });
        expect(await groups()).toEqual([
          'group:default/g-ops',
          'group:default/security',
        ]);
      });

      it('are not the owners in another environment or of a namesake in a namespace', async () => {
        await cluster('eu');
        await cluster('test', {
          environment: 'staging',
          owner: 'group:default/g-test',
        });
        await cluster('us', {
          namespace: 'shop',
          owner: 'group:default/g-us',
        });
        await entity('cart', {
          owner: 'group:default/g-cart',
          uses: 'cart-test',
        });
        expect(await groups()).toEqual(['group:default/security']);
      });
    });
  },
);
