import {
  type Entity,
  getCompoundEntityRef,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { DbEntitiesRow } from '../database/tables';
import { contentHash } from '../facts/ids';
import { kubernetesIdLabel } from '../facts/kubernetesIdLabel';
import { parseLabelSelector, selectorAnchor } from './labelSelector';

const annotations = {
  id: 'backstage.io/kubernetes-id',
  selector: 'backstage.io/kubernetes-label-selector',
  namespace: 'backstage.io/kubernetes-namespace',
  cluster: 'backstage.io/kubernetes-cluster',
  /** Ours: names one workload, for entities made from a cluster whose objects carry no label. */
  workload: 'security-profiles.io/workload',
  /** Ours: the class of its workloads, which it may raise. */
  class: 'security-profiles.io/class',
};

/** The fields of an entity that {@link readCatalogEntity} reads; nothing else is asked of the catalog. */
export const catalogEntityFields = [
  'kind',
  'metadata.namespace',
  'metadata.name',
  'metadata.title',
  'metadata.tags',
  ...Object.values(annotations).map(name => `metadata.annotations.${name}`),
  'spec.type',
  'spec.lifecycle',
  'spec.owner',
  'spec.system',
];

/** Values of labels are no longer in Kubernetes, and no column that holds one is wider. */
const longestLabelValue = 63;
const longestLabelKey = 317;
/** Widths of the columns; what is cut at them equals nothing that a cluster serves. */
const longestName = 253;
const longestWorkloadRef = 1024;
const longestRef = 512;
const longestClass = 63;

/** Text within bounds and without NUL: annotations are not checked, and one bad value must not stop all entities. */
function text(value: unknown, longest?: number): string | null {
  return typeof value === 'string' && value !== ''
    ? value.replaceAll('\u0000', '\ufffd').slice(0, longest)
    : null;
}

function ref(
  value: unknown,
  defaults: { kind: string; namespace: string },
): string | null {
  if (typeof value !== 'string' || value === '') {
    return null;
  }
  try {
    const found = stringifyEntityRef(
      parseEntityRef(value, {
        defaultKind: defaults.kind,
        defaultNamespace: defaults.namespace,
      }),
    );
    return found.length <= longestRef ? text(found) : null;
  } catch {
    return null;
  }
}

/**
 * What is kept of an entity: who owns it and how its workloads are found.
 *
 * The rules of the Kubernetes plugin hold: a label selector stands above an id, and with neither the label's value is
 * the entity's name.
 */
export function readCatalogEntity(entity: Entity): DbEntitiesRow {
  const { namespace, name } = getCompoundEntityRef(entity);
  const given = entity.metadata.annotations ?? {};
  const id = text(given[annotations.id], longestName) ?? name;
  const workload = text(given[annotations.workload], longestWorkloadRef);
  const selector = text(given[annotations.selector]);
  let anchor: { key: string; value: string } | undefined = {
    key: kubernetesIdLabel,
    value: id,
  };
  let selectorError: string | null = null;
  if (workload) {
    anchor = undefined;
  } else if (selector) {
    try {
      anchor = selectorAnchor(parseLabelSelector(selector));
    } catch (error) {
      anchor = undefined;
      selectorError = error instanceof Error ? error.message : 'not readable';
    }
  }
  if (
    anchor &&
    (anchor.value.length > longestLabelValue ||
      anchor.key.length > longestLabelKey)
  ) {
    selectorError = selector
      ? 'a label in it is longer than Kubernetes allows'
      : null;
    anchor = undefined;
  }
  const row = {
    entity_ref: stringifyEntityRef(entity),
    title: text(entity.metadata.title),
    type: text(entity.spec?.type),
    lifecycle: text(entity.spec?.lifecycle),
    system_ref: ref(entity.spec?.system, { kind: 'system', namespace }),
    owner_ref: ref(entity.spec?.owner, { kind: 'group', namespace }),
    tags: JSON.stringify(entity.metadata.tags ?? []),
    name,
    kubernetes_id: id,
    id_source: text(given[annotations.id]) ? annotations.id : 'name',
    selector: workload ? null : selector,
    selector_error: selectorError,
    anchor_key: anchor?.key ?? null,
    anchor_value: anchor?.value ?? null,
    only_namespace: text(given[annotations.namespace], longestName),
    only_cluster: text(given[annotations.cluster], longestName),
    workload_ref: workload,
    class: text(given[annotations.class], longestClass),
  };
  return { ...row, content_hash: contentHash(row) };
}
