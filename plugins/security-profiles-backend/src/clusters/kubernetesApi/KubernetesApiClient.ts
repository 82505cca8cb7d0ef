import { ClusterError } from '../ClusterError';
import type {
  ClusterClient,
  ClusterDiscovery,
  ClusterProblem,
  Depth,
  KubernetesObject,
  ListOptions,
  ListPage,
  ResourceRef,
  WatchEvent,
  WatchOptions,
} from '../ClusterSource';
import { SPO_GROUP } from '../spoGroup';
import type { ApiConnector } from './ApiConnector';
import {
  ApiTransport,
  DEFAULT_API_LIMITS,
  type ApiLimits,
} from './ApiTransport';
import { discoverResources } from './discoverResources';
import { parseJson, type IntegerParsing } from './parseJson';
import { readLines } from './readLines';
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
const METADATA_LIST =
  'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
const METADATA = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

/**
 * Reads a cluster over the Kubernetes API: JSON, paged lists, watches with bookmarks.
 *
 * @remarks
 * Integers are exact for the Security Profiles Operator's group only; for Kubernetes' own kinds, which are many, the
 * fast parser is used. A watch event larger than the limit is skipped and becomes a problem until its kind is listed
 * anew.
 */
export class KubernetesApiClient implements ClusterClient {
  private readonly transport: ApiTransport;
  private readonly watchSeconds: () => number;
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
    const answer = await this.transport.getJson({
      path: resourcePath(resource),
      query: {
        limit: String(limit),
        ...(continueToken ? { continue: continueToken } : {}),
      },
      accept:
        depth === 'metadata' ? `${METADATA_LIST}, ${JSON_TYPE}` : JSON_TYPE,
      subject,
      signal,
      integers: parsingOf(resource),
    });
    const list = answer as {
      kind?: unknown;
      items?: unknown;
      metadata?: { resourceVersion?: unknown; continue?: unknown };
    } | null;
    const resourceVersion = list?.metadata?.resourceVersion;
    const items = list?.items ?? [];
    if (typeof resourceVersion !== 'string' || !Array.isArray(items)) {
      throw new ClusterError(
        'failed',
        `The ${subject} failed: the answer is not a list of Kubernetes objects`,
      );
    }
    if (!continueToken) {
      this.resourceProblems.delete(keyOf(resource));
    }
    const kind = await this.kindOf(resource, depth, list?.kind, signal);
    const next = list?.metadata?.continue;
    return {
      items: items.flatMap(
        item => this.read(resource, item, kind, depth) ?? [],
      ),
      resourceVersion,
      continueToken: typeof next === 'string' && next ? next : undefined,
    };
  }

  async *watch(
    resource: ResourceRef,
    options: WatchOptions,
  ): AsyncIterable<WatchEvent> {
    const { depth, resourceVersion, signal } = options;
    signal.throwIfAborted();
    const path = resourcePath(resource);
    const subject = `watch of ${resource.plural}`;
    const kind = await this.kindOf(resource, depth, undefined, signal);
    const body = this.transport.stream({
      path,
      query: {
        watch: '1',
        allowWatchBookmarks: 'true',
        resourceVersion,
        timeoutSeconds: String(Math.round(this.watchSeconds())),
      },
      accept: depth === 'metadata' ? `${METADATA}, ${JSON_TYPE}` : JSON_TYPE,
      subject,
      signal,
    });
    const { maxObjectBytes } = this.transport.limits;
    for await (const line of readLines(body, maxObjectBytes)) {
      if (line.type === 'cut') {
        throw new ClusterError(
          'unreachable',
          `The ${subject} was cut in the middle of an event`,
        );
      } else if (line.type === 'too-long') {
        this.report(
          resource,
          `An object of ${resource.plural} is larger than ${maxObjectBytes} bytes; its change was skipped.`,
        );
      } else {
        const event = this.readEvent(resource, line.text, { kind, depth });
        if (event) {
          yield event;
        }
      }
    }
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

  private readEvent(
    resource: ResourceRef,
    text: string,
    shape: { kind: string | undefined; depth: Depth },
  ): WatchEvent | undefined {
    const event = parseJson(text, parsingOf(resource)) as {
      type?: unknown;
      object?: unknown;
    } | null;
    switch (event?.type) {
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

function parsingOf(resource: ResourceRef): IntegerParsing {
  return resource.group === SPO_GROUP ? 'exact' : 'fast';
}

function keyOf(resource: ResourceRef): string {
  return `${resource.group}/${resource.plural}`;
}
