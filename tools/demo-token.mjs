#!/usr/bin/env node
// Prints a token of one of the demo's people, for curl and scripts:
//   curl -H "Authorization: Bearer $(node tools/demo-token.mjs ondine)" http://localhost:7007/api/security-profiles/clusters
import { parseArgs } from 'node:util';

const USAGE = `Usage: node tools/demo-token.mjs <user> [--url <backend>]

  <user>   tamsin, user:default/tamsin, or guest
  --url    where the backend answers; default http://localhost:7007
`;

function fail(message) {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

function readArguments() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        url: { type: 'string', default: 'http://localhost:7007' },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return { ...values, positionals };
  } catch (error) {
    return fail(`${error.message}\n\n${USAGE}`);
  }
}

const { url, help, positionals } = readArguments();
if (help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
if (positionals.length !== 1) {
  fail(USAGE);
}

const [user] = positionals;
const provider = user === 'guest' ? 'guest' : 'demo';
const entityRef = user.includes(':') ? user : `user:default/${user}`;
const address = `${url.replace(/\/+$/, '')}/api/auth/${provider}/refresh`;

let response;
try {
  response = await fetch(address, {
    headers: provider === 'demo' ? { 'x-demo-user': entityRef } : {},
    signal: AbortSignal.timeout(10_000),
  });
} catch (error) {
  fail(
    `Nothing answers at ${address} (${
      error.cause?.code ?? error.name
    }). Is the portal running there? Else give --url.`,
  );
}

const body = await response.json().catch(() => undefined);
if (!response.ok) {
  const hint =
    response.status === 404
      ? 'The demo provider is not there: start the portal with app-config.demo.yaml and NODE_ENV=development. Right after the start, the catalog may not have read its people yet: try again in some seconds.'
      : '';
  fail(
    [`${address} answered ${response.status}.`, body?.error?.message, hint]
      .filter(Boolean)
      .join(' '),
  );
}
const token = body?.backstageIdentity?.token;
if (typeof token !== 'string') {
  fail(
    `${address} answered without a token. Is that the address of the backend?`,
  );
}
process.stdout.write(`${token}\n`);
