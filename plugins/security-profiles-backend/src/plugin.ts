import { resolve } from 'node:path';
import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import {
  actionsRegistryServiceRef,
  metricsServiceRef,
} from '@backstage/backend-plugin-api/alpha';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { eventsServiceRef } from '@backstage/plugin-events-node';
import { notificationService } from '@backstage/plugin-notifications-node';
import { securityProfilesClustersExtensionPoint } from '@security-profiles/backstage-plugin-security-profiles-node';
import { KubernetesRegistrations } from './clusters';
import { createSecurityProfiles } from './createSecurityProfiles';

/**
 * Aggregates security profiles, the Cilium version and approvals per entity of the catalog.
 *
 * @public
 */
export const securityProfilesPlugin = createBackendPlugin({
  pluginId: 'security-profiles',
  register(env) {
    const clusterRegistrations = new KubernetesRegistrations();
    env.registerExtensionPoint(
      securityProfilesClustersExtensionPoint,
      clusterRegistrations,
    );
    env.registerInit({
      deps: {
        actions: actionsRegistryServiceRef,
        auditor: coreServices.auditor,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        database: coreServices.database,
        events: eventsServiceRef,
        httpAuth: coreServices.httpAuth,
        httpRouter: coreServices.httpRouter,
        logger: coreServices.logger,
        metrics: metricsServiceRef,
        notifications: notificationService,
        permissions: coreServices.permissions,
        permissionsRegistry: coreServices.permissionsRegistry,
        rootInstanceMetadata: coreServices.rootInstanceMetadata,
        rootLifecycle: coreServices.rootLifecycle,
        scheduler: coreServices.scheduler,
      },
      async init(services) {
        const plugins =
          await services.rootInstanceMetadata.getInstalledPlugins();
        const { router, start, stop } = await createSecurityProfiles({
          ...services,
          // The client is always there; what it would talk to need not be.
          notifications: plugins.some(
            ({ pluginId }) => pluginId === 'notifications',
          )
            ? services.notifications
            : undefined,
          clusterRegistrations,
          resolvePath: path => resolve(path),
        });
        services.httpRouter.use(router);
        // Other plugins are up then: collection and the catalog are asked only after that.
        services.rootLifecycle.addStartupHook(start);
        // The database is still there then: a lease is given back, and nothing waits for a connection.
        services.rootLifecycle.addBeforeShutdownHook(stop);
      },
    });
  },
});
