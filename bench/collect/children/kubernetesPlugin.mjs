// A backend with @backstage/plugin-kubernetes-backend alone, asked for the workloads of entities.
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { checkout } from '../../../tools/toolchain/checkout.mjs';

const require = createRequire(
  join(checkout, 'plugins', 'security-profiles-backend', 'package.json'),
);
const {
  startTestBackend,
  mockServices,
} = require('@backstage/backend-test-utils');
const {
  catalogServiceMock,
} = require('@backstage/plugin-catalog-node/testUtils');

const { kubeconfig, entities } = (await once(process, 'message'))[0];
const config = JSON.parse(await readFile(kubeconfig, 'utf8'));
const { cluster } = config.clusters[0];
const backend = await startTestBackend({
  features: [
    require('@backstage/plugin-kubernetes-backend').default,
    catalogServiceMock.factory({ entities }),
    mockServices.rootConfig.factory({
      data: {
        kubernetes: {
          serviceLocatorMethod: { type: 'multiTenant' },
          clusterLocatorMethods: [
            {
              type: 'config',
              clusters: [
                {
                  name: 'bench',
                  url: cluster.server,
                  authProvider: 'serviceAccount',
                  serviceAccountToken: config.users[0].user.token,
                  caData: cluster['certificate-authority-data'],
                },
              ],
            },
          ],
        },
      },
    }),
  ],
});
process.on('disconnect', () => process.exit());
process.send({ result: { url: `http://localhost:${backend.server.port()}` } });
