import {
  type ApprovalEvent,
  type ApprovalRules,
  listReviews,
  type Review,
} from '@security-profiles/analysis';
import type { Knex } from 'knex';
import type { Clock } from '../clock/Clock';
import { chunk } from '../database/chunk';
import type { DbApprovalReviewsRow, DbProfilesRow } from '../database/tables';
import type {
  ApprovalEventStore,
  NewApprovalEvent,
} from './ApprovalEventStore';
import { systemActor } from './Caller';
import { lockSubject } from './lockSubject';
import { subjectKey } from './subjectKey';

/** Options of {@link ReviewFollower}. */
export interface ReviewFollowerOptions {
  events: ApprovalEventStore;
  rules: ApprovalRules;
  clock: Clock;
}

type Content = Pick<DbProfilesRow, 'id' | 'source_digest' | 'effective_digest'>;

/**
 * Follows the clusters: a review of content that is no longer in force anywhere is superseded, and an approval of content
 * that is only written otherwise is carried over.
 *
 * @remarks
 * States are computed from what is in force in any case; this puts on record when it happened and why.
 */
export class ReviewFollower {
  private readonly options: ReviewFollowerOptions;

  constructor(options: ReviewFollowerOptions) {
    this.options = options;
  }

  /** Told of changed profiles in the transaction that changes them. */
  async profilesChanged(tx: Knex, profileIds: string[]): Promise<void> {
    const keys = await this.reviewedKeys(tx, profileIds);
    // All before the first is written: a voter holds one of these while waiting to write.
    for (const key of keys) {
      await lockSubject(tx, key);
    }
    const { events, rules, clock } = this.options;
    const now = clock.now().toISOString();
    const bySubject = await events.readSubjects(tx, keys);
    for (const key of keys) {
      const known = bySubject.get(key) ?? [];
      const inForce = await this.inForce(tx, key);
      // Votes carry why they counted, so nobody has to be looked up.
      for (const review of listReviews(known, rules, { eligible: [] }, now)) {
        for (const event of follow(review, { inForce, known, now })) {
          await events.append(tx, event, {
            subjectKey: key,
            actor: systemActor,
          });
        }
      }
    }
  }

  /** Keys of the subjects of these profiles that somebody ever asked for, in one order for everybody. */
  private async reviewedKeys(
    tx: Knex,
    profileIds: string[],
  ): Promise<string[]> {
    const keys = new Set<string>();
    for (const ids of chunk(profileIds)) {
      const rows = await tx('profiles')
        .join('clusters', 'clusters.id', 'profiles.cluster_id')
        .whereIn('profiles.id', ids)
        .select<
          (Pick<DbProfilesRow, 'kind' | 'namespace' | 'name'> & {
            environment: string;
          })[]
        >(
          'profiles.kind',
          'profiles.namespace',
          'profiles.name',
          'clusters.environment',
        );
      const asked: string[] = await tx<DbApprovalReviewsRow>('approval_reviews')
        .whereIn(
          'subject_key',
          rows.map(row => subjectKey(row.environment, row)),
        )
        .distinct()
        .pluck('subject_key');
      for (const key of asked) {
        keys.add(key);
      }
    }
    return [...keys].sort();
  }

  /** What all clusters of the environment enforce under that name. */
  private async inForce(tx: Knex, key: string): Promise<Content[]> {
    return tx('approval_reviews')
      .join('profiles', join =>
        join
          .on('profiles.kind', 'approval_reviews.profile_kind')
          .andOn('profiles.namespace', 'approval_reviews.profile_namespace')
          .andOn('profiles.name', 'approval_reviews.profile_name'),
      )
      .join('clusters', join =>
        join
          .on('clusters.id', 'profiles.cluster_id')
          .andOn('clusters.environment', 'approval_reviews.environment'),
      )
      .where('approval_reviews.subject_key', key)
      .distinct(
        'profiles.id',
        'profiles.source_digest',
        'profiles.effective_digest',
      );
  }
}

function follow(
  review: Review,
  facts: {
    inForce: readonly Content[];
    known: readonly ApprovalEvent[];
    now: string;
  },
): NewApprovalEvent[] {
  const { inForce, known, now } = facts;
  const { reviewId, request } = review;
  const same = inForce.filter(
    ({ effective_digest }) => effective_digest === request.digest,
  );
  if (review.state === 'pending' || review.state === 'changes-requested') {
    // Where nothing can be told, or the profile is gone for a moment, the review waits.
    const other = inForce.find(one => one.effective_digest !== null);
    return same.length > 0 || !other?.effective_digest
      ? []
      : [
          {
            type: 'superseded',
            reviewId,
            at: now,
            actor: systemActor,
            digest: other.effective_digest,
            reason: 'Other content is in force in every cluster.',
          },
        ];
  }
  if (review.state !== 'approved' || (review.expiresAt ?? '') <= now) {
    return [];
  }
  const noted = new Set([
    request.sourceDigest,
    ...known.flatMap(event =>
      event.type === 'carried' && event.reviewId === reviewId
        ? [event.sourceDigest]
        : [],
    ),
  ]);
  const rewritten = new Set(
    same.map(one => one.source_digest).filter(digest => !noted.has(digest)),
  );
  return [...rewritten].map(sourceDigest => ({
    type: 'carried' as const,
    reviewId,
    at: now,
    actor: systemActor,
    digest: request.digest,
    sourceDigest,
    changeClass: 'cosmetic' as const,
    reason: 'It is written otherwise and enforces the same.',
  }));
}
