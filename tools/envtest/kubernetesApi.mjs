import { Agent, request as httpsRequest } from 'node:https';

import { stringifyExactly } from './exactJson.mjs';

/** An answer of 400 or more. */
export class EnvtestRequestError extends Error {
  constructor({ method, path, status, text }) {
    let reason = text.slice(0, 2_000);
    try {
      reason = JSON.parse(text).message ?? reason;
    } catch {
      // The answer is text already.
    }
    super(`${method} ${path} was answered ${status}: ${reason}`);
    this.name = 'EnvtestRequestError';
    this.status = status;
  }
}

/**
 * A client of one API server with one token.
 *
 * @param {{url: string, certificateAuthority: string, token: () => string}} options
 */
export function kubernetesApi({ url, certificateAuthority, token }) {
  const agent = new Agent({
    keepAlive: true,
    maxSockets: 32,
    ca: certificateAuthority,
  });
  const base = new URL(url);

  const attempt = (
    method,
    path,
    payload,
    { contentType, headers, timeoutMs },
  ) =>
    new Promise((resolve, reject) => {
      const request = httpsRequest(
        {
          agent,
          method,
          host: base.hostname,
          port: base.port,
          path,
          timeout: timeoutMs,
          headers: {
            accept: 'application/json',
            authorization: `Bearer ${token()}`,
            ...(payload === undefined
              ? {}
              : {
                  'content-type': contentType,
                  'content-length': Buffer.byteLength(payload),
                }),
            ...headers,
          },
        },
        response => {
          const chunks = [];
          response.on('data', chunk => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () =>
            resolve({
              status: response.statusCode,
              headers: response.headers,
              text: Buffer.concat(chunks).toString('utf8'),
            }),
          );
        },
      );
      request.on('timeout', () =>
        request.destroy(
          new Error(`${method} ${path} got no answer in ${timeoutMs} ms`),
        ),
      );
      request.on('error', error => {
        // The server closed an idle connection as it was picked for this request, which it never saw.
        error.neverSeen = request.reusedSocket && error.code === 'ECONNRESET';
        reject(error);
      });
      request.end(payload);
    });

  return {
    async request(method, path, body, options = {}) {
      const {
        contentType = method === 'PATCH'
          ? 'application/merge-patch+json'
          : 'application/json',
        headers = {},
        onError = 'throw',
        timeoutMs = 60_000,
      } = options;
      const payload =
        body === undefined || typeof body === 'string'
          ? body
          : stringifyExactly(body);
      const once = () =>
        attempt(method, path, payload, { contentType, headers, timeoutMs });
      const answer = await once().catch(error => {
        if (error.neverSeen) return once();
        throw error;
      });
      if (answer.status >= 400 && onError === 'throw') {
        throw new EnvtestRequestError({ method, path, ...answer });
      }
      const isJson = (answer.headers['content-type'] ?? '').includes('json');
      let parsed;
      if (isJson) {
        try {
          parsed = JSON.parse(answer.text);
        } catch {
          // A watch answers one document a line; its reader takes the text.
        }
      }
      return { ...answer, body: parsed };
    },
    close() {
      agent.destroy();
    },
  };
}
