import type { Knex } from 'knex';

/** Keeps one row per entity, environment and day, from which trends are drawn. */
export class PostureHistory {
  private readonly knex: Knex;

  constructor(options: { knex: Knex }) {
    this.knex = options.knex;
  }

  /**
   * Notes how every entity stands today; of several notes of a day the last one counts.
   *
   * @param day - `2026-11-25`
   */
  async record(day: string): Promise<void> {
    // `where true`: without it SQLite takes "on conflict" for a part of the join.
    await this.knex.raw(
      `insert into posture_history
         (entity_ref, environment, day, level, approval, score, target_met, rules)
       select posture_scopes.entity_ref, posture_scopes.environment, ?,
         posture_scopes.level, posture_scopes.approval, posture_scopes.score,
         case when postures.target_level is null then 'none' else postures.target_met end,
         postures.rules
       from posture_scopes
       join postures on postures.entity_ref = posture_scopes.entity_ref
       where true
       on conflict (entity_ref, environment, day) do update set
         level = excluded.level, approval = excluded.approval, score = excluded.score,
         target_met = excluded.target_met, rules = excluded.rules`,
      [day],
    );
  }

  /** Forgets all days before this one. Answers how many rows that were. */
  async prune(day: string): Promise<number> {
    return this.knex('posture_history').where('day', '<', day).delete();
  }
}
