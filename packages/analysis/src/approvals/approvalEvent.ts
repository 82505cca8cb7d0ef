/** What a review asks to decide: what a profile allows, who may run under it, or what a container may ask of the kernel. @public */
export type ReviewKind = 'content' | 'use' | 'grant';

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

/** What is decided on, by the kind of the review. @public */
export type ReviewSubject = ContentSubject | UseSubject | GrantSubject;

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
 * The union grows (revoked, carried, superseded). Readers pass over types that they don't know.
 * @public
 */
export type ApprovalEvent =
  | RequestedEvent
  | VotedEvent
  | WithdrawnEvent
  | CommentedEvent;
