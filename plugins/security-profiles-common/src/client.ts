import { ResponseError } from '@backstage/errors';
import createClient, { type Client } from 'openapi-fetch';
import type { paths } from './openapi.generated';

/** Options of {@link createSecurityProfilesClient}. @public */
export interface CreateSecurityProfilesClientOptions {
  /** A fetch that resolves `plugin://` URLs and adds the caller's credentials, as `fetchApi.fetch` does. */
  fetch: (input: string, init?: RequestInit) => Promise<Response>;
  /** Where the plugin answers. Default: `plugin://security-profiles`. */
  baseUrl?: string;
}

/** A typed client of the HTTP API: `client.GET('/clusters', {params, signal})`. @public */
export type SecurityProfilesClient = Client<paths>;

/**
 * A client of the HTTP API, typed by openapi.yaml.
 *
 * @remarks
 * Rejects with a `ResponseError` of `@backstage/errors` for every answer that is not 2xx, so `data` is always defined
 * after an `await`.
 * @public
 */
export function createSecurityProfilesClient(
  options: CreateSecurityProfilesClientOptions,
): SecurityProfilesClient {
  const client = createClient<paths>({
    baseUrl: options.baseUrl ?? 'plugin://security-profiles',
    // Whoever resolves `plugin://` makes a new request of an old one, whose body is then a stream; browsers refuse to
    // upload a stream over HTTP/1. As text the body survives.
    fetch: async (request: Request) =>
      options.fetch(request.url, {
        method: request.method,
        headers: request.headers,
        body: request.body === null ? undefined : await request.text(),
        signal: request.signal,
      }),
  });
  client.use({
    async onResponse(context) {
      if (!context.response.ok) {
        throw await ResponseError.fromResponse(context.response);
      }
    },
  });
  return client;
}
