import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { stringify } from 'lossless-json';
import { ClusterError } from '../ClusterError';
import type {
  Depth,
  DiscoveredResource,
  KubernetesObject,
  ResourceRef,
} from '../ClusterSource';
import type { InMemoryCluster } from '../InMemoryCluster';
import type { TestCertificate } from './certificates';

/** Answers a request in its own way and says so, or leaves it to the server. */
export type Fault = (
  request: IncomingMessage,
  response: ServerResponse,
) => 'answered' | 'not answered';

/** Options of {@link FakeApiServer.start}. */
export interface FakeApiServerOptions {
  /** What is served. */
  cluster: InMemoryCluster;
  certificate: TestCertificate;
  /** Asks clients for a certificate of this authority. */
  clientAuthority?: string;
  /** `classic` knows no aggregated discovery. */
  discovery?: 'aggregated' | 'classic';
  /** `off` as in Kubernetes 1.33, which refuses them; the default. */
  streamedLists?: 'on' | 'off';
}

const STATUS_OF_REASON: Record<string, number> = {
  forbidden: 403,
  'not-found': 404,
  gone: 410,
};

/**
 * An API server on a free port of 127.0.0.1 that serves an {@link InMemoryCluster} over HTTPS, with faults on demand.
 */
export class FakeApiServer {
  /** What each request sent, in order. */
  readonly requests: {
    url: string;
    authorization?: string;
    clientName?: string;
  }[] = [];
  /** Tried before each request is answered. */
  fault: Fault = () => 'not answered';
  private readonly server: Server;
  private readonly options: FakeApiServerOptions;
  private readonly closing = new AbortController();

  static async start(options: FakeApiServerOptions): Promise<FakeApiServer> {
    const fake = new FakeApiServer(options);
    fake.server.listen(0, '127.0.0.1');
    await once(fake.server, 'listening');
    return fake;
  }

  private constructor(options: FakeApiServerOptions) {
    this.options = options;
    this.server = createServer(
      {
        cert: options.certificate.cert,
        key: options.certificate.key,
        ...(options.clientAuthority && {
          ca: options.clientAuthority,
          requestCert: true,
          // As an API server: who has none may come with a token.
          rejectUnauthorized: false,
        }),
      },
      (request, response) => this.answer(request, response),
    );
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  get url(): string {
    return `https://127.0.0.1:${this.port}`;
  }

  async close(): Promise<void> {
    this.closing.abort();
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const url = new URL(request.url ?? '/', 'https://fake');
    const peer = (request.socket as TLSSocket).getPeerCertificate?.();
    this.requests.push({
      url: request.url ?? '',
      authorization: request.headers.authorization,
      clientName: [peer?.subject?.CN].flat()[0],
    });
    if (this.fault(request, response) === 'answered') {
      return;
    }
    const { cluster } = this.options;
    try {
      const { resources, kubernetesVersion } = await cluster.discover({
        signal: this.closing.signal,
      });
      if (url.pathname === '/version') {
        sendJson(response, 200, { gitVersion: kubernetesVersion });
      } else if (url.pathname === '/api' || url.pathname === '/apis') {
        sendJson(response, 200, this.discovery(url.pathname, resources));
      } else {
        const resource = resources.find(
          each => `${rootOf(each)}/${each.plural}` === url.pathname,
        );
        const single = resources
          .map(each => ({ each, asked: objectIn(url.pathname, each) }))
          .find(({ asked }) => asked);
        if (resource) {
          await this.answerResource(request, response, resource, url);
        } else if (single?.asked) {
          const object = await cluster.get(single.each, {
            ...single.asked,
            signal: this.closing.signal,
          });
          sendJson(response, object ? 200 : 404, object ?? { kind: 'Status' });
        } else {
          this.answerGroup(response, resources, url.pathname);
        }
      }
    } catch (error) {
      const { reason, continueToken } = error as ClusterError;
      const code = STATUS_OF_REASON[reason] ?? 500;
      if (response.headersSent) {
        response.end(line('ERROR', { kind: 'Status', code }));
      } else {
        sendJson(response, code, {
          kind: 'Status',
          code,
          message: 'secret text of the server',
          metadata: { continue: continueToken },
        });
      }
    }
  }

  private async answerResource(
    request: IncomingMessage,
    response: ServerResponse,
    resource: DiscoveredResource,
    url: URL,
  ): Promise<void> {
    const { cluster } = this.options;
    const depth: Depth = request.headers.accept?.includes('PartialObject')
      ? 'metadata'
      : 'object';
    const { signal } = this.closing;
    const name = url.searchParams
      .get('fieldSelector')
      ?.match(/^metadata\.name=(.+)$/)?.[1];
    const asked = { ...resource, ...(name !== undefined && { name }) };
    if (url.searchParams.get('sendInitialEvents')) {
      if (this.options.streamedLists !== 'on') {
        sendJson(response, 422, { kind: 'Status', code: 422 });
        return;
      }
      response.writeHead(200, { 'content-type': 'application/json' });
      for await (const event of cluster.streamList(asked, {
        depth,
        signal,
      })) {
        if (event.type === 'listed') {
          response.write(
            line('BOOKMARK', {
              kind: resource.kind,
              metadata: {
                resourceVersion: event.resourceVersion,
                annotations: { 'k8s.io/initial-events-end': 'true' },
              },
            }),
          );
        } else if (event.type === 'added') {
          response.write(line('ADDED', wire(event.object, depth)));
        }
      }
      return;
    }
    if (url.searchParams.get('watch')) {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.flushHeaders();
      const resourceVersion = url.searchParams.get('resourceVersion') ?? '';
      for await (const event of cluster.watch(asked, {
        depth,
        resourceVersion,
        signal,
      })) {
        response.write(
          event.type === 'bookmark'
            ? line('BOOKMARK', {
                kind: resource.kind,
                metadata: { resourceVersion: event.resourceVersion },
              })
            : line(event.type.toUpperCase(), wire(event.object, depth)),
        );
      }
      response.end();
      return;
    }
    const page = await cluster.list(asked, {
      depth,
      limit: Number(url.searchParams.get('limit')),
      continueToken: url.searchParams.get('continue') ?? undefined,
      signal,
    });
    const isCustom = resource.group.includes('.x-k8s.io');
    sendJson(response, 200, {
      kind:
        depth === 'metadata'
          ? 'PartialObjectMetadataList'
          : `${resource.kind}List`,
      metadata: {
        resourceVersion: page.resourceVersion,
        continue: page.continueToken,
      },
      items: page.items.map(item =>
        depth === 'metadata' || isCustom
          ? wire(item, depth)
          : // Items of Kubernetes' own lists carry neither.
            { ...item, kind: undefined, apiVersion: undefined },
      ),
    });
  }

  private discovery(
    path: '/api' | '/apis',
    resources: DiscoveredResource[],
  ): unknown {
    const ofPath = resources.filter(each => !each.group === (path === '/api'));
    const groups = [...new Set(ofPath.map(each => each.group))];
    if (this.options.discovery !== 'classic') {
      return {
        kind: 'APIGroupDiscoveryList',
        items: groups.map(group => ({
          metadata: { name: group || undefined },
          versions: versionsOf(ofPath, group).map(version => ({
            version,
            freshness: 'Current',
            resources: ofPath
              .filter(each => each.group === group && each.version === version)
              .map(each => ({
                resource: each.plural,
                responseKind: { kind: each.kind },
                scope: each.scope,
                verbs: ['get', 'list', 'watch'],
              })),
          })),
        })),
      };
    }
    return path === '/api'
      ? { kind: 'APIVersions', versions: versionsOf(ofPath, '') }
      : {
          kind: 'APIGroupList',
          groups: groups.map(group => ({
            name: group,
            versions: versionsOf(ofPath, group).map(version => ({
              groupVersion: `${group}/${version}`,
            })),
          })),
        };
  }

  private answerGroup(
    response: ServerResponse,
    resources: DiscoveredResource[],
    path: string,
  ): void {
    const ofGroup = resources.filter(each => rootOf(each) === path);
    if (ofGroup.length === 0) {
      sendJson(response, 404, { kind: 'Status', code: 404 });
      return;
    }
    sendJson(response, 200, {
      kind: 'APIResourceList',
      resources: ofGroup.flatMap(each => [
        {
          name: each.plural,
          kind: each.kind,
          namespaced: each.scope === 'Namespaced',
          verbs: ['get', 'list', 'watch'],
        },
        { name: `${each.plural}/status`, kind: each.kind, verbs: ['get'] },
      ]),
    });
  }
}

/** Answers JSON, big integers included. */
export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    'content-type': 'application/json',
    ...headers,
  });
  response.end(stringify(body));
}

function line(type: string, object: unknown): string {
  return `${stringify({ type, object })}\n`;
}

function wire(object: KubernetesObject, depth: Depth): unknown {
  return depth === 'metadata'
    ? {
        ...object,
        kind: 'PartialObjectMetadata',
        apiVersion: 'meta.k8s.io/v1',
      }
    : object;
}

function rootOf({ group, version }: ResourceRef): string {
  return group ? `/apis/${group}/${version}` : `/api/${version}`;
}

function versionsOf(resources: DiscoveredResource[], group: string): string[] {
  return [
    ...new Set(
      resources.filter(each => each.group === group).map(each => each.version),
    ),
  ];
}

/** Namespace and name in the path of one object of a resource. */
function objectIn(
  path: string,
  resource: DiscoveredResource,
): { name: string; namespace?: string } | undefined {
  const segments = path.slice(rootOf(resource).length + 1).split('/');
  if (!path.startsWith(`${rootOf(resource)}/`)) {
    return undefined;
  }
  const [first, namespace, plural, name] = segments;
  if (first === 'namespaces' && plural === resource.plural && name) {
    return { name, namespace };
  }
  return first === resource.plural && segments.length === 2
    ? { name: namespace }
    : undefined;
}
