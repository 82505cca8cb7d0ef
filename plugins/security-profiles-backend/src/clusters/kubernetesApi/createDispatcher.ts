import type { LookupFunction } from 'node:net';
import { Agent, type Dispatcher, ProxyAgent } from 'undici';

/** How a TLS connection is made and by which way. */
export interface DispatcherOptions {
  ca?: string | Buffer | (string | Buffer)[];
  cert?: string | Buffer;
  key?: string | Buffer;
  /** The name the server's certificate must carry, where it isn't the host. */
  servername?: string;
  rejectUnauthorized?: boolean;
  /** Finds the addresses of the host; the system's own way when left out. */
  lookup?: LookupFunction;
  /** `http://` or `https://`. */
  proxyUrl?: string;
  /** Deadline of a connection, in milliseconds. */
  connectTimeout: number;
}

/**
 * Connections to one API server. HTTP/1.1, no timeout of their own for bodies: each request brings its deadlines.
 */
export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { proxyUrl, connectTimeout, ...tls } = options;
  const connect = { ...definedOnly(tls), timeout: connectTimeout };
  return proxyUrl
    ? new ProxyAgent({
        uri: proxyUrl,
        requestTls: connect,
        proxyTls: { timeout: connectTimeout },
        connectTimeout,
        bodyTimeout: 0,
      })
    : new Agent({ connect, bodyTimeout: 0 });
}

function definedOnly<T extends object>(options: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
