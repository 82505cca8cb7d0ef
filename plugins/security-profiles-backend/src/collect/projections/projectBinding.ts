import type {
  BindingFacts,
  LabelSelector,
  RecordingFacts,
} from '@security-profiles/analysis';
import type { KubernetesObject } from '../../clusters/ClusterSource';
import {
  asRecord,
  asRecords,
  asText,
  asTextMap,
  asTexts,
  withoutUndefined,
} from './readFields';

/** Keeps of a ProfileBinding which image gets which profile. */
export function projectBinding(object: KubernetesObject): BindingFacts {
  const spec = asRecord(object.spec) ?? {};
  const profile = asRecord(spec.profileRef) ?? {};
  return {
    namespace: asText(object.metadata.namespace) ?? 'default',
    name: object.metadata.name,
    profileKind: asText(profile.kind) ?? '',
    profileName: asText(profile.name) ?? '',
    image: asText(spec.image) ?? '',
  };
}

/** Keeps of a ProfileRecording what it records. Its status names pods and is left out. */
export function projectRecording(object: KubernetesObject): RecordingFacts {
  const spec = asRecord(object.spec) ?? {};
  const containers = asTexts(spec.containers);
  return withoutUndefined<RecordingFacts>({
    namespace: asText(object.metadata.namespace) ?? 'default',
    name: object.metadata.name,
    kind: asText(spec.kind) ?? '',
    // `Logs` and `Bpf` since 1.0, in lower case before.
    recorder: (asText(spec.recorder) ?? '').toLowerCase(),
    podSelector: projectSelector(spec.podSelector),
    containers: containers?.length ? containers : undefined,
  });
}

/** A label selector; undefined where there is none, which selects everything. */
export function projectSelector(value: unknown): LabelSelector | undefined {
  const selector = asRecord(value);
  if (!selector) {
    return undefined;
  }
  const labels = asTextMap(selector.matchLabels);
  const expressions = asRecords(selector.matchExpressions).map(expression =>
    withoutUndefined({
      key: asText(expression.key) ?? '',
      operator: asText(expression.operator) ?? '',
      values: asTexts(expression.values),
    }),
  );
  return {
    ...(Object.keys(labels).length > 0 && { matchLabels: labels }),
    ...(expressions.length > 0 && { matchExpressions: expressions }),
  };
}
