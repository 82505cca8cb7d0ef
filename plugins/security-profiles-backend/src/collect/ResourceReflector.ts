import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Clock } from '../clock/Clock';
import { ClusterError } from '../clusters/ClusterError';
import type {
  ClusterClient,
  DiscoveredResource,
  KubernetesObject,
  ListPage,
  ResourceRef,
} from '../clusters/ClusterSource';
import type { CollectedSource } from '../facts/CollectedFacts';
import { Backoff } from './Backoff';
import {
  type ClusterPicture,
  objectKey,
  type ServedResource,
} from './ClusterPicture';
import {
  type CollectionLabels,
  type CollectionMetrics,
  noCollectionMetrics,
} from './CollectionMetrics';
import type { CollectedResource } from './resources';
import { stateOfFailure } from './stateOfFailure';
import { wait } from './wait';

/** Objects per page: large enough to be few requests, small enough to project between two pages. */
const pageSize = 500;

/** Between a watch that ended and the next, in milliseconds: a server that ends each at once is not asked in a circle. */
const shortestPause = 50;

/** Options of {@link ResourceReflector}. */
export interface ResourceReflectorOptions {
  clusterName: string;
  resource: CollectedResource;
  client: ClusterClient;
  picture: ClusterPicture;
  clock: Clock;
  logger: LoggerService;
  random: () => number;
  metrics?: CollectionMetrics;
  /** Told after every change to the picture or to the source's state. */
  onChange: (what: 'facts' | 'state') => void;
  /** Awaited after each event of a watch; undefined where the next one may come at once. */
  mayTakeMore?: () => Promise<void> | undefined;
  /** What collection knew of this source before it was started. */
  stored?: CollectedSource;
}

/**
 * Keeps the picture of one resource of one cluster current: list, watch, resume where the watch ended, and list again
 * when the server no longer knows the version. Its source says at each moment how fresh the facts are.
 */
export class ResourceReflector {
  readonly resource: CollectedResource;
  private readonly options: ResourceReflectorOptions;
  private readonly metrics: CollectionMetrics;
  private readonly labels: CollectionLabels;
  private readonly backoff: Backoff;
  private served: ServedResource | undefined;
  private resourceVersion: string | undefined;
  private state: CollectedSource['state'];
  private since: string;
  private lastFresh: string | undefined;
  private reason: string | undefined;
  private skipped = 0;
  private readSinceStart: 'not-yet' | 'done' = 'not-yet';

  constructor(options: ResourceReflectorOptions) {
    this.options = options;
    this.resource = options.resource;
    this.metrics = options.metrics ?? noCollectionMetrics;
    this.labels = {
      cluster: options.clusterName,
      resource: options.resource.key,
    };
    this.backoff = new Backoff({
      first: 1000,
      longest: 60_000,
      random: options.random,
    });
    const now = options.clock.now().toISOString();
    this.lastFresh = options.stored?.lastFresh;
    if (this.lastFresh === undefined) {
      this.state = 'not-collected';
      this.reason = 'The first collection has not finished.';
    } else {
      this.state = 'stale';
      this.reason = 'Collection is starting. Shown are the last facts.';
    }
    this.since = now;
  }

  /** Whether what is served has been read since the start, be it that nothing is served. */
  get read(): 'not-yet' | 'done' {
    return this.readSinceStart;
  }

  /** How fresh the facts are. */
  get source(): CollectedSource {
    return {
      resource: this.resource.key,
      state: this.state,
      since: this.since,
      lastFresh: this.lastFresh,
      count: this.options.picture.count(this.resource),
      reason: this.reason,
    };
  }

  /** Takes over what discovery says; a resource that is no longer served loses its facts. */
  discovered(resources: readonly DiscoveredResource[]): void {
    const { group, plural, versions } = this.resource;
    const candidates = resources.filter(
      entry => entry.group === group && entry.plural === plural,
    );
    const found = versions
      .map(version => candidates.find(entry => entry.version === version))
      .find(entry => entry !== undefined);
    if (found) {
      if (
        this.served?.version !== found.version ||
        this.served.scope !== found.scope
      ) {
        this.served = {
          resource: this.resource,
          version: found.version,
          scope: found.scope,
        };
        this.resourceVersion = undefined;
      }
      return;
    }
    if (this.served) {
      this.options.picture.retain(this.served, new Set());
      this.options.onChange('facts');
      this.served = undefined;
      this.resourceVersion = undefined;
    }
    this.readSinceStart = 'done';
    this.setState(
      'not-installed',
      candidates.length > 0
        ? `The cluster serves ${plural}.${group} only as ${candidates
            .map(entry => entry.version)
            .join(', ')}; known are ${versions.join(', ')}.`
        : undefined,
    );
  }

  /** The cluster as a whole could not be asked. */
  clusterFailed(error: ClusterError): void {
    this.fail(error);
  }

  /** One full list. Resolves with whether the facts are now fresh. */
  async sync(options: { signal: AbortSignal }): Promise<'fresh' | 'not-fresh'> {
    if (!this.served) {
      return 'not-fresh';
    }
    try {
      await this.list(this.served, options.signal);
      this.backoff.reset();
      return 'fresh';
    } catch (error) {
      this.handle(error, options.signal);
      return 'not-fresh';
    }
  }

  /** Follows the resource until the signal is aborted. */
  async follow(options: { signal: AbortSignal }): Promise<void> {
    const { signal } = options;
    let lastWait = 0;
    while (!signal.aborted) {
      const served = this.served;
      if (!served) {
        await wait(2000, { signal });
        continue;
      }
      let watchedSince: number | undefined;
      try {
        if (this.resourceVersion === undefined) {
          await this.list(served, signal);
        } else if (this.state !== 'fresh') {
          await this.probe(served, signal);
        }
        watchedSince = this.now();
        await this.watch(served, signal);
        this.backoff.reset();
        this.metrics.restarted(this.labels);
        await wait(shortestPause, { signal });
      } catch (error) {
        // A watch that outlasted the wait before it was healthy: its end is a first failure, not one more.
        if (
          watchedSince !== undefined &&
          this.now() - watchedSince > lastWait
        ) {
          this.backoff.reset();
        }
        const retryAfter = this.handle(error, signal);
        lastWait =
          retryAfter === undefined
            ? shortestPause
            : this.backoff.next(retryAfter);
        await wait(lastWait, { signal });
      }
    }
  }

  private now(): number {
    return this.options.clock.now().getTime();
  }

  private ref(served: ServedResource): ResourceRef {
    const { group, plural, name } = this.resource;
    return {
      group,
      plural,
      version: served.version,
      ...(name !== undefined && { name }),
    };
  }

  private async list(
    served: ServedResource,
    signal: AbortSignal,
  ): Promise<void> {
    const startedAt = this.now();
    this.skipped = 0;
    const listed = new Set<string>();
    const first = await this.page(served, { listed, signal });
    // Few objects are there with the first answer; of many, each further page would be held on both sides.
    const resourceVersion =
      first.continueToken === undefined
        ? first.resourceVersion
        : (await this.stream(served, { listed, signal })) ??
          (await this.pages(served, first, { listed, signal }));
    const { picture } = this.options;
    picture.retain(served, listed);
    this.readSinceStart = 'done';
    this.resourceVersion = resourceVersion;
    this.metrics.listed(this.labels, {
      seconds: (this.now() - startedAt) / 1000,
      objects: listed.size,
    });
    this.fresh();
    this.options.onChange('facts');
  }

  private async page(
    served: ServedResource,
    options: {
      listed: Set<string>;
      continueToken?: string;
      signal: AbortSignal;
    },
  ): Promise<ListPage> {
    const { listed, continueToken, signal } = options;
    const page = await this.options.client.list(this.ref(served), {
      depth: this.resource.depth,
      limit: pageSize,
      continueToken,
      signal,
    });
    for (const object of page.items) {
      this.take(served, object, listed);
    }
    this.options.onChange('facts');
    // The event loop is shared with every other plugin of the portal.
    await new Promise(resolve => setImmediate(resolve));
    return page;
  }

  /** All pages after the first; the version to watch from. */
  private async pages(
    served: ServedResource,
    first: ListPage,
    options: { listed: Set<string>; signal: AbortSignal },
  ): Promise<string> {
    let page = first;
    while (page.continueToken) {
      const { continueToken } = page;
      page = await this.page(served, { ...options, continueToken });
    }
    return page.resourceVersion;
  }

  /** Everything in one answer; the version to watch from, or undefined where the cluster offers no such thing. */
  private async stream(
    served: ServedResource,
    options: { listed: Set<string>; signal: AbortSignal },
  ): Promise<string | undefined> {
    const { client, picture } = this.options;
    const { listed, signal } = options;
    if (!client.streamList) {
      return undefined;
    }
    const events = client.streamList(this.ref(served), {
      depth: this.resource.depth,
      signal,
    });
    const firstSkipped = this.skipped;
    this.skipped = 0;
    for await (const event of events) {
      if (event.type === 'listed') {
        return event.resourceVersion;
      } else if (event.type === 'deleted') {
        picture.remove(served, event.object);
        listed.delete(objectKey(event.object));
      } else if (event.type === 'added' || event.type === 'modified') {
        this.take(served, event.object, listed);
        this.options.onChange('facts');
      }
    }
    this.skipped = firstSkipped;
    return undefined;
  }

  private take(
    served: ServedResource,
    object: KubernetesObject,
    listed: Set<string>,
  ): void {
    if (this.options.picture.put(served, object) === 'kept') {
      listed.add(objectKey(object));
    } else {
      this.skipped += 1;
    }
  }

  /** A watch on which nothing happens does not tell that the cluster is back; a list of one object does. */
  private async probe(
    served: ServedResource,
    signal: AbortSignal,
  ): Promise<void> {
    await this.options.client.list(this.ref(served), {
      depth: this.resource.depth,
      limit: 1,
      signal,
    });
    this.fresh();
  }

  private async watch(
    served: ServedResource,
    signal: AbortSignal,
  ): Promise<void> {
    const { client, picture } = this.options;
    const events = client.watch(this.ref(served), {
      depth: this.resource.depth,
      resourceVersion: this.resourceVersion!,
      signal,
    });
    for await (const event of events) {
      if (this.served !== served) {
        return;
      }
      if (event.type === 'bookmark') {
        this.resourceVersion = event.resourceVersion;
      } else {
        if (event.type === 'deleted') {
          picture.remove(served, event.object);
        } else if (picture.put(served, event.object) === 'skipped') {
          this.skipped += 1;
        }
        this.resourceVersion =
          event.object.metadata.resourceVersion ?? this.resourceVersion;
        this.options.onChange('facts');
      }
      this.fresh();
      const pause = this.options.mayTakeMore?.();
      if (pause) {
        await pause;
      }
    }
  }

  private fresh(): void {
    this.lastFresh = this.options.clock.now().toISOString();
    this.setState(
      'fresh',
      this.skipped > 0
        ? `${this.skipped} objects were left out: their names are not valid in Kubernetes.`
        : undefined,
    );
  }

  /** Milliseconds that the server asked to wait; undefined when there is nothing to wait for. */
  private handle(error: unknown, signal: AbortSignal): number | undefined {
    if (signal.aborted) {
      return undefined;
    }
    const failure =
      error instanceof ClusterError
        ? error
        : new ClusterError('failed', 'Collection met an unexpected error.', {
            cause: error,
          });
    this.metrics.failed({ ...this.labels, reason: failure.reason });
    if (failure.reason === 'gone') {
      this.resourceVersion = undefined;
      return undefined;
    }
    this.fail(failure);
    return failure.retryAfter ?? 0;
  }

  private fail(error: ClusterError): void {
    if (this.setState(stateOfFailure(error), error.message) === 'changed') {
      this.options.logger.warn(
        `${this.resource.key} of cluster ${this.options.clusterName} can't be read: ${error.message}`,
        error.reason === 'failed' && error.cause instanceof Error
          ? { cause: error.cause.name }
          : undefined,
      );
    }
  }

  private setState(
    state: CollectedSource['state'],
    reason: string | undefined,
  ): 'changed' | 'same' {
    if (this.state === state && this.reason === reason) {
      return 'same';
    }
    const stateChanged = this.state !== state;
    if (stateChanged) {
      this.since = this.options.clock.now().toISOString();
    }
    this.state = state;
    this.reason = reason;
    this.options.onChange('state');
    return stateChanged ? 'changed' : 'same';
  }
}
