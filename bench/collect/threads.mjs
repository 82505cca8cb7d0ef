// Decoding on the main thread beside decoding in a worker thread; what docs/adr/0012 rests on.
//
//   node bench/collect/threads.mjs [--pods 2000] [--rounds 5] [--out FILE]
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { startEnvtest } from '../../tools/envtest/envtest.mjs';
import { Objects } from './objects.mjs';
import { runChild } from './processes.mjs';
import { spread } from './statistics.mjs';

const { values } = parseArgs({
  options: {
    pods: { type: 'string', default: '2000' },
    rounds: { type: 'string', default: '5' },
    out: { type: 'string' },
  },
});
const envtest = await startEnvtest({ crds: ['spo'] });
const runs = [];
try {
  const objects = new Objects({ envtest });
  await objects.prepare({ nodes: 20, profiles: 1 });
  await objects.growTo(Number(values.pods), { nodes: 20 });
  const kubeconfig = envtest.readerKubeconfig;
  for (let round = 0; round < Number(values.rounds); round += 1) {
    for (const way of ['chunks', 'worker']) {
      runs.push(await runChild('threads', { kubeconfig, way }));
    }
  }
} finally {
  await envtest.stop();
}
const of = (way, field) =>
  spread(runs.filter(run => run.way === way).map(field));
const summary = Object.fromEntries(
  ['chunks', 'worker'].map(way => [
    way,
    {
      milliseconds: of(way, run => run.milliseconds),
      processorMilliseconds: of(way, run => run.processorMilliseconds),
      mainThreadBusyMs: of(way, run => run.mainThreadBusyMs),
      eventLoopDelayP99Ms: of(way, run => run.eventLoopDelayMs.p99),
      peakRssAboveIdleMiB: of(way, run => run.peakRssAboveIdleMiB),
    },
  ]),
);
if (values.out) {
  await writeFile(
    values.out,
    `${JSON.stringify({ summary, runs }, undefined, 2)}\n`,
  );
}
process.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`);
