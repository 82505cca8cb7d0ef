import {
  type Entity,
  getCompoundEntityRef,
  parseEntityRef,
  stringifyEntityRef,
} from '@backstage/catalog-model';
import type { DbEntitiesRow } from '../database/tables';
import { contentHash } from '../inventory/ids';
import { parseLabelSelector, selectorAnchor } from './labelSelector';

/** Label by which a cluster says which entity a workload belongs to; the Kubernetes plugin's own. */
export const kubernetesIdLabel = 'backstage.io/kubernetes-id';

const annotations = {
  id: 'backstage.io/kubernetes-id',
  selector: 'backstage.io/kubernetes-label-selector',
  namespace: 'backstage.io/kubernetes-namespace',
  cluster: 'backstage.io/kubernetes-cluster',
  /** Ours: names one workload, for entities made from a cluster whose objects carry no label. */
  workload: 'security-profiles.io/workload',
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

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function ref(
  value: unknown,
  defaults: { kind: string; namespace: string },
): string | null {
  if (typeof value !== 'string' || value === '') {
    return null;
  }
  try {
    return stringifyEntityRef(
      parseEntityRef(value, {
        defaultKind: defaults.kind,
        defaultNamespace: defaults.namespace,
      }),
    );
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
  const id = text(given[annotations.id]) ?? name;
  const workload = text(given[annotations.workload]);
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
    only_namespace: text(given[annotations.namespace]),
    only_cluster: text(given[annotations.cluster]),
    workload_ref: workload,
  };
  return { ...row, content_hash: contentHash(row) };
}
