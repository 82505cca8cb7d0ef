import { QuorumSlot } from './approvalRules';
import {
  EligibleVoter,
  isPerson,
  normalRef,
  PersonOf,
} from './approvalIdentities';

/**
 * Whether there are people for all places that are still free, each person in one place only.
 *
 * @remarks
 * A matching of places to people (Kuhn), because one person may be eligible in two slots and greedy picking would call a
 * quorum impossible that is not, or possible that is not.
 */
export function canBeFilled(options: {
  places: readonly QuorumSlot[];
  eligible: readonly EligibleVoter[];
  /** Lower-cased refs of people who can't take a place. */
  without: readonly string[];
  /** Folds the aliases of one human; each ref is a human of its own when left out. */
  personOf?: PersonOf;
}): boolean {
  const { places, eligible, without, personOf = normalRef } = options;
  const taken = new Set(without);
  const people = new Map<string, Set<string>>();
  for (const { slot, ref } of eligible) {
    const person = personOf(ref);
    if (isPerson(person) && !taken.has(person)) {
      people.set(slot, (people.get(slot) ?? new Set()).add(person));
    }
  }
  // Also keeps a count without bound from being walked.
  if (places.some(({ slot, count }) => count > (people.get(slot)?.size ?? 0))) {
    return false;
  }
  const placeOf = new Map<string, string>();
  const seat = (slot: string, tried: Set<string>): boolean => {
    for (const person of people.get(slot) ?? []) {
      if (!tried.has(person)) {
        tried.add(person);
        const held = placeOf.get(person);
        if (held === undefined || seat(held, tried)) {
          placeOf.set(person, slot);
          return true;
        }
      }
    }
    return false;
  };
  return places.every(({ slot, count }) =>
    Array.from({ length: count }, () => seat(slot, new Set())).every(Boolean),
  );
}
