import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Clock } from '../clock/Clock';
import type {
  Cluster,
  ClusterClient,
  ClusterSource,
} from '../clusters/ClusterSource';
import type {
  CollectedCluster,
  InventoryWriter,
} from '../facts/CollectedFacts';
import { Backoff } from './Backoff';
import { ClusterCollector, type CollectorDelays } from './ClusterCollector';
import type { CollectionMetrics } from './CollectionMetrics';
import { type CollectionTurns, SoleReplicaTurns } from './CollectionTurns';
import { collectedResources } from './resources';
import { wait } from './wait';

/** Options of {@link Collection}. */
export interface CollectionOptions {
  source: ClusterSource;
  writer: InventoryWriter;
  clock: Clock;
  logger: LoggerService;
  random: () => number;
  metrics?: CollectionMetrics;
  /** What config says of a cluster beyond how to reach it. */
  describe: (cluster: Cluster) => { environment: string; ownerRef?: string };
  delays?: Partial<CollectorDelays>;
  /** Which replica collects a cluster; left out, this process always does. */
  turns?: CollectionTurns;
}

/** The portal's event loop is shared: no more first passes than this at once. */
const firstPassesAtOnce = 2;

/** How often it is looked whether a first pass gets on. */
const turnMilliseconds = 5_000;

/** A first pass that takes in fewer objects in that time waits for its cluster, not for us: it lets another begin. */
const fewestObjectsPerTurn = 500;

/** Clusters can come and go while the portal runs, as Resources of the catalog do. */
const clusterListMilliseconds = 5 * 60_000;

/** Collects every connected cluster. */
export class Collection {
  private readonly options: CollectionOptions;
  private readonly turns: CollectionTurns;
  private clusters: Cluster[] = [];
  private waiting: (() => void)[] = [];
  private running = 0;

  constructor(options: CollectionOptions) {
    this.options = options;
    this.turns =
      options.turns ?? new SoleReplicaTurns({ writer: options.writer });
  }

  /** Reads which clusters there are and lists them in the inventory. */
  async prepare(options: { signal: AbortSignal }): Promise<Cluster[]> {
    const { source, writer, describe, clock } = this.options;
    this.clusters = await source.listClusters(options);
    await writer.replaceClusters(
      this.clusters.map<CollectedCluster>(cluster => ({
        id: cluster.id,
        name: cluster.name,
        type: cluster.type,
        tls: cluster.tls,
        notCollected: cluster.notCollected,
        ...describe(cluster),
      })),
      {
        // A place that could not be asked may hold clusters that the list leaves out: their facts are kept.
        others: source.problems?.().length ? 'keep' : 'remove',
      },
    );
    const now = clock.now().toISOString();
    for (const cluster of this.clusters) {
      if (!cluster.client) {
        await writer.writeSources(
          cluster.id,
          collectedResources.map(resource => ({
            resource: resource.key,
            state: 'not-collected',
            since: now,
            count: 0,
            reason: cluster.notCollected,
          })),
        );
      }
    }
    return this.clusters;
  }

  /** One pass over one cluster, written before it resolves. */
  async syncOnce(
    clusterName: string,
    options: { signal: AbortSignal },
  ): Promise<void> {
    const cluster = this.clusters.find(({ name }) => name === clusterName);
    if (cluster?.client) {
      const { client } = cluster;
      await this.collector(
        { ...cluster, client },
        this.options.writer,
      ).syncOnce(options);
    }
  }

  /**
   * Follows every cluster until the signal is aborted, those that come later included. One cluster's failure never ends
   * another's collection.
   */
  async run(options: { signal: AbortSignal }): Promise<void> {
    const { signal } = options;
    const followed = new Map<
      string,
      { client: ClusterClient; stop: AbortController; ended: Promise<void> }
    >();
    while (!signal.aborted) {
      const present = new Map(
        this.clusters.flatMap(cluster =>
          cluster.client ? [[cluster.id, cluster.client] as const] : [],
        ),
      );
      for (const [id, { client, stop }] of followed) {
        if (present.get(id) !== client) {
          stop.abort();
          followed.delete(id);
        }
      }
      for (const cluster of this.clusters) {
        if (cluster.client && !followed.has(cluster.id)) {
          const stop = new AbortController();
          followed.set(cluster.id, {
            client: cluster.client,
            stop,
            ended: this.follow(cluster, {
              signal: AbortSignal.any([signal, stop.signal]),
            }),
          });
        }
      }
      await wait(clusterListMilliseconds, { signal });
      await this.prepareAgain(signal);
    }
    await Promise.all([...followed.values()].map(({ ended }) => ended));
  }

  private async prepareAgain(signal: AbortSignal): Promise<void> {
    if (signal.aborted) {
      return;
    }
    try {
      await this.prepare({ signal });
    } catch (error) {
      if (!signal.aborted) {
        this.options.logger.warn(
          'The list of clusters could not be read again; those of before are kept.',
          error instanceof Error ? error : undefined,
        );
      }
    }
  }

  private async follow(
    cluster: Cluster,
    options: { signal: AbortSignal },
  ): Promise<void> {
    const { signal } = options;
    const backoff = new Backoff({
      first: 1000,
      longest: 60_000,
      random: this.options.random,
    });
    while (cluster.client && !signal.aborted) {
      try {
        const { client } = cluster;
        await this.turns.run(cluster.id, {
          signal,
          collect: turn =>
            this.collector({ ...cluster, client }, turn.writer).run({
              signal: turn.signal,
              firstPass: (work, progress) => this.inTurn(work, progress),
            }),
        });
      } catch (error) {
        this.options.logger.error(
          `Collection of cluster ${cluster.name} stopped; it starts again.`,
          error instanceof Error ? error : undefined,
        );
        await wait(backoff.next(), { signal });
      }
    }
  }

  private collector(
    cluster: Cluster & { client: ClusterClient },
    writer: InventoryWriter,
  ): ClusterCollector {
    const { clock, logger, random, metrics, delays } = this.options;
    return new ClusterCollector({
      cluster,
      writer,
      clock,
      logger,
      random,
      metrics,
      delays,
    });
  }

  private async inTurn(
    work: () => Promise<void>,
    progress: () => number,
  ): Promise<void> {
    if (this.running >= firstPassesAtOnce) {
      await new Promise<void>(resolve => this.waiting.push(resolve));
    }
    this.running += 1;
    const passed = new AbortController();
    const passing = work().finally(() => passed.abort());
    let before: number;
    do {
      before = progress();
      await wait(turnMilliseconds, { signal: passed.signal });
    } while (
      !passed.signal.aborted &&
      progress() - before >= fewestObjectsPerTurn
    );
    this.running -= 1;
    this.waiting.shift()?.();
    await passing;
  }
}
