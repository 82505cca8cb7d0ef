/**
 * The security tab of every service page, and a page over all clusters, for the new frontend system.
 *
 * @packageDocumentation
 */
export { securityProfilesPlugin as default } from './plugin';
export { securityProfilesApiRef } from './api/securityProfilesApi';
export {
  clusterRouteRef,
  clustersRouteRef,
  entityContentRouteRef,
  profileRouteRef,
  profilesRouteRef,
  reviewRouteRef,
  reviewsRouteRef,
  rootRouteRef,
} from './routes';
