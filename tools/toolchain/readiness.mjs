import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { checkout, ToolchainError } from './checkout.mjs';

const attemptMilliseconds = 10_000;
const reportMilliseconds = 15_000;

/** Something that is not there yet; the message says what. */
class NotYet extends Error {}

async function get(url, headers = {}) {
  let response;
  try {
    response = await fetch(url, {
      headers,
      signal: AbortSignal.timeout(attemptMilliseconds),
    });
  } catch {
    throw new NotYet(`${new URL(url).host} does not answer`);
  }
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new NotYet(`${new URL(url).pathname} answers ${response.status}`);
  }
  return response;
}

/** The frontend answers when it serves its page and the script that the page loads. */
export async function checkFrontend(baseUrl) {
  const page = await (await get(`${baseUrl}/`)).text();
  const script = /<script[^>]+src="([^"]+)"/.exec(page)?.[1];
  if (!script) {
    throw new NotYet('the frontend is not compiled yet');
  }
  const response = await get(new URL(script, `${baseUrl}/`).href);
  await response.body?.cancel();
}

async function signIn(baseUrl, provider, headers) {
  const response = await get(
    `${baseUrl}/api/auth/${provider}/refresh`,
    headers,
  );
  const { backstageIdentity } = await response.json();
  return { authorization: `Bearer ${backstageIdentity?.token}` };
}

async function firstDemoPerson() {
  // Installed by now, unlike when this file was loaded.
  const { parse } = await import('yaml');
  const config = parse(
    readFileSync(join(checkout, 'app-config.demo.yaml'), 'utf8'),
  );
  return config.auth.providers.demo.users[0].entityRef;
}

/**
 * The demo's backend answers when it knows the level of the demo's own service: its health route is green before the
 * catalog has read a file and before a cluster is collected.
 */
export async function checkDemoBackend(baseUrl) {
  const credentials = await signIn(baseUrl, 'demo', {
    'x-demo-user': await firstDemoPerson(),
  });
  const response = await get(
    `${baseUrl}/api/security-profiles/entities/component/default/payments/posture`,
    credentials,
  );
  const { level } = await response.json();
  if (!level || level === 'unknown') {
    throw new NotYet('the level of component:default/payments is not known');
  }
}

/** With clusters of one's own nothing is known of what is in them: the list of clusters must answer. */
export async function checkBackend(baseUrl) {
  const credentials = await signIn(baseUrl, 'guest');
  const response = await get(
    `${baseUrl}/api/security-profiles/clusters`,
    credentials,
  );
  await response.body?.cancel();
}

/**
 * Asks until the check passes.
 *
 * @param check - rejects for as long as it is not so
 * @param options - `what` is waited for, `deadline` in milliseconds, `signal`, `say(text)` for the wait in between
 * @throws {@link ToolchainError} at the deadline, with what is still missing
 */
export async function waitFor(check, options) {
  const { what, deadline, signal, say } = options;
  const started = performance.now();
  let reported = started;
  for (;;) {
    let missing;
    try {
      await check();
      return;
    } catch (error) {
      missing = error.message;
    }
    signal.throwIfAborted();
    const now = performance.now();
    if (now - started > deadline) {
      throw new ToolchainError(
        `Gave up after ${Math.round(
          (now - started) / 1000,
        )} s waiting for ${what}: ${missing}.`,
      );
    }
    if (now - reported > reportMilliseconds) {
      reported = now;
      say(`Still waiting for ${what}: ${missing}`);
    }
    await delay(300, undefined, { signal });
  }
}
