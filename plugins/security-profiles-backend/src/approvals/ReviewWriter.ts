import {
  type ApprovalEvent,
  type ApprovalIdentities,
  type ApprovalRules,
  checkBreakGlass,
  checkRequest,
  checkRevoke,
  checkVote,
  evaluate,
} from '@security-profiles/analysis';
import type {
  BreakGlassRequest,
  ReviewRequest,
  VoteRequest,
} from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Knex } from 'knex';
import { InputRefusedError, MissingError } from '../access/errors';
import type { Clock } from '../clock/Clock';
import { chunk } from '../database/chunk';
import type {
  ApprovalEventStore,
  NewApprovalEvent,
} from './ApprovalEventStore';
import { type Caller, systemActor } from './Caller';
import { lockSubject } from './lockSubject';
import type { ChangeReader } from './ChangeReader';
import {
  type ChangedContent,
  ReviewConflictError,
  VoterRefusedError,
} from './reviewErrors';
import type { ReviewContext, ReviewReader } from './ReviewReader';
import type { RiskReader } from './RiskReader';
import { subjectKey } from './subjectKey';
import type { VoterDirectory } from './VoterDirectory';

/** Options of {@link ReviewWriter}. */
export interface ReviewWriterOptions {
  knex: Knex;
  reader: ReviewReader;
  events: ApprovalEventStore;
  voters: VoterDirectory;
  risks: RiskReader;
  changes: ChangeReader;
  rules: ApprovalRules;
  clock: Clock;
  /** A new id, unlike any other. */
  newId: () => string;
  /** Told inside the transaction which entities' postures may have changed. */
  onDecided: (tx: Knex, entityRefs: string[]) => Promise<void>;
}

/** Most lines of a comparison in an answer. */
const linesShown = 20;

/** One attempt to write. */
export interface Attempt {
  caller: Caller;
  idempotencyKey?: string;
}

/** Whether an event is what an attempt wants to write, as far as the same key may stand for both. */
type IsSame = (event: ApprovalEvent) => boolean;

/**
 * Writes the events of reviews. Each write is one transaction that reads the events it depends on, so that two last votes
 * at once are one decision.
 */
export class ReviewWriter {
  private readonly options: ReviewWriterOptions;

  constructor(options: ReviewWriterOptions) {
    this.options = options;
  }

  /**
   * Asks for the approval of what a profile allows. Answers the id of the review.
   *
   * @throws InputRefusedError, ReviewConflictError
   */
  async request(request: ReviewRequest, attempt: Attempt): Promise<string> {
    const { reader, events, voters, risks, rules, newId } = this.options;
    const wantedExpiry = oneSpelling('wantedExpiry', request.wantedExpiry);
    const isSame: IsSame = event =>
      event.type === 'requested' &&
      'profileId' in event.subject &&
      event.subject.profileId === request.subject.profileId &&
      event.environment === request.environment &&
      event.digest === request.digest;
    return this.once(attempt, isSame, async tx => {
      const profile = await this.profile(tx, request);
      const key = subjectKey(request.environment, profile);
      await lockSubject(tx, key);
      const now = this.now();
      const groups = await voters.voterGroups(tx, profile);
      const identities = await voters.identities(tx, groups);
      const bySubject = await events.readSubjects(tx, [key]);
      const risk = await risks.ofProfile(tx, {
        id: profile.id,
        clusterId: profile.cluster_id,
        environment: request.environment,
      });
      const previous = await this.previous(tx, {
        profile,
        events: bySubject.get(key) ?? [],
        identities,
        now,
      });
      const authors = request.authors?.map(ref =>
        ref.toLocaleLowerCase('en-US'),
      );
      const check = checkRequest({
        events: bySubject.get(key) ?? [],
        observed: {
          digest: profile.effective_digest,
          resolution: profile.resolution,
        },
        rules,
        identities,
        now,
        requester: attempt.caller.ref,
        expectedDigest: request.digest,
        wantedExpiry,
        terms: {
          kind: 'content',
          changeClass: previous?.changeClass,
          tier: risk.tier,
          classes: risk.classes,
          authors,
        },
        name: profile.name,
      });
      if (check.allowed === 'no') {
        if (check.code === 'expiry-passed') {
          throw new InputRefusedError(
            '/body/wantedExpiry',
            'has passed; expected a time in the future',
          );
        }
        throw new ReviewConflictError(check.code, check.message, {
          reviewId: check.reviewId,
          ...(check.code === 'digest-changed'
            ? {
                changed: {
                  expected: request.digest,
                  observed: profile.effective_digest,
                },
              }
            : {}),
        });
      }
      const reviewId = newId();
      await tx('approval_reviews').insert({
        review_id: reviewId,
        kind: request.kind,
        subject_key: key,
        profile_kind: profile.kind,
        profile_namespace: profile.namespace,
        profile_name: profile.name,
        environment: request.environment,
        requested_by: attempt.caller.ref,
        created_at: now,
      });
      for (const part of chunk([...new Set(groups.map(({ ref }) => ref))])) {
        await tx('review_voter_groups').insert(
          part.map(ref => ({ review_id: reviewId, group_ref: ref })),
        );
      }
      await this.append(tx, attempt, key, {
        type: 'requested',
        reviewId,
        at: now,
        actor: attempt.caller.ref,
        kind: 'content',
        subject: { profileId: profile.id },
        environment: request.environment,
        digest: request.digest,
        sourceDigest: profile.source_digest,
        reason: request.reason,
        ticket: request.ticket,
        // One owner is enough for less, but not for longer than what more people agreed to.
        wantedExpiry:
          previous?.changeClass === 'narrower'
            ? earlier(wantedExpiry, previous.until)
            : wantedExpiry,
        requestExpiresAt: check.requestExpiresAt,
        changeClass: previous?.changeClass,
        previousDigest: previous?.digest,
        tier: risk.tier,
        riskReasons: risk.reasons,
        classes: risk.classes,
        authors,
        ruleSetDigest: rules.digest,
      });
      if (check.quorum.length === 0) {
        await events.append(
          tx,
          {
            type: 'policy-approved',
            reviewId,
            at: now,
            actor: systemActor,
            ruleSetDigest: rules.digest,
          },
          { subjectKey: key, actor: systemActor },
        );
      }
      await this.decided(tx, (await reader.read(tx, reviewId, { now }))!);
      return reviewId;
    });
  }

  /** @throws VoterRefusedError, ReviewConflictError */
  async vote(
    reviewId: string,
    vote: VoteRequest,
    attempt: Attempt,
  ): Promise<void> {
    const { rules, newId } = this.options;
    const isSame: IsSame = event =>
      event.type === 'voted' &&
      event.reviewId === reviewId &&
      event.decision === vote.decision &&
      event.expectedDigest === vote.expectedDigest;
    await this.onReview(reviewId, attempt, isSame, async (context, tx) => {
      const now = this.now();
      const check = checkVote({
        ...this.input(context, now),
        rules,
        reviewId,
        voter: attempt.caller.ref,
        principal: attempt.caller.principal,
        decision: vote.decision,
        expectedDigest: vote.expectedDigest,
        name: context.row.profile_name,
      });
      if (check.allowed === 'no') {
        if (check.code === 'closed' || check.code === 'digest-changed') {
          throw new ReviewConflictError(check.code, check.message, {
            reviewId: check.supersededBy,
            ...(check.code === 'digest-changed'
              ? {
                  changed: await this.changed(tx, context, vote.expectedDigest),
                }
              : {}),
          });
        }
        throw new VoterRefusedError(check.code, check.message);
      }
      return {
        type: 'voted',
        reviewId,
        at: now,
        voteId: newId(),
        voter: attempt.caller.ref,
        decision: vote.decision,
        slot: check.slot,
        groupPath: check.groupPath,
        expectedDigest: vote.expectedDigest,
        comment: vote.comment,
        ruleSetDigest: rules.digest,
      };
    });
  }

  async comment(
    reviewId: string,
    comment: string,
    attempt: Attempt,
  ): Promise<void> {
    const isSame: IsSame = event =>
      event.type === 'commented' &&
      event.reviewId === reviewId &&
      event.comment === comment;
    await this.onReview(reviewId, attempt, isSame, async () => ({
      type: 'commented',
      reviewId,
      at: this.now(),
      commentId: this.options.newId(),
      actor: attempt.caller.ref,
      comment,
    }));
  }

  /** @throws VoterRefusedError, ReviewConflictError */
  async withdraw(
    reviewId: string,
    reason: string | undefined,
    attempt: Attempt,
  ): Promise<void> {
    const isSame: IsSame = event =>
      event.type === 'withdrawn' && event.reviewId === reviewId;
    await this.onReview(reviewId, attempt, isSame, async ({ review }) => {
      if (review.request.actor !== attempt.caller.ref) {
        throw new VoterRefusedError(
          'not-eligible',
          'Only who asked for a review can take it back.',
        );
      }
      if (review.state !== 'pending' && review.state !== 'changes-requested') {
        throw new ReviewConflictError(
          'closed',
          `This review is ${review.state} already, so it can't be withdrawn.`,
          { reviewId: review.supersededBy },
        );
      }
      return {
        type: 'withdrawn',
        reviewId,
        at: this.now(),
        actor: attempt.caller.ref,
        reason,
      };
    });
  }

  /** @throws VoterRefusedError, ReviewConflictError */
  async revoke(
    reviewId: string,
    reason: string,
    attempt: Attempt,
  ): Promise<void> {
    const { rules } = this.options;
    const isSame: IsSame = event =>
      event.type === 'revoked' && event.reviewId === reviewId;
    await this.onReview(reviewId, attempt, isSame, async context => {
      const now = this.now();
      const check = checkRevoke({
        events: context.events,
        identities: context.identities,
        now,
        rules,
        reviewId,
        actor: attempt.caller.ref,
        principal: attempt.caller.principal,
      });
      if (check.allowed === 'no') {
        throw check.code === 'service'
          ? new VoterRefusedError(check.code, check.message)
          : new ReviewConflictError(check.code, check.message);
      }
      return {
        type: 'revoked',
        reviewId,
        at: now,
        actor: attempt.caller.ref,
        reason,
      };
    });
  }

  /** @throws VoterRefusedError, ReviewConflictError */
  async breakGlass(
    reviewId: string,
    request: BreakGlassRequest,
    attempt: Attempt,
  ): Promise<void> {
    const { rules } = this.options;
    const wantedUntil = oneSpelling('until', request.until);
    const isSame: IsSame = event =>
      event.type === 'broke-glass' &&
      event.reviewId === reviewId &&
      event.digest === request.expectedDigest;
    await this.onReview(reviewId, attempt, isSame, async context => {
      const now = this.now();
      if (wantedUntil !== undefined && wantedUntil <= now) {
        throw new InputRefusedError(
          '/body/until',
          'has passed; expected a time in the future',
        );
      }
      const check = checkBreakGlass({
        ...this.input(context, now),
        rules,
        reviewId,
        actor: attempt.caller.ref,
        principal: attempt.caller.principal,
        expectedDigest: request.expectedDigest,
        wantedUntil,
        name: context.row.profile_name,
      });
      if (check.allowed === 'no') {
        if (check.code === 'service') {
          throw new VoterRefusedError(check.code, check.message);
        }
        throw new ReviewConflictError(check.code, check.message, {
          ...(check.code === 'digest-changed'
            ? {
                changed: {
                  expected: request.expectedDigest,
                  observed: context.observed.digest,
                },
              }
            : {}),
        });
      }
      return {
        type: 'broke-glass',
        reviewId,
        at: now,
        actor: attempt.caller.ref,
        reason: request.reason,
        incident: request.incident,
        digest: request.expectedDigest,
        until: check.until,
        reviewDueAt: check.reviewDueAt,
      };
    });
  }

  private now(): string {
    return this.options.clock.now().toISOString();
  }

  private input(context: ReviewContext, now: string) {
    const { events, observed, identities } = context;
    return { events, observed, identities, now };
  }

  /** What is approved now and would be replaced, with how the new content differs from it. */
  private async previous(
    tx: Knex,
    options: {
      profile: {
        id: string;
        effective_digest: string | null;
        resolution: string;
      };
      events: ApprovalEvent[];
      identities: ApprovalIdentities;
      now: string;
    },
  ) {
    const { profile, events, identities, now } = options;
    const { rules, changes } = this.options;
    const { approvedDigest } = evaluate(
      events,
      { digest: profile.effective_digest, resolution: profile.resolution },
      rules,
      identities,
      now,
    );
    if (
      !approvedDigest ||
      approvedDigest.until <= now ||
      approvedDigest.digest === profile.effective_digest
    ) {
      return undefined;
    }
    const change = await changes.between(tx, [profile.id], {
      before: approvedDigest.digest,
      after: profile.effective_digest,
    });
    return { ...approvedDigest, changeClass: change?.class };
  }

  private async changed(
    tx: Knex,
    context: ReviewContext,
    expected: string,
  ): Promise<ChangedContent> {
    const observed = context.observed.digest;
    const change = await this.options.changes.between(
      tx,
      context.profiles.map(({ profileId }) => profileId),
      { before: expected, after: observed },
    );
    return {
      expected,
      observed,
      ...(change
        ? { class: change.class, lines: change.lines.slice(0, linesShown) }
        : {}),
    };
  }

  /** Reads the review under a lock on its subject, and adds the event that `decide` answers. */
  private async onReview(
    reviewId: string,
    attempt: Attempt,
    isSame: IsSame,
    decide: (context: ReviewContext, tx: Knex) => Promise<NewApprovalEvent>,
  ): Promise<void> {
    await this.once(attempt, isSame, async tx => {
      const subject = await tx('approval_reviews')
        .where('review_id', reviewId)
        .first('subject_key');
      if (!subject) {
        throw new MissingError('not-found', 'There is no such review.');
      }
      await lockSubject(tx, subject.subject_key);
      const context = await this.options.reader.read(tx, reviewId, {
        now: this.now(),
      });
      if (!context) {
        throw new MissingError('not-found', 'There is no such review.');
      }
      const event = await decide(context, tx);
      await this.append(tx, attempt, context.row.subject_key, event);
      if (event.type !== 'commented') {
        await this.decided(tx, context);
      }
      return reviewId;
    });
  }

  /**
   * Carries an attempt out once: the same key of the same caller answers the review of the first time. A key that stands
   * for something else is refused, or a vote would seem cast that was not.
   */
  private async once(
    attempt: Attempt,
    isSame: IsSame,
    write: (tx: Knex) => Promise<string>,
  ): Promise<string> {
    const { knex, events } = this.options;
    const { caller, idempotencyKey } = attempt;
    const before = async (tx: Knex) => {
      const event =
        idempotencyKey === undefined
          ? undefined
          : await events.eventOfKey(tx, { actor: caller.ref, idempotencyKey });
      if (event && !isSame(event)) {
        throw new InputRefusedError(
          '/headers/idempotency-key',
          'stands for something else that you did; make a new key for each attempt',
        );
      }
      return event?.reviewId;
    };
    try {
      return await knex.transaction(
        async tx => (await before(tx)) ?? (await write(tx)),
      );
    } catch (error) {
      // Two with the same key at once: the second finds what the first has written.
      const done = await before(knex);
      if (done !== undefined) {
        return done;
      }
      throw error;
    }
  }

  private async append(
    tx: Knex,
    attempt: Attempt,
    key: string,
    event: NewApprovalEvent,
  ): Promise<void> {
    await this.options.events.append(tx, event, {
      subjectKey: key,
      actor: attempt.caller.ref,
      idempotencyKey: attempt.idempotencyKey,
    });
  }

  private async decided(tx: Knex, context: ReviewContext): Promise<void> {
    const users = await this.options.reader.users(
      tx,
      context.profiles.map(({ profileId }) => profileId),
    );
    await this.options.onDecided(
      tx,
      users.map(({ entityRef }) => entityRef),
    );
  }

  private async profile(tx: Knex, request: ReviewRequest) {
    const row = await tx('profiles')
      .join('clusters', 'clusters.id', 'profiles.cluster_id')
      .where({
        'profiles.id': request.subject.profileId,
        'clusters.environment': request.environment,
      })
      .first<
        | {
            id: string;
            cluster_id: string;
            kind: string;
            namespace: string;
            name: string;
            source_digest: string;
            effective_digest: string | null;
            resolution: string;
            environment: string;
          }
        | undefined
      >(
        'profiles.id',
        'profiles.cluster_id',
        'profiles.kind',
        'profiles.namespace',
        'profiles.name',
        'profiles.source_digest',
        'profiles.effective_digest',
        'profiles.resolution',
        'clusters.environment',
      );
    if (!row) {
      throw new InputRefusedError(
        '/body/subject/profileId',
        'names no profile in this environment',
      );
    }
    return row;
  }
}

/** The same time as `toISOString` writes it: ends are compared as text, in the database too. */
function oneSpelling(
  field: string,
  time: string | undefined,
): string | undefined {
  if (time === undefined) {
    return undefined;
  }
  const milliseconds = Date.parse(time);
  if (Number.isNaN(milliseconds)) {
    throw new InputRefusedError(
      `/body/${field}`,
      'is no time that can be read; expected one such as 2026-11-23T09:00:00Z',
    );
  }
  return new Date(milliseconds).toISOString();
}

function earlier(time: string | undefined, other: string): string {
  return time !== undefined && time < other ? time : other;
}
