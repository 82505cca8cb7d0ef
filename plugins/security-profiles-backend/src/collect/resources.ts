import type { ProfileKind } from '@security-profiles/analysis';
import { ciliumNodeConfigsKey } from '../facts/CollectedDataplane';
import type { Depth } from '../clusters/ClusterSource';

/** A resource that collection reads. */
export interface CollectedResource {
  /** As sources name it: plural, with the group behind it where there is one. */
  key: string;
  group: string;
  plural: string;
  kind: string;
  /** Versions that we can read, best first; the first that the server serves is taken. */
  versions: readonly string[];
  depth: Depth;
  /** The one object that is read, where the others are nobody's business. */
  name?: string;
}

const operatorGroup = 'security-profiles-operator.x-k8s.io';
const rbacGroup = 'rbac.authorization.k8s.io';

/** Which kind of profile a resource holds. */
export const profileKinds: ReadonlyMap<string, ProfileKind> = new Map([
  [`seccompprofiles.${operatorGroup}`, 'SeccompProfile'],
  [`selinuxprofiles.${operatorGroup}`, 'SelinuxProfile'],
  [`rawselinuxprofiles.${operatorGroup}`, 'RawSelinuxProfile'],
  [`apparmorprofiles.${operatorGroup}`, 'AppArmorProfile'],
]);

/** Name of the source that tells whether the operator is installed. */
export const seccompProfilesKey = `seccompprofiles.${operatorGroup}`;

/** Name of the source of the profiles' states on the nodes. */
export const nodeStatusesKey = `securityprofilenodestatuses.${operatorGroup}`;

/** Names of the sources that topics are made from. */
export const profileBindingsKey = `profilebindings.${operatorGroup}`;
export const profileRecordingsKey = `profilerecordings.${operatorGroup}`;
export const operatorSettingsKey = `securityprofilesoperatordaemons.${operatorGroup}`;
export const runtimeClassesKey = 'runtimeclasses.node.k8s.io';
export const serviceAccountsKey = 'serviceaccounts';
export const roleKeys = [
  'roles.rbac.authorization.k8s.io',
  'clusterroles.rbac.authorization.k8s.io',
] as const;
export const roleBindingKeys = [
  'rolebindings.rbac.authorization.k8s.io',
  'clusterrolebindings.rbac.authorization.k8s.io',
] as const;
export const webhooksKey =
  'mutatingwebhookconfigurations.admissionregistration.k8s.io';

function resource(
  group: string,
  plural: string,
  kind: string,
  options: { versions: readonly string[]; depth?: Depth; name?: string },
): CollectedResource {
  return {
    key: group ? `${plural}.${group}` : plural,
    group,
    plural,
    kind,
    versions: options.versions,
    depth: options.depth ?? 'object',
    ...(options.name !== undefined && { name: options.name }),
  };
}

const ciliumNodeConfigs = {
  ...resource('cilium.io', 'ciliumnodeconfigs', 'CiliumNodeConfig', {
    versions: ['v2', 'v2alpha1'],
  }),
  key: ciliumNodeConfigsKey,
};

/**
 * Everything that is read, owners before pods, so that the first pass resolves most pods at once. Secrets and
 * ConfigMaps are not in it; see {@link CiliumConfigReader} for the one exception. Versions of the operator's kinds: its CRDs at 1.0.0 serve `v1` and the older name.
 */
export const collectedResources: readonly CollectedResource[] = [
  resource('', 'namespaces', 'Namespace', { versions: ['v1'] }),
  resource('', 'nodes', 'Node', { versions: ['v1'] }),
  resource('apps', 'deployments', 'Deployment', { versions: ['v1'] }),
  resource('apps', 'replicasets', 'ReplicaSet', {
    versions: ['v1'],
    depth: 'metadata',
  }),
  resource('apps', 'statefulsets', 'StatefulSet', { versions: ['v1'] }),
  resource('apps', 'daemonsets', 'DaemonSet', { versions: ['v1'] }),
  resource('batch', 'jobs', 'Job', { versions: ['v1'] }),
  resource('batch', 'cronjobs', 'CronJob', { versions: ['v1', 'v1beta1'] }),
  resource(operatorGroup, 'seccompprofiles', 'SeccompProfile', {
    versions: ['v1', 'v1beta1'],
  }),
  resource(operatorGroup, 'selinuxprofiles', 'SelinuxProfile', {
    versions: ['v1', 'v1alpha2'],
  }),
  resource(operatorGroup, 'rawselinuxprofiles', 'RawSelinuxProfile', {
    versions: ['v1', 'v1alpha2'],
  }),
  resource(operatorGroup, 'apparmorprofiles', 'AppArmorProfile', {
    versions: ['v1', 'v1alpha1'],
  }),
  resource(
    operatorGroup,
    'securityprofilenodestatuses',
    'SecurityProfileNodeStatus',
    { versions: ['v1', 'v1alpha1'], depth: 'metadata' },
  ),
  resource(
    operatorGroup,
    'securityprofilesoperatordaemons',
    'SecurityProfilesOperatorDaemon',
    { versions: ['v1', 'v1alpha1'] },
  ),
  resource(operatorGroup, 'profilebindings', 'ProfileBinding', {
    versions: ['v1', 'v1alpha1'],
  }),
  resource(operatorGroup, 'profilerecordings', 'ProfileRecording', {
    versions: ['v1', 'v1alpha1'],
  }),
  resource('node.k8s.io', 'runtimeclasses', 'RuntimeClass', {
    versions: ['v1'],
  }),
  resource(
    'admissionregistration.k8s.io',
    'mutatingwebhookconfigurations',
    'MutatingWebhookConfiguration',
    // The account may read this one alone, and is then let in for its name only.
    { versions: ['v1'], name: 'spo-mutating-webhook-configuration' },
  ),
  // Cilium 1.16 to 1.20 serve `v2`; earlier ones only the other.
  ciliumNodeConfigs,
  // What accounts of AI agents may do: optional, see docs/clusterrole.yaml.
  resource('', 'serviceaccounts', 'ServiceAccount', { versions: ['v1'] }),
  resource(rbacGroup, 'roles', 'Role', { versions: ['v1'] }),
  resource(rbacGroup, 'clusterroles', 'ClusterRole', { versions: ['v1'] }),
  resource(rbacGroup, 'rolebindings', 'RoleBinding', { versions: ['v1'] }),
  resource(rbacGroup, 'clusterrolebindings', 'ClusterRoleBinding', {
    versions: ['v1'],
  }),
  resource('', 'pods', 'Pod', { versions: ['v1'] }),
];
