import type { DbEntitiesRow } from '../database/tables';
import { labelsMatch, parseLabelSelector } from './labelSelector';
import { kubernetesIdLabel } from '../facts/kubernetesIdLabel';

/** What of a workload decides whose it is. */
export interface MatchableWorkload {
  clusterName: string;
  namespace: string;
  kind: string;
  name: string;
  labelSets: Record<string, string>[];
}

/**
 * Whether an entity claims a workload, and on whose word.
 *
 * @remarks
 * `confirmed`: the cluster says so, by the label on the workload or its pods. `asserted`: only the entity's own
 * annotations select it. `idHolders` are all entities with the same id: where several have it, the one that is named
 * like the id holds it, else nobody does, or whoever registers a file with somebody else's id would read and approve
 * that one's profiles.
 */
export function matchWorkload(
  entity: DbEntitiesRow,
  workload: MatchableWorkload,
  options: { idHolders: readonly { entity_ref: string; name: string }[] },
): 'confirmed' | 'asserted' | undefined {
  if (
    (entity.only_namespace && entity.only_namespace !== workload.namespace) ||
    (entity.only_cluster && entity.only_cluster !== workload.clusterName) ||
    entity.selector_error
  ) {
    return undefined;
  }
  const labelled = workload.labelSets.some(
    labels => labels[kubernetesIdLabel] === entity.kubernetes_id,
  );
  if (!selects(entity, workload, labelled ? 'labelled' : 'not-labelled')) {
    return undefined;
  }
  return labelled && holdsId(entity, options.idHolders)
    ? 'confirmed'
    : 'asserted';
}

function selects(
  entity: DbEntitiesRow,
  workload: MatchableWorkload,
  label: 'labelled' | 'not-labelled',
): boolean {
  if (entity.workload_ref) {
    return entity.workload_ref === workloadRef(workload);
  }
  if (entity.selector) {
    const requirements = parseLabelSelector(entity.selector);
    return workload.labelSets.some(labels => labelsMatch(requirements, labels));
  }
  return label === 'labelled';
}

function holdsId(
  entity: DbEntitiesRow,
  holders: readonly { entity_ref: string; name: string }[],
): boolean {
  const candidates = holders.filter(
    holder => holder.name === entity.kubernetes_id,
  );
  const [holder] = candidates.length > 0 ? candidates : holders;
  const single = candidates.length === 1 || holders.length === 1;
  return single && holder.entity_ref === entity.entity_ref;
}

/** Text form of a workload, as the annotation `security-profiles.io/workload` names one. */
export function workloadRef(workload: {
  clusterName: string;
  namespace: string;
  kind: string;
  name: string;
}): string {
  return [
    workload.clusterName,
    workload.namespace,
    workload.kind,
    workload.name,
  ].join('/');
}
