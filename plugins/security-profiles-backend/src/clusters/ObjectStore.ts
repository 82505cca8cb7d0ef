import { isDeepStrictEqual } from 'node:util';
import { ClusterError } from './ClusterError';
import type {
  ClusterClient,
  Depth,
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

/** Options of {@link ObjectStore}. */
export interface ObjectStoreOptions {
  /** The version the store starts with; one that only grows from process to process makes old versions `gone`. */
  firstVersion?: number;
  /** How many changes a watch can go back; older ones are `gone`. */
  maxHistory?: number;
}

interface Change {
  type: 'added' | 'modified' | 'deleted';
  collection: string;
  object: KubernetesObject;
}

interface Snapshot {
  version: number;
  items: KubernetesObject[];
}

const MAX_SNAPSHOTS = 16;

/**
 * Objects by kind with the reading rules of an API server: one version counter for all, consistent pages, watches
 * that resume from a version, and `gone` once that version has been compacted away.
 *
 * Objects are kept as given: callers hand over objects that they don't change afterwards.
 */
export class ObjectStore
  implements Pick<ClusterClient, 'get' | 'list' | 'watch' | 'streamList'>
{
  private readonly collections = new Map<
    string,
    Map<string, KubernetesObject>
  >();
  private readonly maxHistory: number;
  private readonly waiting = new Set<() => void>();
  private readonly snapshots = new Map<string, Snapshot>();
  private failures = new Map<string, ClusterError>();
  private failure?: ClusterError;
  /** `history[i]` is the change that made version `compactedTo + i + 1`. */
  private history: Change[] = [];
  private compactedTo: number;
  private watchEpoch = 0;
  private bookmarkEpoch = 0;

  constructor(options: ObjectStoreOptions = {}) {
    this.compactedTo = options.firstVersion ?? 1;
    this.maxHistory = options.maxHistory ?? 10_000;
  }

  /** Adds or replaces one object; an object that equals the present one is no change. */
  put(resource: ResourceRef, object: KubernetesObject): void {
    const collection = collectionOf(resource);
    const objects = this.collections.get(collection) ?? new Map();
    this.collections.set(collection, objects);
    const key = keyOf(object);
    const present = objects.get(key);
    if (present && sameContent(present, object)) {
      return;
    }
    const stored = withVersion(object, this.version + 1);
    objects.set(key, stored);
    this.record({
      type: present ? 'modified' : 'added',
      collection,
      object: stored,
    });
  }

  /** Removes one object; one that isn't there is no change. */
  remove(
    resource: ResourceRef,
    object: { name: string; namespace?: string },
  ): void {
    const collection = collectionOf(resource);
    const key = keyOf({ metadata: object });
    const present = this.collections.get(collection)?.get(key);
    if (!present) {
      return;
    }
    this.collections.get(collection)?.delete(key);
    this.record({
      type: 'deleted',
      collection,
      object: withVersion(present, this.version + 1),
    });
  }

  /** Makes the store hold exactly these objects, with one change for each that differs. */
  replaceAll(
    wanted: Iterable<{ resource: ResourceRef; object: KubernetesObject }>,
  ): void {
    const kept = new Set<string>();
    const all = [...wanted];
    for (const { resource, object } of all) {
      kept.add(`${collectionOf(resource)} ${keyOf(object)}`);
    }
    for (const [collection, objects] of this.collections) {
      const [group, plural] = collection.split(' ');
      for (const [key, object] of objects) {
        if (!kept.has(`${collection} ${key}`)) {
          this.remove({ group, version: '', plural }, object.metadata);
        }
      }
    }
    for (const { resource, object } of all) {
      this.put(resource, object);
    }
  }

  /** Makes lists and watches of a resource, or of all, fail until it is taken back with `undefined`. */
  fail(error: ClusterError | undefined, resource?: ResourceRef): void {
    if (!resource) {
      this.failure = error;
    } else if (error) {
      this.failures.set(collectionOf(resource), error);
    } else {
      this.failures.delete(collectionOf(resource));
    }
    this.wake();
  }

  /** Forgets what changed so far: older versions and continue tokens are `gone`. */
  compact(): void {
    this.compactedTo = this.version;
    this.history = [];
    this.snapshots.clear();
    this.wake();
  }

  /** Ends every open watch normally, as a server does after its timeout. */
  endWatches(): void {
    this.watchEpoch += 1;
    this.wake();
  }

  /** Sends every open watch a bookmark with the present version. */
  sendBookmarks(): void {
    this.bookmarkEpoch += 1;
    this.wake();
  }

  async get(
    resource: ResourceRef,
    options: GetOptions,
  ): Promise<KubernetesObject | undefined> {
    options.signal.throwIfAborted();
    const collection = collectionOf(resource);
    this.throwFailure(collection);
    const { name, namespace } = options;
    return this.collections
      .get(collection)
      ?.get(keyOf({ metadata: { name, namespace } }));
  }

  async list(resource: ResourceRef, options: ListOptions): Promise<ListPage> {
    options.signal.throwIfAborted();
    const collection = collectionOf(resource);
    this.throwFailure(collection);
    const { snapshot, offset } = this.snapshotOf(
      resource,
      options.continueToken,
    );
    const end = offset + options.limit;
    const page: ListPage = {
      items: snapshot.items
        .slice(offset, end)
        .map(object => atDepth(object, options.depth)),
      resourceVersion: String(snapshot.version),
    };
    if (end < snapshot.items.length) {
      this.keepSnapshot(collection, snapshot);
      page.continueToken = `${snapshot.version}:${end}`;
    }
    return page;
  }

  async *streamList(
    resource: ResourceRef,
    options: StreamListOptions,
  ): AsyncIterable<StreamedListEvent> {
    options.signal.throwIfAborted();
    const collection = collectionOf(resource);
    this.throwFailure(collection);
    const { snapshot } = this.snapshotOf(resource, undefined);
    for (const object of snapshot.items) {
      options.signal.throwIfAborted();
      yield { type: 'added', object: atDepth(object, options.depth) };
    }
    yield { type: 'listed', resourceVersion: String(snapshot.version) };
  }

  async *watch(
    resource: ResourceRef,
    options: WatchOptions,
  ): AsyncIterable<WatchEvent> {
    const collection = collectionOf(resource);
    const epoch = this.watchEpoch;
    let bookmarks = this.bookmarkEpoch;
    let seen = Number(options.resourceVersion);
    while (true) {
      options.signal.throwIfAborted();
      this.throwFailure(collection);
      if (!(seen >= this.compactedTo && seen <= this.version)) {
        throw new ClusterError(
          'gone',
          'The version to watch from is no longer kept: list again',
        );
      }
      const change = this.history[seen - this.compactedTo];
      if (change) {
        seen += 1;
        if (
          change.collection === collection &&
          isWanted(resource, change.object)
        ) {
          yield {
            type: change.type,
            object: atDepth(change.object, options.depth),
          };
        }
      } else if (epoch !== this.watchEpoch) {
        return;
      } else if (bookmarks !== this.bookmarkEpoch) {
        bookmarks = this.bookmarkEpoch;
        yield { type: 'bookmark', resourceVersion: String(seen) };
      } else {
        await this.nextChange(options.signal);
      }
    }
  }

  private get version(): number {
    return this.compactedTo + this.history.length;
  }

  private record(change: Change): void {
    this.history.push(change);
    if (this.history.length > this.maxHistory) {
      const dropped = this.history.length - Math.ceil(this.maxHistory / 2);
      this.history = this.history.slice(dropped);
      this.compactedTo += dropped;
    }
    this.wake();
  }

  private snapshotOf(
    resource: ResourceRef,
    continueToken: string | undefined,
  ): { snapshot: Snapshot; offset: number } {
    const collection = collectionOf(resource);
    const current = (): Snapshot => ({
      version: this.version,
      items: [...(this.collections.get(collection)?.values() ?? [])].filter(
        object => isWanted(resource, object),
      ),
    });
    if (!continueToken) {
      return { snapshot: current(), offset: 0 };
    }
    const [version, offset] = continueToken.split(':').map(Number);
    const snapshot = this.snapshots.get(`${collection} ${version}`);
    if (!snapshot) {
      const fresh = current();
      this.keepSnapshot(collection, fresh);
      throw new ClusterError(
        'gone',
        'The continue token is too old: list again',
        { continueToken: `${fresh.version}:${offset}` },
      );
    }
    return { snapshot, offset };
  }

  private keepSnapshot(collection: string, snapshot: Snapshot): void {
    const key = `${collection} ${snapshot.version}`;
    this.snapshots.delete(key);
    this.snapshots.set(key, snapshot);
    for (const oldest of this.snapshots.keys()) {
      if (this.snapshots.size <= MAX_SNAPSHOTS) {
        break;
      }
      this.snapshots.delete(oldest);
    }
  }

  private throwFailure(collection: string): void {
    const error = this.failure ?? this.failures.get(collection);
    if (error) {
      throw error;
    }
  }

  private wake(): void {
    for (const resolve of [...this.waiting]) {
      resolve();
    }
  }

  private nextChange(signal: AbortSignal): Promise<void> {
    return new Promise(resolve => {
      const done = () => {
        signal.removeEventListener('abort', done);
        this.waiting.delete(done);
        resolve();
      };
      signal.addEventListener('abort', done);
      this.waiting.add(done);
    });
  }
}

function collectionOf(resource: ResourceRef): string {
  return `${resource.group} ${resource.plural}`;
}

function isWanted(resource: ResourceRef, object: KubernetesObject): boolean {
  return resource.name === undefined || object.metadata.name === resource.name;
}

function keyOf(object: { metadata: { name: string; namespace?: string } }) {
  return JSON.stringify([object.metadata.namespace, object.metadata.name]);
}

function withVersion(
  object: KubernetesObject,
  version: number,
): KubernetesObject {
  return {
    ...object,
    metadata: { ...object.metadata, resourceVersion: String(version) },
  };
}

function sameContent(a: KubernetesObject, b: KubernetesObject): boolean {
  return isDeepStrictEqual(
    { ...a, metadata: { ...a.metadata, resourceVersion: undefined } },
    { ...b, metadata: { ...b.metadata, resourceVersion: undefined } },
  );
}

function atDepth(object: KubernetesObject, depth: Depth): KubernetesObject {
  return depth === 'object'
    ? object
    : {
        apiVersion: object.apiVersion,
        kind: object.kind,
        metadata: object.metadata,
      };
}
