import { apiTokenOf } from '../../elevation/apiToken';
import { evidenceOf, JudgedContainer, workloadName } from '../judgedEntity';
import { FindingCheck } from './finding';
import { judgeAgents } from './judgeAgents';
import { clustersPlace } from './judgeContainers';
import { podSpecPatch } from './patches';

/** No AI agent holds a token for the Kubernetes API. */
export const agentTokenMounted: FindingCheck = {
  id: 'agent-token-mounted',
  title: 'No AI agent holds a token for the Kubernetes API',
  severity: 'medium',
  weight: {
    points: 8,
    because:
      'whoever talks the agent into it speaks to the cluster as the agent',
  },
  responsible: 'owner',
  meaning:
    'A token in an agent is a way for whatever it reads to reach the cluster. Most agents need none.',
  decidedBy:
    "Warns for a container of an AI agent with a token: one that is seen mounted in its live pod, else by automountServiceAccountToken of the pod, then of its ServiceAccount, then the default, which mounts one. Unknown where the pod does not say and ServiceAccounts can't be read. Tokens for other audiences than the API don't count. What the token allows is agent-cluster-rights.",
  fix: 'Set automountServiceAccountToken: false in the pod, or give the agent an account of its own.',
  sources: [
    'Kubernetes documentation, Configure Service Accounts for Pods',
    'kubernetes-sigs/agent-sandbox, docs/security/threat_model.md',
  ],
  judge: entity =>
    judgeAgents(entity, {
      problem: 'of AI agents hold a token for the Kubernetes API',
      pass: 'No AI agent holds a token for the Kubernetes API.',
      judge(container) {
        const token = tokenOf(container);
        if (token.state === 'unknown') {
          return { status: 'unknown', because: token.because };
        }
        if (token.state === 'not-mounted') {
          return { status: 'pass' };
        }
        const text = `Set \`automountServiceAccountToken: false\` in ${workloadName(
          container.workload,
        )} in ${clustersPlace}, if the agent does not need the Kubernetes API.`;
        const patch = podSpecPatch(container, [
          'automountServiceAccountToken: false',
        ]);
        return {
          status: 'warn',
          evidence: [
            evidenceOf(container, {
              field: `${container.workload.pathPrefix}.${token.field}`,
              value: token.because,
            }),
          ],
          fix: { text, ...(patch && { patch }) },
          step: {
            text,
            ...(patch && { action: { kind: 'copy-patch', patch } }),
          },
        };
      },
    }),
};

/** Whether a container of this cluster holds a token. */
export function tokenOf(container: JudgedContainer) {
  const { accountsWithoutToken } = container.cluster;
  return apiTokenOf(container.facts.container, {
    namespace: container.workload.namespace,
    ...(accountsWithoutToken && {
      accountsWithoutToken: new Set(accountsWithoutToken),
    }),
  });
}
