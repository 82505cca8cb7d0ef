import { compareCodeUnits } from '../profiles/canonicalJson';

/** That one group is part of another. @public */
export interface GroupMembership {
  member: string;
  group: string;
}

/** A group in the tree of owners. @public */
export interface GroupNode {
  ref: string;
  /** Groups below it that own something, or lead to one that does, sorted. */
  children: string[];
  /** All groups at and below it, each once, however many ways lead there. */
  reached: string[];
}

/** The tree of owners, entered at its roots. @public */
export interface GroupTree {
  /** Sorted. In a circle of groups without a way in from outside, the first by name stands in for a root. */
  roots: string[];
  nodes: ReadonlyMap<string, GroupNode>;
}

/**
 * The groups that own something and those above them, as a tree that can be opened from its roots.
 *
 * @remarks
 * A group may be part of several and then stands below each. Groups may be part of each other in a circle: each is still
 * reached, and nothing is counted twice below one group.
 * @param owners - refs that own something: groups, and people or other entities that stand alone
 * @public
 */
export function rollUpGroups(
  owners: Iterable<string>,
  memberships: readonly GroupMembership[],
): GroupTree {
  const above = adjacency(memberships, 'member', 'group');
  const kept = reachable(owners, above);
  const below = adjacency(
    memberships.filter(
      ({ member, group }) => kept.has(member) && kept.has(group),
    ),
    'group',
    'member',
  );
  const nodes = new Map<string, GroupNode>();
  for (const ref of [...kept].sort(compareCodeUnits)) {
    nodes.set(ref, {
      ref,
      children: [...(below.get(ref) ?? [])]
        .filter(child => child !== ref)
        .sort(compareCodeUnits),
      reached: [...reachable([ref], below)].sort(compareCodeUnits),
    });
  }
  return { roots: rootsOf(nodes), nodes };
}

function rootsOf(nodes: ReadonlyMap<string, GroupNode>): string[] {
  const hasParent = new Set(
    [...nodes.values()].flatMap(({ children }) => children),
  );
  const roots = [...nodes.keys()].filter(ref => !hasParent.has(ref));
  const entered = new Set(roots.flatMap(ref => nodes.get(ref)!.reached));
  for (const [ref, node] of nodes) {
    if (!entered.has(ref)) {
      roots.push(ref);
      for (const reached of node.reached) {
        entered.add(reached);
      }
    }
  }
  return roots.sort(compareCodeUnits);
}

function adjacency(
  memberships: readonly GroupMembership[],
  from: 'member' | 'group',
  to: 'member' | 'group',
): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const membership of memberships) {
    const targets = edges.get(membership[from]) ?? new Set<string>();
    targets.add(membership[to]);
    edges.set(membership[from], targets);
  }
  return edges;
}

function reachable(
  starts: Iterable<string>,
  edges: ReadonlyMap<string, ReadonlySet<string>>,
): Set<string> {
  const reached = new Set<string>(starts);
  const waiting = [...reached];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const target of edges.get(next) ?? []) {
      if (!reached.has(target)) {
        reached.add(target);
        waiting.push(target);
      }
    }
  }
  return reached;
}
