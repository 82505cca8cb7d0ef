import { fetchApiRef } from '@backstage/core-plugin-api';
import {
  ApiBlueprint,
  createFrontendPlugin,
  PageBlueprint,
  SubPageBlueprint,
} from '@backstage/frontend-plugin-api';
import {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import { RiShieldCheckLine } from '@remixicon/react';
import { createSecurityProfilesClient } from '@security-profiles/backstage-plugin-security-profiles-common';
import { securityProfilesApiRef } from './api/securityProfilesApi';
import { entityContentRouteRef, rootRouteRef } from './routes';

const clientApi = ApiBlueprint.make({
  name: 'client',
  params: defineParams =>
    defineParams({
      api: securityProfilesApiRef,
      deps: { fetchApi: fetchApiRef },
      factory: ({ fetchApi }) =>
        createSecurityProfilesClient({ fetch: fetchApi.fetch }),
    }),
});

const page = PageBlueprint.make({
  params: {
    path: '/security-profiles',
    title: 'Security profiles',
    icon: <RiShieldCheckLine />,
    routeRef: rootRouteRef,
  },
});

const scorecardsPage = SubPageBlueprint.make({
  name: 'scorecards',
  params: {
    path: 'scorecards',
    title: 'Scorecards',
    loader: () =>
      import('./scorecards/ScorecardsPage').then(m => <m.ScorecardsPage />),
  },
});

const clustersPage = SubPageBlueprint.make({
  name: 'clusters',
  params: {
    path: 'clusters',
    title: 'Clusters',
    loader: () =>
      import('./clusters/ClustersPage').then(m => <m.ClustersPage />),
  },
});

const profilesPage = SubPageBlueprint.make({
  name: 'profiles',
  params: {
    path: 'profiles',
    title: 'Profiles',
    loader: () =>
      import('./profiles/ProfilesPage').then(m => <m.ProfilesPage />),
  },
});

const reviewsPage = SubPageBlueprint.make({
  name: 'reviews',
  params: {
    path: 'reviews',
    title: 'Reviews',
    loader: () => import('./reviews/ReviewsPage').then(m => <m.ReviewsPage />),
  },
});

const auditPage = SubPageBlueprint.make({
  name: 'audit',
  params: {
    path: 'audit',
    title: 'Audit',
    loader: () => import('./audit/AuditPage').then(m => <m.AuditPage />),
  },
});

const entityContent = EntityContentBlueprint.make({
  params: {
    path: 'security-profiles',
    title: 'Security',
    group: 'operation',
    icon: <RiShieldCheckLine />,
    routeRef: entityContentRouteRef,
    filter: { kind: 'component' },
    loader: () =>
      import('./posture/EntitySecurityContent').then(m => (
        <m.EntitySecurityContent />
      )),
  },
});

const groupContent = EntityContentBlueprint.make({
  name: 'scorecard',
  params: {
    path: 'security-profiles',
    title: 'Security',
    group: 'operation',
    icon: <RiShieldCheckLine />,
    filter: { kind: { $in: ['group', 'system'] } },
    loader: () =>
      import('./scorecards/GroupScorecardContent').then(m => (
        <m.GroupScorecardContent />
      )),
  },
});

const entityCard = EntityCardBlueprint.make({
  params: {
    type: 'info',
    filter: { kind: 'component' },
    loader: () =>
      import('./posture/EntitySecurityCard').then(m => (
        <m.EntitySecurityCard />
      )),
  },
});

/**
 * The plugin for the new frontend system: the page "Security profiles", the tab "Security" and a card on entities.
 *
 * @public
 */
export const securityProfilesPlugin = createFrontendPlugin({
  pluginId: 'security-profiles',
  title: 'Security profiles',
  icon: <RiShieldCheckLine />,
  info: { packageJson: () => import('../package.json') },
  routes: { root: rootRouteRef, entityContent: entityContentRouteRef },
  extensions: [
    clientApi,
    page,
    scorecardsPage,
    clustersPage,
    profilesPage,
    reviewsPage,
    auditPage,
    entityContent,
    groupContent,
    entityCard,
  ],
});
