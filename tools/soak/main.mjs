// Lets the portal collect a real API server that keeps failing, and looks whether it ends right and with flat memory.
//
//   node tools/soak/main.mjs [--minutes 60] [--changes 5] [--database postgres|sqlite] [--seed 1] [--log soak.log]
//
// Starts an envtest server (tools/envtest) and the plugin in a backend of its own, which reads the server with the
// rights of docs/clusterrole.yaml through a proxy. Then, for the given time:
//   - objects change about `--changes` times a second: pods, Deployments, profiles and their states on nodes;
//   - every 3 to 8 seconds something fails: the server is killed or restarted, etcd compacted, connections reset,
//     answers are 429, 500 or 403, late, slow or missing, or the reader's token is replaced and revoked;
//   - every 30 seconds the memory of the portal's process is measured, after a collection of garbage.
// At the end everything heals, changes stop, and what the portal shows is compared with a full list of the server.
// Prints a line of text for each sample, at the end a document of JSON and a short text; the exit code is 1 where
// the portal differs or never became fresh. `--database` is postgres where a server is found (see tools/toolchain),
// else sqlite. With the same seed the same faults come in the same order.
import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startEnvtest } from '../envtest/envtest.mjs';
import { checkout } from '../toolchain/checkout.mjs';
import { findPostgres } from '../toolchain/means.mjs';
import { faultNames, injectFault } from './faults.mjs';
import { Objects } from './objects.mjs';
import { random } from './random.mjs';

const packageFolder = join(checkout, 'plugins', 'security-profiles-backend');
const testing = join(packageFolder, 'src', 'testing');
const { listCluster, listPortal } = await import(join(testing, 'fullList.ts'));
const { startPortalProcess } = await import(
  join(testing, 'startPortalProcess.ts')
);

const sampleEveryMs = 30_000;
const healWithinMs = 180_000;
const equalWithinMs = 60_000;
const entities = 20;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '60' },
    changes: { type: 'string', default: '5' },
    database: { type: 'string' },
    seed: { type: 'string', default: '1' },
    log: { type: 'string' },
  },
});

const say = text =>
  process.stdout.write(`${new Date().toISOString()} ${text}\n`);

async function openDatabase() {
  const found = await findPostgres();
  if (values.database === 'sqlite' || (!values.database && found.missing)) {
    const folder = mkdtempSync(join(tmpdir(), 'security-profiles-soak-'));
    return {
      name: 'SQLite',
      config: {
        client: 'better-sqlite3',
        connection: join(folder, 'soak.sqlite'),
        pool: { min: 1, max: 1 },
      },
      close: async () => rmSync(folder, { recursive: true, force: true }),
    };
  }
  if (found.missing) throw new Error(found.missing);
  const { Client } = createRequire(
    join(checkout, 'packages', 'backend', 'package.json'),
  )('pg');
  const name = `security_profiles_soak_${randomUUID().replaceAll('-', '')}`;
  const administer = async statement => {
    const client = new Client({ connectionString: found.connection });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await administer(`create database ${name}`);
  const connection = new URL(found.connection);
  connection.pathname = name;
  return {
    name: 'PostgreSQL',
    config: { client: 'pg', connection: connection.href },
    close: () => administer(`drop database ${name} with (force)`),
  };
}

function component(index) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name: `service-${index}`,
      namespace: 'default',
      annotations: { 'backstage.io/kubernetes-id': `service-${index}` },
    },
    spec: { type: 'service', lifecycle: 'production', owner: 'team-soak' },
  };
}

/** Resolves with the milliseconds until the check held; undefined where it never did. */
async function within(limit, check) {
  const start = performance.now();
  while (performance.now() - start < limit) {
    if (await check().catch(() => false)) return performance.now() - start;
    await delay(500);
  }
  return undefined;
}

function differences(expected, shown) {
  return Object.keys(expected).flatMap(part => {
    const left = new Set(expected[part]);
    const right = new Set(shown[part]);
    return [
      ...expected[part]
        .filter(line => !right.has(line))
        .map(line => `${part}: not shown: ${line}`),
      ...shown[part]
        .filter(line => !left.has(line))
        .map(line => `${part}: not there: ${line}`),
      ...(shown[part].length === right.size
        ? []
        : [`${part}: shown more than once`]),
    ];
  });
}

async function main() {
  const milliseconds = Number(values.minutes) * 60_000;
  const next = random(Number(values.seed));
  const log = values.log && createWriteStream(values.log);
  const database = await openDatabase();
  const envtest = await startEnvtest({ crds: ['spo'] });
  let portal;
  const stop = async () => {
    await portal?.kill('SIGTERM');
    await envtest.stop();
    await database.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(signal, () => stop().finally(() => process.exit(1)));
  }
  try {
    const proxy = await envtest.proxy();
    const objects = new Objects({ envtest, next, services: entities });
    await objects.create();
    const logged = { info: 0, warn: 0, error: 0 };
    portal = await startPortalProcess({
      packageFolder,
      nodeArguments: ['--expose-gc'],
      portal: {
        name: 'portal',
        database: database.config,
        config: {
          clusters: [
            { type: 'kubeconfig', name: 'soak', path: proxy.kubeconfig },
          ],
          catalogRefresh: { minutes: 1 },
        },
        entities: Array.from({ length: entities }, (_, i) => component(i)),
      },
      onLine(line) {
        const level = / (info|warn|error): /.exec(line)?.[1];
        if (level) logged[level] += 1;
        log?.write(`${line}\n`);
      },
    });
    say(`portal with pid ${portal.pid} on ${database.name} started`);

    const start = performance.now();
    const lasts = () => performance.now() - start < milliseconds;
    const faults = Object.fromEntries(faultNames.map(name => [name, 0]));
    const samples = [];

    const sample = async () => {
      const { rss, heapUsed, external } = await portal.memory();
      const entry = {
        minute: Math.round((performance.now() - start) / 6000) / 10,
        rssMiB: Math.round(rss / 2 ** 20),
        heapMiB: Math.round((heapUsed / 2 ** 20) * 10) / 10,
        externalMiB: Math.round((external / 2 ** 20) * 10) / 10,
        changes: objects.made,
        faults: Object.values(faults).reduce((a, b) => a + b, 0),
      };
      samples.push(entry);
      say(JSON.stringify(entry));
    };
    const sampling = (async () => {
      while (lasts()) {
        await sample();
        await delay(Math.min(sampleEveryMs, milliseconds));
      }
    })();
    const changing = (async () => {
      while (lasts()) {
        await objects.change();
        await delay(1000 / Number(values.changes));
      }
    })();
    while (lasts()) {
      await delay(3000 + next() * 5000);
      const name = await injectFault({ envtest, proxy, next });
      faults[name] += 1;
      log?.write(`${new Date().toISOString()} fault: ${name}\n`);
    }
    await Promise.all([sampling, changing]);

    proxy.setFaults([]);
    const healedMs = await within(healWithinMs, async () => {
      const { items } = await portal.get('/clusters');
      return items[0].sources.every(({ state }) =>
        ['fresh', 'not-installed'].includes(state),
      );
    });
    const [{ id }] = (await portal.get('/clusters')).items;
    const expected = await listCluster(
      async path => (await envtest.request('GET', path)).body,
    );
    let found = [];
    const equalMs = await within(equalWithinMs, async () => {
      found = differences(expected, await listPortal(portal.getAll, id));
      return found.length === 0;
    });
    await sample();
    const settled = samples.filter(({ minute }) => minute >= 5);
    const [first, last] = [settled[0] ?? samples[0], samples.at(-1)];
    const result = {
      minutes: Number(values.minutes),
      database: database.name,
      seed: Number(values.seed),
      changes: objects.made,
      changesRefused: objects.refused,
      faults,
      healedSeconds: healedMs === undefined ? null : healedMs / 1000,
      equal: equalMs !== undefined,
      differences: found.slice(0, 50),
      compared: Object.fromEntries(
        Object.entries(expected).map(([part, lines]) => [part, lines.length]),
      ),
      logged,
      memory: { first, last, samples },
    };
    process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
    say(
      `${values.minutes} min, ${last.faults} faults, ${objects.made} changes: ` +
        `${result.equal ? 'equal to' : 'DIFFERENT from'} a full list; ` +
        `heap ${first.heapMiB} MiB at minute ${first.minute}, ${last.heapMiB} MiB at the end; ` +
        `rss ${first.rssMiB} MiB, ${last.rssMiB} MiB; ` +
        `${logged.warn} warnings and ${logged.error} errors logged`,
    );
    return result.equal && healedMs !== undefined ? 0 : 1;
  } finally {
    await stop();
    log?.end();
  }
}

process.exitCode = await main();
