// One full pass of our collection: every kind read, projected and stored. Started with the transform of TypeScript.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { checkout } from '../../../tools/toolchain/checkout.mjs';
import { measured, report } from './measured.mjs';

const folder = join(checkout, 'plugins', 'security-profiles-backend');
const require = createRequire(join(folder, 'package.json'));
const ours = path => require(join(folder, 'src', `${path}.ts`));

const knexFactory = require('knex');
const { ConfigReader } = require('@backstage/config');
const { ClaimMatcher } = ours('catalog/ClaimMatcher');
const { connectKubeconfig } = ours('clusters/kubeconfig/connectKubeconfig');
const { ClusterCollector } = ours('collect/ClusterCollector');
const { SystemClock } = ours('clock/Clock');
const { DirtyEntities } = ours('assess/DirtyEntities');
const { DirtyMarker } = ours('assess/DirtyMarker');
const { DatabaseInventory } = ours('inventory/DatabaseInventory');
const { applyMigrations } = ours('database/applyMigrations');

const silent = {
  error: message => process.stderr.write(`${message}\n`),
  warn: message => process.stderr.write(`${message}\n`),
  info() {},
  debug() {},
  child: () => silent,
};

await report(async ({ kubeconfig, database, clusters = 1 }) => {
  const knex = knexFactory({ useNullAsDefault: true, ...database });
  await applyMigrations(knex, {});
  const inventory = new DatabaseInventory({
    knex,
    listener: new DirtyMarker({
      matcher: new ClaimMatcher(),
      dirty: new DirtyEntities(),
      onMarked() {},
    }),
  });
  const { signal } = new AbortController();
  const collectors = [];
  const connected = [];
  for (let index = 0; index < clusters; index += 1) {
    const [{ client }] = await connectKubeconfig(
      { config: new ConfigReader({ path: kubeconfig }), key: 'bench' },
      { logger: silent, now: Date.now, random: Math.random },
    );
    const name = `bench-${index}`;
    connected.push({ id: name, name, type: 'kubeconfig', client });
    collectors.push(
      new ClusterCollector({
        cluster: connected[index],
        writer: inventory,
        clock: new SystemClock(),
        logger: silent,
        random: Math.random,
      }),
    );
  }
  await inventory.replaceClusters(
    connected.map(({ id, name, type }) => ({
      id,
      name,
      type,
      environment: 'default',
    })),
  );
  const result = await measured(
    async () => {
      // As the plugin does it: two at once.
      const waiting = [...collectors];
      const next = async () => {
        const collector = waiting.shift();
        if (collector) {
          await collector.syncOnce({ signal });
          await next();
        }
      };
      await Promise.all([next(), next()]);
      const [{ pods }] = await knex('workloads').sum({ pods: 'pods' });
      return { pods: Number(pods) };
    },
    ({ pods }) => pods,
  );
  const failed = (await knex('cluster_resources')).filter(({ state }) =>
    ['failed', 'unreachable'].includes(state),
  );
  if (failed.length > 0) {
    throw new Error(failed.map(row => row.reason).join('\n'));
  }
  await Promise.all(connected.map(({ client }) => client.close()));
  await knex.destroy();
  // Named here, so that what the collectors hold counts as retained.
  return { ...result, clusters: collectors.length };
});
