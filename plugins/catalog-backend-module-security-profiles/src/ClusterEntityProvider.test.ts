import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import { stringifyEntityRef } from '@backstage/catalog-model';
import type {
  EntityProviderConnection,
  EntityProviderMutation,
} from '@backstage/plugin-catalog-node';
import { ClusterEntityProvider } from './ClusterEntityProvider';
import { ClusterReader } from './ClusterReader';

interface FakePlugin {
  clusters: {
    name: string;
    state: string;
    asOf?: string;
    sources?: object[];
  }[];
  workloads: { cluster: string; namespace: string; name: string }[];
  pageSize: number;
  /** Answers this page of workloads with an error. */
  failingPage?: number;
  /** Promises more items than it gives. */
  missingItems?: number;
  seenTokens: Set<string | undefined>;
}

describe('ClusterEntityProvider', () => {
  let plugin: FakePlugin;
  let server: Server;
  let provider: ClusterEntityProvider;
  let mutations: EntityProviderMutation[];
  const logger = mockServices.logger.mock();
  const signal = new AbortController().signal;

  beforeEach(async () => {
    jest.clearAllMocks();
    plugin = {
      clusters: [{ name: 'kind-a', state: 'fresh' }],
      workloads: [{ cluster: 'kind-a', namespace: 'shop', name: 'cart' }],
      pageSize: 2,
      seenTokens: new Set(),
    };
    server = createServer((req, res) => {
      plugin.seenTokens.add(req.headers.authorization);
      const url = new URL(req.url ?? '/', 'http://fake');
      const page = Number(url.searchParams.get('cursor') ?? 0);
      const all = url.pathname.endsWith('/clusters')
        ? plugin.clusters.map(c => ({
            sources: [
              {
                resource: 'pods',
                state: c.state,
                ...(c.asOf && { lastFresh: c.asOf }),
              },
            ],
            ...c,
            id: c.name,
          }))
        : plugin.workloads.map(w => ({
            kind: 'Deployment',
            labels: {},
            environment: 'default',
            pods: 1,
            ...w,
          }));
      const isWorkloads = url.pathname.endsWith('/workloads');
      if (isWorkloads && page === plugin.failingPage) {
        res.writeHead(503, { 'content-type': 'application/json' });
        res.end('{"error":{"name":"Unavailable","message":"never-logged"}}');
        return;
      }
      const from = page * plugin.pageSize;
      res.writeHead(200, { 'content-type': 'application/json' });
      res.end(
        JSON.stringify({
          items: all.slice(from, from + plugin.pageSize),
          totalItems: all.length + (plugin.missingItems ?? 0),
          pageInfo: {
            prevCursor: null,
            nextCursor:
              from + plugin.pageSize < all.length ? String(page + 1) : null,
          },
        }),
      );
    });
    await new Promise<void>(resolve => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const { port } = server.address() as AddressInfo;

    mutations = [];
    const connection: EntityProviderConnection = {
      applyMutation: async mutation => {
        mutations.push(mutation);
      },
      refresh: async () => {},
    };
    provider = new ClusterEntityProvider({
      reader: new ClusterReader({
        auth: mockServices.auth({ pluginId: 'catalog' }),
        discovery: {
          getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
          getExternalBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
        },
      }),
      taskRunner: { run: async () => {} },
      logger,
    });
    await provider.connect(connection);
  });

  afterEach(async () => {
    await new Promise(resolve => {
      server.close(resolve);
    });
  });

  function refsOf(mutation: EntityProviderMutation): string[] {
    const deferred =
      mutation.type === 'full' ? mutation.entities : mutation.added;
    return deferred.map(({ entity }) => stringifyEntityRef(entity));
  }

  it('replaces everything after a complete reading of all pages', async () => {
    plugin.workloads = ['a', 'b', 'c', 'd', 'e'].map(name => ({
      cluster: 'kind-a',
      namespace: 'shop',
      name,
    }));
    await provider.refresh({ signal });
    expect(mutations).toHaveLength(1);
    expect(mutations[0].type).toBe('full');
    expect(refsOf(mutations[0])).toEqual(
      expect.arrayContaining([
        'component:default/a',
        'component:default/e',
        'system:default/shop',
        'group:default/unowned',
      ]),
    );
  });

  it('reads with a service token for the security-profiles plugin', async () => {
    await provider.refresh({ signal });
    expect([...plugin.seenTokens]).toEqual([
      expect.stringMatching(/^Bearer mock-service-token/),
    ]);
  });

  it('changes nothing when a later page can not be read', async () => {
    plugin.workloads = ['a', 'b', 'c'].map(name => ({
      cluster: 'kind-a',
      namespace: 'shop',
      name,
    }));
    plugin.failingPage = 1;
    await expect(provider.refresh({ signal })).rejects.toThrow();
    expect(mutations).toEqual([]);
  });

  it('changes nothing when the pages hold fewer items than promised', async () => {
    plugin.missingItems = 3;
    await expect(provider.refresh({ signal })).rejects.toThrow('1 of 4');
    expect(mutations).toEqual([]);
  });

  it('removes nothing while a cluster has never answered', async () => {
    plugin.clusters.push({ name: 'kind-b', state: 'unreachable' });
    await provider.refresh({ signal });
    expect(mutations).toHaveLength(1);
    expect(mutations[0]).toMatchObject({ type: 'delta', removed: [] });
    expect(refsOf(mutations[0])).toContain('component:default/cart');
  });

  it('does not rewrite what it emitted before while the reading is partial', async () => {
    await provider.refresh({ signal });
    plugin.clusters.push({ name: 'kind-b', state: 'forbidden' });
    plugin.workloads.push({
      cluster: 'kind-a',
      namespace: 'shop',
      name: 'new',
    });
    await provider.refresh({ signal });
    expect(refsOf(mutations[1])).toEqual(['component:default/new']);
  });

  it('takes a silent cluster whose facts are still held for complete', async () => {
    plugin.clusters = [
      { name: 'kind-a', state: 'unreachable', asOf: '2026-11-23T09:00:00Z' },
    ];
    await provider.refresh({ signal });
    expect(mutations[0].type).toBe('full');
  });

  it('takes a cluster in the middle of its first collection for incomplete', async () => {
    plugin.clusters = [
      { name: 'kind-a', state: 'fresh' },
      {
        name: 'kind-b',
        state: 'fresh',
        sources: [{ resource: 'nodes', state: 'fresh' }],
      },
    ];
    await provider.refresh({ signal });
    expect(mutations[0].type).toBe('delta');
  });

  it('takes a cluster whose pods may not be read for incomplete', async () => {
    plugin.clusters = [
      { name: 'kind-a', state: 'fresh' },
      {
        name: 'kind-b',
        state: 'fresh',
        sources: [{ resource: 'pods', state: 'forbidden' }],
      },
    ];
    await provider.refresh({ signal });
    expect(mutations[0].type).toBe('delta');
  });

  it('changes nothing before any cluster has been read', async () => {
    plugin.clusters = [{ name: 'kind-a', state: 'not-collected' }];
    plugin.workloads = [];
    await provider.refresh({ signal });
    expect(mutations).toEqual([]);
  });

  it('empties the catalog of generated entities when a complete reading is empty', async () => {
    await provider.refresh({ signal });
    plugin.workloads = [];
    await provider.refresh({ signal });
    expect(mutations[1]).toEqual({ type: 'full', entities: [] });
  });

  it('logs how many workloads of system namespaces it left out, once', async () => {
    plugin.workloads.push({
      cluster: 'kind-a',
      namespace: 'kube-system',
      name: 'coredns',
    });
    await provider.refresh({ signal });
    await provider.refresh({ signal });
    expect(logger.info).toHaveBeenCalledTimes(1);
    expect(logger.info).toHaveBeenCalledWith(
      expect.stringContaining('left out 1 workloads'),
    );
  });

  it('logs a failed round of its schedule without the other side’s words and goes on', async () => {
    plugin.failingPage = 0;
    const rounds: ((s: AbortSignal) => Promise<void> | void)[] = [];
    const { port } = server.address() as AddressInfo;
    const scheduled = new ClusterEntityProvider({
      reader: new ClusterReader({
        auth: mockServices.auth({ pluginId: 'catalog' }),
        discovery: {
          getBaseUrl: async id => `http://127.0.0.1:${port}/api/${id}`,
          getExternalBaseUrl: async id => id,
        },
      }),
      taskRunner: {
        run: async task => {
          rounds.push(task.fn);
        },
      },
      logger,
    });
    await scheduled.connect({
      applyMutation: async m => {
        mutations.push(m);
      },
      refresh: async () => {},
    });
    await rounds[0](signal);
    expect(mutations).toEqual([]);
    expect(logger.info).toHaveBeenCalledWith(
      expect.stringContaining('status 503'),
    );
    expect(JSON.stringify(logger.info.mock.calls)).not.toContain(
      'never-logged',
    );
  });
});
