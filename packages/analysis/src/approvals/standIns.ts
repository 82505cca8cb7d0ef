import { EligibleVoter } from './approvalIdentities';
import { QuorumSlot } from './approvalRules';

/**
 * Who may vote under a quorum. Where it asks for nobody from security, security may stand in for an owner: whoever may
 * judge the risky may judge the rest.
 */
export function standIns(
  eligible: readonly EligibleVoter[],
  quorum: readonly QuorumSlot[],
): readonly EligibleVoter[] {
  if (quorum.some(({ slot }) => slot === 'security')) {
    return eligible;
  }
  const owners = new Set(
    eligible.flatMap(({ slot, ref }) => (slot === 'owner' ? [ref] : [])),
  );
  return eligible.flatMap(voter => {
    if (voter.slot !== 'security') {
      return [voter];
    }
    return owners.has(voter.ref) ? [] : [{ ...voter, slot: 'owner' as const }];
  });
}
