import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Clock } from '../clock/Clock';
import { ClusterError } from '../clusters/ClusterError';
import type { Cluster, ClusterClient } from '../clusters/ClusterSource';
import type {
  InventoryChanges,
  InventoryWriter,
  StoredFacts,
  TopicName,
} from '../facts/CollectedFacts';
import {
  ciliumConfigKey,
  ciliumNodeConfigsKey,
  type CollectedDataplane,
} from '../facts/CollectedDataplane';
import { emptyChanges } from '../facts/emptyChanges';
import { LeaseLostError } from '../facts/WriteGuard';
import { Backoff } from './Backoff';
import { CiliumConfigReader } from './CiliumConfigReader';
import { ClusterPicture } from './ClusterPicture';
import type { CollectionMetrics } from './CollectionMetrics';
import { topicSources } from './ClusterTopics';
import { collectedResources, profileKinds } from './resources';
import { ResourceReflector } from './ResourceReflector';
import { wait } from './wait';

/** Options of {@link ClusterCollector}. */
export interface ClusterCollectorOptions {
  cluster: Cluster & { client: ClusterClient };
  writer: InventoryWriter;
  clock: Clock;
  logger: LoggerService;
  random: () => number;
  metrics?: CollectionMetrics;
  /** Milliseconds; defaults suit production. */
  delays?: Partial<CollectorDelays>;
}

/** Milliseconds between the steps of collection. */
export interface CollectorDelays {
  /** From the first change to the write, so that a burst is one write. */
  flush: number;
  /** Between two looks at which resources the cluster serves. */
  discovery: number;
  /** Between two writes of how fresh the sources are. */
  heartbeat: number;
  /** Between two reads of the dataplane's settings, which nothing watches. */
  settings: number;
}

const defaultDelays: CollectorDelays = {
  flush: 250,
  discovery: 30_000,
  heartbeat: 10_000,
  settings: 30_000,
};

/** Workloads per transaction: other writers get their turn in between. */
const workloadsPerWrite = 200;

/** Changes that watches may bring while a write is on its way. */
const mostChangesAhead = 5_000;

/** Sources that decide which workloads exist; facts that are stored but gone are removed once all of them are fresh. */
const workloadSources = new Set([
  'pods',
  'replicasets.apps',
  'deployments.apps',
  'statefulsets.apps',
  'daemonsets.apps',
  'jobs.batch',
  'cronjobs.batch',
]);

/**
 * Keeps one cluster's facts in the inventory current.
 *
 * @remarks
 * The first pass lists every resource once, owners before pods, and writes only then: before that a workload would be
 * half known. A cluster that fails keeps its last facts; only the states of its sources change.
 */
export class ClusterCollector {
  private readonly options: ClusterCollectorOptions;
  private readonly delays: CollectorDelays;
  private readonly picture: ClusterPicture;
  private readonly hashes = new Map<string, string>();
  private reflectors: ResourceReflector[] = [];
  private stored: StoredFacts | undefined;
  private readonly reconciled = new Set<string>();
  private kubernetesVersion: string | undefined;
  private settings: CiliumConfigReader | undefined;
  private writtenFacts = '';
  private writtenDataplane = '';
  private writtenProblems = '';
  private removals = new Set<string>();
  private heldBack: 'none' | 'some' = 'none';
  private firstPassDone = false;
  private dirty = false;
  private statesDirty = true;
  private writing: Promise<void> | undefined;
  private changesAhead = 0;
  private wake: () => void = () => {};

  constructor(options: ClusterCollectorOptions) {
    this.options = options;
    this.delays = { ...defaultDelays, ...options.delays };
    this.picture = new ClusterPicture({ clusterId: options.cluster.id });
  }

  /** One pass over every resource, written before it resolves. */
  async syncOnce(options: { signal: AbortSignal }): Promise<void> {
    await this.prepare();
    await this.discover(options.signal);
    await this.pass(options);
  }

  private async pass(options: { signal: AbortSignal }): Promise<void> {
    for (const reflector of this.reflectors) {
      if (options.signal.aborted) {
        return;
      }
      await reflector.sync(options);
    }
    await this.readSettings(options.signal);
    this.firstPassDone = true;
    this.dirty = true;
    await this.flush();
  }

  /**
   * Follows the cluster until the signal is aborted. `firstPass` wraps the expensive start; `progress` tells it how many
   * objects have come in.
   */
  async run(options: {
    signal: AbortSignal;
    firstPass: (
      work: () => Promise<void>,
      progress: () => number,
    ) => Promise<void>;
  }): Promise<void> {
    const { signal } = options;
    await this.prepare();
    await this.writeStates();
    await this.awaitDiscovery(signal);
    if (signal.aborted) {
      return;
    }
    await options.firstPass(
      () => this.pass({ signal }),
      () => this.reflectors.reduce((sum, { source }) => sum + source.count, 0),
    );
    await Promise.all([
      this.discoverRegularly(signal),
      this.flushRegularly(signal),
      this.readSettingsRegularly(signal),
      ...this.reflectors.map(reflector => reflector.follow({ signal })),
    ]);
  }

  /** A cluster that can't be reached waits here, and takes no other's turn at a first pass. */
  private async awaitDiscovery(signal: AbortSignal): Promise<void> {
    const backoff = this.discoveryBackoff();
    while (!signal.aborted && (await this.discover(signal)) === 'failed') {
      await this.writeStates();
      await wait(backoff.next(), { signal });
    }
  }

  private async readSettings(signal: AbortSignal): Promise<void> {
    // What was stored of the settings stays until it is known where agents run.
    if (this.readSinceStart('daemonsets.apps') === 'done') {
      await this.settings!.read({
        namespaces: this.picture.dataplane.agentNamespaces(),
        signal,
      });
      this.changed('state');
    }
  }

  private async readSettingsRegularly(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      await wait(this.delays.settings, { signal });
      if (!signal.aborted) {
        await this.readSettings(signal);
      }
    }
  }

  private readSinceStart(key: string): 'not-yet' | 'done' {
    return this.reflectors.some(
      reflector => reflector.resource.key === key && reflector.read === 'done',
    )
      ? 'done'
      : 'not-yet';
  }

  private discoveryBackoff(): Backoff {
    return new Backoff({
      first: 1000,
      longest: this.delays.discovery,
      random: this.options.random,
    });
  }

  private async prepare(): Promise<void> {
    if (this.stored) {
      return;
    }
    const { cluster, clock, logger, random, writer } = this.options;
    this.stored = await writer.readStored(cluster.id);
    for (const [id, hash] of this.stored.workloads) {
      this.hashes.set(id, hash);
    }
    const sources = new Map(
      this.stored.sources.map(source => [source.resource, source]),
    );
    this.settings = new CiliumConfigReader({
      client: cluster.client,
      clock,
      stored: sources.get(ciliumConfigKey),
    });
    this.reflectors = collectedResources.map(
      resource =>
        new ResourceReflector({
          clusterName: cluster.name,
          resource,
          client: cluster.client,
          picture: this.picture,
          clock,
          logger,
          random,
          metrics: this.options.metrics,
          stored: sources.get(resource.key),
          onChange: what => this.changed(what),
          mayTakeMore: () => this.mayTakeMore(),
        }),
    );
  }

  /** While a write takes its time, watches that are far ahead of it are left alone: their servers then hold back. */
  private mayTakeMore(): Promise<void> | undefined {
    return this.changesAhead >= mostChangesAhead ? this.writing : undefined;
  }

  private changed(what: 'facts' | 'state'): void {
    if (what === 'facts') {
      this.dirty = true;
      this.changesAhead += this.writing ? 1 : 0;
    } else {
      this.statesDirty = true;
    }
    this.wake();
  }

  private async discover(signal: AbortSignal): Promise<'done' | 'failed'> {
    try {
      const discovery = await this.options.cluster.client.discover({ signal });
      this.kubernetesVersion = discovery.kubernetesVersion;
      for (const reflector of this.reflectors) {
        reflector.discovered(discovery.resources);
      }
      return 'done';
    } catch (error) {
      if (!signal.aborted) {
        const failure =
          error instanceof ClusterError
            ? error
            : new ClusterError('failed', 'Discovery met an unexpected error.', {
                cause: error,
              });
        for (const reflector of this.reflectors) {
          reflector.clusterFailed(failure);
        }
      }
      return 'failed';
    }
  }

  private async discoverRegularly(signal: AbortSignal): Promise<void> {
    const backoff = this.discoveryBackoff();
    let last: 'done' | 'failed' = 'done';
    while (!signal.aborted) {
      await wait(last === 'done' ? this.delays.discovery : backoff.next(), {
        signal,
      });
      if (!signal.aborted) {
        last = await this.rediscover(signal);
        if (last === 'done') {
          backoff.reset();
        }
      }
    }
  }

  /** Later looks do not touch the states of sources that their own watches keep alive. */
  private async rediscover(signal: AbortSignal): Promise<'done' | 'failed'> {
    const alive = this.reflectors.some(
      reflector => reflector.source.state === 'fresh',
    );
    if (!alive) {
      return this.discover(signal);
    }
    try {
      const discovery = await this.options.cluster.client.discover({ signal });
      this.kubernetesVersion = discovery.kubernetesVersion;
      for (const reflector of this.reflectors) {
        reflector.discovered(discovery.resources);
      }
      return 'done';
    } catch {
      // The watches tell whether the cluster is there; discovery comes again.
      return 'failed';
    }
  }

  private async flushRegularly(signal: AbortSignal): Promise<void> {
    let nextHeartbeat = 0;
    while (!signal.aborted) {
      if (!this.dirty && !this.statesDirty) {
        await this.sleepUntilWoken(signal);
      }
      await wait(this.delays.flush, { signal });
      if (signal.aborted) {
        // Whoever aborts may take the database away next.
        return;
      }
      const now = this.options.clock.now().getTime();
      if (now >= nextHeartbeat) {
        this.statesDirty = true;
        nextHeartbeat = now + this.delays.heartbeat;
      }
      try {
        await this.flush();
      } catch (error) {
        if (signal.aborted || error instanceof LeaseLostError) {
          // The turn ends, or is about to: another replica writes from now on.
          await wait(this.delays.flush, { signal });
          continue;
        }
        this.options.logger.error(
          `Facts of cluster ${this.options.cluster.name} could not be written; trying again.`,
          error instanceof Error ? error : undefined,
        );
        await wait(this.delays.heartbeat, { signal });
      }
    }
  }

  private async sleepUntilWoken(signal: AbortSignal): Promise<void> {
    const woken = new AbortController();
    this.wake = () => woken.abort();
    await wait(this.delays.heartbeat, {
      signal: AbortSignal.any([signal, woken.signal]),
    });
    this.wake = () => {};
    this.statesDirty = true;
  }

  private async flush(): Promise<void> {
    const flushing = this.write();
    // A failure is for the caller of flush, not for those who wait for its end.
    this.writing = flushing.catch(() => {});
    try {
      await flushing;
    } finally {
      this.writing = undefined;
      this.changesAhead = 0;
    }
  }

  private async write(): Promise<void> {
    if (this.dirty && this.firstPassDone) {
      this.dirty = false;
      await this.writeFacts();
    }
    if (this.statesDirty) {
      await this.writeStates();
    }
  }

  private async writeFacts(): Promise<void> {
    const { cluster, clock, writer } = this.options;
    const podsUnread = this.podsUnread();
    if (this.heldBack === 'some' && podsUnread === 'no') {
      this.picture.markDirty(emptyChanges());
      this.heldBack = 'none';
    }
    const changes = this.withGone(
      this.picture.takeChanges({ heldBack: this.topicsHeldBack() }),
    );
    const known = changes.workloads.filter(workload => {
      const hash = this.hashes.get(workload.id);
      if (podsUnread === 'yes' && hash !== undefined) {
        this.heldBack = 'some';
        return false;
      }
      return hash !== workload.contentHash;
    });
    for (const id of changes.removedWorkloads) {
      this.removals.add(id);
    }
    for (const { id } of changes.workloads) {
      this.removals.delete(id);
    }
    const removed = [...this.removals].filter(id => this.hashes.has(id));
    const now = clock.now().toISOString();
    const parts: InventoryChanges[] = [
      { ...changes, workloads: [], removedWorkloads: [] },
    ];
    for (let start = 0; start < known.length; start += workloadsPerWrite) {
      parts.push({
        ...emptyChanges(),
        workloads: known.slice(start, start + workloadsPerWrite),
      });
    }
    if (removed.length > 0) {
      parts.push({ ...emptyChanges(), removedWorkloads: removed });
    }
    try {
      for (const part of parts) {
        if (Object.values(part).some(items => items.length > 0)) {
          await writer.apply(cluster.id, part, { now });
        }
        for (const workload of part.workloads) {
          this.hashes.set(workload.id, workload.contentHash);
        }
      }
    } catch (error) {
      // Nothing of a failed part is stored: everything of this flush is built anew at the next.
      this.picture.markDirty(changes);
      this.dirty = true;
      throw error;
    }
    for (const id of removed) {
      this.hashes.delete(id);
    }
    this.removals.clear();
  }

  /**
   * Whether pods were read before the start but not since. Without them a workload would go back from its live pods to
   * its template, so what is stored of it stays.
   */
  private podsUnread(): 'yes' | 'no' {
    const before = this.stored!.sources.some(
      source => source.resource === 'pods' && source.lastFresh !== undefined,
    );
    const pods = this.reflectors.find(
      reflector => reflector.resource.key === 'pods',
    );
    return before && pods?.read === 'not-yet' ? 'yes' : 'no';
  }

  /** Topics of which a source was never read since the start: what is stored of them, if anything, stays. */
  private topicsHeldBack(): Set<TopicName> {
    const unread = new Set(
      this.reflectors
        .filter(reflector => reflector.read === 'not-yet')
        .map(reflector => reflector.resource.key),
    );
    return new Set(
      (Object.keys(topicSources) as TopicName[]).filter(topic =>
        topicSources[topic].some(key => unread.has(key)),
      ),
    );
  }

  /** Adds what is stored from before but no longer there, once the sources that decide it have been read. */
  private withGone(changes: InventoryChanges): InventoryChanges {
    const stored = this.stored!;
    const held = this.picture.held();
    const fresh = (keys: Iterable<string>) =>
      [...keys].every(key =>
        this.reflectors.some(
          reflector =>
            reflector.resource.key === key &&
            (reflector.source.state === 'fresh' ||
              reflector.source.state === 'not-installed'),
        ),
      );
    const gone = (
      group: 'workloads' | 'profiles' | 'nodes' | 'namespaces',
      sources: Iterable<string>,
    ): string[] => {
      if (this.reconciled.has(group) || !fresh(sources)) {
        return [];
      }
      this.reconciled.add(group);
      return [...stored[group].keys()].filter(id => !held[group].has(id));
    };
    return {
      ...changes,
      removedWorkloads: [
        ...changes.removedWorkloads,
        ...gone('workloads', workloadSources),
      ],
      removedProfiles: [
        ...changes.removedProfiles,
        ...gone('profiles', profileKinds.keys()),
      ],
      removedNodes: [...changes.removedNodes, ...gone('nodes', ['nodes'])],
      removedNamespaces: [
        ...changes.removedNamespaces,
        ...gone('namespaces', ['namespaces']),
      ],
    };
  }

  private async writeStates(): Promise<void> {
    this.statesDirty = false;
    const { cluster, writer } = this.options;
    await writer.writeSources(cluster.id, [
      ...this.reflectors.map(reflector => reflector.source),
      this.settings!.source,
    ]);
    const facts = {
      kubernetesVersion: this.kubernetesVersion,
      operatorVersion: this.picture.operatorVersion,
    };
    if (this.firstPassDone && JSON.stringify(facts) !== this.writtenFacts) {
      await writer.writeClusterFacts(cluster.id, facts);
      this.writtenFacts = JSON.stringify(facts);
    }
    await this.writeDataplane();
    const problems = cluster.client.problems?.() ?? [];
    if (JSON.stringify(problems) !== this.writtenProblems) {
      await writer.writeProblems(cluster.id, problems);
      this.writtenProblems = JSON.stringify(problems);
    }
  }

  /** A part that was not read since the start is left out, so that what is stored of it stays. */
  private async writeDataplane(): Promise<void> {
    if (!this.firstPassDone) {
      return;
    }
    const { cluster, writer } = this.options;
    const { dataplane } = this.picture;
    const isRead = (key: string) => this.readSinceStart(key) === 'done';
    const parts: CollectedDataplane = {
      ...(isRead('daemonsets.apps') && { daemonSets: dataplane.daemonSets() }),
      ...(isRead('deployments.apps') && {
        deployments: dataplane.deployments(),
      }),
      ...(isRead(ciliumNodeConfigsKey) && {
        nodeConfigs: dataplane.nodeConfigs(),
      }),
      ...(this.settings!.config !== undefined && {
        config: this.settings!.config,
      }),
    };
    const written = JSON.stringify(parts);
    if (written !== this.writtenDataplane) {
      await writer.writeDataplane(cluster.id, parts);
      this.writtenDataplane = written;
    }
  }
}
