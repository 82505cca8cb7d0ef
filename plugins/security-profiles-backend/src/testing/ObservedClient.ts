import type {
  ClusterClient,
  ClusterDiscovery,
  ClusterProblem,
  GetOptions,
  KubernetesObject,
  ListOptions,
  ListPage,
  ResourceRef,
  StreamedListEvent,
  StreamListOptions,
  WatchEvent,
  WatchOptions,
} from '../clusters/ClusterSource';

/** Passes everything on to another client and keeps what was asked. */
export class ObservedClient implements ClusterClient {
  /** Plurals in the order in which they were listed; every page counts. */
  readonly lists: string[] = [];
  /** Plurals in the order in which streamed lists of them were asked for. */
  readonly streams: string[] = [];
  /** Whether streamed lists are offered. */
  streamedLists: 'offered' | 'not-offered' = 'not-offered';
  /** Namespace and name of single objects that were asked for. */
  readonly gets: string[] = [];
  /** Plurals in the order in which they were watched. */
  readonly watches: string[] = [];
  /** How many events watches have brought. */
  events = 0;
  /** Awaited before each list is passed on. */
  beforeList: (plural: string) => Promise<void> = async () => {};
  private readonly client: ClusterClient;

  constructor(client: ClusterClient) {
    this.client = client;
  }

  discover(options: { signal: AbortSignal }): Promise<ClusterDiscovery> {
    return this.client.discover(options);
  }

  async list(resource: ResourceRef, options: ListOptions): Promise<ListPage> {
    this.lists.push(resource.plural);
    await this.beforeList(resource.plural);
    return this.client.list(resource, options);
  }

  async *streamList(
    resource: ResourceRef,
    options: StreamListOptions,
  ): AsyncIterable<StreamedListEvent> {
    this.streams.push(resource.plural);
    if (this.streamedLists === 'not-offered' || !this.client.streamList) {
      yield { type: 'not-offered' };
    } else {
      yield* this.client.streamList(resource, options);
    }
  }

  get(
    resource: ResourceRef,
    options: GetOptions,
  ): Promise<KubernetesObject | undefined> {
    this.gets.push(`${options.namespace ?? ''}/${options.name}`);
    return this.client.get(resource, options);
  }

  async *watch(
    resource: ResourceRef,
    options: WatchOptions,
  ): AsyncIterable<WatchEvent> {
    this.watches.push(resource.plural);
    for await (const event of this.client.watch(resource, options)) {
      this.events += 1;
      yield event;
    }
  }

  problems(): ClusterProblem[] {
    return this.client.problems?.() ?? [];
  }

  close(): Promise<void> {
    return this.client.close();
  }
}
