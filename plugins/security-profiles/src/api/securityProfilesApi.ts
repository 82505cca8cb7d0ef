import { createApiRef } from '@backstage/core-plugin-api';
import type { SecurityProfilesClient } from '@security-profiles/backstage-plugin-security-profiles-common';

/**
 * The typed client of the plugin's HTTP API, with the signed-in person's credentials.
 *
 * @remarks
 * One ref for both frontend systems. Every call takes a `signal`; an answer that is not 2xx rejects with a
 * `ResponseError`.
 * @public
 */
export const securityProfilesApiRef = createApiRef<SecurityProfilesClient>({
  id: 'plugin.security-profiles.client',
});
