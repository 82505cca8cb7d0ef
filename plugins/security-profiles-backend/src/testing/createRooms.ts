// Only tests import this folder.
// eslint-disable-next-line @backstage/no-undeclared-imports
import { mockServices } from '@backstage/backend-test-utils';
import type { Entity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  defaultApprovalRules,
  defaultRuleset,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { ApprovalDecisions } from '../approvals/ApprovalDecisions';
import { ApprovalEventStore } from '../approvals/ApprovalEventStore';
import { ChangeReader } from '../approvals/ChangeReader';
import { ReviewReader } from '../approvals/ReviewReader';
import { ReviewWriter } from '../approvals/ReviewWriter';
import { RiskReader } from '../approvals/RiskReader';
import { VoterDirectory } from '../approvals/VoterDirectory';
import { Assessor } from '../assess/Assessor';
import { ClusterFactsReader } from '../assess/ClusterFactsReader';
import { DirtyEntities } from '../assess/DirtyEntities';
import { DirtyMarker } from '../assess/DirtyMarker';
import { EntityFactsReader } from '../assess/EntityFactsReader';
import { CatalogMirror } from '../catalog/CatalogMirror';
import { ClaimMatcher } from '../catalog/ClaimMatcher';
import type { Clock } from '../clock/Clock';
import { bundledFeed } from '../dataplane/bundledFeed';
import { ClusterDataplane } from '../dataplane/ClusterDataplane';
import { DatabaseInventory } from '../inventory/DatabaseInventory';
import { PostureStore } from '../posture/PostureStore';
import { ManualClock } from './ManualClock';
import { RecordingLogger } from './RecordingLogger';

/** The rooms from the inventory to the postures over one database, as the plugin puts them together. */
export function createRooms(knex: Knex) {
  const clock = new ManualClock('2026-11-23T09:00:00.000Z');
  const machineClock = new ManualClock('2026-11-23T09:00:00.000Z');
  const logger = new RecordingLogger();
  const feed = bundledFeed('2026-11-23T09:00:00.000Z');
  const dirty = new DirtyEntities();
  const matcher = new ClaimMatcher();
  const marker = new DirtyMarker({ matcher, dirty, onMarked: () => {} });
  const events = new ApprovalEventStore();
  const voters = new VoterDirectory({ reviewers: [] });
  const rules = defaultApprovalRules;
  const facts = new EntityFactsReader({
    approvals: new ApprovalDecisions({ events, voters, rules }),
    clusters: new ClusterFactsReader({
      dataplane: new ClusterDataplane({ feed: () => feed }),
      settingsOf: () => ({ seccompDefault: 'not-declared' }),
    }),
    environments: [
      { name: 'production', clusters: ['eu', 'us'], counted: 'counted' },
    ],
  });
  let lastId = 0;
  const { signal } = new AbortController();
  const mirrorOf = (catalog: CatalogService) =>
    new CatalogMirror({
      knex,
      catalog,
      auth: mockServices.auth(),
      matcher,
      listener: marker,
    });
  return {
    clock,
    machineClock,
    logger,
    dirty,
    matcher,
    facts,
    inventory: new DatabaseInventory({ knex, listener: marker }),
    mirrorOf,
    assessor: new Assessor({
      knex,
      dirty,
      facts,
      postures: new PostureStore(),
      ruleset: defaultRuleset,
      clock,
      machineClock,
      logger,
    }),
    /** Asks and votes at the time of another clock. */
    reviewWriter: (reviewClock: Clock) =>
      new ReviewWriter({
        knex,
        reader: new ReviewReader({ events, voters, rules }),
        events,
        voters,
        changes: new ChangeReader(),
        risks: new RiskReader({ isCounted: () => 'yes' }),
        rules,
        clock: reviewClock,
        newId: () => {
          lastId += 1;
          return `id-${lastId}`;
        },
        onDecided: (tx, refs) => marker.entitiesChanged(tx, refs),
      }),
    signal,
    /** Reads a catalog that holds exactly these entities. */
    refreshCatalog: (entities: Entity[]) =>
      mirrorOf(catalogServiceMock({ entities })).refreshAll(),
    /** Claims by entity and workload name. */
    async claims(): Promise<Record<string, string>> {
      const rows = await knex('claims')
        .join('workloads', 'workloads.id', 'claims.workload_id')
        .orderBy(['claims.entity_ref', 'workloads.name'])
        .select('claims.entity_ref', 'workloads.name', 'claims.claim');
      return Object.fromEntries(
        rows.map(row => [`${row.entity_ref} ${row.name}`, row.claim]),
      );
    },
    /** Refs of entities that wait to be judged. */
    async marked(): Promise<string[]> {
      return knex('dirty_entities').orderBy('entity_ref').pluck('entity_ref');
    },
    /** As if everything had been judged. */
    async clearMarks(): Promise<void> {
      await knex('dirty_entities').delete();
    },
  };
}

/** What {@link createRooms} gives. */
export type Rooms = ReturnType<typeof createRooms>;
