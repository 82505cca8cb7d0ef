import {
  type ApprovalRules,
  type Decision,
  evaluate,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import type { DbApprovalReviewsRow, DbProfilesRow } from '../database/tables';
import type { ApprovalEventStore } from './ApprovalEventStore';
import { subjectKey } from './subjectKey';
import type { VoterDirectory } from './VoterDirectory';

/** What was decided on one profile in its cluster's environment. */
export interface ProfileDecision {
  environment: string;
  profileId: string;
  decision: Decision;
}

/** Options of {@link ApprovalDecisions}. */
export interface ApprovalDecisionsOptions {
  events: ApprovalEventStore;
  voters: VoterDirectory;
  rules: ApprovalRules;
}

type ProfileRow = Pick<
  DbProfilesRow,
  'id' | 'kind' | 'namespace' | 'name' | 'effective_digest' | 'resolution'
> & { environment: string };

/** Adds up the votes on the profiles that collection sees, for the content that is in force now. */
export class ApprovalDecisions {
  private readonly options: ApprovalDecisionsOptions;

  constructor(options: ApprovalDecisionsOptions) {
    this.options = options;
  }

  /** Decisions on every profile of these clusters that somebody ever asked for, and on those that are named. */
  async ofClusters(
    knex: Knex,
    clusterIds: string[],
    options: { now: string; profileIds: readonly string[] },
  ): Promise<ProfileDecision[]> {
    const rows: ProfileRow[] = await knex('profiles')
      .join('clusters', 'clusters.id', 'profiles.cluster_id')
      .whereIn('profiles.cluster_id', clusterIds)
      .select(
        'profiles.id',
        'profiles.kind',
        'profiles.namespace',
        'profiles.name',
        'profiles.effective_digest',
        'profiles.resolution',
        'clusters.environment',
      );
    const asked = new Set(
      await knex<DbApprovalReviewsRow>('approval_reviews')
        .distinct()
        .pluck('subject_key'),
    );
    const named = new Set(options.profileIds);
    const wanted = rows.filter(
      row => named.has(row.id) || asked.has(keyOf(row)),
    );
    return this.decide(knex, wanted, options);
  }

  private async decide(
    knex: Knex,
    rows: ProfileRow[],
    options: { now: string },
  ): Promise<ProfileDecision[]> {
    const { events, voters, rules } = this.options;
    const bySubject = await events.readSubjects(knex, rows.map(keyOf));
    const decisions: ProfileDecision[] = [];
    for (const row of rows) {
      const identities = await voters.identities(
        knex,
        await voters.voterGroups(knex, row),
      );
      decisions.push({
        environment: row.environment,
        profileId: row.id,
        decision: evaluate(
          bySubject.get(keyOf(row)) ?? [],
          { digest: row.effective_digest, resolution: row.resolution },
          rules,
          identities,
          options.now,
        ),
      });
    }
    return decisions;
  }
}

function keyOf(row: ProfileRow): string {
  return subjectKey(row.environment, row);
}

/** The next time at which one of these decisions changes by itself; undefined where none does. */
export function nextChange(decisions: readonly Decision[]): string | undefined {
  return decisions
    .flatMap(({ state, expiresAt }) =>
      // An approval that has ended keeps its end, and changes no more.
      expiresAt === undefined || state === 'expired' ? [] : [expiresAt],
    )
    .sort()
    .at(0);
}
