import { WorkloadClassName } from '../elevation/classifyWorkload';
import { Posture } from './posture';

/** Most demanding first: what is asked of it decides how an entity is grouped. */
const order: readonly WorkloadClassName[] = [
  'ai-agent',
  'ebpf-collector',
  'operator',
  'dataplane',
  'mesh',
];

/**
 * The class that an entity is listed under: the most demanding one among its workloads, `ordinary` where none stands out.
 * A guessed class counts as ordinary, as it does for levels and targets.
 *
 * @public
 */
export function classOfEntity(
  posture: Pick<Posture, 'workloads'>,
): WorkloadClassName {
  const classes = new Set(
    posture.workloads
      .filter(workload => workload.class.confidence !== 'guess')
      .map(workload => workload.class.value),
  );
  return order.find(one => classes.has(one)) ?? 'ordinary';
}
