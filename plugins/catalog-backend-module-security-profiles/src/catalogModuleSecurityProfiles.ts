import {
  coreServices,
  createBackendModule,
  readSchedulerServiceTaskScheduleDefinitionFromConfig,
  type SchedulerServiceTaskScheduleDefinition,
} from '@backstage/backend-plugin-api';
import { catalogProcessingExtensionPoint } from '@backstage/plugin-catalog-node';
import { ClusterEntityProvider } from './ClusterEntityProvider';
import { ClusterReader } from './ClusterReader';

const CONFIG_KEY = 'catalog.providers.securityProfilesClusters';

const EVERY_MINUTE: SchedulerServiceTaskScheduleDefinition = {
  frequency: { minutes: 1 },
  timeout: { seconds: 30 },
  initialDelay: { seconds: 5 },
};

/**
 * Makes Components, Systems and Groups from the workloads that the security-profiles plugin has seen, where
 * `catalog.providers.securityProfilesClusters` is configured.
 *
 * @public
 */
export const catalogModuleSecurityProfiles = createBackendModule({
  pluginId: 'catalog',
  moduleId: 'security-profiles',
  register(env) {
    env.registerInit({
      deps: {
        catalog: catalogProcessingExtensionPoint,
        config: coreServices.rootConfig,
        scheduler: coreServices.scheduler,
        auth: coreServices.auth,
        discovery: coreServices.discovery,
        logger: coreServices.logger,
      },
      async init({ catalog, config, scheduler, auth, discovery, logger }) {
        if (!config.has(CONFIG_KEY)) {
          return;
        }
        // An empty key (`securityProfilesClusters: {}`) is enough to switch it on.
        const own = config.getConfig(CONFIG_KEY);
        const schedule = own.has('schedule')
          ? readSchedulerServiceTaskScheduleDefinitionFromConfig(
              own.getConfig('schedule'),
            )
          : EVERY_MINUTE;
        catalog.addEntityProvider(
          new ClusterEntityProvider({
            reader: new ClusterReader({ auth, discovery }),
            taskRunner: scheduler.createScheduledTaskRunner(schedule),
            ownerLabel: own.getOptionalString('ownerLabel'),
            logger,
          }),
        );
      },
    });
  },
});
