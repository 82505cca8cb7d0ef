import type {
  AuthService,
  DiscoveryService,
} from '@backstage/backend-plugin-api';
import {
  createSecurityProfilesClient,
  type Cluster,
  type WorkloadSummary,
} from '@security-profiles/backstage-plugin-security-profiles-common';

const PAGE_SIZE = 200;

/** Resources that workloads come from; where one was never read, workloads are missing without a sign. */
const WORKLOAD_RESOURCES: ReadonlySet<string> = new Set([
  'pods',
  'replicasets.apps',
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'cronjobs.batch',
]);

/** What one reading of all clusters gave. */
export interface ClusterReading {
  workloads: WorkloadSummary[];
  /** Clusters that are connected, by name. */
  clusters: string[];
  /** Clusters some of whose workloads are not known, by name; empty where the reading is complete. */
  incomplete: string[];
}

/** Options of {@link ClusterReader}. */
export interface ClusterReaderOptions {
  auth: AuthService;
  discovery: DiscoveryService;
}

/** Reads the workloads of all clusters from the security-profiles plugin, with the catalog's own credentials. */
export class ClusterReader {
  readonly #auth: AuthService;
  readonly #discovery: DiscoveryService;

  constructor(options: ClusterReaderOptions) {
    this.#auth = options.auth;
    this.#discovery = options.discovery;
  }

  /**
   * Everything that the plugin holds.
   *
   * Rejects with a ResponseError where a page could not be read, and with an Error where the pages don't add up.
   */
  async read(options: { signal: AbortSignal }): Promise<ClusterReading> {
    const client = await this.#createClient();
    const { signal } = options;

    const clusters = await readAllPages<Cluster>(async cursor => {
      const { data } = await client.GET('/clusters', {
        params: { query: { limit: PAGE_SIZE, cursor } },
        signal,
      });
      return data;
    });
    const workloads = await readAllPages<WorkloadSummary>(async cursor => {
      const { data } = await client.GET('/workloads', {
        params: { query: { limit: PAGE_SIZE, cursor } },
        signal,
      });
      return data;
    });

    return {
      workloads,
      clusters: clusters.map(cluster => cluster.name),
      incomplete: clusters
        .filter(cluster => !isHeldWhole(cluster))
        .map(cluster => cluster.name),
    };
  }

  async #createClient() {
    const [baseUrl, { token }] = await Promise.all([
      this.#discovery.getBaseUrl('security-profiles'),
      this.#auth.getPluginRequestToken({
        onBehalfOf: await this.#auth.getOwnServiceCredentials(),
        targetPluginId: 'security-profiles',
      }),
    ]);
    return createSecurityProfilesClient({
      baseUrl,
      fetch: (url, init) => {
        const headers = new Headers(init?.headers);
        headers.set('authorization', `Bearer ${token}`);
        return fetch(url, { ...init, headers });
      },
    });
  }
}

/**
 * Whether all workloads of a cluster are known, even if they are old. A cluster that answered before and is silent now
 * keeps its workloads, so it doesn't make a reading incomplete.
 */
function isHeldWhole(cluster: Cluster): boolean {
  if (!isHeld(cluster.state) && cluster.asOf === undefined) {
    return false;
  }
  const sources = cluster.sources.filter(source =>
    WORKLOAD_RESOURCES.has(source.resource),
  );
  // Sources appear one by one during the first collection; pods are what nothing can do without.
  return (
    sources.some(source => source.resource === 'pods') &&
    sources.every(
      source => isHeld(source.state) || source.lastFresh !== undefined,
    )
  );
}

function isHeld(state: string): boolean {
  return state === 'fresh' || state === 'stale' || state === 'not-installed';
}

interface Page<T> {
  items: T[];
  totalItems: number;
  pageInfo: { nextCursor?: string | null };
}

async function readAllPages<T>(
  readPage: (cursor: string | undefined) => Promise<Page<T> | undefined>,
): Promise<T[]> {
  const items: T[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (;;) {
    const page = await readPage(cursor);
    if (!page) {
      throw new Error('A page of the security-profiles plugin was empty');
    }
    items.push(...page.items);
    const next = page.pageInfo.nextCursor;
    if (!next) {
      if (items.length < page.totalItems) {
        throw new Error(
          `The security-profiles plugin gave ${items.length} of ${page.totalItems} items`,
        );
      }
      return items;
    }
    if (seen.has(next)) {
      throw new Error('The security-profiles plugin gave the same page twice');
    }
    seen.add(next);
    cursor = next;
  }
}
