import { rightInWords, rightsOfAccount } from '../../elevation/clusterRights';
import { ClusterFacts } from '../entityFacts';
import { evidenceOf, JudgedContainer, workloadName } from '../judgedEntity';
import { Patch } from '../posture';
import { sourceOf } from '../sourceOf';
import { tokenOf } from './agentTokenMounted';
import { FindingCheck } from './finding';
import { judgeAgents } from './judgeAgents';
import { nameList } from './nameList';
import { podSpecPatch } from './patches';

/** Most rights named in one sentence. */
const mostNamed = 3;

/** No AI agent has dangerous rights in its cluster. */
export const agentClusterRights: FindingCheck = {
  id: 'agent-cluster-rights',
  title: 'No AI agent has dangerous rights in its cluster',
  severity: 'high',
  weight: {
    points: 15,
    because: 'such a right reaches past every wall around the container',
  },
  responsible: 'owner',
  meaning:
    'Who may read secrets, create pods or bind roles is held by no profile: it lets another pod do the work. An agent does what it is told, by its own text too.',
  decidedBy:
    "Sums up what the ServiceAccount of an AI agent may do by Roles, ClusterRoles and their bindings, by itself and by the groups system:serviceaccounts, system:serviceaccounts:<namespace> and system:authenticated; aggregated ClusterRoles count with what they select. Fails for a right of critical or high risk, warns for one of medium risk, and only warns where no token is mounted. Unknown where roles or bindings can't be read (the optional rights of group 5).",
  fix: 'Give the agent a ServiceAccount of its own with a Role that names what it needs, in its own namespace.',
  sources: [
    'Kubernetes documentation, Role Based Access Control Good Practices, privilege escalation risks',
    'Kubernetes documentation, Using RBAC Authorization',
    'OWASP Top 10 for Agentic Applications 2026, ASI03 identity and privilege abuse (read in summaries only)',
  ],
  judge: entity =>
    judgeAgents(entity, {
      problem: 'of AI agents have dangerous rights in their cluster',
      pass: 'No AI agent has dangerous rights in its cluster.',
      judge(container) {
        const { cluster, workload } = container;
        const unread = whyUnread(cluster);
        if (!cluster.clusterRights || unread !== undefined) {
          return {
            status: 'unknown',
            because: unread ?? `roles of ${cluster.name} were not read`,
          };
        }
        const account = accountOf(container);
        const dangerous = rightsOfAccount(
          cluster.clusterRights,
          account,
        ).filter(({ risk }) => risk !== 'low');
        const [worst] = dangerous;
        if (!worst) {
          return { status: 'pass' };
        }
        const named = dangerous.slice(0, mostNamed).map(rightInWords);
        const more = dangerous.length - named.length;
        const text = `Take from ServiceAccount ${account.name} in ${
          account.namespace
        } what ${workloadName(workload)} does not need: in ${
          cluster.name
        } it may ${nameList(more > 0 ? [...named, `${more} more`] : named)}.`;
        const patch = ownAccountPatch(container);
        return {
          status:
            (worst.risk === 'critical' || worst.risk === 'high') &&
            tokenOf(container).state !== 'not-mounted'
              ? 'fail'
              : 'warn',
          evidence: dangerous.map(right =>
            evidenceOf(container, {
              field: `${workload.pathPrefix}.serviceAccountName`,
              value: `${account.name} may ${rightInWords(right)}, by ${
                right.via
              }`,
            }),
          ),
          fix: { text, ...(patch && { patch }) },
          step: { text },
        };
      },
    }),
};

function accountOf({ facts, workload }: JudgedContainer) {
  return {
    namespace: workload.namespace,
    name: facts.container.pod.serviceAccountName ?? 'default',
  };
}

/** Rights are the sum of four sources: with one of them missing or refused the sum is not known. */
function whyUnread(cluster: ClusterFacts): string | undefined {
  for (const plural of [
    'clusterrolebindings',
    'clusterroles',
    'rolebindings',
    'roles',
  ]) {
    const source = sourceOf(cluster, plural);
    if (source && source.state !== 'fresh' && source.lastFresh === undefined) {
      return `${plural} of ${cluster.name} could not be read since ${
        source.since
      }: ${source.reason ?? source.state}`;
    }
  }
  return undefined;
}

/** An account of its own, which nothing is bound to yet. */
function ownAccountPatch(container: JudgedContainer): Patch | undefined {
  const { workload } = container;
  const patch = podSpecPatch(container, [
    `serviceAccountName: ${workload.name}`,
    'automountServiceAccountToken: false',
  ]);
  return (
    patch && {
      format: patch.format,
      body: [
        'apiVersion: v1',
        'kind: ServiceAccount',
        'metadata:',
        `  name: ${workload.name}`,
        `  namespace: ${workload.namespace}`,
        'automountServiceAccountToken: false',
        '---',
        patch.body,
      ].join('\n'),
    }
  );
}
