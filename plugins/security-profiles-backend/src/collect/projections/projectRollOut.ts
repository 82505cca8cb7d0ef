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

/** Keeps the state of the roll-out of a DaemonSet or Deployment, by names that both have in common here. */
export function projectRollOut(
  object: KubernetesObject,
  kind: 'DaemonSet' | 'Deployment',
): RollOutFacts {
  const spec = asRecord(object.spec) ?? {};
  const status = asRecord(object.status) ?? {};
  const counts =
    kind === 'DaemonSet'
      ? {
          strategy: spec.updateStrategy,
          desired: status.desiredNumberScheduled,
          updated: status.updatedNumberScheduled,
          ready: status.numberReady,
        }
      : {
          strategy: spec.strategy,
          desired: spec.replicas,
          updated: status.updatedReplicas,
          ready: status.readyReplicas,
        };
  // A server leaves counts of zero out, and a folder of manifests often the whole status.
  const counted = (count: unknown) =>
    Object.keys(status).length > 0 ? asInteger(count ?? 0) : undefined;
  return withoutUndefined<RollOutFacts>({
    generation: asInteger(object.metadata.generation),
    observedGeneration: asInteger(status.observedGeneration),
    strategy: asText(asRecord(counts.strategy)?.type),
    desired:
      kind === 'DaemonSet'
        ? counted(counts.desired)
        : asInteger(counts.desired),
    updated: counted(counts.updated),
    ready: counted(counts.ready),
  });
}
