import { createRouteRef, createSubRouteRef } from '@backstage/core-plugin-api';

/** The page "Security profiles". @public */
export const rootRouteRef = createRouteRef({ id: 'security-profiles' });

/** The list of clusters. @public */
export const clustersRouteRef = createSubRouteRef({
  id: 'security-profiles.clusters',
  parent: rootRouteRef,
  path: '/clusters',
});

/** One cluster, by the opaque id of the API. @public */
export const clusterRouteRef = createSubRouteRef({
  id: 'security-profiles.cluster',
  parent: rootRouteRef,
  path: '/clusters/:clusterId',
});

/** The queue of reviews. @public */
export const reviewsRouteRef = createSubRouteRef({
  id: 'security-profiles.reviews',
  parent: rootRouteRef,
  path: '/reviews',
});

/** One review, by the opaque id of the API. @public */
export const reviewRouteRef = createSubRouteRef({
  id: 'security-profiles.review',
  parent: rootRouteRef,
  path: '/reviews/:reviewId',
});

/** The list of profiles. @public */
export const profilesRouteRef = createSubRouteRef({
  id: 'security-profiles.profiles',
  parent: rootRouteRef,
  path: '/profiles',
});

/** One profile, by the opaque id of the API. @public */
export const profileRouteRef = createSubRouteRef({
  id: 'security-profiles.profile',
  parent: rootRouteRef,
  path: '/profiles/:profileId',
});

/** The tab "Security" of an entity. @public */
export const entityContentRouteRef = createRouteRef({
  id: 'security-profiles.entity',
});
