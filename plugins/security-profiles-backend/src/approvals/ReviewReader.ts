import {
  type ApprovalEvent,
  type ApprovalIdentities,
  type ApprovalRules,
  type EffectiveProfile,
  type IndexedProfile,
  indexProfiles,
  listReviews,
  type ObservedContent,
  resolveEffectiveProfile,
  type Review,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import { chunk } from '../database/chunk';
import type { DbApprovalReviewsRow } from '../database/tables';
import { parseExactJson } from '../facts/exactJson';
import type { ApprovalEventStore } from './ApprovalEventStore';
import type { VoterDirectory } from './VoterDirectory';

/** A profile of a review in one cluster, with what is in force there. */
export interface ReviewedProfile {
  profileId: string;
  clusterId: string;
  cluster: string;
  observed: ObservedContent;
}

/** Everything that a decision on one subject depends on. */
export interface ReviewContext {
  row: DbApprovalReviewsRow;
  events: ApprovalEvent[];
  identities: ApprovalIdentities;
  profiles: ReviewedProfile[];
  /** The review with its votes added up. */
  review: Review;
  /** What is in force, as far as it is what the review is about: that content where any cluster has it. */
  observed: ObservedContent;
  /** Where it stands for a reader: an approval that ended or whose content is no longer in force says so. */
  state: string;
}

/** Options of {@link ReviewReader}. */
export interface ReviewReaderOptions {
  events: ApprovalEventStore;
  voters: VoterDirectory;
  rules: ApprovalRules;
}

/** Reads reviews with all that they depend on. */
export class ReviewReader {
  private readonly options: ReviewReaderOptions;

  constructor(options: ReviewReaderOptions) {
    this.options = options;
  }

  async read(
    knex: Knex,
    reviewId: string,
    options: { now: string },
  ): Promise<ReviewContext | undefined> {
    const row = await knex<DbApprovalReviewsRow>('approval_reviews')
      .where('review_id', reviewId)
      .first();
    return row && (await this.contexts(knex, [row], options)).at(0);
  }

  /** Contexts of these reviews, in their order. */
  async contexts(
    knex: Knex,
    rows: DbApprovalReviewsRow[],
    options: { now: string },
  ): Promise<ReviewContext[]> {
    const { events, voters, rules } = this.options;
    const bySubject = await events.readSubjects(
      knex,
      rows.map(row => row.subject_key),
    );
    const shared = new Map<
      string,
      { identities: ApprovalIdentities; profiles: ReviewedProfile[] }
    >();
    const contexts: ReviewContext[] = [];
    for (const row of rows) {
      let subject = shared.get(row.subject_key);
      if (!subject) {
        const profile = {
          environment: row.environment,
          kind: row.profile_kind,
          namespace: row.profile_namespace,
          name: row.profile_name,
        };
        subject = {
          identities: await voters.identities(
            knex,
            await voters.voterGroups(knex, profile),
          ),
          profiles: await this.profiles(knex, row),
        };
        shared.set(row.subject_key, subject);
      }
      const subjectEvents = bySubject.get(row.subject_key) ?? [];
      const review = listReviews(
        subjectEvents,
        rules,
        subject.identities,
        options.now,
      ).find(one => one.reviewId === row.review_id);
      if (review) {
        const observed = observedFor(review, subject.profiles);
        contexts.push({
          row,
          events: subjectEvents,
          ...subject,
          review,
          observed,
          state: displayState(review, observed, options.now),
        });
      }
    }
    return contexts;
  }

  /** What the content of a review allows, where it is still in force somewhere. */
  async content(
    knex: Knex,
    context: ReviewContext,
  ): Promise<
    { profile: IndexedProfile; effective: EffectiveProfile } | undefined
  > {
    const { digest } = context.review.request;
    const match = context.profiles.find(
      ({ observed }) => observed.digest === digest,
    );
    if (!match) {
      return undefined;
    }
    const rows = await knex('profiles')
      .where('cluster_id', match.clusterId)
      .select<{ id: string; object: string }[]>('id', 'object');
    const profiles = rows.map(row => ({
      ...(parseExactJson(row.object) as IndexedProfile),
      id: row.id,
    }));
    const profile = profiles.find(({ id }) => id === match.profileId);
    return (
      profile && {
        profile,
        effective: resolveEffectiveProfile(profile, indexProfiles(profiles)),
      }
    );
  }

  /** Who runs under these profiles. */
  async users(
    knex: Knex,
    profileIds: string[],
  ): Promise<{ entityRef: string; pods: number }[]> {
    const pods = new Map<string, number>();
    for (const ids of chunk(profileIds)) {
      const rows = await knex('posture_profiles')
        .whereIn('profile_id', ids)
        .orderBy('entity_ref')
        .select<{ entity_ref: string; pods: number }[]>('entity_ref', 'pods');
      for (const row of rows) {
        pods.set(row.entity_ref, (pods.get(row.entity_ref) ?? 0) + row.pods);
      }
    }
    return [...pods].map(([entityRef, count]) => ({ entityRef, pods: count }));
  }

  private async profiles(
    knex: Knex,
    row: DbApprovalReviewsRow,
  ): Promise<ReviewedProfile[]> {
    const found = await knex('profiles')
      .join('clusters', 'clusters.id', 'profiles.cluster_id')
      .where({
        'clusters.environment': row.environment,
        'profiles.kind': row.profile_kind,
        'profiles.namespace': row.profile_namespace,
        'profiles.name': row.profile_name,
      })
      .orderBy('clusters.name')
      .select<
        {
          id: string;
          cluster_id: string;
          cluster: string;
          effective_digest: string | null;
          resolution: string;
        }[]
      >(
        'profiles.id',
        'profiles.cluster_id',
        'clusters.name as cluster',
        'profiles.effective_digest',
        'profiles.resolution',
      );
    return found.map(profile => ({
      profileId: profile.id,
      clusterId: profile.cluster_id,
      cluster: profile.cluster,
      observed: {
        digest: profile.effective_digest,
        resolution: profile.resolution,
      },
    }));
  }
}

function observedFor(
  review: Review,
  profiles: ReviewedProfile[],
): ObservedContent {
  const { digest, subject } = review.request;
  const same = profiles.find(({ observed }) => observed.digest === digest);
  const asked = profiles.find(
    ({ profileId }) =>
      'profileId' in subject && profileId === subject.profileId,
  );
  return (
    (same ?? asked ?? profiles.at(0))?.observed ?? {
      digest: null,
      resolution: 'unresolved',
    }
  );
}

function displayState(
  review: Review,
  observed: ObservedContent,
  now: string,
): string {
  const { emergency } = review;
  if (
    emergency &&
    emergency.endedAt === undefined &&
    emergency.until > now &&
    review.state !== 'approved' &&
    observed.digest === review.request.digest
  ) {
    return 'approved-emergency';
  }
  if (review.state !== 'approved') {
    return review.state;
  }
  if (review.expiresAt !== undefined && review.expiresAt <= now) {
    return 'expired';
  }
  return observed.digest === review.request.digest ? 'approved' : 'stale';
}
