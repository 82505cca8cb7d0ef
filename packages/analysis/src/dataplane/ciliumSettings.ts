import { compareMinors, minorOf } from './minorOf';

/** Value of a setting by its key in `cilium-config`: set or default; undefined where neither is known. */
export type SettingReader = (key: string) => string | undefined;

/** What is kept of the ConfigMap `cilium-config`. @public */
export interface CiliumConfig {
  namespace: string;
  /** Only keys of {@link ciliumSettingKeys}. */
  values: Record<string, string>;
  /** Time of its last change. */
  changedAt?: string;
}

/** What is kept of a CiliumNodeConfig: keys that it sets on some nodes. @public */
export interface CiliumNodeConfig {
  name: string;
  values: Record<string, string>;
  /** Labels that select the nodes; undefined where the selector is more than labels. */
  matchLabels?: Record<string, string>;
  changedAt?: string;
}

/** One setting of a cluster's Cilium. @public */
export interface CiliumSetting {
  key: string;
  meaning: string;
  /** undefined where it is not set and its default is not known. */
  value?: string;
  /** `not-live`: set, and changed after agents started that still run. */
  state: 'set' | 'default' | 'not-live' | 'unknown';
  /** CiliumNodeConfigs that set it otherwise on some nodes, as `big-nodes: true`. */
  overrides?: string[];
}

interface KnownSetting {
  key: string;
  meaning: string;
  /** By minor from which it holds, oldest first; undefined: not known. */
  defaults?: [string, string][];
}

const off: [string, string][] = [['1.0', 'false']];
const on: [string, string][] = [['1.0', 'true']];

/** Source: cilium, install/kubernetes/cilium/templates/cilium-configmap.yaml and the agent's defaults at 1.16 to 1.20. */
const known: KnownSetting[] = [
  setting('enable-policy', 'enforcement mode', [['1.0', 'default']]),
  setting('policy-audit-mode', 'audit mode: nothing is dropped', off),
  setting('enable-k8s-networkpolicy', 'NetworkPolicy is honoured', on),
  setting(
    'enable-cilium-network-policy',
    'CiliumNetworkPolicy is honoured',
    on,
  ),
  setting(
    'enable-cilium-clusterwide-network-policy',
    'CiliumClusterwideNetworkPolicy is honoured',
    on,
  ),
  setting(
    'enable-k8s-cluster-network-policy',
    'ClusterNetworkPolicy is honoured',
    off,
  ),
  setting(
    'enable-non-default-deny-policies',
    'policies may leave default deny off',
    on,
  ),
  setting('kube-proxy-replacement', 'replaces kube-proxy', off),
  setting('routing-mode', 'routing', [['1.0', 'tunnel']]),
  setting('tunnel-protocol', 'tunnel', [['1.0', 'vxlan']]),
  setting('cni-chaining-mode', 'chained behind another CNI', [['1.0', 'none']]),
  setting('enable-wireguard', 'encryption with WireGuard', off),
  setting('enable-ipsec', 'encryption with IPsec', off),
  setting('enable-ztunnel', 'encryption with ztunnel', off),
  setting('encrypt-node', 'encryption between nodes', off),
  setting(
    'enable-encryption-strict-mode',
    'unencrypted traffic is dropped',
    off,
  ),
  setting(
    'enable-encryption-strict-mode-ingress',
    'unencrypted traffic is dropped on arrival',
    off,
  ),
  setting(
    'enable-encryption-strict-mode-egress',
    'unencrypted traffic is dropped on leaving',
    off,
  ),
  setting('enable-hubble', 'Hubble', off),
  setting('enable-l7-proxy', 'L7 proxy', on),
  setting('external-envoy-proxy', 'Envoy as a DaemonSet of its own', off),
  setting('enable-envoy-config', 'CiliumEnvoyConfig', off),
  setting('enable-gateway-api', 'Gateway API', off),
  setting('enable-ingress-controller', 'Ingress', off),
  setting(
    'enable-policy-secrets-sync',
    'TLS secrets are synced for L7 policies',
  ),
  setting(
    'enable-gateway-api-secrets-sync',
    'TLS secrets are synced for the Gateway API',
  ),
  setting('enable-ingress-secrets-sync', 'TLS secrets are synced for Ingress'),
  setting('enable-local-redirect-policy', 'CiliumLocalRedirectPolicy', off),
  setting('enable-host-firewall', 'host firewall', off),
  setting('enable-endpoint-routes', 'a route per endpoint', off),
  setting('enable-host-legacy-routing', 'routing by the host', off),
  setting('enable-bpf-masquerade', 'masquerading in eBPF', off),
  setting('datapath-mode', 'datapath', [['1.0', 'veth']]),
  setting('enable-egress-gateway', 'egress gateway', off),
  setting('enable-ipv4-egress-gateway', 'egress gateway (up to 1.17)', off),
  setting('cluster-name', 'name in a cluster mesh', [['1.0', 'default']]),
  setting('cluster-id', 'number in a cluster mesh', [['1.0', '0']]),
  setting('policy-default-local-cluster', 'policies mean the local cluster', [
    ['1.0', 'false'],
    ['1.19', 'true'],
  ]),
  setting('labels', 'labels that make an identity', [['1.0', '']]),
  setting('identity-allocation-mode', 'where identities are kept', [
    ['1.0', 'crd'],
  ]),
  setting('identity-management-mode', 'who makes identities', [
    ['1.0', 'agent'],
  ]),
  setting('disable-endpoint-crd', 'no CiliumEndpoints', off),
  setting('enable-cilium-endpoint-slice', 'CiliumEndpointSlices', off),
  setting('mesh-auth-enabled', 'mutual authentication', [
    ['1.0', 'true'],
    ['1.19', 'false'],
  ]),
  setting('enable-node-selector-labels', 'policies may select nodes', off),
  setting('enable-bandwidth-manager', 'bandwidth manager', off),
  setting('enable-bbr', 'BBR', off),
  setting('enable-ipv6-big-tcp', 'BIG TCP for IPv6', off),
  setting('enable-ipv4-big-tcp', 'BIG TCP for IPv4', off),
  setting('bpf-lb-acceleration', 'XDP acceleration', [['1.0', 'disabled']]),
  setting('agent-not-ready-taint-key', 'taint of nodes without an agent', [
    ['1.0', 'node.cilium.io/agent-not-ready'],
  ]),
];

function setting(
  key: string,
  meaning: string,
  defaults?: [string, string][],
): KnownSetting {
  return { key, meaning, defaults };
}

/** Keys of `cilium-config` that are read; every other one is dropped when the ConfigMap arrives. @public */
export const ciliumSettingKeys: ReadonlySet<string> = new Set(
  known.map(({ key }) => key),
);

/**
 * Values of `cilium-config` as an agent of a version has them: set or, where absent, its default.
 *
 * @public
 */
export function readSettings(
  config: CiliumConfig | undefined,
  version: string,
): SettingReader {
  return key => {
    if (!config) {
      return undefined;
    }
    return Object.hasOwn(config.values, key)
      ? config.values[key]
      : defaultOf(key, version);
  };
}

function defaultOf(key: string, version: string): string | undefined {
  const minor = minorOf(version);
  const defaults = known.find(one => one.key === key)?.defaults ?? [];
  if (defaults.length <= 1) {
    return defaults[0]?.[1];
  }
  return minor === undefined
    ? undefined
    : defaults.filter(([from]) => compareMinors(from, minor) <= 0).at(-1)?.[1];
}

/**
 * Every listed setting with its value and where that comes from.
 *
 * @remarks
 * The ConfigMap is wanted state: agents read it when they start. While agents run that started before its last change,
 * which key changed is not known, so no value of it counts as live.
 * @param olderAgents - agents that started before the last change
 * @public
 */
export function listSettings(
  config: CiliumConfig | undefined,
  nodeConfigs: readonly CiliumNodeConfig[],
  version: string,
  olderAgents: number,
): CiliumSetting[] {
  const read = readSettings(config, version);
  return known.map(({ key, meaning }) => {
    const value = read(key);
    const given =
      config && Object.hasOwn(config.values, key) ? 'given' : 'absent';
    const overrides = nodeConfigs
      .filter(
        one => Object.hasOwn(one.values, key) && one.values[key] !== value,
      )
      .map(one => `${one.name}: ${one.values[key]}`);
    return {
      key,
      meaning,
      ...(value !== undefined && { value }),
      state: stateOf(value, given, olderAgents),
      ...(overrides.length > 0 && { overrides }),
    };
  });
}

function stateOf(
  value: string | undefined,
  given: 'given' | 'absent',
  olderAgents: number,
): CiliumSetting['state'] {
  if (value === undefined) {
    return 'unknown';
  }
  if (given === 'absent') {
    return 'default';
  }
  return olderAgents > 0 ? 'not-live' : 'set';
}
