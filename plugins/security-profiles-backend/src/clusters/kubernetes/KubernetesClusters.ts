import type { LoggerService } from '@backstage/backend-plugin-api';
import type { ClusterSupply, ConnectedClusters } from '../ClusterAdapter';
import type { ClusterProblem } from '../ClusterSource';
import { KubernetesApiClient } from '../kubernetesApi';
import { untilAborted } from '../untilAborted';
import { ANNOTATIONS } from './annotations';
import { isClearText } from './checkAddress';
import type { ClusterLocator, LocatedCluster } from './ClusterLocator';
import { KubernetesConnector } from './KubernetesConnector';
import type { KubernetesLogins } from './KubernetesLogins';

/** Options of {@link KubernetesClusters}. */
export interface KubernetesClustersOptions {
  /** In the order in which they win over each other where two know one name. */
  locators: ClusterLocator[];
  logins: KubernetesLogins;
  /** Names or titles of the clusters to take; all when left out. */
  include?: string[];
  /** Names or titles of clusters to leave out. */
  exclude?: string[];
  logger: LoggerService;
  /** The present time in milliseconds since 1970. */
  now: () => number;
  /** A number from 0 up to but not including 1. */
  random: () => number;
  /** How long a locator may take, in milliseconds; 30,000 when left out. */
  locateDeadline?: number;
}

interface LocatorState {
  locator: ClusterLocator;
  clusters: LocatedCluster[];
  /** In milliseconds since 1970. */
  readAt?: number;
  problem?: ClusterProblem;
}

interface Connected {
  fingerprint: string;
  cluster: ConnectedClusters[number];
}

/** Locators are asked again after this time, in milliseconds. */
const REFRESH = 60_000;

/** The clusters of the Kubernetes plugin's configuration, and of suppliers. */
export class KubernetesClusters implements ClusterSupply {
  private readonly options: KubernetesClustersOptions;
  private readonly states: LocatorState[];
  private readonly said = new Set<string>();
  private connected = new Map<string, Connected>();
  private listing?: Promise<ConnectedClusters>;
  private closed: 'open' | 'closed' = 'open';

  constructor(options: KubernetesClustersOptions) {
    this.options = options;
    this.states = options.locators.map(locator => ({ locator, clusters: [] }));
  }

  async list(options: { signal: AbortSignal }): Promise<ConnectedClusters> {
    options.signal.throwIfAborted();
    this.listing ??= this.listAnew().finally(() => {
      this.listing = undefined;
    });
    return untilAborted(this.listing, options.signal);
  }

  problems(): ClusterProblem[] {
    return this.states.flatMap(({ problem }) => problem ?? []);
  }

  async close(): Promise<void> {
    this.closed = 'closed';
    await this.closeAllBut(new Map());
  }

  private async listAnew(): Promise<ConnectedClusters> {
    await Promise.all(this.states.map(state => this.refresh(state)));
    const connected = new Map<string, Connected>();
    for (const located of this.states.flatMap(({ clusters }) => clusters)) {
      const { name } = located.details;
      if (connected.has(name)) {
        this.say(
          `${located.key}: the cluster name ${JSON.stringify(
            name,
          )} is already used; this cluster is left out`,
        );
      } else if (this.closed === 'open' && this.isWanted(located)) {
        connected.set(name, this.connect(located));
      }
    }
    await this.closeAllBut(connected);
    return [...connected.values()].map(({ cluster }) => cluster);
  }

  private async refresh(state: LocatorState): Promise<void> {
    const { locator, readAt } = state;
    const now = this.options.now();
    if (
      readAt !== undefined &&
      (locator.changes === 'fixed' || now - readAt < REFRESH)
    ) {
      return;
    }
    try {
      state.clusters = await untilAborted(
        locator.locate(),
        AbortSignal.timeout(this.options.locateDeadline ?? 30_000),
      );
      state.readAt = now;
      state.problem = undefined;
    } catch {
      // The next call asks again. What was thrown may quote addresses and tokens.
      state.readAt = undefined;
      const message = `The clusters of ${locator.key} could not be asked for; those known before are kept.`;
      if (!state.problem) {
        this.options.logger.warn(message);
      }
      state.problem = { where: locator.key, message };
    }
  }

  private isWanted({ details }: LocatedCluster): boolean {
    const { include, exclude } = this.options;
    const names = [details.name, details.title];
    return (
      (!include || include.some(each => names.includes(each))) &&
      !exclude?.some(each => names.includes(each))
    );
  }

  private connect(located: LocatedCluster): Connected {
    const fingerprint = JSON.stringify(located);
    const present = this.connected.get(located.details.name);
    if (present?.fingerprint === fingerprint) {
      return present;
    }
    const { name, url, skipTLSVerify, authMetadata } = located.details;
    const base = { name, type: 'kubernetes' };
    const refused = (notCollected: string): Connected => ({
      fingerprint,
      cluster: { ...base, notCollected },
    });
    if (located.refused) {
      return refused(located.refused);
    }
    const authProvider = authMetadata[ANNOTATIONS.authProvider];
    const login = this.options.logins.find(authProvider);
    if ('reason' in login) {
      return refused(login.reason);
    }
    const isOwnCluster =
      authProvider === 'serviceAccount' && !authMetadata.serviceAccountToken;
    if (
      isClearText(url) &&
      authProvider !== 'localKubectlProxy' &&
      !isOwnCluster
    ) {
      return refused(
        'Its address begins with http://, where credentials would be sent in clear text. Use https://.',
      );
    }
    const { now, random } = this.options;
    return {
      fingerprint,
      cluster: {
        ...base,
        ...((isOwnCluster || url.startsWith('https:')) && {
          tls:
            skipTLSVerify && !isOwnCluster
              ? ('not-verified' as const)
              : ('verified' as const),
        }),
        client: new KubernetesApiClient({
          connector: new KubernetesConnector({ cluster: located, login, now }),
          watchSeconds: () => 300 + random() * 300,
          now,
        }),
      },
    };
  }

  private async closeAllBut(kept: Map<string, Connected>): Promise<void> {
    const former = this.connected;
    this.connected = kept;
    for (const [name, one] of former) {
      if (kept.get(name) !== one) {
        await one.cluster.client?.close();
      }
    }
  }

  private say(message: string): void {
    if (!this.said.has(message)) {
      this.said.add(message);
      this.options.logger.warn(message);
    }
  }
}
