/**
 * Aggregates security profiles, the Cilium version and approvals per entity of the catalog.
 *
 * @packageDocumentation
 */
export { securityProfilesPlugin as default } from './plugin';
export * from './access/conditions';
export type {
  ClusterResource,
  PostureResource,
  ProfileResource,
} from './access/resources';
export type { SqlCondition } from './access/sqlCondition';
