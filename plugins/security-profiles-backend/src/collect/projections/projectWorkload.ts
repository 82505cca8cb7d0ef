import type { PodSecuritySpec } from '@security-profiles/analysis';
import type { KubernetesObject } from '../../clusters/ClusterSource';
import { type OwnerFacts, projectOwner } from './projectPod';
import { projectPodSpec } from './projectPodSpec';
import { asLabels, asRecord, asText, withoutUndefined } from './readFields';

/** What is kept of an object that owns pods. */
export interface ControllerFacts {
  uid: string;
  apiGroup: string;
  kind: string;
  namespace: string;
  name: string;
  owner?: OwnerFacts;
  labels: Record<string, string>;
  pathPrefix: string;
  /** Absent where only metadata is read. */
  template?: PodSecuritySpec;
  templateLabels?: Record<string, string>;
}

function identity(
  object: KubernetesObject,
  options: { apiGroup: string; kind: string },
) {
  const { metadata } = object;
  const namespace = asText(metadata.namespace) ?? 'default';
  return {
    uid:
      asText(metadata.uid) ?? `${options.kind}/${namespace}/${metadata.name}`,
    apiGroup: options.apiGroup,
    kind: options.kind,
    namespace,
    name: metadata.name,
    owner: projectOwner(object),
    labels: asLabels(metadata.labels),
  };
}

/** Keeps the identity and owner of an object of which only metadata is read. */
export function projectOwnerOnly(
  object: KubernetesObject,
  options: { apiGroup: string; kind: string },
): ControllerFacts {
  return withoutUndefined<ControllerFacts>({
    ...identity(object, options),
    pathPrefix: 'spec.template.spec',
  });
}

/** Keeps of a controller its identity, labels and the security-relevant part of its pod template. */
export function projectController(
  object: KubernetesObject,
  options: { apiGroup: string; kind: string },
): ControllerFacts {
  const spec = asRecord(object.spec) ?? {};
  const jobTemplate =
    options.kind === 'CronJob'
      ? asRecord(asRecord(spec.jobTemplate)?.spec)
      : undefined;
  const template = asRecord((jobTemplate ?? spec).template) ?? {};
  const templateMetadata = asRecord(template.metadata) ?? {};
  return withoutUndefined<ControllerFacts>({
    ...identity(object, options),
    pathPrefix: jobTemplate
      ? 'spec.jobTemplate.spec.template.spec'
      : 'spec.template.spec',
    template: projectPodSpec(template.spec, {
      annotations: templateMetadata.annotations,
    }),
    templateLabels: asLabels(templateMetadata.labels),
  });
}
