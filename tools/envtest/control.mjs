import { createInterface } from 'node:readline';

/**
 * Lets another process work an envtest: one JSON document a line, `{"id", "do", "with"}` in,
 * `{"id", "answer"}` or `{"id", "error"}` out. Resolves when told to stop or when the input ends.
 *
 * @param {{envtest: object, input: NodeJS.ReadableStream, say: (message: object) => void}} options
 */
export async function control({ envtest, input, say }) {
  const proxies = new Map();
  const proxyOf = id => {
    const proxy = proxies.get(id);
    if (!proxy) throw new Error(`there is no proxy ${JSON.stringify(id)}`);
    return proxy;
  };
  const actions = {
    startServer: () => envtest.startServer(),
    stopServer: () => envtest.stopServer(),
    killServer: () => envtest.killServer(),
    restartServer: () => envtest.restartServer(),
    compactEtcd: () => envtest.compactEtcd(),
    rotateReaderToken: options => envtest.rotateReaderToken(options),
    writeToEtcd: options => envtest.writeToEtcd(options),
    applyManifests: ({ path, objects }) =>
      envtest.applyManifests(path ?? objects),
    async request({ method, path, body, ...options }) {
      const { status, body: answer } = await envtest.request(
        method,
        path,
        body,
        options,
      );
      return { status, body: answer };
    },
    async proxy(options) {
      const proxy = await envtest.proxy(options);
      const id = `proxy-${proxies.size + 1}`;
      proxies.set(id, proxy);
      return { proxy: id, url: proxy.url, kubeconfig: proxy.kubeconfig };
    },
    setFaults: ({ proxy, faults }) => proxyOf(proxy).setFaults(faults),
    requests: ({ proxy }) => proxyOf(proxy).requests(),
    resetConnections: ({ proxy }) => proxyOf(proxy).resetConnections(),
    stopProxy: ({ proxy }) => proxyOf(proxy).stop(),
  };

  say({
    ready: {
      url: envtest.url,
      readerKubeconfig: envtest.readerKubeconfig,
      adminKubeconfig: envtest.adminKubeconfig,
      folder: envtest.folder,
      timings: envtest.timings,
    },
  });

  await new Promise(resolve => {
    const lines = createInterface({ input });
    lines.on('close', resolve);
    lines.on('line', async line => {
      let id;
      try {
        const message = JSON.parse(line);
        id = message.id;
        if (message.do === 'stop') {
          resolve();
          return;
        }
        const action = Object.hasOwn(actions, message.do)
          ? actions[message.do]
          : undefined;
        if (!action) {
          throw new Error(
            `unknown "do": use one of ${Object.keys(actions).join(', ')}, stop`,
          );
        }
        say({ id, answer: (await action(message.with ?? {})) ?? {} });
      } catch (error) {
        say({ id, error: error.message });
      }
    });
  });
}
