import { access } from 'node:fs/promises';
import { ClusterError } from '../ClusterError';
import type {
  ClusterClient,
  ClusterDiscovery,
  ClusterProblem,
  KubernetesObject,
  GetOptions,
  ListOptions,
  ListPage,
  ResourceRef,
  WatchEvent,
  WatchOptions,
} from '../ClusterSource';
import { ObjectStore } from '../ObjectStore';
import { untilAborted } from '../untilAborted';
import { assembleObjects, type AssembledObjects } from './assembleObjects';
import { ManifestFolder, type FolderContent } from './ManifestFolder';
import { watchFolder, type FolderWatch } from './watchFolder';

/** Options of {@link ManifestsClusterClient}. */
export interface ManifestsClusterClientOptions {
  /** Goes into made-up uids. */
  clusterName: string;
  /** The folder to read. */
  folder: string;
  /** As configured, for messages. */
  configuredPath: string;
  /** See {@link ObjectStoreOptions.firstVersion}; a time of start in milliseconds does. */
  firstVersion: number;
  /** How long the folder must be quiet before it is read again, in milliseconds; 150 when left out. */
  quietFor?: number;
}

/** How often open watches hear that the folder is still as they know it. */
const heartbeatMilliseconds = 10_000;

/**
 * Reads a folder of manifests as if it were a cluster, and follows its changes.
 *
 * @remarks
 * The folder is read at the first call. A folder that vanishes makes everything `unreachable`; each call looks for it
 * again.
 */
export class ManifestsClusterClient implements ClusterClient {
  private readonly options: ManifestsClusterClientOptions;
  private readonly folder: ManifestFolder;
  private readonly store: ObjectStore;
  private content: FolderContent = { files: [], problems: [] };
  private assembled?: AssembledObjects;
  private overlaid: KubernetesObject[] = [];
  private state: 'new' | 'present' | 'vanished' | 'closed' = 'new';
  private reading?: Promise<void>;
  private folderWatch?: FolderWatch;
  private heartbeat?: NodeJS.Timeout;

  constructor(options: ManifestsClusterClientOptions) {
    this.options = options;
    this.folder = new ManifestFolder(options.folder);
    this.store = new ObjectStore({ firstVersion: options.firstVersion });
  }

  async discover(options: { signal: AbortSignal }): Promise<ClusterDiscovery> {
    const { kubernetesVersion, resources } = await this.ready(options.signal);
    return { kubernetesVersion, resources };
  }

  async get(
    resource: ResourceRef,
    options: GetOptions,
  ): Promise<KubernetesObject | undefined> {
    await this.readyToServe(resource, options.signal);
    return this.store.get(resource, options);
  }

  async list(resource: ResourceRef, options: ListOptions): Promise<ListPage> {
    await this.readyToServe(resource, options.signal);
    return this.store.list(resource, options);
  }

  async *watch(
    resource: ResourceRef,
    options: WatchOptions,
  ): AsyncIterable<WatchEvent> {
    await this.readyToServe(resource, options.signal);
    yield* this.store.watch(resource, options);
  }

  problems(): ClusterProblem[] {
    return [...this.content.problems, ...(this.assembled?.problems ?? [])];
  }

  /**
   * Puts objects in place of the folder's (same kind, namespace and name) or beside them until the next call;
   * `undefined` takes them away. Watches see the difference.
   */
  async overlay(objects: KubernetesObject[] | undefined): Promise<void> {
    this.overlaid = objects ?? [];
    if (this.state === 'present') {
      this.assemble();
    }
  }

  async close(): Promise<void> {
    this.state = 'closed';
    clearInterval(this.heartbeat);
    await this.reading;
    await this.folderWatch?.close();
    this.store.endWatches();
  }

  private async readyToServe(
    resource: ResourceRef,
    signal: AbortSignal,
  ): Promise<void> {
    const { resources } = await this.ready(signal);
    const { group, version, plural } = resource;
    const served = resources.some(
      each =>
        each.group === group &&
        each.version === version &&
        each.plural === plural,
    );
    if (!served) {
      throw new ClusterError(
        'not-found',
        `The folder ${this.options.configuredPath} has no ${plural} of ${
          group || 'core'
        }/${version}`,
      );
    }
  }

  private async ready(signal: AbortSignal): Promise<AssembledObjects> {
    signal.throwIfAborted();
    if (this.state === 'new' || this.state === 'vanished') {
      await untilAborted(this.reading ?? this.refresh(), signal);
    }
    if (this.state === 'closed') {
      throw new ClusterError('unreachable', 'The cluster client was closed');
    }
    if (this.state !== 'present' || !this.assembled) {
      throw this.vanishedError();
    }
    return this.assembled;
  }

  /** Reads the folder; calls that come while it is being read wait for one more reading. */
  private refresh(): Promise<void> {
    const next: Promise<void> = (this.reading ?? Promise.resolve())
      .then(() => this.read())
      .finally(() => {
        if (this.reading === next) {
          this.reading = undefined;
        }
      });
    this.reading = next;
    return next;
  }

  private async read(): Promise<void> {
    if (this.state === 'closed') {
      return;
    }
    try {
      await access(this.options.folder);
      if (!this.folderWatch) {
        this.folderWatch = await watchFolder(this.options.folder, {
          quietFor: this.options.quietFor ?? 150,
          onChange: () => void this.refresh(),
        });
      }
      this.heartbeat ??= setInterval(
        () => this.confirm(),
        heartbeatMilliseconds,
      ).unref();
      this.content = await this.folder.read();
      if (this.closedMeanwhile()) {
        return;
      }
      this.assemble();
      this.state = 'present';
      this.store.fail(undefined);
    } catch {
      if (this.closedMeanwhile()) {
        return;
      }
      this.state = 'vanished';
      this.store.fail(this.vanishedError());
      // A watcher whose root was deleted does not notice it coming back.
      await this.folderWatch?.close();
      this.folderWatch = undefined;
    }
  }

  private assemble(): void {
    this.assembled = assembleObjects({
      clusterName: this.options.clusterName,
      files: this.content.files,
      overlay: this.overlaid,
    });
    this.store.replaceAll(this.assembled.objects);
  }

  /** A folder that is watched and unchanged holds the facts of now, as bookmarks of a server say. */
  private confirm(): void {
    if (this.state === 'present') {
      this.store.sendBookmarks();
    }
  }

  private closedMeanwhile(): boolean {
    return this.state === 'closed';
  }

  private vanishedError(): ClusterError {
    return new ClusterError(
      'unreachable',
      `The folder ${this.options.configuredPath} can't be read: check that it exists and may be read`,
    );
  }
}
