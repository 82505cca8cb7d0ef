import { SPO_GROUP } from '../spoGroup';

/** A kind whose plural and scope are known without a server. */
export interface KnownKind {
  group: string;
  /** Served versions, preferred first. */
  versions: string[];
  kind: string;
  plural: string;
  scope: 'Cluster' | 'Namespaced';
}

/**
 * Kinds of Kubernetes itself that every cluster serves. Source: the API reference of Kubernetes 1.33.
 */
export const BUILT_IN_KINDS: readonly KnownKind[] = [
  builtIn('', 'Namespace', 'namespaces', 'Cluster'),
  builtIn('', 'Node', 'nodes', 'Cluster'),
  builtIn('', 'Pod', 'pods', 'Namespaced'),
  builtIn('', 'Service', 'services', 'Namespaced'),
  builtIn('', 'ServiceAccount', 'serviceaccounts', 'Namespaced'),
  builtIn('', 'ConfigMap', 'configmaps', 'Namespaced'),
  builtIn('', 'Event', 'events', 'Namespaced'),
  builtIn('', 'ReplicationController', 'replicationcontrollers', 'Namespaced'),
  builtIn('apps', 'Deployment', 'deployments', 'Namespaced'),
  builtIn('apps', 'ReplicaSet', 'replicasets', 'Namespaced'),
  builtIn('apps', 'StatefulSet', 'statefulsets', 'Namespaced'),
  builtIn('apps', 'DaemonSet', 'daemonsets', 'Namespaced'),
  builtIn('apps', 'ControllerRevision', 'controllerrevisions', 'Namespaced'),
  builtIn('batch', 'Job', 'jobs', 'Namespaced'),
  builtIn('batch', 'CronJob', 'cronjobs', 'Namespaced'),
  builtIn('node.k8s.io', 'RuntimeClass', 'runtimeclasses', 'Cluster'),
  builtIn(
    'networking.k8s.io',
    'NetworkPolicy',
    'networkpolicies',
    'Namespaced',
  ),
  builtIn('networking.k8s.io', 'Ingress', 'ingresses', 'Namespaced'),
  builtIn('rbac.authorization.k8s.io', 'Role', 'roles', 'Namespaced'),
  builtIn(
    'rbac.authorization.k8s.io',
    'RoleBinding',
    'rolebindings',
    'Namespaced',
  ),
  builtIn(
    'rbac.authorization.k8s.io',
    'ClusterRole',
    'clusterroles',
    'Cluster',
  ),
  builtIn(
    'rbac.authorization.k8s.io',
    'ClusterRoleBinding',
    'clusterrolebindings',
    'Cluster',
  ),
  builtIn(
    'admissionregistration.k8s.io',
    'MutatingWebhookConfiguration',
    'mutatingwebhookconfigurations',
    'Cluster',
  ),
  builtIn(
    'admissionregistration.k8s.io',
    'ValidatingWebhookConfiguration',
    'validatingwebhookconfigurations',
    'Cluster',
  ),
  builtIn(
    'apiextensions.k8s.io',
    'CustomResourceDefinition',
    'customresourcedefinitions',
    'Cluster',
  ),
];

/**
 * Kinds of the Security Profiles Operator as served by 1.0, whose version before was the second.
 * Source: deploy/base-crds/crds of kubernetes-sigs/security-profiles-operator v1.0.0.
 */
export const SPO_KINDS: readonly KnownKind[] = [
  spo('SeccompProfile', 'seccompprofiles', 'Cluster', 'v1beta1'),
  spo('SelinuxProfile', 'selinuxprofiles', 'Cluster', 'v1alpha2'),
  spo('RawSelinuxProfile', 'rawselinuxprofiles', 'Cluster', 'v1alpha2'),
  spo('AppArmorProfile', 'apparmorprofiles', 'Cluster', 'v1alpha1'),
  spo(
    'SecurityProfileNodeStatus',
    'securityprofilenodestatuses',
    'Cluster',
    'v1alpha1',
  ),
  spo('ProfileBinding', 'profilebindings', 'Namespaced', 'v1alpha1'),
  spo('ProfileRecording', 'profilerecordings', 'Namespaced', 'v1alpha1'),
  spo(
    'SecurityProfilesOperatorDaemon',
    'securityprofilesoperatordaemons',
    'Namespaced',
    'v1alpha1',
  ),
];

/** Kinds of others that a naive plural or the guess "namespaced" would get wrong. */
export const OTHER_KINDS: readonly KnownKind[] = [
  other('cilium.io', 'v2', 'CiliumNode', 'ciliumnodes', 'Cluster'),
  other('cilium.io', 'v2', 'CiliumIdentity', 'ciliumidentities', 'Cluster'),
  other(
    'cilium.io',
    'v2',
    'CiliumClusterwideNetworkPolicy',
    'ciliumclusterwidenetworkpolicies',
    'Cluster',
  ),
  other(
    'cilium.io',
    'v2',
    'CiliumNetworkPolicy',
    'ciliumnetworkpolicies',
    'Namespaced',
  ),
  other('argoproj.io', 'v1alpha1', 'AppProject', 'appprojects', 'Namespaced'),
  other(
    'source.toolkit.fluxcd.io',
    'v1',
    'GitRepository',
    'gitrepositories',
    'Namespaced',
  ),
];

function builtIn(
  group: string,
  kind: string,
  plural: string,
  scope: KnownKind['scope'],
): KnownKind {
  return { group, versions: ['v1'], kind, plural, scope };
}

function spo(
  kind: string,
  plural: string,
  scope: KnownKind['scope'],
  versionBefore: string,
): KnownKind {
  return {
    group: SPO_GROUP,
    versions: ['v1', versionBefore],
    kind,
    plural,
    scope,
  };
}

function other(
  group: string,
  version: string,
  kind: string,
  plural: string,
  scope: KnownKind['scope'],
): KnownKind {
  return { group, versions: [version], kind, plural, scope };
}
