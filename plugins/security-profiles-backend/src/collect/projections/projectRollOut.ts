import type { KubernetesObject } from '../../clusters/ClusterSource';
import { asInteger, asRecord, asText, withoutUndefined } from './readFields';

/** How far a controller has brought its template to its pods. */
export interface RollOutFacts {
  generation?: number;
  observedGeneration?: number;
  /** `RollingUpdate`, `OnDelete`, `Recreate`. */
  strategy?: string;
  desired?: number;
  updated?: number;
  ready?: number;
}

/** Keeps the state of the roll-out of a DaemonSet or Deployment, by the names that both have in common here. */
export function projectRollOut(object: KubernetesObject): RollOutFacts {
  const spec = asRecord(object.spec) ?? {};
  const status = asRecord(object.status);
  const strategy = asRecord(spec.updateStrategy ?? spec.strategy);
  const isDaemonSet = status?.desiredNumberScheduled !== undefined;
  const counted = status !== undefined && Object.keys(status).length > 0;
  return withoutUndefined<RollOutFacts>({
    generation: asInteger(object.metadata.generation),
    observedGeneration: asInteger(status?.observedGeneration),
    strategy: asText(strategy?.type),
    desired: isDaemonSet
      ? asInteger(status.desiredNumberScheduled)
      : asInteger(spec.replicas),
    // A server leaves counts of zero out.
    updated: counted
      ? asInteger(
          isDaemonSet
            ? status.updatedNumberScheduled ?? 0
            : status.updatedReplicas ?? 0,
        )
      : undefined,
    ready: counted
      ? asInteger(
          isDaemonSet ? status.numberReady ?? 0 : status.readyReplicas ?? 0,
        )
      : undefined,
  });
}
