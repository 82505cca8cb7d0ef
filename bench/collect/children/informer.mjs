// The informer of @kubernetes/client-node, until it holds all pods.
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkout } from '../../../tools/toolchain/checkout.mjs';
import { measured, report } from './measured.mjs';

const { resolve } = createRequire(
  join(checkout, 'plugins', 'security-profiles-backend', 'package.json'),
);
const { CoreV1Api, KubeConfig, makeInformer } = await import(
  pathToFileURL(resolve('@kubernetes/client-node'))
);

await report(async ({ kubeconfig }) => {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfig);
  const api = config.makeApiClient(CoreV1Api);
  let informer;
  const result = await measured(
    async () => {
      informer = makeInformer(config, '/api/v1/pods', () =>
        api.listPodForAllNamespaces(),
      );
      await informer.start();
      return { pods: informer.list().length };
    },
    ({ pods }) => pods,
  );
  await informer.stop();
  return result;
});
