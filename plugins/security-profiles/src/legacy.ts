/**
 * The same components for apps on the old frontend system.
 *
 * @packageDocumentation
 */
export {
  EntitySecurityCard,
  EntitySecurityContent,
  SecurityProfilesPage,
  securityProfilesPlugin,
} from './legacyPlugin';
export { securityProfilesApiRef } from './api/securityProfilesApi';
