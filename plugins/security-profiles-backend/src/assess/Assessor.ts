import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  ClusterContexts,
  judgeEntity,
  nextStart,
  type Ruleset,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { nextChange } from '../approvals/ApprovalDecisions';
import type { Clock } from '../clock/Clock';
import type { DbPosturesRow } from '../database/tables';
import type { PostureStore } from '../posture/PostureStore';
import type { ClaimedEntity, DirtyEntities } from './DirtyEntities';
import type { EntityFactsReader } from './EntityFactsReader';

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
      await this.assess(claimed);
    }
  }

  private async drainOnce(options: { signal: AbortSignal }): Promise<void> {
    const { knex, dirty, machineClock } = this.options;
    await this.markEnded();
    while (!options.signal.aborted) {
      const now = machineClock.now().getTime();
      const claimed = await dirty.claim(knex, {
        limit: entitiesPerClaim,
        now,
        until: now + claimMilliseconds,
      });
      if (claimed.length === 0) {
        return;
      }
      for (const entity of claimed) {
        await this.assess(entity);
        // The event loop is shared with every other plugin of the portal.
        await new Promise(resolve => setImmediate(resolve));
      }
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

  private async assess(claimed: ClaimedEntity): Promise<void> {
    const { knex, dirty, facts, postures, ruleset, clock, logger } =
      this.options;
    const now = clock.now().toISOString();
    try {
      const known = await facts.read(knex, claimed.entityRef, { now });
      const posture = known && judgeEntity(known, ruleset, now, this.contexts);
      await knex.transaction(async tx => {
        if ((await dirty.finish(tx, claimed)) === 'changed') {
          return;
        }
        if (known && posture) {
          await postures.write(tx, posture, {
            clusterIds: known.clusters.map(({ id }) => id),
            validUntil: earlier(
              earlier(
                nextChange(
                  (known.approvals ?? []).map(({ decision }) => decision),
                ),
                nextStart(ruleset, now),
              ),
              known.clusters
                .flatMap(({ dataplane }) => dataplane?.validUntil ?? [])
                .sort()
                .at(0),
            ),
          });
        } else {
          await postures.remove(tx, claimed.entityRef);
        }
      });
    } catch (error) {
      // It stays marked: another try follows when the claim has run out.
      logger.error(
        `${claimed.entityRef} could not be judged`,
        error instanceof Error ? error : undefined,
      );
    }
  }
}

function earlier(
  a: string | undefined,
  b: string | undefined,
): string | undefined {
  return [a, b]
    .filter(one => one !== undefined)
    .sort()
    .at(0);
}
