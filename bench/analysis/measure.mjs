import { performance } from 'node:perf_hooks';

/**
 * How long one call takes, in milliseconds: the median and the 95th percentile over samples of several calls each, after
 * a second of warming up; and the processor time of one call, its share of garbage collection included, which says more
 * where the machine is busy.
 */
export function measure(run, { samples = 200, sampleMilliseconds = 5 } = {}) {
  const calls = callsFor(run, sampleMilliseconds);
  const times = [];
  const used = process.cpuUsage();
  for (let sample = 0; sample < samples; sample += 1) {
    const start = performance.now();
    for (let call = 0; call < calls; call += 1) {
      run();
    }
    times.push((performance.now() - start) / calls);
  }
  const { user, system } = process.cpuUsage(used);
  times.sort((a, b) => a - b);
  return {
    median: times[Math.floor(times.length / 2)],
    p95: times[Math.floor(times.length * 0.95)],
    processor: (user + system) / 1000 / (samples * calls),
    samples,
    callsPerSample: calls,
  };
}

/** As many calls as fill one sample, counted while warming up. */
function callsFor(run, sampleMilliseconds) {
  const start = performance.now();
  let calls = 0;
  while (performance.now() - start < 1000) {
    run();
    calls += 1;
  }
  return Math.max(1, Math.round((calls * sampleMilliseconds) / 1000));
}
