/** A quantile of some numbers, from 0 to 1. */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)];
}

/** Middle, least and greatest. */
export function spread(values, digits = 2) {
  const rounded = value => Number(value.toFixed(digits));
  return {
    median: rounded(quantile(values, 0.5)),
    least: rounded(Math.min(...values)),
    greatest: rounded(Math.max(...values)),
    runs: values.length,
  };
}

/** Middle and tail of durations, in milliseconds. */
export function durations(values) {
  const rounded = value => Number(value.toFixed(1));
  return {
    p50: rounded(quantile(values, 0.5)),
    p95: rounded(quantile(values, 0.95)),
    greatest: rounded(Math.max(...values)),
    count: values.length,
  };
}
