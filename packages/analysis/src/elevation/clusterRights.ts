import { LabelSelector, matchesSelector } from '../confinement/labelSelector';
import { compareCodeUnits } from '../profiles/canonicalJson';
import type { Risk } from '../risk/risk';
import { RoleRule, rightsOfRule } from './rightsOfRule';

/** What is kept of a Role or ClusterRole. @public */
export interface RoleFacts {
  /** Absent for a ClusterRole. */
  namespace?: string;
  name: string;
  labels: Record<string, string>;
  rules: RoleRule[];
  /** Of an aggregated ClusterRole: whose rules it takes over. */
  aggregates?: LabelSelector[];
}

/** What is kept of a RoleBinding or ClusterRoleBinding. @public */
export interface RoleBindingFacts {
  /** Absent for a ClusterRoleBinding. */
  namespace?: string;
  name: string;
  role: { kind: 'Role' | 'ClusterRole'; name: string };
  /** ServiceAccounts and groups of them, as {@link accountSubject} and {@link groupSubject} write them. */
  subjects: string[];
}

/** One thing that an account may do to its cluster. @public */
export interface ClusterRight {
  /** As `reads-secrets`, `creates-pods`, `everything`. */
  id: string;
  risk: Risk;
  /** Ends the sentence "it may …". */
  text: string;
  /** Absent: in all namespaces. */
  namespace?: string;
  /** The binding and role that give it, as `ClusterRoleBinding ops → ClusterRole admin`. */
  via: string;
}

/** Rights by subject: all that is kept of roles and bindings. @public */
export type RightsBySubject = Record<string, ClusterRight[]>;

/** Groups that every ServiceAccount is in. Source: Kubernetes, "Authenticating", service accounts. */
const groupsOfAll = ['system:serviceaccounts', 'system:authenticated'];
const namespaceGroup = 'system:serviceaccounts:';
const order: Risk[] = ['critical', 'high', 'medium', 'low'];
/** Deeper chains of aggregation than any that is known end here; so do circles. */
const longestAggregation = 8;

/** A ServiceAccount as a subject. @public */
export function accountSubject(namespace: string, name: string): string {
  return `account ${namespace}/${name}`;
}

/** A group as a subject; undefined for one that no ServiceAccount is in. @public */
export function groupSubject(name: string): string | undefined {
  return groupsOfAll.includes(name) || name.startsWith(namespaceGroup)
    ? `group ${name}`
    : undefined;
}

/**
 * What each ServiceAccount, and each group of them, may do.
 *
 * @remarks
 * Aggregated ClusterRoles have the rules of those that they select, besides their own: the controller that fills them in
 * may lag. A binding to a role that does not exist gives nothing. A RoleBinding gives a ClusterRole's rules in its own
 * namespace only. Source: Kubernetes, "Using RBAC Authorization".
 * @public
 */
export function resolveClusterRights(facts: {
  roles: readonly RoleFacts[];
  bindings: readonly RoleBindingFacts[];
}): RightsBySubject {
  const roles = new Map(
    facts.roles.map(role => [roleKey(role.namespace, role.name), role]),
  );
  const aggregated = new Map<RoleFacts, RoleRule[]>();
  const rulesOf = (role: RoleFacts, depth = 0): RoleRule[] => {
    const known = aggregated.get(role);
    if (known) {
      return known;
    }
    const rules = [...role.rules];
    if (depth < longestAggregation) {
      for (const selector of role.aggregates ?? []) {
        for (const other of facts.roles) {
          if (
            other !== role &&
            other.namespace === undefined &&
            matchesSelector(other.labels, selector)
          ) {
            rules.push(...rulesOf(other, depth + 1));
          }
        }
      }
    }
    if (depth === 0) {
      aggregated.set(role, rules);
    }
    return rules;
  };
  const bySubject = new Map<string, Map<string, ClusterRight>>();
  const bindings = [...facts.bindings].sort((a, b) =>
    compareCodeUnits(bindingKey(a), bindingKey(b)),
  );
  for (const binding of bindings) {
    const role = roles.get(
      roleKey(
        binding.role.kind === 'Role' ? binding.namespace : undefined,
        binding.role.name,
      ),
    );
    if (!role) {
      continue;
    }
    const via = `${
      binding.namespace === undefined ? 'ClusterRoleBinding' : 'RoleBinding'
    } ${binding.name} → ${binding.role.kind} ${role.name}`;
    const bound = binding.namespace === undefined ? 'cluster' : 'namespace';
    for (const right of rulesOf(role).flatMap(rule =>
      rightsOfRule(rule, bound),
    )) {
      const found: ClusterRight = {
        ...right,
        ...(binding.namespace !== undefined && {
          namespace: binding.namespace,
        }),
        via,
      };
      for (const subject of binding.subjects) {
        const held = bySubject.get(subject) ?? new Map();
        bySubject.set(subject, held);
        const key = rightKey(found);
        if (!held.has(key)) {
          held.set(key, found);
        }
      }
    }
  }
  return Object.fromEntries(
    [...bySubject]
      .sort(([a], [b]) => compareCodeUnits(a, b))
      .map(([subject, rights]) => [subject, sortedRights(rights.values())]),
  );
}

/**
 * What one ServiceAccount may do, by itself and by the groups that it is in; riskiest first, each right once.
 *
 * @public
 */
export function rightsOfAccount(
  bySubject: RightsBySubject,
  account: { namespace: string; name: string },
): ClusterRight[] {
  const rights = new Map<string, ClusterRight>();
  for (const subject of [
    accountSubject(account.namespace, account.name),
    `group ${namespaceGroup}${account.namespace}`,
    ...groupsOfAll.map(name => `group ${name}`),
  ]) {
    for (const right of Object.hasOwn(bySubject, subject)
      ? bySubject[subject]
      : []) {
      if (!rights.has(rightKey(right))) {
        rights.set(rightKey(right), right);
      }
    }
  }
  return sortedRights(withoutCovered([...rights.values()]));
}

/** A right in words, as `read secrets in all namespaces`. @public */
export function rightInWords({ text, namespace }: ClusterRight): string {
  return `${text} in ${
    namespace === undefined ? 'all namespaces' : `namespace ${namespace}`
  }`;
}

/** In one namespace it adds nothing to what holds in all of them. */
function withoutCovered(rights: ClusterRight[]): ClusterRight[] {
  const everywhere = new Set(
    rights
      .filter(({ namespace }) => namespace === undefined)
      .map(({ id, text }) => `${id} ${text}`),
  );
  return rights.filter(
    ({ id, text, namespace }) =>
      namespace === undefined || !everywhere.has(`${id} ${text}`),
  );
}

function sortedRights(rights: Iterable<ClusterRight>): ClusterRight[] {
  return [...rights].sort(
    (a, b) =>
      order.indexOf(a.risk) - order.indexOf(b.risk) ||
      compareCodeUnits(rightKey(a), rightKey(b)),
  );
}

function rightKey({ id, text, namespace }: ClusterRight): string {
  return JSON.stringify([id, text, namespace ?? '']);
}

function roleKey(namespace: string | undefined, name: string): string {
  return JSON.stringify([namespace ?? '', name]);
}

function bindingKey({ namespace, name }: RoleBindingFacts): string {
  return JSON.stringify([namespace ?? '', name]);
}
