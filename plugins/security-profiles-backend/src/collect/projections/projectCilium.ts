import {
  type CiliumConfig,
  type CiliumNodeConfig,
  ciliumSettingKeys,
} from '@security-profiles/analysis';
import type { KubernetesObject } from '../../clusters/ClusterSource';
import type {
  CollectedAgents,
  CollectedOperator,
} from '../../facts/CollectedDataplane';
import { projectPodSpec } from './projectPodSpec';
import { projectRollOut } from './projectRollOut';
import {
  asLabels,
  asRecord,
  asRecords,
  asText,
  asTextMap,
  withoutUndefined,
} from './readFields';

/** What a controller is to the dataplane. */
export type DataplanePart =
  | { part: 'agents'; agents: CollectedAgents }
  | { part: 'operator'; operator: CollectedOperator }
  | { part: 'preflight'; image: string }
  | { part: 'component'; name: string }
  | { part: 'other-cni'; name: string };

/** No setting that is read is longer; a ConfigMap may hold 1 MB. */
const longestValue = 1000;
const longestImage = 1024;

/** Parts of Cilium that an advisory may be about, by their label `k8s-app`. */
const components = new Set(['hubble-ui', 'hubble-relay', 'cilium-envoy']);

/** DaemonSets of other network plugins, by their name. */
const otherPlugins: [RegExp, string][] = [
  [/^calico-node/, 'Calico'],
  [/^canal$/, 'Canal'],
  [/^kube-flannel/, 'Flannel'],
  [/^aws-node$/, 'Amazon VPC CNI'],
  [/^azure-cns/, 'Azure CNI'],
  [/^weave-net/, 'Weave Net'],
  [/^kindnet/, 'kindnet'],
  [/^antrea-agent/, 'Antrea'],
  [/^ovnkube-node/, 'OVN-Kubernetes'],
  [/^kube-router/, 'kube-router'],
];

/**
 * What a DaemonSet or Deployment is to the dataplane; undefined where it is nothing to it. Agents are found by the
 * container `cilium-agent`, whatever the DaemonSet is called; a pre-flight check carries the next version's image.
 */
export function projectDataplanePart(
  object: KubernetesObject,
  kind: 'DaemonSet' | 'Deployment',
): DataplanePart | undefined {
  const { name } = object.metadata;
  const labels = asLabels(object.metadata.labels);
  const template = asRecord(asRecord(object.spec)?.template);
  const podSpec = asRecord(template?.spec);
  const imageOf = (container: string) =>
    asText(
      asRecords(podSpec?.containers).find(one => one.name === container)?.image,
    )?.slice(0, longestImage);
  if (kind === 'DaemonSet') {
    if (isPreflight(name, labels)) {
      const [first] = asRecords(podSpec?.containers);
      return { part: 'preflight', image: asText(first?.image) ?? '' };
    }
    const image = imageOf('cilium-agent');
    if (image !== undefined) {
      const { nodeSelector, tolerations, os } = projectPodSpec(podSpec, {
        annotations: undefined,
      });
      return {
        part: 'agents',
        agents: {
          namespace: asText(object.metadata.namespace) ?? 'default',
          name,
          image,
          ...projectRollOut(object, kind),
          placement: withoutUndefined({ nodeSelector, tolerations, os }),
        },
      };
    }
    const other = otherPlugins.find(([pattern]) => pattern.test(name));
    if (other) {
      return { part: 'other-cni', name: other[1] };
    }
  }
  const operator = imageOf('cilium-operator');
  if (operator !== undefined && kind === 'Deployment') {
    const { desired, ready } = projectRollOut(object, kind);
    return {
      part: 'operator',
      operator: withoutUndefined({ image: operator, desired, ready }),
    };
  }
  const component = labels['k8s-app'];
  return components.has(component)
    ? { part: 'component', name: component }
    : undefined;
}

function isPreflight(name: string, labels: Record<string, string>): boolean {
  return (
    labels['k8s-app'] === 'cilium-pre-flight-check' ||
    name === 'cilium-pre-flight-check'
  );
}

/** Keeps of `cilium-config` the listed keys and the time of its last change, and nothing else. */
export function projectCiliumConfig(object: KubernetesObject): CiliumConfig {
  return withoutUndefined<CiliumConfig>({
    namespace: asText(object.metadata.namespace) ?? 'default',
    values: listedValues(object.data),
    changedAt: changedAt(object),
  });
}

/** Keeps of a CiliumNodeConfig which nodes it is for and the listed keys that it sets there. */
export function projectCiliumNodeConfig(
  object: KubernetesObject,
): CiliumNodeConfig {
  const spec = asRecord(object.spec);
  const selector = asRecord(spec?.nodeSelector);
  return withoutUndefined<CiliumNodeConfig>({
    name: object.metadata.name,
    values: listedValues(spec?.defaults),
    matchLabels:
      selector?.matchExpressions === undefined
        ? asLabels(selector?.matchLabels)
        : undefined,
    changedAt: changedAt(object),
  });
}

function listedValues(data: unknown): Record<string, string> {
  const record = asRecord(data) ?? {};
  // Only listed keys are looked at: a ConfigMap of a megabyte is not walked through.
  return asTextMap(
    Object.fromEntries(
      [...ciliumSettingKeys].flatMap(key =>
        typeof record[key] === 'string' && Object.hasOwn(record, key)
          ? [[key, (record[key] as string).slice(0, longestValue)]]
          : [],
      ),
    ),
  );
}

/** The newest change by anybody; the creation where no manager is named. */
function changedAt(object: KubernetesObject): string | undefined {
  const times = asRecords(object.metadata.managedFields)
    .flatMap(entry => asText(entry.time) ?? [])
    .filter(time => !Number.isNaN(Date.parse(time)))
    .sort();
  return times.at(-1) ?? asText(object.metadata.creationTimestamp);
}
