/**
 * The same components for apps on the old frontend system.
 *
 * @packageDocumentation
 */
export {
  EntitySecurityCard,
  EntitySecurityContent,
  GroupScorecardContent,
  SecurityProfilesPage,
  securityProfilesPlugin,
} from './legacyPlugin';
export { securityProfilesApiRef } from './api/securityProfilesApi';
