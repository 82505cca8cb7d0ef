import { PODS, SECCOMP_PROFILES } from '../clusterClientContract';
import type { DiscoveredResource } from '../ClusterSource';
import { InMemoryCluster } from '../InMemoryCluster';
import {
  type ApiConnector,
  type ApiLimits,
  createDispatcher,
  KubernetesApiClient,
} from '../kubernetesApi';
import { createTestAuthority } from './certificates';
import { FakeApiServer } from './FakeApiServer';

const resources: DiscoveredResource[] = [
  { ...PODS, kind: 'Pod', scope: 'Namespaced' },
  { group: '', version: 'v1', plural: 'nodes', kind: 'Node', scope: 'Cluster' },
  { ...SECCOMP_PROFILES, kind: 'SeccompProfile', scope: 'Cluster' },
];
const now = Date.parse('2026-11-23T12:00:00Z');
const authority = createTestAuthority('test authority');
const certificate = authority.issueServer(['localhost']);

/** A client, the server that it reads, and what that serves. */
export interface RunningApiClient {
  cluster: InMemoryCluster;
  server: FakeApiServer;
  client: KubernetesApiClient;
  close(): Promise<void>;
}

/** Starts a fake API server with pods, nodes and seccomp profiles, and a client of it. */
export async function startApiClient(
  options: {
    limits?: Partial<ApiLimits>;
    discovery?: 'aggregated' | 'classic';
    streamedLists?: 'on' | 'off';
    tokens?: string[];
  } = {},
): Promise<RunningApiClient> {
  const cluster = new InMemoryCluster({
    resources,
    kubernetesVersion: 'v1.33.1',
  });
  const server = await FakeApiServer.start({
    cluster,
    certificate,
    discovery: options.discovery,
    streamedLists: options.streamedLists,
  });
  const dispatcher = createDispatcher({
    ca: authority.cert,
    connectTimeout: 2_000,
  });
  const tokens = options.tokens ?? ['the-token'];
  const connector: ApiConnector = {
    connect: async () => ({
      server: server.url,
      dispatcher,
      headers: { authorization: `Bearer ${tokens[0]}` },
    }),
    renew: () => {
      tokens.shift();
    },
    close: () => dispatcher.destroy(),
  };
  const client = new KubernetesApiClient({
    connector,
    limits: options.limits,
    watchSeconds: () => 301.4,
    now: () => now,
  });
  return {
    cluster,
    server,
    client,
    close: async () => {
      await client.close();
      await server.close();
    },
  };
}
