import {
  coreServices,
  createBackendModule,
  createServiceFactory,
} from '@backstage/backend-plugin-api';
import {
  mockServices,
  startTestBackend,
  TestDatabases,
} from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { securityProfilesClustersExtensionPoint } from '@security-profiles/backstage-plugin-security-profiles-node';
import { securityProfilesPlugin } from './plugin';

describe('The plugin', () => {
  const databases = TestDatabases.create({ ids: ['SQLITE_3'] });

  it('asks the cluster supplier of a module for clusters once it runs', async () => {
    let asked: (principal: unknown) => void = () => {};
    const principal = new Promise(resolve => {
      asked = resolve;
    });
    const module = createBackendModule({
      pluginId: 'security-profiles',
      moduleId: 'own-clusters',
      register({ registerInit }) {
        registerInit({
          deps: { clusters: securityProfilesClustersExtensionPoint },
          async init({ clusters }) {
            clusters.addClusterSupplier({
              getClusters: async ({ credentials }) => {
                asked(credentials.principal);
                return [];
              },
            });
          },
        });
      },
    });
    const knex = await databases.init('SQLITE_3');
    const backend = await startTestBackend({
      features: [
        securityProfilesPlugin,
        module,
        createServiceFactory({
          service: coreServices.database,
          deps: {},
          factory: () => ({ getClient: async () => knex }),
        }),
        catalogServiceMock.factory({ entities: [] }),
        mockServices.rootConfig.factory({ data: {} }),
      ],
    });
    expect(await principal).toEqual({
      type: 'service',
      subject: 'plugin:security-profiles',
    });
    await backend.stop();
  });
});
