/**
 * Extension points of the security-profiles backend plugin.
 *
 * @packageDocumentation
 */
export {
  securityProfilesClustersExtensionPoint,
  type SecurityProfilesClustersExtensionPoint,
} from './securityProfilesClustersExtensionPoint';
