import { TestDatabases } from '@backstage/backend-test-utils';
import type { Finding, Posture } from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { clearDatabase, openDatabase } from '../testing/openDatabase';
import { PostureStore } from './PostureStore';

jest.setTimeout(60_000);

const databases = TestDatabases.create({ ids: ['SQLITE_3', 'POSTGRES_15'] });
const cart = 'component:default/cart';

function finding(id: string, overrides: Partial<Finding> = {}): Finding {
  return {
    id,
    status: 'fail',
    severity: 'high',
    responsible: 'owner',
    title: id,
    reason: '',
    evidenceTotal: 0,
    evidence: [],
    fixes: [],
    ...overrides,
  };
}

function posture(overrides: Partial<Posture> = {}): Posture {
  return {
    entityRef: cart,
    assessedAt: '2026-11-23T09:00:00.000Z',
    rules: 'sp-rules/1',
    level: 'exposed',
    score: 60,
    approval: 'missing',
    target: { level: 'baseline', met: 'no', because: [] },
    scopes: [
      {
        environment: 'production',
        clusters: ['eu'],
        level: 'exposed',
        approval: 'missing',
        score: 60,
        counted: true,
      },
    ],
    findings: [],
    nextSteps: [],
    profiles: [],
    workloads: [],
    ...overrides,
  } as unknown as Posture;
}

describe.each(databases.eachSupportedId())(
  'The store of postures on %s',
  databaseId => {
    const store = new PostureStore();
    let knex: Knex;
    beforeAll(async () => {
      knex = await openDatabase(databases, databaseId);
    });
    beforeEach(() => clearDatabase(knex));

    async function findings() {
      const rows = await knex('posture_findings').orderBy('finding_id');
      return rows.map(
        row => `${row.finding_id} ${row.status}${row.sole ? ' sole' : ''}`,
      );
    }

    it('keeps what fails, warns or is unknown, and nothing of what passes', async () => {
      await store.write(knex, [
        {
          posture: posture({
            findings: [
              finding('a'),
              finding('b', { status: 'warn' }),
              finding('c', { status: 'unknown' }),
              finding('d', { status: 'pass' }),
              finding('e', { status: 'not-applicable' }),
            ],
          }),
          clusterIds: [],
        },
      ]);
      expect(await findings()).toEqual(['a fail sole', 'b warn', 'c unknown']);
    });

    it('calls no failure sole beside another, and looks past waived ones', async () => {
      const waiver = { reviewId: 'r', until: '2027-01-31T00:00:00.000Z' };
      await store.write(knex, [
        {
          posture: posture({ findings: [finding('a'), finding('b')] }),
          clusterIds: [],
        },
      ]);
      expect(await findings()).toEqual(['a fail', 'b fail']);
      await store.write(knex, [
        {
          posture: posture({
            findings: [finding('a'), finding('b', { waiver })],
          }),
          clusterIds: [],
        },
      ]);
      expect(await findings()).toEqual(['a fail sole', 'b fail']);
    });

    it('notes the worst finding and the next step beside the level', async () => {
      await store.write(knex, [
        {
          posture: posture({
            findings: [
              finding('a', { severity: 'medium' }),
              finding('b', { severity: 'critical', status: 'warn' }),
            ],
            nextSteps: [
              { findingId: 'b', severity: 'critical', text: 'Do b.' },
            ],
          }),
          clusterIds: [],
        },
      ]);
      expect(await knex('postures').first()).toMatchObject({
        worst_finding: 'b',
        worst_severity: 'critical',
        next_step: 'Do b.',
        target_level: 'baseline',
        environments: 1,
      });
    });

    it('counts the reviews that wait for votes, each once', async () => {
      const profile = (state: string, reviewId?: string) => ({
        approval: { state, reviewId, viewerMay: [] },
      });
      await store.write(knex, [
        {
          posture: posture({
            profiles: [
              profile('pending', 'r1'),
              profile('pending', 'r1'),
              profile('changes-requested', 'r2'),
              profile('approved', 'r3'),
              profile('unreviewed'),
            ] as unknown as Posture['profiles'],
          }),
          clusterIds: [],
        },
      ]);
      expect(await knex('postures').first('open_reviews')).toEqual({
        open_reviews: 2,
      });
    });

    it('keeps no findings of an entity that runs nowhere', async () => {
      await store.write(knex, [
        {
          posture: posture({ scopes: [], findings: [finding('a')] }),
          clusterIds: [],
        },
      ]);
      expect(await findings()).toEqual([]);
    });

    it('leaves nothing behind of an entity that goes', async () => {
      await store.write(knex, [
        { posture: posture({ findings: [finding('a')] }), clusterIds: ['eu'] },
      ]);
      await store.remove(knex, [cart]);
      expect(await findings()).toEqual([]);
      expect(await knex('postures')).toEqual([]);
    });
  },
);
