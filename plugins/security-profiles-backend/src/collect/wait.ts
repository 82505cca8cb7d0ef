/** Resolves after the delay, or at once when the signal is aborted. */
export function wait(
  milliseconds: number,
  options: { signal: AbortSignal },
): Promise<void> {
  const { signal } = options;
  if (signal.aborted) {
    return Promise.resolve();
  }
  return new Promise(resolve => {
    const timer = setTimeout(done, milliseconds);
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
    signal.addEventListener('abort', done, { once: true });
  });
}
