import { ClusterError } from '../ClusterError';

const EXPLANATIONS: Record<string, string> = {
  ADDRESS_NOT_PUBLIC:
    'its host name leads to an address that is not public, which clusters of the catalog may not have; allow the host in dangerouslyAllowClusterUrls',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'its certificate is self-signed; check the certificate authority',
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was cut',
  EHOSTUNREACH: 'there is no route to the host',
  ENOTFOUND: 'the host name is not known',
  EAI_AGAIN: 'the host name could not be looked up',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'its certificate is for another name; check tls-server-name',
  ETIMEDOUT: 'the connection timed out',
  SELF_SIGNED_CERT_IN_CHAIN:
    'its certificate is of an unknown authority; check the certificate authority',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'its certificate is of an unknown authority; check the certificate authority',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'its certificate is of an unknown authority; check the certificate authority',
  UND_ERR_ABORTED: 'the connection was cut, or refused by the proxy',
  UND_ERR_BODY_TIMEOUT: 'it fell silent',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
  UND_ERR_HEADERS_TIMEOUT: 'it did not answer in time',
  UND_ERR_SOCKET: 'the connection was cut',
};

/** The error for what the network layer threw, `unreachable` but for a refused client certificate; names the code and nothing that was sent. */
export function errorFromCause(cause: unknown): ClusterError {
  if (cause instanceof ClusterError) {
    return cause;
  }
  const code = codeOf(cause);
  if (/^ERR_SSL_\w*ALERT\w*(CERTIFICATE|UNKNOWN_CA)/.test(code)) {
    return new ClusterError(
      'unauthenticated',
      `The API server refused the client certificate (${code})`,
    );
  }
  return new ClusterError(
    'unreachable',
    `The API server can't be reached: ${
      EXPLANATIONS[code] ?? 'the connection failed'
    } (${code})`,
  );
}

function codeOf(cause: unknown): string {
  for (
    let error = cause as { code?: unknown; cause?: unknown } | undefined;
    error;
    error = error.cause as typeof error
  ) {
    if (typeof error.code === 'string' && /^[A-Z0-9_]+$/.test(error.code)) {
      // Undici wraps the socket's own error, which tells more.
      const inner = error.cause as { code?: unknown } | undefined;
      if (typeof inner?.code !== 'string') {
        return error.code;
      }
    }
  }
  return 'unknown code';
}
