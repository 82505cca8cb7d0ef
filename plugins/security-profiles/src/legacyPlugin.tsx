import {
  createApiFactory,
  createComponentExtension,
  createPlugin,
  createRoutableExtension,
  fetchApiRef,
} from '@backstage/core-plugin-api';
import { createSecurityProfilesClient } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from './api/securityProfilesApi';
import { entityContentRouteRef, rootRouteRef } from './routes';

/** The plugin for the old frontend system. @public */
export const securityProfilesPlugin = createPlugin({
  id: 'security-profiles',
  apis: [
    createApiFactory({
      api: securityProfilesApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) =>
        createSecurityProfilesClient({ fetch: fetchApi.fetch }),
    }),
  ],
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
});

/** The page "Security profiles", with its own header. @public */
export const SecurityProfilesPage = securityProfilesPlugin.provide(
  createRoutableExtension({
    name: 'SecurityProfilesPage',
    component: () => import('./LegacyPage').then(m => m.LegacyPage),
    mountPoint: rootRouteRef,
  }),
);

/** The content of the tab "Security" of an entity. @public */
export const EntitySecurityContent = securityProfilesPlugin.provide(
  createRoutableExtension({
    name: 'EntitySecurityContent',
    component: () =>
      import('./posture/EntitySecurityContent').then(
        m => m.EntitySecurityContent,
      ),
    mountPoint: entityContentRouteRef,
  }),
);

/** The card for the overview of an entity. @public */
export const EntitySecurityCard = securityProfilesPlugin.provide(
  createComponentExtension({
    name: 'EntitySecurityCard',
    component: {
      lazy: () =>
        import('./posture/EntitySecurityCard').then(m => m.EntitySecurityCard),
    },
  }),
);

/** The content of the tab "Security" of a Group or System. @public */
export const GroupScorecardContent = securityProfilesPlugin.provide(
  createRoutableExtension({
    name: 'GroupScorecardContent',
    component: () =>
      import('./scorecards/GroupScorecardContent').then(
        m => m.GroupScorecardContent,
      ),
    mountPoint: entityContentRouteRef,
  }),
);
