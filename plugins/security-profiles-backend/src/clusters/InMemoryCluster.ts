import { ClusterError } from './ClusterError';
import type {
  ClusterClient,
  ClusterDiscovery,
  ClusterProblem,
  DiscoveredResource,
  KubernetesObject,
  GetOptions,
  ListOptions,
  ListPage,
  ResourceRef,
  StreamedListEvent,
  StreamListOptions,
  WatchEvent,
  WatchOptions,
} from './ClusterSource';
import { ObjectStore } from './ObjectStore';

/** Options of {@link InMemoryCluster}. */
export interface InMemoryClusterOptions {
  /** What {@link InMemoryCluster.discover} lists; anything else is `not-found`. */
  resources: DiscoveredResource[];
  kubernetesVersion?: string;
}

/**
 * The in-memory twin of {@link ClusterClient}: passes the same contract suite as the real ones, and can be told to
 * fail, compact and end watches.
 */
export class InMemoryCluster implements ClusterClient {
  private readonly store = new ObjectStore();
  private readonly kubernetesVersion?: string;
  private resources: DiscoveredResource[];
  private discoveryFailure?: ClusterError;
  private currentProblems: ClusterProblem[] = [];
  private closed: 'open' | 'closed' = 'open';

  constructor(options: InMemoryClusterOptions) {
    this.resources = options.resources;
    this.kubernetesVersion = options.kubernetesVersion;
  }

  /** Adds or replaces objects. */
  put(resource: ResourceRef, ...objects: KubernetesObject[]): void {
    for (const object of objects) {
      this.store.put(resource, object);
    }
  }

  /** Removes an object, if it is there. */
  remove(
    resource: ResourceRef,
    object: { name: string; namespace?: string },
  ): void {
    this.store.remove(resource, object);
  }

  /** Changes what is served, as when a CRD is installed or removed. */
  serve(resources: DiscoveredResource[]): void {
    this.resources = resources;
  }

  /** Sets what {@link InMemoryCluster.problems} says. */
  setProblems(problems: ClusterProblem[]): void {
    this.currentProblems = problems;
  }

  /**
   * Makes lists and watches of a resource fail until taken back with `undefined`; without a resource, everything
   * including discovery fails. Open watches fail as well.
   */
  fail(error: ClusterError | undefined, resource?: ResourceRef): void {
    if (!resource) {
      this.discoveryFailure = error;
    }
    this.store.fail(error, resource);
  }

  /** Forgets the past: versions and continue tokens handed out so far are `gone`, open watches that lag too. */
  compact(): void {
    this.store.compact();
  }

  /** Ends every open watch normally. */
  endWatches(): void {
    this.store.endWatches();
  }

  /** Sends a bookmark on every open watch. */
  sendBookmarks(): void {
    this.store.sendBookmarks();
  }

  async discover(options: { signal: AbortSignal }): Promise<ClusterDiscovery> {
    options.signal.throwIfAborted();
    this.throwIfClosed();
    if (this.discoveryFailure) {
      throw this.discoveryFailure;
    }
    return {
      kubernetesVersion: this.kubernetesVersion,
      resources: this.resources,
    };
  }

  async get(
    resource: ResourceRef,
    options: GetOptions,
  ): Promise<KubernetesObject | undefined> {
    options.signal.throwIfAborted();
    this.throwUnlessServed(resource);
    return this.store.get(resource, options);
  }

  async list(resource: ResourceRef, options: ListOptions): Promise<ListPage> {
    options.signal.throwIfAborted();
    this.throwUnlessServed(resource);
    return this.store.list(resource, options);
  }

  async *streamList(
    resource: ResourceRef,
    options: StreamListOptions,
  ): AsyncIterable<StreamedListEvent> {
    options.signal.throwIfAborted();
    this.throwUnlessServed(resource);
    yield* this.store.streamList(resource, options);
  }

  async *watch(
    resource: ResourceRef,
    options: WatchOptions,
  ): AsyncIterable<WatchEvent> {
    options.signal.throwIfAborted();
    this.throwUnlessServed(resource);
    yield* this.store.watch(resource, options);
  }

  problems(): ClusterProblem[] {
    return this.currentProblems;
  }

  async close(): Promise<void> {
    this.closed = 'closed';
    this.store.endWatches();
  }

  private throwIfClosed(): void {
    if (this.closed === 'closed') {
      throw new ClusterError('unreachable', 'The cluster client was closed');
    }
  }

  private throwUnlessServed(resource: ResourceRef): void {
    this.throwIfClosed();
    const served = this.resources.some(
      each =>
        each.group === resource.group &&
        each.plural === resource.plural &&
        each.version === resource.version,
    );
    if (!served) {
      throw new ClusterError(
        'not-found',
        `The cluster does not serve ${resource.plural} of ${
          resource.group || 'core'
        }/${resource.version}`,
      );
    }
  }
}
