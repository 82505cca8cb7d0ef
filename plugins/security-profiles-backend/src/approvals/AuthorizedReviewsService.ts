import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ApprovalRules } from '@security-profiles/analysis';
import type {
  BreakGlassRequest,
  Review,
  ReviewRequest,
  VoteRequest,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import type { Access } from '../access/Access';
import type { ReadScope } from '../access/ReadScope';
import { ForbiddenError, InputRefusedError } from '../access/errors';
import { applySqlConditions } from '../access/sqlCondition';
import type { Clock } from '../clock/Clock';
import type { DbApprovalReviewsRow } from '../database/tables';
import { readCursor, toPage } from '../paging/pageCursor';
import { type Caller, callerOf } from './Caller';
import type { ReviewContext, ReviewReader } from './ReviewReader';
import type {
  ReadOptions,
  ReviewFilter,
  ReviewPage,
  ReviewsService,
  WriteOptions,
} from './ReviewsService';
import { toReview, toSummary, type Touches, viewerMay } from './reviewView';
import type { ReviewWriter } from './ReviewWriter';

/** Options of {@link AuthorizedReviewsService}. */
export interface AuthorizedReviewsServiceOptions {
  knex: Knex;
  access: Access;
  reader: ReviewReader;
  writer: ReviewWriter;
  rules: ApprovalRules;
  clock: Clock;
}

/** Reviews that the queue looks at for one answer; older decided ones are found by filtering. */
const reviewsConsidered = 1000;

const openStates = ['pending', 'changes-requested'];

/** Lets callers ask and vote with their own rights: the policy first, then the rules of approvals. */
export class AuthorizedReviewsService implements ReviewsService {
  private readonly options: AuthorizedReviewsServiceOptions;

  constructor(options: AuthorizedReviewsServiceOptions) {
    this.options = options;
  }

  async listReviews(
    filter: ReviewFilter,
    page: { limit: number; cursor?: string },
    { credentials }: ReadOptions,
  ): Promise<ReviewPage> {
    const { access } = this.options;
    const offset = readCursor(page, ['reviews', filter]);
    const scope = await access.reviews(credentials);
    const votes = await access.reviewVotes(credentials);
    const caller = callerOf(credentials);
    const now = this.now();
    const readable = await this.contexts(filter, scope, now);
    const mayVote = await this.votable(votes);
    const entities = await access.entityScope(credentials);
    const views: { context: ReviewContext; touches: Touches; may: string[] }[] =
      [];
    for (const context of readable) {
      const touches = await this.touches(context, entities);
      const may = viewerMay(context, {
        caller,
        rules: this.options.rules,
        now,
        touches,
        votePermission: mayVote(context.row.review_id),
      });
      views.push({ context, touches, may });
    }
    const needsMe = views.filter(({ may }) => may.includes('approve'));
    const asked = views.filter(
      ({ context }) => context.row.requested_by === caller.ref,
    );
    const chosen = {
      'needs-me': needsMe,
      'asked-by-me': asked,
      all: views,
    }[filter.filter].sort((a, b) => compareReviews(a.context, b.context));
    const items = chosen
      .slice(offset, offset + page.limit)
      .map(({ context, touches }) =>
        toSummary(context, {
          caller,
          rules: this.options.rules,
          now,
          touches,
          votePermission: mayVote(context.row.review_id),
        }),
      );
    return {
      ...toPage(items, {
        totalItems: chosen.length,
        offset,
        limit: page.limit,
        filter: ['reviews', filter],
      }),
      servedAt: now,
      counts: {
        needsMe: needsMe.length,
        askedByMe: asked.length,
        all: views.length,
      },
    };
  }

  async getReview(
    reviewId: string,
    { credentials }: ReadOptions,
  ): Promise<Review> {
    await this.requireReadable(reviewId, credentials);
    return this.answer(reviewId, credentials);
  }

  async createReview(
    request: ReviewRequest,
    options: WriteOptions,
  ): Promise<Review> {
    const { access, knex, writer } = this.options;
    requireText('/body/reason', request.reason);
    const users: string[] = await knex('posture_profiles')
      .where('profile_id', request.subject.profileId)
      .orderBy('entity_ref')
      .pluck('entity_ref');
    await access.requireReviewCreation(users, options.credentials);
    const reviewId = await writer.request(request, this.attempt(options));
    return this.answer(reviewId, options.credentials);
  }

  async castVote(
    reviewId: string,
    vote: VoteRequest,
    options: WriteOptions,
  ): Promise<Review> {
    await this.requireReadable(reviewId, options.credentials);
    await this.options.access.requireReviewVote(reviewId, options.credentials);
    if (vote.decision !== 'approve' && !vote.comment?.trim()) {
      throw new InputRefusedError(
        '/body/comment',
        'is needed to reject or to request changes: say what should change',
      );
    }
    await this.options.writer.vote(reviewId, vote, this.attempt(options));
    return this.answer(reviewId, options.credentials);
  }

  async addComment(
    reviewId: string,
    comment: string,
    options: WriteOptions,
  ): Promise<Review> {
    await this.requireReadable(reviewId, options.credentials);
    requireText('/body/comment', comment);
    await this.options.writer.comment(reviewId, comment, this.attempt(options));
    return this.answer(reviewId, options.credentials);
  }

  async withdrawReview(
    reviewId: string,
    reason: string | undefined,
    options: WriteOptions,
  ): Promise<Review> {
    await this.requireReadable(reviewId, options.credentials);
    await this.options.writer.withdraw(reviewId, reason, this.attempt(options));
    return this.answer(reviewId, options.credentials);
  }

  async revokeApproval(
    reviewId: string,
    reason: string,
    options: WriteOptions,
  ): Promise<Review> {
    await this.requireReadable(reviewId, options.credentials);
    await this.options.access.requireRevoke(reviewId, options.credentials);
    requireText('/body/reason', reason);
    await this.options.writer.revoke(reviewId, reason, this.attempt(options));
    return this.answer(reviewId, options.credentials);
  }

  async breakGlass(
    reviewId: string,
    request: BreakGlassRequest,
    options: WriteOptions,
  ): Promise<Review> {
    await this.requireReadable(reviewId, options.credentials);
    await this.options.access.requireBreakGlass(options.credentials);
    requireText('/body/reason', request.reason);
    await this.options.writer.breakGlass(
      reviewId,
      request,
      this.attempt(options),
    );
    return this.answer(reviewId, options.credentials);
  }

  private now(): string {
    return this.options.clock.now().toISOString();
  }

  private attempt(options: WriteOptions): {
    caller: Caller;
    idempotencyKey?: string;
  } {
    return {
      caller: callerOf(options.credentials),
      idempotencyKey: options.idempotencyKey,
    };
  }

  /** A review that does not exist is answered like one that the caller may not read. */
  private async requireReadable(
    reviewId: string,
    credentials: BackstageCredentials,
  ): Promise<void> {
    await this.options.access.requireReview(reviewId, credentials);
    const exists = await this.options
      .knex<DbApprovalReviewsRow>('approval_reviews')
      .where('review_id', reviewId)
      .first('review_id');
    if (!exists) {
      throw new ForbiddenError('There is nothing here that you may read.');
    }
  }

  private async answer(
    reviewId: string,
    credentials: BackstageCredentials,
  ): Promise<Review> {
    const { knex, reader, access, rules } = this.options;
    const now = this.now();
    const context = await reader.read(knex, reviewId, { now });
    if (!context) {
      throw new ForbiddenError('There is nothing here that you may read.');
    }
    const mayVote = await this.votable(await access.reviewVotes(credentials));
    return toReview(context, {
      caller: callerOf(credentials),
      rules,
      now,
      touches: await this.touches(
        context,
        await access.entityScope(credentials),
      ),
      votePermission: mayVote(reviewId),
      rights: await access.approvalRights(reviewId, credentials),
      content: await reader.content(knex, context),
    });
  }

  private async contexts(
    filter: ReviewFilter,
    scope: ReadScope,
    now: string,
  ): Promise<ReviewContext[]> {
    const { knex, reader } = this.options;
    const query = knex<DbApprovalReviewsRow>('approval_reviews')
      .orderBy('approval_reviews.created_at', 'desc')
      .limit(reviewsConsidered);
    if (scope.conditions) {
      applySqlConditions(query, scope.conditions, knex);
    }
    if (filter.environment?.length) {
      query.whereIn('approval_reviews.environment', filter.environment);
    }
    if (filter.profileId) {
      query.whereExists(
        onSubject(
          knex('profiles').join(
            'clusters',
            'clusters.id',
            'profiles.cluster_id',
          ),
        )
          .where('profiles.id', filter.profileId)
          .select('profiles.id'),
      );
    }
    if (filter.entityRef) {
      query.whereExists(
        onSubject(
          knex('posture_profiles')
            .join('profiles', 'profiles.id', 'posture_profiles.profile_id')
            .join('clusters', 'clusters.id', 'profiles.cluster_id'),
        )
          .where(
            'posture_profiles.entity_ref',
            filter.entityRef.toLocaleLowerCase('en-US'),
          )
          .select('posture_profiles.entity_ref'),
      );
    }
    const contexts = await reader.contexts(
      knex,
      await query.select('approval_reviews.*'),
      { now },
    );
    return filter.state?.length
      ? contexts.filter(({ state }) => filter.state?.includes(state))
      : contexts;
  }

  /** Which reviews the policy lets the caller vote on, asked once. */
  private async votable(
    scope: ReadScope | undefined,
  ): Promise<(reviewId: string) => 'granted' | 'denied'> {
    if (!scope) {
      return () => 'denied';
    }
    if (!scope.conditions) {
      return () => 'granted';
    }
    const { knex } = this.options;
    const query = knex('approval_reviews');
    applySqlConditions(query, scope.conditions, knex);
    const ids = new Set<string>(
      await query.pluck('approval_reviews.review_id'),
    );
    return reviewId => (ids.has(reviewId) ? 'granted' : 'denied');
  }

  private async touches(
    context: ReviewContext,
    scope: Awaited<ReturnType<Access['entityScope']>>,
  ): Promise<Touches> {
    const { knex, reader, access } = this.options;
    const users = await reader.users(
      knex,
      context.profiles.map(({ profileId }) => profileId),
    );
    const readable = await access.readableEntities(
      knex,
      scope,
      users.map(({ entityRef }) => entityRef),
    );
    return {
      entities: users
        .map(({ entityRef }) => entityRef)
        .filter(ref => readable.has(ref)),
      hidden: users.filter(({ entityRef }) => !readable.has(entityRef)).length,
      pods: users.reduce((sum, { pods }) => sum + pods, 0),
    };
  }
}

/** Narrows profiles in clusters to what a row of `approval_reviews` around the query is about. */
function onSubject(query: Knex.QueryBuilder): Knex.QueryBuilder {
  for (const [column, ofReview] of [
    ['profiles.kind', 'profile_kind'],
    ['profiles.namespace', 'profile_namespace'],
    ['profiles.name', 'profile_name'],
    ['clusters.environment', 'environment'],
  ]) {
    query.whereRaw('?? = ??', [column, `approval_reviews.${ofReview}`]);
  }
  return query;
}

function requireText(field: string, text: string): void {
  if (!text.trim()) {
    throw new InputRefusedError(field, 'is empty; expected some words');
  }
}

/** Open ones first, those that end soonest at the top; then the newest. */
function compareReviews(a: ReviewContext, b: ReviewContext): number {
  const [openA, openB] = [a, b].map(({ state }) => openStates.includes(state));
  if (openA !== openB) {
    return openA ? -1 : 1;
  }
  return openA
    ? a.review.request.requestExpiresAt.localeCompare(
        b.review.request.requestExpiresAt,
      )
    : b.row.created_at.localeCompare(a.row.created_at);
}
