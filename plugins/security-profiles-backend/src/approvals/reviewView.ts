import {
  type ApprovalEvent,
  type ApprovalRules,
  beyondRuntimeDefault,
  checkBreakGlass,
  checkRevoke,
  type EffectiveRule,
  type EffectOfVote,
  effectOfVote,
  type VoteDecision,
} from '@security-profiles/analysis';
import type {
  Review as ReviewAnswer,
  ReviewSummary,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Caller } from './Caller';
import type { ReviewContext, ReviewReader } from './ReviewReader';

const peopleShown = 20;
const entitiesShown = 20;

/** Who runs under a profile, as far as the viewer may read it. */
export interface Touches {
  entities: string[];
  hidden: number;
  pods: number;
}

/** What decides what a viewer may do. */
export interface ViewerOptions {
  caller: Caller;
  rules: ApprovalRules;
  now: string;
  touches: Touches;
  /** Whether the permission policy lets the viewer vote on this review. */
  votePermission: 'granted' | 'denied';
  /** What the policy lets the viewer do besides; nothing where it was not asked. */
  rights?: { revoke: 'granted' | 'denied'; breakGlass: 'granted' | 'denied' };
}

/** What each vote of this viewer would do. */
export function effectsFor(
  context: ReviewContext,
  options: ViewerOptions,
): EffectOfVote {
  const { caller, rules, now, touches } = options;
  return effectOfVote({
    events: context.events,
    observed: context.observed,
    identities: context.identities,
    rules,
    now,
    reviewId: context.row.review_id,
    voter: caller.ref,
    principal: caller.principal,
    name: context.row.profile_name,
    reach: {
      services: touches.entities.length + touches.hidden,
      pods: touches.pods,
    },
  });
}

const decisions: [keyof EffectOfVote, VoteDecision][] = [
  ['approve', 'approve'],
  ['requestChanges', 'request-changes'],
  ['reject', 'reject'],
];

/** What this viewer may do about a review. */
export function viewerMay(
  context: ReviewContext,
  options: ViewerOptions,
): string[] {
  const { review } = context;
  const may: string[] = [];
  if (options.votePermission === 'granted') {
    const effects = effectsFor(context, options);
    for (const [key, decision] of decisions) {
      if (effects[key].allowed === 'yes') {
        may.push(decision);
      }
    }
  }
  may.push('comment');
  const open =
    review.state === 'pending' || review.state === 'changes-requested';
  if (open && review.request.actor === options.caller.ref) {
    may.push('withdraw');
  }
  const { events, identities, observed } = context;
  const attempt = {
    events,
    identities,
    observed,
    rules: options.rules,
    now: options.now,
    reviewId: context.row.review_id,
    actor: options.caller.ref,
    principal: options.caller.principal,
  };
  if (
    options.rights?.revoke === 'granted' &&
    checkRevoke(attempt).allowed === 'yes'
  ) {
    may.push('revoke');
  }
  if (
    options.rights?.breakGlass === 'granted' &&
    checkBreakGlass({
      ...attempt,
      expectedDigest: review.request.digest,
      name: context.row.profile_name,
    }).allowed === 'yes'
  ) {
    may.push('break-glass');
  }
  return may;
}

/** A review as the queue shows it. */
export function toSummary(
  context: ReviewContext,
  options: ViewerOptions,
): ReviewSummary {
  const { row, review, state, profiles } = context;
  return {
    id: row.review_id,
    kind: row.kind,
    profile: {
      kind: row.profile_kind,
      ...(row.profile_namespace ? { namespace: row.profile_namespace } : {}),
      name: row.profile_name,
      clusters: profiles.map(({ cluster }) => cluster),
    },
    environment: row.environment,
    digest: review.request.digest,
    state,
    tier: review.tier,
    requestedBy: row.requested_by,
    createdAt: row.created_at,
    requestExpiresAt: review.request.requestExpiresAt,
    ...(review.expiresAt ? { expiresAt: review.expiresAt } : {}),
    touches: {
      ...options.touches,
      entities: options.touches.entities.slice(0, entitiesShown),
    },
    viewerMay: viewerMay(context, options),
  };
}

/** A review as its page shows it. */
export function toReview(
  context: ReviewContext,
  options: ViewerOptions & {
    content: Awaited<ReturnType<ReviewReader['content']>>;
  },
): ReviewAnswer {
  const { review, identities, profiles, events } = context;
  const { request } = review;
  const effects = effectsFor(context, options);
  const sentences = (effect: EffectOfVote[keyof EffectOfVote]) =>
    effect.allowed === 'yes' && options.votePermission === 'granted'
      ? effect.sentences
      : undefined;
  const refused =
    effects.approve.allowed === 'no' ? effects.approve.message : undefined;
  const whyNot =
    options.votePermission === 'denied'
      ? 'The permission security-profiles.review.vote is not given to you for this review.'
      : refused;
  const people = new Map(
    identities.eligible
      .filter(({ ref }) => !review.excluded.some(one => one.ref === ref))
      .map(({ ref, slot }) => [`${ref} ${slot}`, { ref, slot }]),
  );
  return {
    ...toSummary(context, options),
    servedAt: options.now,
    reason: request.reason,
    ...(request.ticket ? { ticket: request.ticket } : {}),
    ...(request.wantedExpiry ? { wantedExpiry: request.wantedExpiry } : {}),
    ...(review.state === 'approved' && review.closedAt
      ? { effectiveFrom: review.closedAt }
      : {}),
    ...(review.supersededBy ? { supersededBy: review.supersededBy } : {}),
    observed: profiles.map(({ profileId, cluster, observed }) => ({
      profileId,
      cluster,
      digest: observed.digest,
      matches: observed.digest === request.digest,
    })),
    riskReasons: request.riskReasons ?? [],
    ...(request.changeClass ? { changeClass: request.changeClass } : {}),
    ...(request.previousDigest
      ? { previousDigest: request.previousDigest }
      : {}),
    ruleSetDigest: options.rules.digest,
    ...(review.decidedBy ? { decidedBy: review.decidedBy } : {}),
    ...(review.emergency ? { emergency: review.emergency } : {}),
    ...(review.revoked ? { revoked: review.revoked } : {}),
    history: events
      .filter(({ reviewId }) => reviewId === context.row.review_id)
      .map(historyOf),
    quorum: review.quorum.map(place => ({ ...place })),
    missing: review.missing.map(place => ({ ...place })),
    votes: review.votes.map(vote => ({
      id: vote.voteId,
      voter: vote.voter,
      decision: vote.decision,
      slot: vote.slot,
      at: vote.at,
      expectedDigest: vote.expectedDigest,
      groupPath: vote.groupPath,
      ...(vote.comment ? { comment: vote.comment } : {}),
      standing: vote.standing,
    })),
    excluded: review.excluded.map(one => ({ ...one })),
    eligible: {
      total: people.size,
      people: [...people.values()].slice(0, peopleShown),
    },
    comments: events.flatMap(event =>
      event.type === 'commented' && event.reviewId === context.row.review_id
        ? [
            {
              id: event.commentId,
              actor: event.actor,
              at: event.at,
              comment: event.comment,
            },
          ]
        : [],
    ),
    ...(whyNot ? { whyNot } : {}),
    effectOfVote: withoutUndefined({
      approve: sentences(effects.approve),
      reject: sentences(effects.reject),
      requestChanges: sentences(effects.requestChanges),
    }),
    allows: options.content ? toAllows(options.content) : null,
  };
}

/** An event as the page of a review tells it. */
function historyOf(
  event: ApprovalEvent,
): NonNullable<ReviewAnswer['history']>[number] {
  const { seq, at, type } = event;
  switch (event.type) {
    case 'voted':
      return {
        seq,
        at,
        type,
        actor: event.voter,
        decision: event.decision,
        ...(event.comment ? { text: event.comment } : {}),
      };
    case 'commented':
      return { seq, at, type, actor: event.actor, text: event.comment };
    case 'policy-approved':
      return { seq, at, type, actor: event.actor };
    default:
      return {
        seq,
        at,
        type,
        actor: event.actor,
        ...(event.reason ? { text: event.reason } : {}),
      };
  }
}

function withoutUndefined<T extends object>(value: T): T {
  return Object.fromEntries(
    Object.entries(value).filter(([, entry]) => entry !== undefined),
  ) as T;
}

function toAllows(
  content: NonNullable<Awaited<ReturnType<ReviewReader['content']>>>,
): NonNullable<ReviewAnswer['allows']> {
  const { profile, effective } = content;
  const spec = profile.spec as { defaultAction?: unknown };
  const { rules } = effective;
  return {
    mode: effective.mode,
    ...(typeof spec.defaultAction === 'string'
      ? { defaultAction: spec.defaultAction }
      : {}),
    total: effective.allows,
    bases: effective.bases,
    ...(rules
      ? { beyondRuntimeDefault: beyondRuntimeDefault(rules, new Set()) }
      : { text: JSON.stringify(profile.spec, exactIntegers, 2) }),
    rules: rules ? grouped(rules) : [],
  };
}

/** JSON has no bigint; as text an integer keeps all its digits. */
function exactIntegers(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}

/** Calls with the same action and conditions in one row, as a person would write them. */
function grouped(
  rules: readonly EffectiveRule[],
): NonNullable<ReviewAnswer['allows']>['rules'] {
  const rows = new Map<
    string,
    { action: string; names: string[]; conditions?: string }
  >();
  for (const rule of rules) {
    const conditions = rule.args
      .map(
        ({ index, op, value, valueTwo }) =>
          `argument ${index} ${op} ${value}${
            valueTwo === '0' ? '' : ` ${valueTwo}`
          }`,
      )
      .join(' and ');
    const key = JSON.stringify([rule.action, conditions]);
    const row = rows.get(key) ?? {
      action: rule.action,
      names: [],
      ...(conditions ? { conditions } : {}),
    };
    row.names.push(rule.name);
    rows.set(key, row);
  }
  return [...rows.values()].map(row => ({
    ...row,
    names: [...new Set(row.names)].sort(),
  }));
}
