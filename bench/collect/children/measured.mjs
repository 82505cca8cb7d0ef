import { once } from 'node:events';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';

const mebibyte = 2 ** 20;
const idleMs = 500;

/** Lets a child say its result to its parent, and end. */
export async function report(run) {
  const [options] = await once(process, 'message');
  process.send({ result: await run(options) }, () => process.exit());
}

/** Time, processor time, memory and delay of the event loop of some work; `count` says of how many objects. */
export async function measured(work, count) {
  globalThis.gc();
  await new Promise(resolve => setTimeout(resolve, idleMs));
  const idle = process.memoryUsage();
  let peak = idle.rss;
  const sampling = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage.rss());
  }, 20);
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const milliseconds = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  delay.disable();
  clearInterval(sampling);
  globalThis.gc();
  const after = process.memoryUsage();
  return {
    ...result,
    milliseconds: Math.round(milliseconds),
    processorMilliseconds: Math.round((user + system) / 1000),
    peakRssAboveIdleMiB: round((peak - idle.rss) / mebibyte),
    retainedHeapBytesPerPod: Math.round(
      (after.heapUsed - idle.heapUsed) / count(result),
    ),
    eventLoopDelayMs: {
      p50: round(delay.percentile(50) / 1e6),
      p99: round(delay.percentile(99) / 1e6),
      max: round(delay.max / 1e6),
    },
  };
}

function round(value) {
  return Math.round(value * 10) / 10;
}
