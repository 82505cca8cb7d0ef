import type { Risk } from '../risk/risk';

/** A rule of a role, as Kubernetes has it. @public */
export interface RoleRule {
  apiGroups: string[];
  resources: string[];
  verbs: string[];
  /** Only these objects; absent: all. */
  resourceNames?: string[];
}

interface Right {
  id: string;
  risk: Risk;
  text: string;
}

interface RightRow extends Right {
  /** `cluster`: of objects without a namespace, so a binding in a namespace gives nothing of it. */
  scope?: 'cluster';
  /** Pairs of group and resource, as `apps/deployments` and `/pods`; any of them. */
  resources: readonly string[];
  /** Any of them. */
  verbs: readonly string[];
  /** What it is called where only some objects are named, and how much that matters. */
  named?: { risk: Risk; text: string };
}

const read = ['get', 'list', 'watch'];
const change = ['create', 'update', 'patch', 'delete', 'deletecollection'];
const rbac = 'rbac.authorization.k8s.io';
const spo = 'security-profiles-operator.x-k8s.io';

/**
 * Rights that reach beyond their own object. Source: Kubernetes, "Role Based Access Control Good Practices", privilege
 * escalation risks; and of this product: who may change profiles is not held by them.
 */
const rows: readonly RightRow[] = [
  {
    id: 'escalates',
    risk: 'critical',
    text: 'give itself any right (escalate or bind roles)',
    resources: [`${rbac}/roles`, `${rbac}/clusterroles`],
    verbs: ['escalate', 'bind'],
    named: { risk: 'high', text: 'bind or extend named roles' },
  },
  {
    id: 'impersonates',
    risk: 'critical',
    text: 'act as other accounts (impersonate)',
    resources: ['/users', '/groups', '/serviceaccounts'],
    verbs: ['impersonate'],
    named: { risk: 'high', text: 'act as named accounts (impersonate)' },
  },
  {
    id: 'reads-secrets',
    risk: 'critical',
    text: 'read secrets',
    resources: ['/secrets'],
    verbs: read,
    named: { risk: 'medium', text: 'read named secrets' },
  },
  {
    id: 'changes-secrets',
    risk: 'high',
    text: 'change secrets',
    resources: ['/secrets'],
    verbs: change,
    named: { risk: 'medium', text: 'change named secrets' },
  },
  {
    id: 'creates-tokens',
    risk: 'critical',
    text: 'make tokens of service accounts',
    resources: ['/serviceaccounts/token'],
    verbs: ['create'],
    named: { risk: 'high', text: 'make tokens of named service accounts' },
  },
  {
    id: 'creates-pods',
    risk: 'critical',
    text: 'create pods, and so run as any account there',
    resources: [
      '/pods',
      '/replicationcontrollers',
      'apps/deployments',
      'apps/daemonsets',
      'apps/statefulsets',
      'apps/replicasets',
      'batch/jobs',
      'batch/cronjobs',
    ],
    verbs: ['create'],
  },
  {
    id: 'changes-workloads',
    risk: 'high',
    text: 'change workloads, and so what their pods run',
    resources: [
      '/replicationcontrollers',
      'apps/deployments',
      'apps/daemonsets',
      'apps/statefulsets',
      'apps/replicasets',
      'batch/cronjobs',
    ],
    verbs: ['update', 'patch'],
    named: { risk: 'medium', text: 'change named workloads' },
  },
  {
    id: 'executes',
    risk: 'high',
    text: 'run commands in pods',
    resources: ['/pods/exec', '/pods/attach', '/pods/ephemeralcontainers'],
    verbs: ['create', 'get', 'update', 'patch'],
    named: { risk: 'medium', text: 'run commands in named pods' },
  },
  {
    id: 'reaches-nodes',
    scope: 'cluster',
    risk: 'critical',
    text: 'reach the kubelets of nodes (nodes/proxy)',
    resources: ['/nodes/proxy'],
    verbs: ['get', 'create', 'update', 'patch', 'delete'],
  },
  {
    id: 'changes-nodes',
    scope: 'cluster',
    risk: 'high',
    text: 'change nodes',
    resources: ['/nodes'],
    verbs: ['update', 'patch', 'delete', 'create'],
  },
  {
    id: 'changes-admission',
    scope: 'cluster',
    risk: 'critical',
    text: 'change admission, and so every object that is written',
    resources: [
      'admissionregistration.k8s.io/mutatingwebhookconfigurations',
      'admissionregistration.k8s.io/validatingwebhookconfigurations',
      'admissionregistration.k8s.io/mutatingadmissionpolicies',
      'admissionregistration.k8s.io/mutatingadmissionpolicybindings',
    ],
    verbs: ['create', 'update', 'patch'],
    named: { risk: 'high', text: 'change named admission webhooks' },
  },
  {
    id: 'approves-certificates',
    scope: 'cluster',
    risk: 'high',
    text: 'approve certificates, and so identities',
    resources: ['certificates.k8s.io/certificatesigningrequests/approval'],
    verbs: ['update', 'patch'],
  },
  {
    id: 'creates-volumes',
    scope: 'cluster',
    risk: 'high',
    text: 'create volumes, and so reach paths of nodes',
    resources: ['/persistentvolumes'],
    verbs: ['create'],
  },
  {
    id: 'changes-profiles',
    risk: 'high',
    text: 'change security profiles, and so what holds its own containers',
    resources: [
      `${spo}/seccompprofiles`,
      `${spo}/selinuxprofiles`,
      `${spo}/rawselinuxprofiles`,
      `${spo}/apparmorprofiles`,
      `${spo}/profilebindings`,
      `${spo}/securityprofilesoperatordaemons`,
    ],
    verbs: change,
    named: { risk: 'high', text: 'change named security profiles' },
  },
  {
    id: 'changes-roles',
    risk: 'medium',
    text: 'change roles and bindings, within its own rights',
    resources: [
      `${rbac}/roles`,
      `${rbac}/clusterroles`,
      `${rbac}/rolebindings`,
      `${rbac}/clusterrolebindings`,
    ],
    verbs: change,
  },
  {
    id: 'changes-namespaces',
    risk: 'medium',
    text: 'change namespaces, and so their pod security levels',
    resources: ['/namespaces'],
    verbs: change,
    named: { risk: 'medium', text: 'change named namespaces' },
  },
];

/** Questions about oneself; every account may ask them. */
const harmless =
  /^(authorization\.k8s\.io\/self\w+|authentication\.k8s\.io\/self\w+)$/;

/**
 * What one rule lets an account do beyond its own object; what is in no row is `changes` or `reads`, of low risk.
 *
 * @remarks
 * A rule that is bound in a namespace gives nothing of objects that are in none. `*` stands for every group, resource or verb. Rules about paths that are no resource give nothing here.
 */
export function rightsOfRule(
  rule: RoleRule,
  bound: 'cluster' | 'namespace' = 'cluster',
): Right[] {
  const any = (list: readonly string[]) => list.includes('*');
  const named = (rule.resourceNames ?? []).length > 0;
  if (any(rule.apiGroups) && any(rule.resources) && any(rule.verbs) && !named) {
    return [{ id: 'everything', risk: 'critical', text: 'do everything' }];
  }
  const rights: Right[] = [];
  for (const row of rows) {
    const verbs = row.verbs.some(
      verb =>
        any(rule.verbs) ||
        // A name is not known before there is an object, so it limits no create but that of a subresource.
        (rule.verbs.includes(verb) &&
          !(named && verb === 'create' && row.named === undefined)),
    );
    const reached = row.scope !== 'cluster' || bound === 'cluster';
    if (verbs && reached && row.resources.some(one => covers(rule, one))) {
      const { id, risk, text } = row;
      rights.push(
        named && row.named ? { id, ...row.named } : { id, risk, text },
      );
    }
  }
  return [...rights, ...otherRights(rule)];
}

function otherRights(rule: RoleRule): Right[] {
  const changes = rule.verbs.some(
    verb => verb === '*' || change.includes(verb),
  );
  const reads = rule.verbs.some(verb => verb === '*' || read.includes(verb));
  const names = rule.apiGroups.flatMap(group =>
    rule.resources.map(resource => `${group}/${resource}`),
  );
  const others = names.filter(name => !harmless.test(name));
  const right: Right[] = [];
  if (others.length > 0 && changes) {
    right.push({ id: 'changes', risk: 'low', text: 'change other objects' });
  }
  if (others.length > 0 && reads) {
    right.push({ id: 'reads', risk: 'low', text: 'read other objects' });
  }
  return right;
}

/** Whether a rule holds for a resource; a resource `pods/*` does not exist, and `*` includes subresources. */
function covers(rule: RoleRule, name: string): boolean {
  const slash = name.indexOf('/');
  const [group, resource] = [name.slice(0, slash), name.slice(slash + 1)];
  const subresource = resource.split('/')[1];
  return (
    (rule.apiGroups.includes('*') || rule.apiGroups.includes(group)) &&
    rule.resources.some(
      one =>
        one === '*' ||
        one === resource ||
        (subresource !== undefined && one === `*/${subresource}`),
    )
  );
}
