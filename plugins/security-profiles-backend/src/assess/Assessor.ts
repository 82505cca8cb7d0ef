import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  ClusterContexts,
  type EntityFacts,
  judgeEntity,
  nextStart,
  type Ruleset,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { nextChange } from '../approvals/ApprovalDecisions';
import type { Clock } from '../clock/Clock';
import type { DbPosturesRow } from '../database/tables';
import {
  type PostureStore,
  type PostureToWrite,
  usedProfiles,
} from '../posture/PostureStore';
import type { ClaimedEntity, DirtyEntities } from './DirtyEntities';
import type { EntityFactsReader } from './EntityFactsReader';
import { ProfileOwners } from './ProfileOwners';

/** Options of {@link Assessor}. */
export interface AssessorOptions {
  knex: Knex;
  dirty: DirtyEntities;
  facts: EntityFactsReader;
  postures: PostureStore;
  ruleset: Ruleset;
  /** The time that verdicts are made at. */
  clock: Clock;
  /** The machine's time, that claims run out by. */
  machineClock: Clock;
  logger: LoggerService;
}

const entitiesPerClaim = 50;
/** An assessor that has not finished by then is taken for dead, and its entities go to another. */
const claimMilliseconds = 60_000;

/** Judges the entities that a change touched, and writes their postures. */
export class Assessor {
  private readonly options: AssessorOptions;
  private readonly contexts = new ClusterContexts();
  private readonly owners = new ProfileOwners();
  private pending: Promise<void> = Promise.resolve();

  constructor(options: AssessorOptions) {
    this.options = options;
  }

  /** Judges until nothing is marked. Calls that overlap run one after the other. */
  async drain(options: { signal: AbortSignal }): Promise<void> {
    const turn = this.pending.then(() => this.drainOnce(options));
    this.pending = turn.catch(() => {});
    return turn;
  }

  /** Judges one entity at once, before all others that are marked. */
  async assessNow(entityRef: string): Promise<void> {
    const { knex, dirty, machineClock } = this.options;
    const claimed = await dirty.claimOne(knex, entityRef, {
      until: machineClock.now().getTime() + claimMilliseconds,
    });
    if (claimed) {
      await this.assess([claimed]);
    }
  }

  private async drainOnce(options: { signal: AbortSignal }): Promise<void> {
    const { knex, dirty, machineClock } = this.options;
    await this.markEnded();
    let after: string | undefined;
    while (!options.signal.aborted) {
      const now = machineClock.now().getTime();
      const claimed = await dirty.claim(knex, {
        limit: entitiesPerClaim,
        now,
        until: now + claimMilliseconds,
        after,
      });
      if (claimed.length > 0) {
        await this.assess(claimed);
      } else if (after === undefined) {
        return;
      }
      after = claimed.at(-1)?.entityRef;
    }
  }

  /**
   * Marks what other rules than today's judged: config or this version changed them. For the start of a replica only, so
   * that two replicas of different config never undo each other's work in turns.
   */
  async markJudgedByOtherRules(): Promise<void> {
    const { knex, dirty, ruleset } = this.options;
    const other = await knex<DbPosturesRow>('postures')
      .whereNot('rules', ruleset.id)
      .pluck('entity_ref');
    await dirty.mark(knex, other);
  }

  /**
   * Marks what is judged otherwise by now although nothing wrote to it: an approval has ended, or a scheduled finding
   * counts.
   */
  private async markEnded(): Promise<void> {
    const { knex, dirty, clock } = this.options;
    const ended = await knex<DbPosturesRow>('postures')
      .where('valid_until', '<=', clock.now().toISOString())
      .pluck('entity_ref');
    await dirty.mark(knex, ended);
  }

  /** Judges what was claimed together. What fails so is tried one by one: one odd entity keeps no other from it. */
  private async assess(claimed: ClaimedEntity[]): Promise<void> {
    try {
      await this.assessTogether(claimed);
    } catch (error) {
      if (claimed.length > 1) {
        for (const one of claimed) {
          await this.assess([one]);
        }
        return;
      }
      // It stays marked: another try follows when the claim has run out.
      this.options.logger.error(
        `${claimed[0].entityRef} could not be judged`,
        error instanceof Error ? error : undefined,
      );
    }
  }

  private async assessTogether(claimed: ClaimedEntity[]): Promise<void> {
    const { knex, dirty, facts, postures, clock } = this.options;
    const now = clock.now().toISOString();
    const known = await facts.readAll(
      knex,
      claimed.map(({ entityRef }) => entityRef),
      { now },
    );
    const judged = new Map<string, PostureToWrite>();
    for (const [entityRef, ofOne] of known) {
      judged.set(entityRef, this.judge(ofOne, now));
      // The event loop is shared with every other plugin of the portal.
      await new Promise(resolve => setImmediate(resolve));
    }
    await knex.transaction(async tx => {
      const done = [...(await dirty.finish(tx, claimed))];
      const written = done.flatMap(entityRef => judged.get(entityRef) ?? []);
      const used = [
        ...new Set([
          ...(await this.owners.usedBy(tx, done)),
          ...written.flatMap(({ posture }) => usedProfiles(posture)),
        ]),
      ];
      const ownersBefore = await this.owners.ofProfiles(tx, used);
      await postures.write(tx, written);
      await postures.remove(
        tx,
        done.filter(entityRef => !judged.has(entityRef)),
      );
      const ownersNow = await this.owners.ofProfiles(tx, used);
      const changed = used.filter(
        id => ownersNow.get(id) !== ownersBefore.get(id),
      );
      await dirty.mark(tx, await this.owners.users(tx, changed));
    });
  }

  private judge(known: EntityFacts, now: string): PostureToWrite {
    const { ruleset } = this.options;
    return {
      posture: judgeEntity(known, ruleset, now, this.contexts),
      clusterIds: known.clusters.map(({ id }) => id),
      validUntil: [
        nextChange((known.approvals ?? []).map(({ decision }) => decision)),
        nextStart(ruleset, now),
        ...known.clusters.map(({ dataplane }) => dataplane?.validUntil),
      ]
        .filter(time => time !== undefined)
        .sort()
        .at(0),
    };
  }
}
