import { Risk } from '../elevation/risk';
import { Posture, PostureContainer, PostureWorkload } from './posture';

/** A container that can see or do much of what its node does. @public */
export interface ElevatedContainer {
  workload: PostureWorkload;
  container: PostureContainer;
  /** The highest risk among its elevations; absent where it has none. */
  risk?: Risk;
}

const demanding = new Set(['ai-agent', 'ebpf-collector']);
const risks: readonly Risk[] = ['critical', 'high', 'medium', 'low'];
const listedRisks = new Set<Risk>(['critical', 'high']);

/**
 * Who can see everything: every container with an elevation of critical or high risk, and every container of an AI agent
 * or eBPF collector, also of a guessed one, whatever it asks for.
 *
 * @public
 */
export function elevatedContainers(
  posture: Pick<Posture, 'workloads'>,
): ElevatedContainer[] {
  const elevated: ElevatedContainer[] = [];
  for (const workload of posture.workloads) {
    for (const container of workload.containers) {
      const asked = new Set(container.elevations.map(({ risk }) => risk));
      const risk = risks.find(one => asked.has(one));
      if (
        demanding.has(workload.class.value) ||
        (risk && listedRisks.has(risk))
      ) {
        elevated.push({ workload, container, ...(risk && { risk }) });
      }
    }
  }
  return elevated;
}
