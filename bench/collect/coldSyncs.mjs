import { openDatabase } from './database.mjs';
import { runChild } from './processes.mjs';
import { spread } from './statistics.mjs';

/**
 * The bare read, the informer and our cold sync of the same pods, one after the other and round by round, so that what
 * the machine does at a time strikes all of them alike.
 */
export async function measureColdSyncs({ kubeconfig, databases, rounds, say }) {
  const runs = [];
  for (let round = 0; round < rounds; round += 1) {
    const run = {
      bareRead: await runChild('bareRead', { kubeconfig }),
      informer: await runChild('informer', { kubeconfig }),
    };
    for (const kind of databases) {
      const database = await openDatabase(kind);
      try {
        run[kind] = await runChild('coldSync', {
          kubeconfig,
          database: database.config,
        });
      } finally {
        await database.close();
      }
    }
    say(`round ${round + 1}: ${JSON.stringify(run)}`);
    runs.push(run);
  }
  const ratio = (ours, peer, field) =>
    spread(runs.map(run => run[ours][field] / run[peer][field]));
  return {
    pods: runs[0].bareRead.pods,
    bytesPerPod: Math.round(runs[0].bareRead.bytes / runs[0].bareRead.pods),
    ratios: Object.fromEntries(
      databases.map(kind => [
        kind,
        {
          'time ÷ bare read': ratio(kind, 'bareRead', 'milliseconds'),
          'processor time ÷ bare read': ratio(
            kind,
            'bareRead',
            'processorMilliseconds',
          ),
          'time ÷ informer': ratio(kind, 'informer', 'milliseconds'),
          'processor time ÷ informer': ratio(
            kind,
            'informer',
            'processorMilliseconds',
          ),
        },
      ]),
    ),
    ours: Object.fromEntries(
      databases.map(kind => [
        kind,
        {
          milliseconds: spread(runs.map(run => run[kind].milliseconds)),
          peakRssAboveIdleMiB: spread(
            runs.map(run => run[kind].peakRssAboveIdleMiB),
          ),
          retainedHeapBytesPerPod: spread(
            runs.map(run => run[kind].retainedHeapBytesPerPod),
          ),
          eventLoopDelayP99Ms: spread(
            runs.map(run => run[kind].eventLoopDelayMs.p99),
          ),
        },
      ]),
    ),
    runs,
  };
}

/** Our cold sync alone, of one or more clusters, through a proxy that counts what the API server is asked. */
export async function measureOurs({ envtest, kind, clusters = 1, rounds }) {
  const runs = [];
  for (let round = 0; round < rounds; round += 1) {
    const database = await openDatabase(kind);
    const proxy = await envtest.proxy();
    try {
      const run = await runChild('coldSync', {
        kubeconfig: proxy.kubeconfig,
        database: database.config,
        clusters,
      });
      runs.push({ ...run, requests: proxy.requests().length });
    } finally {
      await proxy.stop();
      await database.close();
    }
  }
  const of = field => spread(runs.map(field), 1);
  return {
    pods: runs[0].pods,
    clusters,
    requests: of(run => run.requests),
    seconds: of(run => run.milliseconds / 1000),
    processorSeconds: of(run => run.processorMilliseconds / 1000),
    peakRssAboveIdleMiB: of(run => run.peakRssAboveIdleMiB),
    eventLoopDelayP99Ms: of(run => run.eventLoopDelayMs.p99),
  };
}
