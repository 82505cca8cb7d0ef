/** A kind of object in a cluster, by group and plural. */
export interface ResourceRef {
  /** Empty for the core group. */
  group: string;
  /** Version to ask for; leave it to discovery where several are served. */
  version: string;
  plural: string;
  /** Only the object of this name: what an account with `resourceNames` in its rule has to ask for. */
  name?: string;
}

/** What a cluster says of itself. */
export interface ClusterDiscovery {
  /** `gitVersion` of the API server, as `v1.33.1`; undefined for a folder of manifests. */
  kubernetesVersion?: string;
  /** Everything that can be listed, one entry per group, version and plural. */
  resources: DiscoveredResource[];
}

/** One listable resource. */
export interface DiscoveredResource extends ResourceRef {
  kind: string;
  scope: 'Cluster' | 'Namespaced';
}

/**
 * An object as parsed from the wire, with at least the fields that collection reads: a client may leave out all others.
 * Integers of custom resources beyond 2^53 are `bigint`, so that digests stay exact.
 */
export type KubernetesObject = {
  apiVersion?: string;
  kind?: string;
  metadata: {
    name: string;
    namespace?: string;
    uid?: string;
    resourceVersion?: string;
    generation?: number;
    creationTimestamp?: string;
    deletionTimestamp?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
    ownerReferences?: {
      apiVersion?: string;
      kind: string;
      name: string;
      uid: string;
      controller?: boolean;
    }[];
    [key: string]: unknown;
  };
  [key: string]: unknown;
};

/** `object`: everything that is read of the kind; `metadata`: the server is asked for metadata alone, where it can. */
export type Depth = 'object' | 'metadata';

/** One page of a list. */
export interface ListPage {
  items: KubernetesObject[];
  /** Where a watch goes on from. */
  resourceVersion: string;
  /** Present when there are more pages. */
  continueToken?: string;
}

/** What a watch says. `bookmark` carries a newer version to resume from and no object. */
export type WatchEvent =
  | { type: 'added' | 'modified' | 'deleted'; object: KubernetesObject }
  | { type: 'bookmark'; resourceVersion: string };

/** Options of {@link ClusterClient.list}. */
export interface ListOptions {
  depth: Depth;
  limit: number;
  continueToken?: string;
  signal: AbortSignal;
}

/** Options of {@link ClusterClient.get}. */
export interface GetOptions {
  name: string;
  /** Absent for what is cluster-scoped. */
  namespace?: string;
  signal: AbortSignal;
}

/** Options of {@link ClusterClient.watch}. */
export interface WatchOptions {
  depth: Depth;
  resourceVersion: string;
  signal: AbortSignal;
}

/**
 * What a streamed list says: every object as `added`, changes that come in between, then `listed` with the version that
 * a watch goes on from. `not-offered`, and nothing more: the cluster can't, or not in time; it is to be listed in pages.
 */
export type StreamedListEvent =
  | WatchEvent
  | { type: 'listed'; resourceVersion: string }
  | { type: 'not-offered' };

/** Options of {@link ClusterClient.streamList}. */
export interface StreamListOptions {
  depth: Depth;
  signal: AbortSignal;
}

/**
 * Reads one cluster. Every method ends within its deadline or when the signal is aborted, and rejects with a
 * {@link ClusterError} and nothing else, except for the abort itself, which rejects with the signal's reason.
 */
export interface ClusterClient {
  discover(options: { signal: AbortSignal }): Promise<ClusterDiscovery>;
  list(resource: ResourceRef, options: ListOptions): Promise<ListPage>;
  /** One object by its name, so that a right to this name is enough; undefined where there is none. */
  get(
    resource: ResourceRef,
    options: GetOptions,
  ): Promise<KubernetesObject | undefined>;
  /** Ends normally when the server closes the watch; the caller then resumes from the last version. */
  watch(
    resource: ResourceRef,
    options: WatchOptions,
  ): AsyncIterable<WatchEvent>;
  /**
   * Lists everything in one answer that comes object by object, so that neither side holds pages. Left out by clients
   * that have no such way. May have given objects before it says `not-offered`.
   */
  streamList?(
    resource: ResourceRef,
    options: StreamListOptions,
  ): AsyncIterable<StreamedListEvent>;
  /** Problems that belong to no single resource, such as a document that could not be parsed, newest state. */
  problems?(): ClusterProblem[];
  close(): Promise<void>;
}

/** Something of a cluster that could not be read while the rest could. */
export interface ClusterProblem {
  /** As `prod-eu/shop/cart.yaml:14`, relative to the folder that was configured, or the key of an entry of config. */
  where: string;
  message: string;
}

/** One connected cluster. */
export interface Cluster {
  /** Opaque and URL-safe. */
  id: string;
  name: string;
  /** How it is reached, for messages: `manifests`, `kubeconfig`, … */
  type: string;
  /** Present where it can't be collected, with the reason; `client` is then absent. */
  notCollected?: string;
  /** Whether the server's certificate is looked at; absent without TLS, and where that is not known. */
  tls?: 'verified' | 'not-verified';
  client?: ClusterClient;
}

/** Where clusters come from. */
export interface ClusterSource {
  /**
   * The clusters of now. A cluster whose connection is unchanged since the last call keeps its `client`; one that is
   * gone, or connected in another way, has its former client closed. Rejects only with the signal's reason.
   */
  listClusters(options: { signal: AbortSignal }): Promise<Cluster[]>;
  /**
   * Which places of clusters could not be asked at the last list. While there is one, a cluster that the list leaves
   * out may still exist: its facts are to be kept.
   */
  problems?(): ClusterProblem[];
  close(): Promise<void>;
}
