// How collection grows with pods, profiles on nodes, clusters and entities: three sizes of each, one cluster for all.
//
//   node bench/collect/growth.mjs [--scale 1] [--rounds 3] [--database postgres] [--out FILE]
//
// `--scale 0.1` takes a tenth of every size. `node bench/collect/plots.mjs FILE` draws the plots of docs/scale.md.
import { writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { startEnvtest } from '../../tools/envtest/envtest.mjs';
import { measureAnswers } from './answers.mjs';
import { measureOurs } from './coldSyncs.mjs';
import { Objects } from './objects.mjs';

const { values } = parseArgs({
  options: {
    scale: { type: 'string', default: '1' },
    rounds: { type: 'string', default: '3' },
    database: { type: 'string', default: 'postgres' },
    out: { type: 'string' },
  },
});
const scaled = (...sizes) =>
  sizes.map(size => Math.max(1, Math.round(size * Number(values.scale))));
const rounds = Number(values.rounds);
const kind = values.database;
const nodes = 100;

function say(text) {
  process.stderr.write(`${new Date().toISOString()} ${text}\n`);
}

async function run() {
  const envtest = await startEnvtest({ crds: ['spo'] });
  try {
    const { body: version } = await envtest.request('GET', '/version');
    const objects = new Objects({ envtest });
    await objects.prepare({ nodes, profiles: 20 });
    const growth = { pods: [], clusters: [], entities: [], statuses: [] };
    const measured = async (what, size, measurement) => {
      growth[what].push({ size, ...(await measurement) });
      say(`${what} ${size}: ${JSON.stringify(growth[what].at(-1))}`);
    };
    const [few, some, many] = scaled(2_000, 10_000, 50_000);
    await objects.growTo(few, { nodes });
    for (const clusters of [1, 2, 4]) {
      await measured(
        'clusters',
        clusters,
        measureOurs({ envtest, kind, clusters, rounds }),
      );
    }
    let statuses = 0;
    for (const profiles of scaled(10, 20, 50)) {
      await objects.addProfiles({ profiles, nodes, from: 1000 + statuses });
      statuses += profiles * nodes;
      await measured(
        'statuses',
        statuses,
        measureOurs({ envtest, kind, rounds }),
      );
    }
    for (const entities of scaled(100, 1_000, 10_000)) {
      await measured(
        'entities',
        entities,
        measureAnswers({
          kubeconfig: envtest.readerKubeconfig,
          kind,
          objects,
          entities,
          requests: 500,
          seconds: 10,
          rate: 20,
        }),
      );
    }
    for (const pods of [few, some, many]) {
      await objects.growTo(pods, { nodes });
      await measured(
        'pods',
        objects.pods,
        measureOurs({ envtest, kind, rounds }),
      );
    }
    return {
      at: new Date().toISOString(),
      database: kind,
      machine: {
        processor: cpus()[0].model,
        processors: cpus().length,
        memoryGiB: Math.round(totalmem() / 2 ** 30),
        kernel: release(),
      },
      versions: { node: process.version, kubernetes: version.gitVersion },
      growth,
    };
  } finally {
    await envtest.stop();
  }
}

const text = `${JSON.stringify(await run(), undefined, 2)}\n`;
if (values.out) await writeFile(values.out, text);
process.stdout.write(text);
