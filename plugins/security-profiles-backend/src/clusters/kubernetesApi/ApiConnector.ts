import type { Dispatcher } from 'undici';

/** How to reach an API server right now. */
export interface ApiConnection {
  /** Without a slash at the end; may have a path, as behind a proxy of many clusters. */
  server: string;
  dispatcher: Dispatcher;
  /** Credentials; never logged. */
  headers: Record<string, string>;
}

/** Knows the credentials of one cluster. */
export interface ApiConnector {
  /** Asked before each request. Rejects with a `ClusterError`, or the signal's reason. */
  connect(signal: AbortSignal): Promise<ApiConnection>;
  /** The server refused the credentials of this connection: the next one must not reuse them. */
  renew(refused: ApiConnection): void;
  /** Frees the connections; requests that still run fail. */
  close(): Promise<void>;
}
