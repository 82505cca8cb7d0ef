import { VoterSlot } from './approvalEvent';

/** One person in one slot that this person may vote in. @public */
export interface EligibleVoter {
  /** Lower-cased ref of a person. */
  ref: string;
  slot: VoterSlot;
  /** From the owner or reviewer group down to the group that the person is a member of. */
  groupPath: string[];
}

/** Somebody who may not vote whatever groups say. @public */
export interface ExcludedVoter {
  /** Lower-cased ref. */
  ref: string;
  /** `requester`, or in words. */
  why: string;
}

/** Who may vote on a subject, as the catalog says now. @public */
export interface ApprovalIdentities {
  eligible: readonly EligibleVoter[];
  /** Besides the requester, who is always excluded. */
  excluded?: readonly ExcludedVoter[];
}

/** One spelling per ref: the catalog compares refs without case. */
export function normalRef(ref: string): string {
  return ref.toLowerCase();
}

/** Only people decide; services, groups and bots may ask and comment. */
export function isPerson(ref: string): boolean {
  return normalRef(ref).startsWith('user:');
}
