/**
 * Makes catalog entities from the workloads of the connected clusters.
 *
 * @packageDocumentation
 */
export { catalogModuleSecurityProfiles as default } from './catalogModuleSecurityProfiles';
