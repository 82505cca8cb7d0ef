import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolvePath } from '../readEntryField';
import type { Dispatcher } from 'undici';
import { ClusterError } from '../ClusterError';
import {
  createDispatcher,
  type ApiConnection,
  type ApiConnector,
  type DispatcherOptions,
} from '../kubernetesApi';
import { untilAborted } from '../untilAborted';
import { ANNOTATIONS } from './annotations';
import { isClearText } from './checkAddress';
import type { LocatedCluster } from './ClusterLocator';
import { decodeCertificates } from './decodeCertificates';
import type { Login, LoginAnswer } from './Login';
import { publicLookup } from './publicAddresses';

/** Options of {@link KubernetesConnector}. */
export interface KubernetesConnectorOptions {
  cluster: LocatedCluster;
  login: Login;
  /** The present time in milliseconds since 1970. */
  now: () => number;
  /** How long a login may take, in milliseconds; 30,000 when left out. */
  loginDeadline?: number;
}

interface CurrentConnection {
  connection: ApiConnection;
  /** In milliseconds since 1970. */
  until: number;
}

const CONNECT_TIMEOUT = 10_000;

/**
 * Connects to one cluster of the Kubernetes plugin's configuration. Credentials are asked for again after a while, and at
 * once when the server refused them; files are read again then.
 */
export class KubernetesConnector implements ApiConnector {
  private readonly options: KubernetesConnectorOptions;
  private current?: CurrentConnection;
  private connecting?: Promise<CurrentConnection>;
  private dispatcher?: { fingerprint: string; dispatcher: Dispatcher };

  constructor(options: KubernetesConnectorOptions) {
    this.options = options;
  }

  async connect(signal: AbortSignal): Promise<ApiConnection> {
    signal.throwIfAborted();
    if (this.current && this.current.until > this.options.now()) {
      return this.current.connection;
    }
    // Twelve watches that start at once log in once.
    this.connecting ??= this.connectAnew().finally(() => {
      this.connecting = undefined;
    });
    this.current = await untilAborted(this.connecting, signal);
    return this.current.connection;
  }

  renew(refused: ApiConnection): void {
    if (this.current?.connection === refused) {
      this.current = undefined;
    }
  }

  async close(): Promise<void> {
    await this.dispatcher?.dispatcher.destroy();
    this.dispatcher = undefined;
  }

  private async connectAnew(): Promise<CurrentConnection> {
    const { cluster, login, now } = this.options;
    const deadline = AbortSignal.timeout(this.options.loginDeadline ?? 30_000);
    const authProvider = cluster.details.authMetadata[ANNOTATIONS.authProvider];
    try {
      const answer = await untilAborted(
        login.login(cluster.details, cluster.key),
        deadline,
      );
      return {
        connection: await this.connectionOf(answer),
        until: now() + login.lasts,
      };
    } catch (error) {
      if (error instanceof ClusterError) {
        throw error;
      }
      // Clouds and their libraries write requests and answers into errors, so no cause is kept.
      throw new ClusterError(
        'unauthenticated',
        deadline.aborted
          ? `${cluster.key}: the login ${authProvider} did not end in time`
          : `${cluster.key}: the login ${authProvider} failed; check what it needs in the environment of this backend and in config`,
      );
    }
  }

  private async connectionOf(answer: LoginAnswer): Promise<ApiConnection> {
    const { key, details, addresses } = this.options.cluster;
    const { credential } = answer;
    const url = answer.server?.url ?? details.url;
    if (credential.type !== 'anonymous' && isClearText(url)) {
      throw new ClusterError(
        'unauthenticated',
        `${key}: the address begins with http://, where credentials would be sent in clear text; use https://`,
      );
    }
    return {
      server: url.replace(/\/+$/, ''),
      headers:
        credential.type === 'bearer token'
          ? { authorization: `Bearer ${credential.token}` }
          : {},
      dispatcher: this.dispatcherFor({
        ca: answer.server?.certificates ?? (await this.certificates()),
        // Of one's own cluster, the certificate is always known.
        rejectUnauthorized: !details.skipTLSVerify || Boolean(answer.server),
        lookup:
          addresses === 'public' && !answer.server ? publicLookup() : undefined,
        connectTimeout: CONNECT_TIMEOUT,
        ...(credential.type === 'x509 client certificate' && {
          cert: credential.cert,
          key: credential.key,
        }),
      }),
    };
  }

  private async certificates(): Promise<string | undefined> {
    const { key, details } = this.options.cluster;
    if (!details.caFile) {
      return details.caData && decodeCertificates(details.caData);
    }
    try {
      return await readFile(resolvePath(details.caFile), 'utf8');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      throw new ClusterError(
        'unreachable',
        `${key}.caFile: the file can't be read (${code})`,
      );
    }
  }

  /** Keeps connections as long as they would be made the same way. */
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
