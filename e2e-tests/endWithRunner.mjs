// Loaded by the files of tests, each of which is a process of its own: when the runner was killed, they end too, and
// with them the browser and the portal that they have started.
const runner = process.ppid;
setInterval(() => {
  if (process.ppid !== runner) {
    process.exit(1);
  }
}, 500).unref();
