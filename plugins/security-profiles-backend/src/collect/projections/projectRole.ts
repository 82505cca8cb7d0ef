import {
  accountSubject,
  groupSubject,
  type RoleBindingFacts,
  type RoleFacts,
} from '@security-profiles/analysis';
import type { KubernetesObject } from '../../clusters/ClusterSource';
import { projectSelector } from './projectBinding';
import {
  asLabels,
  asRecord,
  asRecords,
  asText,
  asTexts,
  withoutUndefined,
} from './readFields';

/** Keeps of a Role or ClusterRole its rules. Rules about paths, which are no resource, are left out. */
export function projectRole(object: KubernetesObject): RoleFacts {
  const selectors = asRecords(
    asRecord(object.aggregationRule)?.clusterRoleSelectors,
  ).map(selector => projectSelector(selector) ?? {});
  return withoutUndefined<RoleFacts>({
    namespace: asText(object.metadata.namespace),
    name: object.metadata.name,
    labels: asLabels(object.metadata.labels),
    rules: asRecords(object.rules).flatMap(rule => {
      const resources = asTexts(rule.resources) ?? [];
      const names = asTexts(rule.resourceNames);
      return resources.length > 0
        ? [
            withoutUndefined({
              apiGroups: asTexts(rule.apiGroups) ?? [],
              resources,
              verbs: asTexts(rule.verbs) ?? [],
              resourceNames: names?.length ? names : undefined,
            }),
          ]
        : [];
    }),
    aggregates: selectors.length > 0 ? selectors : undefined,
  });
}

/**
 * Keeps of a RoleBinding or ClusterRoleBinding who of the ServiceAccounts gets which role; undefined where it concerns
 * none of them. People and their groups are nobody's business here.
 */
export function projectRoleBinding(
  object: KubernetesObject,
): RoleBindingFacts | undefined {
  const namespace = asText(object.metadata.namespace);
  const role = asRecord(object.roleRef) ?? {};
  const kind = asText(role.kind);
  const subjects = asRecords(object.subjects).flatMap(
    subject => subjectOf(subject, namespace) ?? [],
  );
  if (subjects.length === 0 || (kind !== 'Role' && kind !== 'ClusterRole')) {
    return undefined;
  }
  return withoutUndefined<RoleBindingFacts>({
    namespace,
    name: object.metadata.name,
    role: { kind, name: asText(role.name) ?? '' },
    subjects: [...new Set(subjects)].sort(),
  });
}

/** A ServiceAccount may be named as the user that it signs in as. */
function subjectOf(
  subject: Record<string, unknown>,
  namespace: string | undefined,
): string | undefined {
  const name = asText(subject.name) ?? '';
  switch (asText(subject.kind)) {
    case 'ServiceAccount':
      return accountSubject(asText(subject.namespace) ?? namespace ?? '', name);
    case 'Group':
      return groupSubject(name);
    default: {
      const [, ofNamespace, account] =
        /^system:serviceaccount:([^:]+):([^:]+)$/.exec(name) ?? [];
      return ofNamespace !== undefined && account !== undefined
        ? accountSubject(ofNamespace, account)
        : undefined;
    }
  }
}
