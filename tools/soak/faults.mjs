import { setTimeout as delay } from 'node:timers/promises';

const resources = ['pods', 'deployments', 'seccompprofiles', 'nodes'];

const during = fault => async context => {
  context.proxy.setFaults([fault(context.next)]);
  await delay(1000 + context.next() * 6000);
  context.proxy.setFaults([]);
};
const oneOf = next => resources[Math.floor(next() * resources.length)];

const kinds = {
  async kill({ envtest, next }) {
    await envtest.killServer();
    await delay(next() * 5000);
    await envtest.startServer();
  },
  restart: ({ envtest }) => envtest.restartServer(),
  compact: ({ envtest }) => envtest.compactEtcd(),
  // Watches that start anew with a version that is compacted: 410.
  async compactAndReset({ envtest, proxy }) {
    await envtest.compactEtcd();
    proxy.resetConnections();
  },
  async compactAndRestart({ envtest }) {
    await envtest.compactEtcd();
    await envtest.restartServer();
  },
  reset: async ({ proxy }) => proxy.resetConnections(),
  // Faults of requests strike what starts anew, so connections are cut first.
  async tooMany(context) {
    context.proxy.resetConnections();
    await during(next => ({
      fault: 'status',
      status: 429,
      retryAfterSeconds: Math.ceil(next() * 3),
    }))(context);
  },
  async serverError(context) {
    context.proxy.resetConnections();
    await during(() => ({ fault: 'status', status: 500 }))(context);
  },
  async forbidden(context) {
    context.proxy.resetConnections();
    await during(next => ({
      path: `/${oneOf(next)}\\?`,
      fault: 'status',
      status: 403,
    }))(context);
  },
  async cutAnswers(context) {
    context.proxy.resetConnections();
    await during(next => ({
      fault: 'reset',
      afterBytes: Math.floor(next() * 20_000),
    }))(context);
  },
  async late(context) {
    context.proxy.resetConnections();
    await during(next => ({ fault: 'delay', ms: 500 + next() * 2500 }))(
      context,
    );
  },
  async slow(context) {
    context.proxy.resetConnections();
    await during(() => ({ fault: 'throttle', bytesPerSecond: 20_000 }))(
      context,
    );
  },
  async silent(context) {
    context.proxy.resetConnections();
    await during(() => ({ fault: 'silence', times: 3 }))(context);
    context.proxy.resetConnections();
  },
  rotateToken: ({ envtest }) => envtest.rotateReaderToken(),
  revokeToken: ({ envtest }) =>
    envtest.rotateReaderToken({ previous: 'revoke' }),
};

/** Names of everything that can go wrong. */
export const faultNames = Object.keys(kinds);

/** Lets one thing go wrong, and heals it. Resolves with its name. */
export async function injectFault(context) {
  const name = faultNames[Math.floor(context.next() * faultNames.length)];
  await kinds[name](context);
  return name;
}
