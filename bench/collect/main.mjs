// How fast and how gently a cluster is collected, on a real API server, beside others that read the same.
//
//   node bench/collect/main.mjs [--pods 10000] [--rounds 5] [--nodes 100] [--profiles 20] [--databases postgres,sqlite]
//     [--entities 10000] [--requests 1000] [--seconds 30] [--rate 50] [--grow 20000,50000] [--small] [--out FILE]
//
// See bench/README.md for what each part measures, and how long it takes.
import { writeFile } from 'node:fs/promises';
import { cpus, release, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { startEnvtest } from '../../tools/envtest/envtest.mjs';
import { measureAnswers } from './answers.mjs';
import { measureColdSyncs } from './coldSyncs.mjs';
import { Objects } from './objects.mjs';

const { values } = parseArgs({
  options: {
    pods: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '5' },
    nodes: { type: 'string', default: '100' },
    profiles: { type: 'string', default: '20' },
    databases: { type: 'string', default: 'postgres,sqlite' },
    entities: { type: 'string', default: '10000' },
    requests: { type: 'string', default: '1000' },
    seconds: { type: 'string', default: '30' },
    rate: { type: 'string', default: '50' },
    grow: { type: 'string', default: '' },
    small: { type: 'boolean', default: false },
    out: { type: 'string' },
  },
});

// Small enough for every change: it shows that the benchmark still runs, and nothing of how fast anything is.
if (values.small) {
  Object.assign(values, {
    pods: '600',
    rounds: '1',
    nodes: '10',
    profiles: '2',
    databases: 'sqlite',
    entities: '40',
    requests: '20',
    seconds: '2',
    rate: '10',
  });
}
const number = name => Number(values[name]);
const databases = values.databases.split(',');

function say(text) {
  process.stderr.write(`${new Date().toISOString()} ${text}\n`);
}

async function run() {
  const envtest = await startEnvtest({ crds: ['spo'] });
  try {
    const { body: version } = await envtest.request('GET', '/version');
    const nodes = number('nodes');
    const objects = new Objects({ envtest });
    await objects.prepare({ nodes, profiles: number('profiles') });
    const kubeconfig = envtest.readerKubeconfig;
    const grow = async pods => {
      const start = performance.now();
      await objects.growTo(pods, { nodes });
      const seconds = Math.round((performance.now() - start) / 1000);
      say(`${objects.pods} pods are there, after ${seconds} s`);
    };
    const coldSyncs = [];
    const measure = async rounds =>
      coldSyncs.push(
        await measureColdSyncs({ kubeconfig, databases, rounds, say }),
      );
    await grow(number('pods'));
    await measure(number('rounds'));
    const answers = [];
    for (const kind of databases) {
      const answer = await measureAnswers({
        kubeconfig,
        kind,
        objects,
        entities: number('entities'),
        requests: number('requests'),
        seconds: number('seconds'),
        rate: number('rate'),
      });
      say(JSON.stringify(answer));
      answers.push(answer);
    }
    for (const pods of values.grow.split(',').filter(Boolean)) {
      await grow(Number(pods));
      await measure(Math.min(number('rounds'), 3));
    }
    return {
      at: new Date().toISOString(),
      machine: {
        processor: cpus()[0].model,
        processors: cpus().length,
        memoryGiB: Math.round(totalmem() / 2 ** 30),
        kernel: release(),
      },
      versions: { node: process.version, kubernetes: version.gitVersion },
      coldSyncs,
      answers,
    };
  } finally {
    await envtest.stop();
  }
}

const result = await run();
const text = `${JSON.stringify(result, undefined, 2)}\n`;
if (values.out) await writeFile(values.out, text);
for (const { pods, bytesPerPod, ratios, ours } of result.coldSyncs) {
  process.stdout.write(`cold sync of ${pods} pods of ${bytesPerPod} bytes\n`);
  process.stdout.write(`${JSON.stringify({ ratios, ours }, undefined, 2)}\n`);
}
process.stdout.write(`${JSON.stringify(result.answers, undefined, 2)}\n`);
