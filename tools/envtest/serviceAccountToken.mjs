import { createSign, randomUUID } from 'node:crypto';

// For so long after its end the API server still takes a token (go-jose's jwt.DefaultLeeway).
const LEEWAY_SECONDS = 60;

/**
 * Signs a service account's token as the API server would. The TokenRequest API grants no less than ten minutes,
 * which is too long for a test that waits for the end. `lifetimeSeconds` is how long the server will take it, so the end
 * that is written in the token lies before that.
 *
 * @param {{signingKey: string, issuer: string, namespace: string, name: string, uid: string, now: Date, lifetimeSeconds: number}} options
 */
export function serviceAccountToken({
  signingKey,
  issuer,
  namespace,
  name,
  uid,
  now,
  lifetimeSeconds,
}) {
  const ends = Math.floor(now.getTime() / 1000) + lifetimeSeconds;
  const exp = ends - LEEWAY_SECONDS;
  const from = exp - LEEWAY_SECONDS;
  const encode = value =>
    Buffer.from(JSON.stringify(value)).toString('base64url');
  const unsigned = [
    encode({ alg: 'RS256' }),
    encode({
      aud: [issuer],
      exp,
      iat: from,
      nbf: from,
      iss: issuer,
      jti: randomUUID(),
      sub: `system:serviceaccount:${namespace}:${name}`,
      'kubernetes.io': { namespace, serviceaccount: { name, uid } },
    }),
  ].join('.');
  const signature = createSign('RSA-SHA256').update(unsigned).sign(signingKey);
  return `${unsigned}.${signature.toString('base64url')}`;
}
