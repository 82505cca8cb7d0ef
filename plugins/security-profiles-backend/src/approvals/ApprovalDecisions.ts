import {
  type ApprovalRules,
  type Decision,
  evaluate,
  inheritApproval,
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

/** A decision on a profile of one of several clusters. */
export interface ClusterDecision extends ProfileDecision {
  clusterId: string;
  /** `not-asked`: it is there only because the profile was named. */
  review: 'asked' | 'not-asked';
}

/** Options of {@link ApprovalDecisions}. */
export interface ApprovalDecisionsOptions {
  events: ApprovalEventStore;
  voters: VoterDirectory;
  rules: ApprovalRules;
}

type ProfileRow = Pick<
  DbProfilesRow,
  | 'id'
  | 'cluster_id'
  | 'kind'
  | 'namespace'
  | 'name'
  | 'effective_digest'
  | 'resolution'
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
  ): Promise<ClusterDecision[]> {
    const rows: ProfileRow[] = await knex('profiles')
      .join('clusters', 'clusters.id', 'profiles.cluster_id')
      .whereIn('profiles.cluster_id', clusterIds)
      .select(
        'profiles.id',
        'profiles.cluster_id',
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
    const decisions = await this.decide(knex, wanted, options);
    return decisions.map((decision, index) => ({
      ...decision,
      clusterId: wanted[index].cluster_id,
      review: asked.has(keyOf(wanted[index])) ? 'asked' : 'not-asked',
    }));
  }

  private async decide(
    knex: Knex,
    rows: ProfileRow[],
    options: { now: string },
  ): Promise<ProfileDecision[]> {
    const { voters, events, rules } = this.options;
    const sources = (row: ProfileRow) =>
      rules.inherits
        .filter(({ to }) => to === row.environment)
        .map(({ from }) => ({ ...row, environment: from }));
    const bySubject = await events.readSubjects(
      knex,
      rows.flatMap(row => [row, ...sources(row)]).map(keyOf),
    );
    const decide = async (row: ProfileRow) =>
      evaluate(
        bySubject.get(keyOf(row)) ?? [],
        { digest: row.effective_digest, resolution: row.resolution },
        rules,
        await voters.identities(knex, await voters.voterGroups(knex, row)),
        options.now,
      );
    const decisions: ProfileDecision[] = [];
    for (const row of rows) {
      const own = await decide(row);
      const others = [];
      for (const source of sources(row)) {
        others.push({
          environment: source.environment,
          decision: await decide(source),
        });
      }
      decisions.push({
        environment: row.environment,
        profileId: row.id,
        decision: inheritApproval(own, {
          environment: row.environment,
          // The tier of the approval that is inherited: the content is the same.
          tier: others[0]?.decision.tier ?? own.tier,
          others,
          rules,
        }),
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
    .flatMap(({ state, expiresAt, emergency, limitations }) => [
      // An approval that has ended keeps its end, and changes no more.
      ...(expiresAt === undefined || state === 'expired' ? [] : [expiresAt]),
      ...(emergency && isOpen(state) && !limitations.includes('review-overdue')
        ? [emergency.reviewDueAt]
        : []),
    ])
    .sort()
    .at(0);
}

/** States in which a review after the fact is still to be decided, and may be late. */
function isOpen(state: string): boolean {
  return ['pending', 'changes-requested', 'approved-emergency'].includes(state);
}
