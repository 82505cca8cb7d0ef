import { runtimeOf } from '../../confinement/sandboxRuntime';
import { evidenceOf, JudgedContainer, workloadName } from '../judgedEntity';
import { FindingCheck } from './finding';
import { judgeAgents } from './judgeAgents';
import { podSpecPatch } from './patches';

/** Every AI agent runs in a sandbox. */
export const agentUnsandboxed: FindingCheck = {
  id: 'agent-unsandboxed',
  title: 'Every AI agent runs in a sandbox',
  severity: 'medium',
  weight: {
    points: 10,
    because:
      'an agent runs what a text made it write, on the kernel of the node',
  },
  responsible: 'owner',
  meaning:
    'An agent acts on text that strangers may have written, and may run code of its own. A sandbox runtime puts a kernel of its own below it.',
  decidedBy:
    'Fails for a container of an AI agent without a RuntimeClass whose handler is a sandbox (gVisor, Kata); the name of the class counts where its handler is not known.',
  fix: 'Set runtimeClassName to a RuntimeClass of gVisor or Kata; the cluster has to have one.',
  sources: [
    'kubernetes-sigs/agent-sandbox, docs/security/threat_model.md',
    'Kubernetes documentation, Runtime Class',
    'OWASP Top 10 for Agentic Applications 2026, ASI05 unexpected code execution (read in summaries only)',
  ],
  judge: entity =>
    judgeAgents(entity, {
      problem: 'of AI agents run on the kernel of the node',
      pass: 'Every AI agent runs in a sandbox.',
      judge(container) {
        const { pod } = container.facts.container;
        const { runtimeHandlers } = container.cluster;
        const { sandboxed, runtime } = runtimeOf(pod, runtimeHandlers);
        if (sandboxed === 'yes') {
          return { status: 'pass' };
        }
        const sandbox = sandboxClass(container);
        const text = sandbox
          ? `Set \`runtimeClassName: ${sandbox}\` in ${workloadName(
              container.workload,
            )}.`
          : `Ask who runs ${
              container.cluster.name
            } for a RuntimeClass of gVisor or Kata, and set it in ${workloadName(
              container.workload,
            )}.`;
        const patch = podSpecPatch(container, [
          `runtimeClassName: ${sandbox ?? 'gvisor'}`,
        ]);
        return {
          status: 'fail',
          evidence: [
            evidenceOf(container, {
              field: `${container.workload.pathPrefix}.runtimeClassName`,
              value: runtime
                ? `${runtime.class}${
                    runtime.handler === undefined
                      ? ''
                      : `, handler ${runtime.handler}`
                  }`
                : 'unset',
            }),
          ],
          fix: { text, ...(patch && { patch }) },
          step: {
            text,
            ...(sandbox && patch && { action: { kind: 'copy-patch', patch } }),
          },
        };
      },
    }),
};

/** A RuntimeClass of the cluster that is a sandbox, the first by name. */
function sandboxClass({ cluster }: JudgedContainer): string | undefined {
  return Object.keys(cluster.runtimeHandlers ?? {})
    .sort()
    .find(
      name =>
        runtimeOf({ runtimeClassName: name }, cluster.runtimeHandlers)
          .sandboxed === 'yes',
    );
}
