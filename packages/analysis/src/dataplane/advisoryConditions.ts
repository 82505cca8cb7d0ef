import { AdvisoryCondition } from './ciliumAdvisory';

const gatewayApi: AdvisoryCondition = {
  setting: 'enable-gateway-api',
  is: 'true',
};
const wireGuard: AdvisoryCondition = {
  setting: 'enable-wireguard',
  is: 'true',
};
const l7Proxy: AdvisoryCondition = { setting: 'enable-l7-proxy', is: 'true' };

/**
 * What advisories ask of a cluster, by GHSA id, for feeds that say it in prose only. Read from the advisories' texts;
 * an advisory that is not here counts as reaching every affected version.
 */
export const advisoryConditions: Readonly<Record<string, AdvisoryCondition>> = {
  'GHSA-vh48-r624-p8v7': { object: 'nodes have VLAN interfaces' },
  'GHSA-33qq-jq9c-6gcc': {
    all: [
      { setting: 'mesh-auth-enabled', is: 'true' },
      { object: 'policies ask for authentication.mode required' },
    ],
  },
  'GHSA-xqhm-7xhv-6ppj': {
    all: [
      l7Proxy,
      {
        any: [
          { setting: 'enable-policy-secrets-sync', is: 'true' },
          { setting: 'enable-gateway-api-secrets-sync', is: 'true' },
          { setting: 'enable-ingress-secrets-sync', is: 'true' },
        ],
      },
      { object: 'TLS secrets of several namespaces are synced' },
    ],
  },
  'GHSA-w7c2-w76w-5hmj': gatewayApi,
  'GHSA-fm8w-2m5w-9j7r': {
    all: [
      { setting: 'cluster-name', isNot: 'default' },
      { setting: 'policy-default-local-cluster', is: 'true' },
      { object: 'a NetworkPolicy has ipBlock peers only' },
    ],
  },
  'GHSA-q6h5-q3q6-f87x': {
    all: [
      { setting: 'enable-local-redirect-policy', is: 'true' },
      { object: 'tenants may create CiliumLocalRedirectPolicies' },
    ],
  },
  'GHSA-3fcv-jvfp-m4q9': {
    all: [
      l7Proxy,
      {
        any: [
          { setting: 'external-envoy-proxy', is: 'true' },
          { setting: 'enable-envoy-config', is: 'true' },
          gatewayApi,
          { setting: 'enable-ingress-controller', is: 'true' },
          { object: 'a policy has L7 rules' },
        ],
      },
    ],
  },
  'GHSA-gj49-89wh-h4gj': {
    all: [wireGuard, { object: 'a bugtool or sysdump archive was shared' }],
  },
  'GHSA-hxv8-4j4r-cqgv': {
    all: [
      { setting: 'enable-endpoint-routes', is: 'true' },
      { setting: 'routing-mode', isNot: 'tunnel' },
      { setting: 'cni-chaining-mode', is: 'none' },
      {
        any: [
          { setting: 'enable-host-legacy-routing', is: 'true' },
          { object: 'routing in eBPF is off for another reason' },
        ],
      },
    ],
  },
  'GHSA-5r23-prx4-mqg3': {
    all: [
      { setting: 'routing-mode', is: 'native' },
      wireGuard,
      { setting: 'encrypt-node', is: 'true' },
      { setting: 'enable-host-firewall', is: 'true' },
    ],
  },
  'GHSA-38pp-6gcp-rqvm': {
    object: 'a policy names toGroups.aws.securityGroupsIds',
  },
  'GHSA-5vxx-c285-pcq4': wireGuard,
  'GHSA-24qp-4xx8-3jvj': gatewayApi,
  'GHSA-c6pf-2v8j-96mc': {
    all: [
      { setting: 'enable-node-selector-labels', is: 'true' },
      { object: 'a policy has fromNodes or toNodes' },
    ],
  },
  'GHSA-h78m-j95m-5356': { component: 'hubble-ui' },
  'GHSA-9m5p-c77c-f9j7': {
    all: [l7Proxy, { object: 'a policy has toFQDNs or DNS rules' }],
  },
  'GHSA-xg58-75qf-9r67': {
    all: [
      l7Proxy,
      { object: 'a policy has L7 rules inside a port range of another' },
    ],
  },
  'GHSA-qcm3-7879-xcww': gatewayApi,
  'GHSA-vwf8-q6fw-4wcm': gatewayApi,
};
