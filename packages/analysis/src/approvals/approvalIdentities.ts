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
  /** Refs of one human in each; the first speaks for the others. */
  aliases?: readonly (readonly string[])[];
}

/** Who a ref stands for: one human is one ref, whatever login was used. */
export type PersonOf = (ref: string) => string;

/** Folds the aliases of each human into one ref. Everything is counted after this. */
export function foldAliases(
  aliases: ApprovalIdentities['aliases'] = [],
): PersonOf {
  const person = new Map<string, string>();
  const find = (ref: string): string => {
    const known = person.get(ref);
    return known === undefined || known === ref ? ref : find(known);
  };
  for (const group of aliases) {
    const [first, ...others] = group.map(normalRef);
    for (const other of others) {
      // Groups that overlap are one human.
      const [held, speaker] = [find(other), find(first)];
      if (held !== speaker) {
        person.set(held, speaker);
      }
    }
  }
  return ref => find(normalRef(ref));
}

/** One spelling per ref: the catalog compares refs without case. */
export function normalRef(ref: string): string {
  return ref.toLowerCase();
}

/** Only people decide; services, groups and bots may ask and comment. */
export function isPerson(ref: string): boolean {
  return normalRef(ref).startsWith('user:');
}
