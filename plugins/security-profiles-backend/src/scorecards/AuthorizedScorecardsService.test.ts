import { mockCredentials, TestDatabases } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogServiceRequestOptions } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type { Knex } from 'knex';
import {
  createSecurityPostureConditionalDecision,
  securityPostureConditions,
} from '../access/conditions';
import { type Decide, PolicyOfTest } from '../testing/PolicyOfTest';
import { createReviewScene, type ReviewScene } from '../testing/reviewScene';
import { startTestPortal, type TestPortal } from '../testing/startTestPortal';

jest.setTimeout(120_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

const allow: PolicyDecision = { result: AuthorizeResult.ALLOW };
const as = (name: string) =>
  mockCredentials.user.header(`user:default/${name}`);

/** Each caller, what is theirs, and the words that tell of what is not. */
const callers = [
  { name: 'owner', group: 'team', own: 'cart', foreign: ['vault', 'other'] },
  { name: 'stranger', group: 'other', own: 'vault', foreign: ['cart', 'team'] },
];
const groupOf = (user: string | undefined) =>
  `group:default/${
    callers.find(({ name }) => user === `user:default/${name}`)?.group ?? ''
  }`;

/** A policy under which everybody reads the postures of what their group owns. */
const ownPostures: Decide = (permission, user) =>
  permission === 'security-profiles.posture.read' &&
  user?.endsWith('/all') !== true
    ? createSecurityPostureConditionalDecision(
        { name: permission } as never,
        securityPostureConditions.isEntityOwner({ claims: [groupOf(user)] }),
      )
    : allow;

/** A policy under which the catalog shows everybody what their group owns; the catalog itself leaves out the rest. */
const ownCatalog: Decide = (permission, user) =>
  permission === 'catalog.entity.read' && user?.endsWith('/all') !== true
    ? ({
        result: AuthorizeResult.CONDITIONAL,
        pluginId: 'catalog',
        resourceType: 'catalog-entity',
        conditions: {
          rule: 'IS_ENTITY_OWNER',
          resourceType: 'catalog-entity',
          params: { claims: [groupOf(user)] },
        },
      } as PolicyDecision)
    : allow;

const filters = ['', 'level=baseline', 'target=no', 'sort=name'];
const paths = [
  ...filters
    .filter(filter => !filter.startsWith('sort'))
    .flatMap(filter =>
      ['summary', 'findings', 'elevated'].map(table => `${table}?${filter}`),
    ),
  ...filters.map(filter => `entities?${filter}`),
  ...['owner', 'system', 'environment', 'class'].map(by => `groups?by=${by}`),
  ...['entities', 'groups', 'findings', 'elevated'].map(
    table => `export?table=${table}`,
  ),
].map(path => `/scorecards/${path}`);

describe.each(databases.eachSupportedId())(
  'Two callers who read the scorecards over HTTP on %s',
  databaseId => {
    let knex: Knex;
    let scene: ReviewScene;
    let portal: TestPortal;
    const policy = new PolicyOfTest();

    beforeAll(async () => {
      knex = await databases.init(databaseId);
      scene = await createReviewScene({
        services: ['cart', 'vault'],
        ownerOf: { vault: 'group:default/other' },
      });
      portal = await startTestPortal({
        knex,
        config: scene.config,
        catalog: catalogOfOwners(scene.entities),
        permissions: policy.factory,
      });
      policy.url = portal.url;
      await portal.refreshCatalog();
      await portal.eventually(
        '/scorecards/summary',
        body => body.counts?.entities === 2,
      );
    });
    afterAll(async () => {
      await portal?.stop();
      await scene?.remove();
    });

    /** A catalog that shows users what their group owns, under the policy that says so. */
    function catalogOfOwners(entities: Entity[]) {
      const catalog = catalogServiceMock({ entities });
      const all = catalog.streamEntities.bind(catalog);
      catalog.streamEntities = async function* stream(query, options) {
        const { credentials } = options as CatalogServiceRequestOptions;
        const { principal } = credentials as {
          principal: { type?: string; userEntityRef?: string };
        };
        const isNarrowed =
          principal.type === 'user' &&
          policy.decide('catalog.entity.read', principal.userEntityRef)
            .result === AuthorizeResult.CONDITIONAL;
        const group = groupOf(principal.userEntityRef);
        const own = new Set(
          entities
            .filter(
              ({ metadata, spec }) =>
                spec?.owner === group || group.endsWith(`/${metadata.name}`),
            )
            .map(({ metadata }) => metadata.name),
        );
        for await (const page of all(query, options)) {
          yield isNarrowed
            ? page.filter(({ metadata }) => own.has(metadata.name))
            : page;
        }
      };
      return catalog;
    }

    /** What a caller is answered everywhere, but for the time of the answer. */
    async function answersOf(caller: string): Promise<Record<string, string>> {
      const answers: Record<string, string> = {};
      for (const path of paths) {
        const { status, text } = await portal.get(path, {
          authorization: as(caller),
        });
        expect([path, status]).toEqual([path, 200]);
        answers[path] = text.replace(/"servedAt":"[^"]*"/, '');
      }
      return answers;
    }

    async function widen(service: string, calls: string[]): Promise<void> {
      const digest = async () =>
        (
          await portal.get(`/entities/component/default/${service}/posture`, {
            authorization: as('all'),
          })
        ).body.profiles?.[0]?.effectiveDigest;
      const before = await digest();
      await scene.write('prod', service, { allows: calls });
      await portal.eventually(
        `/entities/component/default/${service}/posture`,
        body => body.profiles?.[0]?.effectiveDigest !== before,
      );
    }

    describe.each([
      ['a conditional policy', ownPostures],
      ['the visibility of the catalog', ownCatalog],
    ])('under %s', (_, decide) => {
      it('see their own services, and no word of the others', async () => {
        policy.decide = decide;
        for (const { name, own, foreign } of callers) {
          const answers = await answersOf(name);
          expect(JSON.parse(answers['/scorecards/summary?'])).toMatchObject({
            view: 'filtered',
            counts: { entities: 1 },
          });
          expect(JSON.parse(answers['/scorecards/entities?']).totalItems).toBe(
            1,
          );
          expect(answers['/scorecards/export?table=entities']).toContain(own);
          for (const [path, text] of Object.entries(answers)) {
            for (const word of foreign) {
              expect(`${path} ${text}`).not.toMatch(
                new RegExp(`[/",]${word}\\b`),
              );
            }
          }
        }
      });

      it('are answered the same whatever becomes of the service of the other', async () => {
        policy.decide = decide;
        const before = await answersOf('owner');
        policy.decide = () => allow;
        await widen('vault', ['read', 'bpf', 'ptrace', 'io_uring_setup']);
        const everything = await answersOf('all');
        policy.decide = decide;
        expect(await answersOf('owner')).toEqual(before);
        // What changed would show: somebody who may read everything sees it.
        policy.decide = () => allow;
        await widen('vault', ['read', 'write']);
        expect(await answersOf('all')).not.toEqual(everything);
      });

      it('learn from no filter that there is another service', async () => {
        policy.decide = decide;
        for (const filter of [
          `owner=${encodeURIComponent('group:default/other')}`,
          'q=vault',
        ]) {
          const asked = await portal.get(`/scorecards/entities?${filter}`, {
            authorization: as('owner'),
          });
          expect(asked.body).toMatchObject({ items: [], totalItems: 0 });
          const summary = await portal.get(`/scorecards/summary?${filter}`, {
            authorization: as('owner'),
          });
          expect(summary.body.counts.entities).toBe(0);
          const findings = await portal.get(`/scorecards/findings?${filter}`, {
            authorization: as('owner'),
          });
          expect(findings.body.totalItems).toBe(0);
        }
        const below = await portal.get(
          `/scorecards/groups?by=owner&parent=${encodeURIComponent(
            'group:default/other',
          )}`,
          { authorization: as('owner') },
        );
        expect(below.body.items).toEqual([]);
      });
    });

    it('are refused everywhere when neither may read postures', async () => {
      policy.decide = permission =>
        permission === 'security-profiles.posture.read'
          ? { result: AuthorizeResult.DENY }
          : allow;
      for (const path of paths) {
        const { status, text } = await portal.get(path, {
          authorization: as('owner'),
        });
        expect([path, status]).toEqual([path, 403]);
        expect(text).not.toMatch(/cart|vault/);
      }
    });
  },
);
