import type { Review } from '@security-profiles/backstage-plugin-security-profiles-common';
import { plainAction } from '../profiles/plainAction';

type Allows = NonNullable<Review['allows']>;

/** One syscall of a group. */
export interface RuleEntry {
  name: string;
  /** Under which conditions; several are several rules, any of which is enough. */
  conditions: string[];
}

/** Syscalls that are treated alike. */
export interface RuleGroup {
  /** As `ALLOW`. */
  action: string;
  entries: RuleEntry[];
}

/** The rules of a profile in the order in which a reader judges them. */
export interface RuleGroups {
  /** What it allows and RuntimeDefault doesn't. */
  beyond: RuleEntry[];
  /** Everything else by what happens, what is allowed first. */
  groups: RuleGroup[];
}

const LET_THROUGH = ['ALLOW', 'LOG', 'TRACE', 'NOTIFY'];

/** Whether a call under this action may go on. */
export function letsThrough(action: string): boolean {
  return LET_THROUGH.includes(plainAction(action));
}

/** Sorts the rules of a profile for a reader: what is unusual first, each syscall once per group. */
export function ruleGroups(allows: Allows): RuleGroups {
  const beyondNames = new Set(allows.beyondRuntimeDefault ?? []);
  const beyond = new Map<string, RuleEntry>(
    [...beyondNames].map(name => [name, { name, conditions: [] }]),
  );
  const always = new Set<RuleEntry>();
  const groups = new Map<string, Map<string, RuleEntry>>();
  for (const { action, names, conditions } of allows.rules) {
    const plain = plainAction(action);
    for (const name of names) {
      let entries = groups.get(plain);
      if (letsThrough(plain) && beyondNames.has(name)) {
        entries = beyond;
      } else if (!entries) {
        entries = new Map();
        groups.set(plain, entries);
      }
      const entry = entries.get(name) ?? { name, conditions: [] };
      entries.set(name, entry);
      if (!conditions) {
        always.add(entry);
      } else if (!entry.conditions.includes(conditions)) {
        entry.conditions.push(conditions);
      }
    }
  }
  // One rule without a condition lets every call through, whatever the others say.
  for (const entry of always) {
    entry.conditions = [];
  }
  const rank = (action: string) => {
    const index = LET_THROUGH.indexOf(action);
    return index < 0 ? LET_THROUGH.length : index;
  };
  const byName = (a: RuleEntry, b: RuleEntry) => (a.name < b.name ? -1 : 1);
  return {
    beyond: [...beyond.values()].sort(byName),
    groups: [...groups]
      .map(([action, entries]) => ({
        action,
        entries: [...entries.values()].sort(byName),
      }))
      .sort(
        (a, b) =>
          rank(a.action) - rank(b.action) || (a.action < b.action ? -1 : 1),
      ),
  };
}
