import type { Knex } from 'knex';
import type { ReviewWriter } from '../approvals/ReviewWriter';
import { wait } from '../collect/wait';
import type { StoryAction, StoryProfile } from './readStory';

/** Options of {@link StoryReviews}. */
export interface StoryReviewsOptions {
  knex: Knex;
  writer: ReviewWriter;
  /** Reads the catalog at once. */
  refreshCatalog: (options: { signal: AbortSignal }) => Promise<void>;
}

type AskAction = Extract<StoryAction, { type: 'ask' }>;
type VoteAction = Extract<StoryAction, { type: 'vote' }>;

/** A catalog that has no group by then has none. */
const longestWait = 60_000;
const pause = 500;

/** Asks and votes for the people of the demo's story, by the rules that hold for everybody. */
export class StoryReviews {
  private readonly options: StoryReviewsOptions;

  constructor(options: StoryReviewsOptions) {
    this.options = options;
  }

  /** The catalog is still reading its files while the backend starts; without groups nobody may vote. */
  async untilCatalogIsRead(options: { signal: AbortSignal }): Promise<void> {
    const { knex, refreshCatalog } = this.options;
    for (let waited = 0; waited < longestWait; waited += pause) {
      await refreshCatalog(options).catch(() => {});
      const [membership] = await knex('memberships').limit(1);
      const [entity] = await knex('entities').limit(1);
      if ((membership && entity) || options.signal.aborted) {
        return;
      }
      await wait(pause, options);
    }
  }

  async ask(action: AskAction): Promise<void> {
    const profile = await this.profile(action.profile);
    await this.options.writer.request(
      {
        kind: 'content',
        subject: { profileId: profile.id },
        digest: profile.digest,
        environment: profile.environment,
        reason: action.reason,
      },
      { caller: { ref: action.by, principal: 'user' } },
    );
  }

  async vote(action: VoteAction): Promise<void> {
    const profile = await this.profile(action.profile);
    const review = await this.options
      .knex('approval_reviews')
      .where({
        environment: profile.environment,
        profile_kind: action.profile.kind,
        profile_name: action.profile.name,
      })
      .orderBy('created_at', 'desc')
      .first<{ review_id: string } | undefined>('review_id');
    if (!review) {
      throw new Error(`nobody has asked for ${action.profile.name}`);
    }
    await this.options.writer.vote(
      review.review_id,
      {
        decision: action.decision,
        expectedDigest: profile.digest,
        comment: action.comment,
      },
      { caller: { ref: action.by, principal: 'user' } },
    );
  }

  private async profile(
    wanted: StoryProfile,
  ): Promise<{ id: string; digest: string; environment: string }> {
    const row = await this.options
      .knex('profiles')
      .join('clusters', 'clusters.id', 'profiles.cluster_id')
      .where({
        'clusters.name': wanted.cluster,
        'profiles.kind': wanted.kind,
        'profiles.name': wanted.name,
      })
      .first<
        | {
            id: string;
            effective_digest: string | null;
            environment: string;
          }
        | undefined
      >('profiles.id', 'profiles.effective_digest', 'clusters.environment');
    if (!row?.effective_digest) {
      throw new Error(`${wanted.name} is not known in ${wanted.cluster}`);
    }
    return {
      id: row.id,
      digest: row.effective_digest,
      environment: row.environment,
    };
  }
}
