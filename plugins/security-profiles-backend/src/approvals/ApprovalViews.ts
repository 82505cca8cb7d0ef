import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import type { ApprovalRules } from '@security-profiles/analysis';
import type { Posture } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import type { Access } from '../access/Access';
import type { Clock } from '../clock/Clock';
import { callerOf } from './Caller';
import type { ReviewReader } from './ReviewReader';
import { viewerMay } from './reviewView';

/** Options of {@link ApprovalViews}. */
export interface ApprovalViewsOptions {
  knex: Knex;
  access: Access;
  reader: ReviewReader;
  rules: ApprovalRules;
  clock: Clock;
}

type ProfileApproval = Posture['profiles'][number]['approval'];

/** States in which somebody may ask anew. */
const askableStates = [
  'unreviewed',
  'stale',
  'expired',
  'rejected',
  'withdrawn',
  'revoked',
  'unproven',
];

/** Says for one viewer what they may do about the approvals that a posture shows. */
export class ApprovalViews {
  private readonly options: ApprovalViewsOptions;

  constructor(options: ApprovalViewsOptions) {
    this.options = options;
  }

  async forViewer(
    posture: Posture,
    credentials: BackstageCredentials,
  ): Promise<Posture> {
    if (posture.profiles.length === 0) {
      return posture;
    }
    const { knex, access, reader, rules, clock } = this.options;
    const now = clock.now().toISOString();
    const caller = callerOf(credentials);
    const mayAsk = await access.mayCreateReview(posture.entityRef, credentials);
    const reviewIds = [
      ...new Set(
        posture.profiles.flatMap(({ approval }) => approval.reviewId ?? []),
      ),
    ];
    const rights = await access.reviewRights(reviewIds, credentials);
    const reviews = new Map(
      (
        await Promise.all(reviewIds.map(id => reader.read(knex, id, { now })))
      ).flatMap(context =>
        context ? [[context.row.review_id, context] as const] : [],
      ),
    );
    const view = (profile: Posture['profiles'][number]): ProfileApproval => {
      const { approval } = profile;
      const may: string[] = [];
      let whyNot: string | undefined;
      if (askableStates.includes(approval.state)) {
        if (profile.effectiveDigest === null) {
          whyNot = 'What the profile allows is not known, so nobody can ask.';
        } else if (mayAsk === 'granted') {
          may.push('request-review');
        } else {
          whyNot =
            'The permission security-profiles.review.create is not given to you for this entity.';
        }
      }
      const context = reviews.get(approval.reviewId ?? '');
      const right = rights.get(approval.reviewId ?? '');
      // What cannot be read cannot be voted on.
      if (context && right?.read === 'granted') {
        const actions = viewerMay(context, {
          caller,
          rules,
          now,
          touches: { entities: [], hidden: 0, pods: 0 },
          votePermission: right.vote,
        });
        if (actions.includes('approve')) {
          may.push('vote');
        }
        if (actions.includes('withdraw')) {
          may.push('withdraw');
        }
        may.push('open');
      }
      const scope = posture.scopes.find(({ clusters }) =>
        clusters.includes(profile.cluster),
      );
      return {
        ...approval,
        ...(scope ? { environment: scope.environment } : {}),
        viewerMay: may,
        ...(whyNot ? { whyNot } : {}),
      };
    };
    return {
      ...posture,
      profiles: posture.profiles.map(profile => ({
        ...profile,
        approval: view(profile),
      })),
    };
  }
}
