import { TestDatabases } from '@backstage/backend-test-utils';
import type { Knex } from 'knex';
import type { EntityScope } from '../access/EntityScope';
import { clearDatabase, openDatabase } from '../testing/openDatabase';
import { ElevatedReadModel } from './ElevatedReadModel';
import { ScorecardEntitiesReadModel } from './ScorecardEntitiesReadModel';
import { ScorecardFindingsReadModel } from './ScorecardFindingsReadModel';
import {
  type ScorecardGrouping,
  ScorecardGroupsReadModel,
} from './ScorecardGroupsReadModel';
import type { ScorecardFilter } from './scorecardQuery';
import { ScorecardSummaryReadModel } from './ScorecardSummaryReadModel';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });

interface Example {
  owner?: string;
  system?: string;
  class?: string;
  level: string;
  target?: { level: string | null; met: string };
  approval?: string;
  score?: number | null;
  environments?: Record<string, string>;
  failing?: string[];
  warning?: string[];
  waived?: string[];
  clusters?: string[];
}

const everything: EntityScope = { postures: {}, visible: { scope: 'all' } };
const page = { limit: 50 };
const refOf = (name: string) => `component:default/${name}`;
const groupOf = (name: string) => `group:default/${name}`;

function seeing(...refs: string[]): EntityScope {
  return {
    postures: {},
    visible: { scope: 'some', refs: new Set(refs) },
  };
}

describe.each(databases.eachSupportedId())(
  'The scorecards on %s',
  databaseId => {
    let knex: Knex;
    beforeAll(async () => {
      knex = await openDatabase(databases, databaseId);
    });
    beforeEach(() => clearDatabase(knex));

    async function insert(name: string, example: Example): Promise<void> {
      const { failing = [], warning = [], waived = [] } = example;
      const environments = example.environments ?? {
        production: example.level,
      };
      await knex('entities').insert({
        entity_ref: refOf(name),
        title: `The ${name}`,
        owner_ref: example.owner ?? null,
        system_ref: example.system ?? null,
        tags: '[]',
        name,
        kubernetes_id: name,
        id_source: 'name',
        content_hash: name,
      });
      const worst = failing[0] ?? warning[0];
      await knex('postures').insert({
        entity_ref: refOf(name),
        assessed_at: '2026-11-23T09:00:00.000Z',
        rules: 'sp-rules/1',
        level: example.level,
        approval: example.approval ?? 'not-required',
        target_met: example.target?.met ?? 'yes',
        target_level:
          example.target === undefined ? 'baseline' : example.target.level,
        score: example.score ?? null,
        worst_finding: worst ?? null,
        worst_severity: worst ? severityOf(worst) : null,
        class: example.class ?? 'ordinary',
        environments: Object.keys(environments).length,
        open_reviews: example.approval === 'missing' ? 1 : 0,
        next_step: worst ? `Mend ${worst}.` : null,
        body: '{}',
      });
      for (const [environment, level] of Object.entries(environments)) {
        await knex('posture_scopes').insert({
          entity_ref: refOf(name),
          environment,
          level,
          approval: example.approval ?? 'not-required',
          score: example.score ?? null,
          counted: true,
        });
      }
      const rows = [
        ...failing.map(id => ({ id, status: 'fail' })),
        ...warning.map(id => ({ id, status: 'warn' })),
      ].map(({ id, status }) => ({
        entity_ref: refOf(name),
        finding_id: id,
        status,
        severity: severityOf(id),
        responsible: 'owner',
        waived: waived.includes(id),
        sole:
          status === 'fail' &&
          !waived.includes(id) &&
          failing.filter(one => !waived.includes(one)).length === 1,
      }));
      if (rows.length > 0) {
        await knex('posture_findings').insert(rows);
      }
      for (const cluster of example.clusters ?? []) {
        await knex('posture_clusters').insert({
          entity_ref: refOf(name),
          cluster_id: `id of ${cluster}`,
        });
      }
    }

    function severityOf(findingId: string): string {
      return findingId.startsWith('workload') ? 'critical' : 'medium';
    }

    async function part(member: string, group: string): Promise<void> {
      await knex('memberships').insert({
        member_ref: groupOf(member),
        group_ref: groupOf(group),
      });
    }

    /**
     * engineering
     *   checkout   cart (exposed, below target), pay (profiled)
     *   platform   proxy (baseline)
     *     tools    agent (baseline, an AI agent, target profiled missed)
     * nobody       stray (unknown)
     */
    async function insertCompany(): Promise<void> {
      await part('checkout', 'engineering');
      await part('platform', 'engineering');
      await part('tools', 'platform');
      await insert('cart', {
        owner: groupOf('checkout'),
        system: 'system:default/shop',
        level: 'exposed',
        target: { level: 'baseline', met: 'no' },
        score: 40,
        environments: { production: 'baseline', staging: 'exposed' },
        failing: ['workload-privileged', 'no-new-privs-missing'],
      });
      await insert('pay', {
        owner: groupOf('checkout'),
        system: 'system:default/shop',
        level: 'profiled',
        approval: 'approved',
        score: 100,
      });
      await insert('proxy', {
        owner: groupOf('platform'),
        level: 'baseline',
        score: 95,
        warning: ['no-new-privs-missing'],
      });
      await insert('agent', {
        owner: groupOf('tools'),
        class: 'ai-agent',
        level: 'baseline',
        approval: 'missing',
        target: { level: 'profiled', met: 'no' },
        score: 80,
        failing: ['no-new-privs-missing'],
      });
      await insert('stray', {
        level: 'unknown',
        target: { level: null, met: 'unknown' },
      });
    }

    function names(rows: { entityRef: string }[]): string[] {
      return rows.map(({ entityRef }) => entityRef.split('/')[1]);
    }

    async function entities(
      filter: ScorecardFilter,
      scope: EntityScope = everything,
    ) {
      const { items } = await new ScorecardEntitiesReadModel({ knex }).list({
        filter,
        sort: 'target',
        page,
        scope,
      });
      return names(items);
    }

    async function groups(
      request: {
        by?: ScorecardGrouping;
        parent?: string;
        filter?: ScorecardFilter;
        scope?: EntityScope;
      } = {},
    ) {
      const { items } = await new ScorecardGroupsReadModel({ knex }).list({
        by: request.by ?? 'owner',
        parent: request.parent,
        filter: request.filter ?? {},
        page,
        scope: request.scope ?? everything,
      });
      return items;
    }

    async function summary(
      filter: ScorecardFilter = {},
      scope: EntityScope = everything,
    ) {
      return new ScorecardSummaryReadModel({
        knex,
        findings: new ScorecardFindingsReadModel({ knex }),
      }).get({ filter, scope });
    }

    it('count entities by target and by level, each time all of them', async () => {
      await insertCompany();
      const { counts, approvals, view } = await summary();
      expect(counts).toEqual({
        entities: 5,
        target: { met: 2, missed: 2, unknown: 0, none: 1 },
        levels: {
          exposed: 1,
          accepted: 0,
          baseline: 2,
          profiled: 1,
          unknown: 1,
        },
        underReview: 1,
        worstFinding: { id: 'workload-privileged', severity: 'critical' },
      });
      expect(approvals).toEqual({ 'not-required': 3, approved: 1, missing: 1 });
      expect(view).toBe('whole');
    });

    it('count nothing, and say nothing is wrong, where nothing is', async () => {
      expect(await summary()).toMatchObject({
        counts: { entities: 0, target: { met: 0, missed: 0 } },
        approvals: {},
        steps: [],
      });
      expect(await groups()).toEqual([]);
      expect(await entities({})).toEqual([]);
    });

    it('leave out entities that no workload belongs to', async () => {
      await insert('library', { level: 'unknown', environments: {} });
      expect(await entities({})).toEqual([]);
      expect((await summary()).counts.entities).toBe(0);
    });

    it('judge an entity by one environment where that is asked for', async () => {
      await insertCompany();
      const production = await summary({ environment: 'production' });
      expect(production.counts.levels.exposed).toBe(0);
      expect(production.counts.entities).toBe(5);
      const staging = await summary({ environment: 'staging' });
      expect(staging.counts).toMatchObject({
        entities: 1,
        levels: { exposed: 1 },
      });
    });

    it('list entities with those below target first, and the worst level first among them', async () => {
      await insertCompany();
      expect(await entities({})).toEqual([
        'cart',
        'agent',
        'proxy',
        'pay',
        'stray',
      ]);
    });

    it.each<[string, ScorecardFilter, string[]]>([
      ['a level', { level: ['exposed', 'profiled'] }, ['cart', 'pay']],
      ['a missed target', { target: ['no'] }, ['cart', 'agent']],
      ['no target', { target: ['none'] }, ['stray']],
      ['an approval', { approval: ['missing'] }, ['agent']],
      ['a class', { class: ['ai-agent'] }, ['agent']],
      ['a system', { system: 'system:default/shop' }, ['cart', 'pay']],
      [
        'a finding',
        { findingId: 'no-new-privs-missing' },
        ['cart', 'agent', 'proxy'],
      ],
      ['a part of the name', { q: 'AR' }, ['cart']],
      ['a part of the title', { q: 'the p' }, ['proxy', 'pay']],
      ['a character that SQL takes for any', { q: '%' }, []],
    ])('are narrowed by %s', async (_what, filter, expected) => {
      await insertCompany();
      expect(await entities(filter)).toEqual(expected);
    });

    it('are narrowed by a cluster to what runs there, in numbers as in rows', async () => {
      for (const name of ['prod-eu', 'prod-us']) {
        await knex('clusters').insert({
          id: `id of ${name}`,
          name,
          type: 'manifests',
          environment: 'production',
        });
      }
      await insert('cart', {
        level: 'exposed',
        clusters: ['prod-eu', 'prod-us'],
      });
      await insert('pay', { level: 'profiled', clusters: ['prod-us'] });
      await insert('proxy', { level: 'baseline' });
      expect(await entities({ cluster: 'prod-us' })).toEqual(['cart', 'pay']);
      expect(await entities({ cluster: 'prod-eu' })).toEqual(['cart']);
      expect(await entities({ cluster: 'moon' })).toEqual([]);
      expect((await summary({ cluster: 'prod-us' })).counts.entities).toBe(2);
      expect(
        await entities({ cluster: 'prod-us' }, seeing(refOf('pay'))),
      ).toEqual(['pay']);
    });

    it('are narrowed by an owner with all groups below it', async () => {
      await insertCompany();
      expect(await entities({ owner: 'Group:default/Platform' })).toEqual([
        'agent',
        'proxy',
      ]);
    });

    it('end where owners are part of each other in a circle', async () => {
      await insertCompany();
      await part('engineering', 'tools');
      expect(await entities({ owner: groupOf('tools') })).toEqual([
        'cart',
        'agent',
        'proxy',
        'pay',
      ]);
      const [circle] = await groups({ filter: { owner: groupOf('tools') } });
      expect(circle).toMatchObject({
        key: groupOf('engineering'),
        all: { entities: 4 },
      });
    });

    it('open owners from the top, each counting what is below it once', async () => {
      await insertCompany();
      await part('tools', 'checkout');
      const top = await groups();
      expect(top.map(({ key }) => key)).toEqual([groupOf('engineering'), null]);
      expect(top[0]).toMatchObject({
        children: 2,
        own: { entities: 0 },
        all: {
          entities: 4,
          target: { met: 2, missed: 2 },
          worstFinding: { id: 'workload-privileged' },
        },
      });
      expect(top[1]).toMatchObject({ own: { levels: { unknown: 1 } } });
      const below = await groups({ parent: groupOf('engineering') });
      expect(below).toMatchObject([
        {
          key: groupOf('checkout'),
          own: { entities: 2 },
          all: { entities: 3 },
        },
        {
          key: groupOf('platform'),
          own: { entities: 1 },
          all: { entities: 2 },
        },
      ]);
    });

    it('give every group of the tree in one list where that is asked for', async () => {
      await insertCompany();
      const { items } = await new ScorecardGroupsReadModel({ knex }).list({
        by: 'owner',
        depth: 'all',
        filter: {},
        page,
        scope: everything,
      });
      expect(items.map(({ key, all }) => [key, all.entities])).toEqual([
        [groupOf('engineering'), 4],
        [groupOf('checkout'), 2],
        [groupOf('platform'), 2],
        [groupOf('tools'), 1],
        [null, 1],
      ]);
    });

    it('put entities together by system, class and environment', async () => {
      await insertCompany();
      const by = async (grouping: ScorecardGrouping) =>
        Object.fromEntries(
          (await groups({ by: grouping })).map(({ key, all }) => [
            key ?? 'none',
            all.entities,
          ]),
        );
      expect(await by('system')).toEqual({
        'system:default/shop': 2,
        none: 3,
      });
      expect(await by('class')).toEqual({ ordinary: 4, 'ai-agent': 1 });
      expect(await by('environment')).toEqual({ production: 5, staging: 1 });
      const environments = await groups({ by: 'environment' });
      expect(
        environments.find(({ key }) => key === 'staging')?.all.levels.exposed,
      ).toBe(1);
    });

    it('tell of each finding how many entities fail, and in how many nothing else does', async () => {
      await insertCompany();
      await insert('late', {
        level: 'exposed',
        failing: ['workload-privileged'],
        waived: ['workload-privileged'],
      });
      const { items } = await new ScorecardFindingsReadModel({ knex }).list({
        filter: {},
        page,
        scope: everything,
      });
      expect(items).toMatchObject([
        {
          findingId: 'workload-privileged',
          severity: 'critical',
          failing: 2,
          waived: 1,
          sole: 0,
        },
        {
          findingId: 'no-new-privs-missing',
          failing: 2,
          warning: 1,
          waived: 0,
          sole: 1,
        },
      ]);
      expect((await summary()).steps[0].findingId).toBe('no-new-privs-missing');
    });

    it('show who can see everything, highest risk first', async () => {
      await insertCompany();
      const row = {
        environment: 'production',
        cluster: 'eu',
        namespace: 'shop',
        kind: 'Deployment',
        container: 'main',
        level: 'baseline',
        grant_state: 'missing',
        workload_id: 'w',
        grant_expires_at: null,
      };
      await knex('posture_elevated').insert([
        {
          ...row,
          entity_ref: refOf('agent'),
          name: 'agent',
          class: 'ai-agent',
          risk: null,
          elevations: '[]',
        },
        {
          ...row,
          entity_ref: refOf('cart'),
          name: 'cart',
          class: 'ordinary',
          risk: 'critical',
          elevations: '[{"id":"privileged","value":"true","risk":"critical"}]',
        },
      ]);
      const elevated = new ElevatedReadModel({ knex });
      const all = await elevated.list({ filter: {}, page, scope: everything });
      expect(all.items).toMatchObject([
        {
          entityRef: refOf('cart'),
          owner: groupOf('checkout'),
          risk: 'critical',
          elevations: [{ id: 'privileged' }],
          grant: { state: 'missing' },
        },
        { entityRef: refOf('agent'), class: 'ai-agent', elevations: [] },
      ]);
      const agents = await elevated.list({
        filter: { class: ['ai-agent'] },
        page,
        scope: everything,
      });
      expect(names(agents.items)).toEqual(['agent']);
    });

    describe('for a caller who may see a part', () => {
      it('count that part only, and say that it is one', async () => {
        await insertCompany();
        const scope = seeing(refOf('pay'), groupOf('checkout'));
        expect(await summary({}, scope)).toMatchObject({
          counts: {
            entities: 1,
            levels: { exposed: 0, profiled: 1 },
          },
          steps: [],
          view: 'filtered',
        });
        expect(await entities({}, scope)).toEqual(['pay']);
        expect(await groups({ scope })).toMatchObject([
          { key: groupOf('checkout'), all: { entities: 1 } },
        ]);
      });

      it('name no owner that the catalog hides, and count what it owns', async () => {
        await insertCompany();
        const scope = seeing(refOf('cart'), refOf('agent'), groupOf('tools'));
        const rows = await groups({ scope });
        expect(rows).toMatchObject([
          { key: null, hidden: 1, all: { entities: 1 } },
          { key: groupOf('tools'), children: 0, all: { entities: 1 } },
        ]);
        expect(JSON.stringify(rows)).not.toContain('checkout');
        const { items } = await new ScorecardEntitiesReadModel({ knex }).list({
          filter: {},
          sort: 'name',
          page,
          scope,
        });
        expect(items.map(({ owner }) => owner)).toEqual([
          groupOf('tools'),
          undefined,
        ]);
        expect(JSON.stringify(items)).not.toContain('shop');
      });

      it('give nothing to one who may see nothing', async () => {
        await insertCompany();
        const scope: EntityScope = {
          postures: {},
          visible: { scope: 'none' },
        };
        expect((await summary({}, scope)).counts.entities).toBe(0);
        expect(await groups({ scope })).toEqual([]);
      });

      it('give nothing to one whom the policy denies postures', async () => {
        await insertCompany();
        const scope: EntityScope = {
          postures: undefined,
          visible: { scope: 'all' },
        };
        expect(await entities({}, scope)).toEqual([]);
      });

      it('keep to the conditions of the policy', async () => {
        await insertCompany();
        const scope: EntityScope = {
          postures: {
            conditions: query =>
              query.where('entities.owner_ref', groupOf('tools')),
          },
          visible: { scope: 'all' },
        };
        expect(await entities({}, scope)).toEqual(['agent']);
        expect(
          (await groups({ scope })).map(({ all }) => all.entities),
        ).toEqual([1]);
      });

      it('hold for thousands of visible entities', async () => {
        await insertCompany();
        const refs = Array.from({ length: 20_000 }, (_, i) => refOf(`e${i}`));
        expect(await entities({}, seeing(...refs, refOf('pay')))).toEqual([
          'pay',
        ]);
      });
    });

    it('go on to the next page, also when an entity vanished between', async () => {
      for (const name of ['a', 'b', 'c']) {
        await insert(name, { level: 'baseline' });
      }
      const list = (cursor?: string) =>
        new ScorecardEntitiesReadModel({ knex }).list({
          filter: {},
          sort: 'name',
          page: { limit: 2, cursor },
          scope: everything,
        });
      const first = await list();
      expect(names(first.items)).toEqual(['a', 'b']);
      expect(first.totalItems).toBe(3);
      await knex('postures').where('entity_ref', refOf('c')).delete();
      const second = await list(first.pageInfo.nextCursor);
      expect(second).toMatchObject({ items: [], totalItems: 2 });
    });

    it('refuse the cursor of another list', async () => {
      for (const name of ['a', 'b', 'c']) {
        await insert(name, { level: 'baseline' });
      }
      const read = new ScorecardEntitiesReadModel({ knex });
      const first = await read.list({
        filter: {},
        sort: 'name',
        page: { limit: 1 },
        scope: everything,
      });
      await expect(
        read.list({
          filter: { level: ['exposed'] },
          sort: 'name',
          page: { limit: 1, cursor: first.pageInfo.nextCursor },
          scope: everything,
        }),
      ).rejects.toThrow('is not a cursor of this list');
    });
  },
);
