/**
 * What a review asks to decide: what a profile allows, who may run under it, what a container may ask of the kernel, or
 * that a finding need not be mended for a time.
 *
 * @public
 */
export type ReviewKind = 'content' | 'use' | 'grant' | 'waiver';

/** How much is at stake, and so who has to agree and for how long; T3 is the most. @public */
export type ApprovalTier = 'T0' | 'T1' | 'T2' | 'T3';

/** How new content differs from what was approved before; as from comparing profiles. @public */
export type CarryClass =
  | 'identical'
  | 'cosmetic'
  | 'narrower'
  | 'wider'
  | 'mode-relaxed'
  | 'incomparable';

/** What one person says in a review. @public */
export type VoteDecision = 'approve' | 'reject' | 'request-changes';

/** In which capacity somebody votes. @public */
export type VoterSlot = 'owner' | 'security';

/** What a profile allows. @public */
export interface ContentSubject {
  profileId: string;
}

/** That an entity may run under a profile. @public */
export interface UseSubject {
  entityRef: string;
  profileId: string;
}

/** What one container may ask of the kernel. @public */
export interface GrantSubject {
  entityRef: string;
  workloadId: string;
  container: string;
}

/** That a finding of an entity need not be mended for a time. @public */
export interface WaiverSubject {
  entityRef: string;
  findingId: string;
}

/** What is decided on, by the kind of the review. @public */
export type ReviewSubject =
  | ContentSubject
  | UseSubject
  | GrantSubject
  | WaiverSubject;

/** What all events have in common. @public */
export interface ApprovalEventBase {
  /** Place in the order of truth: whatever the clocks said, the lower one came first. */
  seq: number;
  /** ISO time; decides over ends (of a request, of an approval), never over the order. */
  at: string;
  reviewId: string;
}

/** Somebody asked to decide on a digest in an environment. @public */
export interface RequestedEvent extends ApprovalEventBase {
  type: 'requested';
  /** Ref of who asked, a person or a service. */
  actor: string;
  kind: ReviewKind;
  subject: ReviewSubject;
  environment: string;
  /** The effective digest that votes bind to. */
  digest: string;
  /** What the author wrote, to find it in Git. */
  sourceDigest?: string;
  reason: string;
  ticket?: string;
  /** ISO time; an approval ends then, or earlier where the rules say so. */
  wantedExpiry?: string;
  /** ISO time at which the request dies unanswered. */
  requestExpiresAt: string;
  /** By the facts at the time of the request; T1 where nothing was recorded. */
  tier?: ApprovalTier;
  /** Why this tier, in words. */
  riskReasons?: string[];
  /** Classes of the workloads that it touches, where they shorten an approval. */
  classes?: string[];
  /** How the digest differs from `previousDigest`. */
  changeClass?: CarryClass;
  /** What was approved and in force before. */
  previousDigest?: string;
  /** Refs of the people who wrote what is asked for; they don't decide on it. */
  authors?: string[];
  /** Digest of the rules at the time of the request. */
  ruleSetDigest?: string;
}

/** Somebody voted. @public */
export interface VotedEvent extends ApprovalEventBase {
  type: 'voted';
  voteId: string;
  /** Ref of a person. */
  voter: string;
  decision: VoteDecision;
  slot: VoterSlot;
  /**
   * Why the voter was eligible when voting: the refs from the owner or reviewer group down to the group that the voter is
   * a member of; the voter's own ref for one who owns directly. Empty means that nothing was recorded.
   */
  groupPath: string[];
  /** The effective digest that the voter read. */
  expectedDigest: string;
  comment?: string;
  /** Where the vote was cast; the portal where nothing is recorded. */
  source?: string;
  /** Digest of the rules at the time of the vote. */
  ruleSetDigest?: string;
}

/** The rules themselves approved what they leave to nobody. @public */
export interface PolicyApprovedEvent extends ApprovalEventBase {
  type: 'policy-approved';
  actor: string;
  ruleSetDigest: string;
}

/** Somebody ended an approval before its time. @public */
export interface RevokedEvent extends ApprovalEventBase {
  type: 'revoked';
  actor: string;
  reason: string;
}

/** An approval holds for other bytes that mean the same. @public */
export interface CarriedEvent extends ApprovalEventBase {
  type: 'carried';
  actor: string;
  /** The digest in force now. */
  digest: string;
  sourceDigest?: string;
  /** Only `identical` and `cosmetic` carry. */
  changeClass: CarryClass;
  reason: string;
}

/** What was asked for is no longer in force, so nobody can decide on it any more. @public */
export interface SupersededEvent extends ApprovalEventBase {
  type: 'superseded';
  actor: string;
  /** What is in force now. */
  digest: string;
  changeClass?: CarryClass;
  reason: string;
}

/** Somebody put content in force before others could decide. @public */
export interface BrokeGlassEvent extends ApprovalEventBase {
  type: 'broke-glass';
  /** Ref of a person, who takes no part in the decision any more. */
  actor: string;
  reason: string;
  /** Link to the incident. */
  incident: string;
  digest: string;
  /** ISO time at which it ends; there is no renewal. */
  until: string;
  /** ISO time by which others should have decided. */
  reviewDueAt: string;
}

/** Who asked took the request back. @public */
export interface WithdrawnEvent extends ApprovalEventBase {
  type: 'withdrawn';
  actor: string;
  reason?: string;
}

/** Somebody said something without deciding. @public */
export interface CommentedEvent extends ApprovalEventBase {
  type: 'commented';
  commentId: string;
  actor: string;
  comment: string;
}

/**
 * One thing that happened in the reviews of one subject in one environment. Events are never changed or removed.
 *
 * @remarks
 * The union grows. Readers pass over types that they don't know.
 * @public
 */
export type ApprovalEvent =
  | RequestedEvent
  | VotedEvent
  | WithdrawnEvent
  | CommentedEvent
  | PolicyApprovedEvent
  | RevokedEvent
  | CarriedEvent
  | SupersededEvent
  | BrokeGlassEvent;
