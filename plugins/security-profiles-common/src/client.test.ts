/* eslint-disable new-cap -- the methods of openapi-fetch are named like those of HTTP. */
import { createSecurityProfilesClient } from './client';

describe('the client of the HTTP API', () => {
  function clientThatAnswers(response: Response) {
    const calls: { url: string; init?: RequestInit }[] = [];
    const client = createSecurityProfilesClient({
      baseUrl: 'http://portal/api/security-profiles',
      fetch: async (url, init) => {
        calls.push({ url, init });
        return response;
      },
    });
    return { client, calls };
  }

  it('sends a body as text, since browsers do not upload streams over HTTP/1', async () => {
    const { client, calls } = clientThatAnswers(Response.json({}));
    await client.POST('/reviews/{reviewId}/comments', {
      params: {
        path: { reviewId: 'a/b' },
        header: { 'idempotency-key': 'attempt-1' },
      },
      body: { comment: 'why?' },
    });
    const [{ url, init }] = calls;
    expect(url).toBe(
      'http://portal/api/security-profiles/reviews/a%2Fb/comments',
    );
    expect(init?.method).toBe('POST');
    expect(init?.body).toBe('{"comment":"why?"}');
    expect(new Headers(init?.headers).get('idempotency-key')).toBe('attempt-1');
  });

  it('repeats the parameters of a list', async () => {
    const { client, calls } = clientThatAnswers(Response.json({}));
    await client.GET('/clusters', {
      params: { query: { environment: ['production', 'test'] } },
    });
    expect(calls[0].url).toBe(
      'http://portal/api/security-profiles/clusters?environment=production&environment=test',
    );
    expect(calls[0].init?.body).toBeUndefined();
  });

  it('rejects with what the server says for every answer that is not 2xx', async () => {
    const { client } = clientThatAnswers(
      Response.json(
        {
          error: {
            name: 'ConflictError',
            message: 'It changed.',
            code: 'digest-changed',
          },
        },
        { status: 409 },
      ),
    );
    await expect(client.GET('/setup')).rejects.toMatchObject({
      statusCode: 409,
    });
  });
});
