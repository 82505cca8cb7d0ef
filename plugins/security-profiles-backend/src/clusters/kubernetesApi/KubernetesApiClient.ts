import { ClusterError } from '../ClusterError';
import type {
  ClusterClient,
  ClusterDiscovery,
  ClusterProblem,
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
} from '../ClusterSource';
import { SPO_GROUP } from '../spoGroup';
import type { ApiConnector } from './ApiConnector';
import type { RawEvent, RawFrame, RawList } from './AnswerReader';
import {
  ApiTransport,
  DEFAULT_API_LIMITS,
  type ApiLimits,
  type ApiRequest,
  type BodyEncoding,
} from './ApiTransport';
import { discoverResources } from './discoverResources';
import { type Asked, EncodingChoice } from './EncodingChoice';
import { Patience } from './Patience';
import { initialEventsEnd } from './protobuf/envelopes';
import { RefusedEncodingError } from './RefusedEncodingError';
import { resourcePath } from './resourcePath';
import { toKubernetesObject } from './toKubernetesObject';

/** Options of {@link KubernetesApiClient}. */
export interface KubernetesApiClientOptions {
  connector: ApiConnector;
  limits?: Partial<ApiLimits>;
  /** How long a watch is asked to last, in seconds; vary it, so that watches don't end all at once. */
  watchSeconds: () => number;
  /** The present time in milliseconds since 1970. */
  now: () => number;
}

const JSON_TYPE = 'application/json';
/** What servers answer that don't know `sendInitialEvents`, or have it switched off. */
const STREAM_REFUSALS: ReadonlySet<number> = new Set([400, 422]);
/**
 * Reads a cluster over the Kubernetes API: paged and streamed lists, watches with bookmarks; protobuf where it is known
 * what is wanted of a kind, else JSON. What a server refuses is remembered until it has another version.
 *
 * @remarks
 * Integers are exact for the Security Profiles Operator's group only; for Kubernetes' own kinds, which are many, the
 * fast parser is used. A watch event larger than the limit is skipped and becomes a problem until its kind is listed
 * anew.
 */
export class KubernetesApiClient implements ClusterClient {
  private readonly transport: ApiTransport;
  private readonly watchSeconds: () => number;
  private readonly encodings = new EncodingChoice();
  private streaming: 'not-known' | 'refused' = 'not-known';
  private kubernetesVersion?: string;
  private discoveryProblems: ClusterProblem[] = [];
  private readonly resourceProblems = new Map<string, ClusterProblem[]>();
  private kinds?: Map<string, string>;

  constructor(options: KubernetesApiClientOptions) {
    this.transport = new ApiTransport({
      connector: options.connector,
      limits: { ...DEFAULT_API_LIMITS, ...options.limits },
      now: options.now,
    });
    this.watchSeconds = options.watchSeconds;
  }

  async discover(options: { signal: AbortSignal }): Promise<ClusterDiscovery> {
    const get = (path: string, accept: string) =>
      this.transport.getJson({
        path,
        accept,
        subject: 'discovery',
        signal: options.signal,
        integers: 'fast',
      });
    const [{ resources, problems }, kubernetesVersion] = await Promise.all([
      discoverResources({ get }),
      gitVersion(get),
    ]);
    if (kubernetesVersion !== this.kubernetesVersion) {
      this.encodings.forget();
      this.streaming = 'not-known';
      this.kubernetesVersion = kubernetesVersion;
    }
    this.discoveryProblems = problems;
    this.kinds = new Map(
      resources.map(resource => [keyOf(resource), resource.kind]),
    );
    return { kubernetesVersion, resources };
  }

  async list(resource: ResourceRef, options: ListOptions): Promise<ListPage> {
    const { depth, limit, continueToken, signal } = options;
    signal.throwIfAborted();
    const subject = `list of ${resource.plural}`;
    const list = await this.asking({ resource, depth }, encoding =>
      this.listIn(
        encoding,
        { resource, depth },
        {
          path: resourcePath(resource),
          query: {
            limit: String(limit),
            ...(continueToken ? { continue: continueToken } : {}),
            ...onlyNamed(resource),
          },
          subject,
          signal,
        },
      ),
    );
    const { resourceVersion, items } = list;
    if (typeof resourceVersion !== 'string' || !Array.isArray(items)) {
      throw new ClusterError(
        'failed',
        `The ${subject} failed: the answer is not a list of Kubernetes objects`,
      );
    }
    if (!continueToken) {
      this.resourceProblems.delete(keyOf(resource));
    }
    const kind = await this.kindOf(resource, depth, list.kind, signal);
    const next = list.continueToken;
    return {
      items: items.flatMap(
        item => this.read(resource, item, kind, depth) ?? [],
      ),
      resourceVersion,
      continueToken: typeof next === 'string' && next ? next : undefined,
    };
  }

  async get(
    resource: ResourceRef,
    options: GetOptions,
  ): Promise<KubernetesObject | undefined> {
    const { name, namespace, signal } = options;
    signal.throwIfAborted();
    const answer = await this.transport
      .getJson({
        path: resourcePath(resource, { name, namespace }),
        accept: JSON_TYPE,
        subject: `read of ${resource.plural} ${name}`,
        signal,
        integers: resource.group === SPO_GROUP ? 'exact' : 'fast',
      })
      .catch(error => {
        if (error instanceof ClusterError && error.reason === 'not-found') {
          return undefined;
        }
        throw error;
      });
    return answer === undefined
      ? undefined
      : this.read(resource, answer, undefined, 'object');
  }

  async *watch(
    resource: ResourceRef,
    options: WatchOptions,
  ): AsyncIterable<WatchEvent> {
    const { depth, resourceVersion, signal } = options;
    signal.throwIfAborted();
    const kind = await this.kindOf(resource, depth, undefined, signal);
    const events = this.rawEvents(
      { resource, depth },
      {
        query: {
          watch: '1',
          allowWatchBookmarks: 'true',
          resourceVersion,
          timeoutSeconds: String(Math.round(this.watchSeconds())),
          ...onlyNamed(resource),
        },
        signal,
      },
    );
    for await (const together of events) {
      for (const event of together) {
        const read = this.readEvent(resource, event, { kind, depth });
        if (read) {
          yield read;
        }
      }
    }
  }

  async *streamList(
    resource: ResourceRef,
    options: StreamListOptions,
  ): AsyncIterable<StreamedListEvent> {
    const { depth, signal } = options;
    signal.throwIfAborted();
    if (this.streaming === 'refused') {
      yield { type: 'not-offered' };
      return;
    }
    const { limits } = this.transport;
    const kind = await this.kindOf(resource, depth, undefined, signal);
    const patience = new Patience({
      silence: limits.streamSilence,
      whole: limits.stream,
    });
    try {
      const events = this.rawEvents(
        { resource, depth },
        {
          query: {
            watch: '1',
            sendInitialEvents: 'true',
            resourceVersionMatch: 'NotOlderThan',
            allowWatchBookmarks: 'true',
            resourceVersion: '',
            timeoutSeconds: String(Math.round(this.watchSeconds())),
            ...onlyNamed(resource),
          },
          signal: AbortSignal.any([signal, patience.signal]),
        },
      );
      for await (const together of events) {
        patience.heard();
        for (const event of together) {
          const resourceVersion = endOfInitialEvents(event);
          if (resourceVersion !== undefined) {
            yield { type: 'listed', resourceVersion };
            return;
          }
          const read = this.readEvent(resource, event, { kind, depth });
          if (read) {
            yield read;
          }
        }
      }
    } catch (error) {
      signal.throwIfAborted();
      const refused =
        error instanceof ClusterError &&
        error.status !== undefined &&
        STREAM_REFUSALS.has(error.status);
      if (!refused && !patience.signal.aborted) {
        throw error;
      }
      this.streaming = 'refused';
    } finally {
      patience.end();
    }
    yield { type: 'not-offered' };
  }

  problems(): ClusterProblem[] {
    return [
      ...this.discoveryProblems,
      ...[...this.resourceProblems.values()].flat(),
    ];
  }

  close(): Promise<void> {
    return this.transport.close();
  }

  /** Asks in the preferred encoding and, where that is refused, in JSON; what JSON does better is remembered. */
  private async asking<T>(
    asked: Asked,
    ask: (encoding: BodyEncoding) => Promise<T>,
  ): Promise<T> {
    const encoding = this.encodings.preferred(asked);
    try {
      return await ask(encoding);
    } catch (error) {
      if (encoding === 'json' || !(error instanceof RefusedEncodingError)) {
        throw error;
      }
      const answer = await ask('json');
      this.encodings.refuse(asked);
      return answer;
    }
  }

  private async listIn(
    encoding: BodyEncoding,
    asked: Asked,
    request: Omit<ApiRequest, 'accept'>,
  ): Promise<RawList> {
    const answer = await this.transport.get({
      ...request,
      accept: this.encodings.accept(asked, 'list', encoding),
    });
    return this.encodings.readerOf(asked, answer.encoding).list(answer.bytes);
  }

  /** The events of a watch; those that are too large are left out and become a problem. */
  private async *rawEvents(
    asked: Asked,
    options: { query: Record<string, string>; signal: AbortSignal },
  ): AsyncIterable<RawEvent[]> {
    const { resource } = asked;
    const { maxObjectBytes } = this.transport.limits;
    const subject = `watch of ${resource.plural}`;
    const frames = this.framesIn(this.encodings.preferred(asked), asked, {
      path: resourcePath(resource),
      subject,
      ...options,
    });
    for await (const together of frames) {
      yield together.flatMap(frame => {
        if (frame.type === 'event') {
          return frame.event;
        }
        if (frame.type === 'cut') {
          throw new ClusterError(
            'unreachable',
            `The ${subject} was cut in the middle of an event`,
          );
        }
        this.report(
          resource,
          `An object of ${resource.plural} is larger than ${maxObjectBytes} bytes; its change was skipped.`,
        );
        return [];
      });
    }
  }

  private async *framesIn(
    encoding: BodyEncoding,
    asked: Asked,
    request: Omit<ApiRequest, 'accept'>,
  ): AsyncIterable<RawFrame[]> {
    let received: 'nothing' | 'something' = 'nothing';
    try {
      const frames = this.transport.stream(
        { ...request, accept: this.encodings.accept(asked, 'watch', encoding) },
        stream =>
          this.encodings
            .readerOf(asked, stream.encoding)
            .frames(stream.chunks, this.transport.limits.maxObjectBytes),
      );
      for await (const together of frames) {
        received = together.length > 0 ? 'something' : received;
        yield together;
      }
      return;
    } catch (error) {
      if (encoding === 'json' || !(error instanceof RefusedEncodingError)) {
        throw error;
      }
      if (received === 'something') {
        // What was read so far can't be taken back; the caller's next watch goes on from there.
        this.encodings.refuse(asked);
        throw error;
      }
    }
    let answered: 'not-yet' | 'yes' = 'not-yet';
    for await (const together of this.framesIn('json', asked, request)) {
      if (answered === 'not-yet') {
        answered = 'yes';
        this.encodings.refuse(asked);
      }
      yield together;
    }
  }

  private readEvent(
    resource: ResourceRef,
    event: RawEvent,
    shape: { kind: string | undefined; depth: Depth },
  ): WatchEvent | undefined {
    switch (event.type) {
      case 'ADDED':
      case 'MODIFIED':
      case 'DELETED': {
        const object = this.read(
          resource,
          event.object,
          shape.kind,
          shape.depth,
        );
        return (
          object && {
            type: event.type.toLowerCase() as 'added' | 'modified' | 'deleted',
            object,
          }
        );
      }
      case 'BOOKMARK': {
        const { metadata } = (event.object ?? {}) as {
          metadata?: { resourceVersion?: unknown };
        };
        return typeof metadata?.resourceVersion === 'string'
          ? { type: 'bookmark', resourceVersion: metadata.resourceVersion }
          : undefined;
      }
      case 'ERROR':
        throw this.transport.errorOfEvent(
          `watch of ${resource.plural}`,
          event.object,
        );
      default:
        throw new ClusterError(
          'failed',
          `The watch of ${resource.plural} failed: an event of no known type`,
        );
    }
  }

  private read(
    resource: ResourceRef,
    value: unknown,
    kind: string | undefined,
    depth: Depth,
  ): KubernetesObject | undefined {
    const object = toKubernetesObject(value, { resource, kind, depth });
    if (!object) {
      this.report(
        resource,
        `An object of ${resource.plural} has no metadata.name and was skipped.`,
      );
    }
    return object;
  }

  /** Items of Kubernetes' own lists don't say their kind, and those of metadata lists say another. */
  private async kindOf(
    resource: ResourceRef,
    depth: Depth,
    listKind: unknown,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    if (depth === 'object') {
      return typeof listKind === 'string'
        ? listKind.replace(/List$/, '')
        : undefined;
    }
    if (!this.kinds?.has(keyOf(resource))) {
      await this.discover({ signal });
    }
    return this.kinds?.get(keyOf(resource));
  }

  private report(resource: ResourceRef, message: string): void {
    const key = keyOf(resource);
    const problems = this.resourceProblems.get(key) ?? [];
    if (!problems.some(problem => problem.message === message)) {
      problems.push({
        where: resource.group
          ? `${resource.plural}.${resource.group}`
          : resource.plural,
        message,
      });
    }
    this.resourceProblems.set(key, problems);
  }
}

/** The version of the bookmark that ends the objects of a streamed list. */
function endOfInitialEvents({ type, object }: RawEvent): string | undefined {
  const { metadata } = (object ?? {}) as {
    metadata?: { resourceVersion?: unknown; annotations?: unknown };
  };
  const annotations = (metadata?.annotations ?? {}) as Record<string, unknown>;
  return type === 'BOOKMARK' &&
    annotations[initialEventsEnd] === 'true' &&
    typeof metadata?.resourceVersion === 'string'
    ? metadata.resourceVersion
    : undefined;
}

async function gitVersion(
  get: (path: string, accept: string) => Promise<unknown>,
): Promise<string | undefined> {
  try {
    const answer = await get('/version', JSON_TYPE);
    const version = (answer as { gitVersion?: unknown } | null)?.gitVersion;
    return typeof version === 'string' ? version : undefined;
  } catch (error) {
    // Some installations close /version to others; the rest can be read all the same.
    if (
      error instanceof ClusterError &&
      ['forbidden', 'not-found', 'failed'].includes(error.reason)
    ) {
      return undefined;
    }
    throw error;
  }
}

function onlyNamed(resource: ResourceRef): Record<string, string> {
  return resource.name === undefined
    ? {}
    : { fieldSelector: `metadata.name=${resource.name}` };
}

function keyOf(resource: ResourceRef): string {
  return `${resource.group}/${resource.plural}`;
}
