import { JudgedContainer, JudgedEntity } from '../judgedEntity';
import { trustedClass } from '../trustedClass';
import { FindingVerdict } from './finding';
import { ContainerVerdict, judgeContainers } from './judgeContainers';

/** Judges the containers of AI agents by one rule; a guessed agent is none. */
export function judgeAgents(
  entity: JudgedEntity,
  rule: {
    judge(container: JudgedContainer): ContainerVerdict;
    problem: string;
    pass: string;
  },
): FindingVerdict {
  return judgeContainers(entity, {
    ...rule,
    notApplicable: 'No workload is an AI agent.',
    judge: container =>
      // Injected containers are the platform's, and run nothing that an agent was told.
      trustedClass(container) === 'ai-agent' &&
      container.facts.origin !== 'injected'
        ? rule.judge(container)
        : { status: 'not-applicable' },
  });
}
