import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { RequestOptions } from 'node:https';
import type { Dispatcher } from 'undici';
import { ClusterError } from '../ClusterError';
import {
  createDispatcher,
  type ApiConnection,
  type ApiConnector,
  type DispatcherOptions,
} from '../kubernetesApi';
import { untilAborted } from '../untilAborted';
import {
  KubeconfigError,
  type KubeconfigContext,
  type KubeconfigFiles,
} from './KubeconfigFiles';

/** Options of {@link KubeconfigConnector}. */
export interface KubeconfigConnectorOptions {
  files: KubeconfigFiles;
  context: string;
  /** The configuration key, for messages. */
  key: string;
  /** The present time in milliseconds since 1970. */
  now: () => number;
  /** How long credentials are used before they are asked for again, in milliseconds; 30,000 when left out. */
  credentialsLast?: number;
  /** How long an exec plugin or a token endpoint may take, in milliseconds; 30,000 when left out. */
  credentialsDeadline?: number;
}

interface CurrentConnection {
  connection: ApiConnection;
  stamp: string;
  /** In milliseconds since 1970. */
  until: number;
}

const CONNECT_TIMEOUT = 10_000;

/**
 * Connects to the cluster of one context, with everything `@kubernetes/client-node` supports in a kubeconfig. The
 * file's changes, exec plugins and token files are followed: credentials are asked for again after a short while, at
 * once when the file changes or the server refused them.
 */
export class KubeconfigConnector implements ApiConnector {
  private readonly options: KubeconfigConnectorOptions;
  private current?: CurrentConnection;
  private connecting?: Promise<CurrentConnection>;
  private library?: { stamp: string; config: KubeConfigOfLibrary };
  private dispatcher?: { fingerprint: string; dispatcher: Dispatcher };

  constructor(options: KubeconfigConnectorOptions) {
    this.options = options;
  }

  async connect(signal: AbortSignal): Promise<ApiConnection> {
    signal.throwIfAborted();
    const { current } = this;
    const stamp = await untilAborted(this.options.files.currentStamp(), signal);
    if (
      current &&
      current === this.current &&
      current.stamp === stamp &&
      current.until > this.options.now()
    ) {
      return current.connection;
    }
    // Twelve watches that start at once ask the plugin once.
    this.connecting ??= this.connectAnew(stamp).finally(() => {
      this.connecting = undefined;
    });
    this.current = await untilAborted(this.connecting, signal);
    return this.current.connection;
  }

  renew(refused: ApiConnection): void {
    if (this.current?.connection === refused) {
      this.current = undefined;
      this.library = undefined;
      this.options.files.forget();
    }
  }

  async close(): Promise<void> {
    await this.dispatcher?.dispatcher.destroy();
    this.dispatcher = undefined;
  }

  private async connectAnew(stamp: string): Promise<CurrentConnection> {
    const { key, context, now } = this.options;
    const deadline = AbortSignal.timeout(
      this.options.credentialsDeadline ?? 30_000,
    );
    try {
      const connection = await untilAborted(this.ask(stamp), deadline);
      return {
        connection,
        stamp,
        until: now() + (this.options.credentialsLast ?? 30_000),
      };
    } catch (error) {
      if (error instanceof ClusterError) {
        throw error;
      }
      if (error instanceof KubeconfigError) {
        throw new ClusterError('unauthenticated', `${key}: ${error.message}`);
      }
      // Plugins write tokens and commands into their errors, so no cause is kept.
      throw new ClusterError(
        'unauthenticated',
        deadline.aborted
          ? `${key}: the credentials of context ${context} did not come in time; check its exec plugin`
          : `${key}: the credentials of context ${context} could not be obtained; check its exec plugin, certificate and token files`,
      );
    }
  }

  private async ask(stamp: string): Promise<ApiConnection> {
    const parts = await this.options.files.context(this.options.context);
    if (this.library?.stamp !== stamp) {
      this.library = { stamp, config: await libraryConfigOf(parts) };
    }
    const request: RequestOptions = {};
    await this.library.config.applyToHTTPSOptions(request);
    const headers = await credentialHeaders(request, parts);
    const { server, proxyUrl } = parts.cluster;
    refuseClearText(server, headers);
    return {
      server,
      headers,
      dispatcher: this.dispatcherFor({
        ca: request.ca,
        cert: request.cert,
        key: request.key,
        servername: (request as { servername?: string }).servername,
        rejectUnauthorized: request.rejectUnauthorized,
        proxyUrl: checkedProxy(proxyUrl),
        connectTimeout: CONNECT_TIMEOUT,
      } as DispatcherOptions),
    };
  }

  /** Keeps connections as long as TLS and way stay the same. */
  private dispatcherFor(options: DispatcherOptions): Dispatcher {
    const fingerprint = createHash('sha256')
      .update(JSON.stringify(options))
      .digest('hex');
    if (this.dispatcher?.fingerprint !== fingerprint) {
      // Lets requests that still run end by themselves.
      this.dispatcher?.dispatcher.close().catch(() => {});
      this.dispatcher = { fingerprint, dispatcher: createDispatcher(options) };
    }
    return this.dispatcher.dispatcher;
  }
}

type KubeConfigOfLibrary = InstanceType<
  typeof import('@kubernetes/client-node').KubeConfig
>;

async function libraryConfigOf(
  parts: KubeconfigContext,
): Promise<KubeConfigOfLibrary> {
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  const { cluster } = parts;
  config.loadFromClusterAndUser(
    // The library makes an agent of its own, which we don't use, and refuses some proxies and plain HTTP there.
    {
      ...cluster,
      proxyUrl: undefined,
      skipTLSVerify: cluster.skipTLSVerify || isPlainHttp(cluster.server),
    },
    // Without a user, it would leave out the certificate authority too.
    parts.user ?? { name: 'anonymous' },
  );
  return config;
}

async function credentialHeaders(
  request: RequestOptions,
  parts: KubeconfigContext,
): Promise<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(request.headers ?? {})) {
    headers[name.toLowerCase()] = String(value).trim();
  }
  if (request.auth) {
    headers.authorization = `Basic ${Buffer.from(request.auth).toString(
      'base64',
    )}`;
  }
  if (parts.tokenFile) {
    const token = await readFile(parts.tokenFile, 'utf8');
    headers.authorization = `Bearer ${token.trim()}`;
  }
  return headers;
}

function refuseClearText(
  server: string,
  headers: Record<string, string>,
): void {
  if (!URL.canParse(server)) {
    throw new KubeconfigError(
      'file',
      'the server of the cluster is not an address',
    );
  }
  const { hostname } = new URL(server);
  const isLoopback = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname);
  if (isPlainHttp(server) && !isLoopback && headers.authorization) {
    throw new KubeconfigError(
      'file',
      'the server has an http:// address, where credentials would be sent in clear text; use https://',
    );
  }
}

function checkedProxy(proxyUrl: string | undefined): string | undefined {
  if (proxyUrl && !/^https?:\/\//.test(proxyUrl)) {
    throw new KubeconfigError(
      'file',
      'the proxy-url of the cluster is neither http:// nor https://; other proxies are not supported',
    );
  }
  return proxyUrl || undefined;
}

function isPlainHttp(server: string): boolean {
  return server.startsWith('http:');
}
