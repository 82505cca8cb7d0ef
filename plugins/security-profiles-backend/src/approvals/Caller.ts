import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/** Who does something, for the record. */
export interface Caller {
  /** Lower-cased ref of a person, or `service:<name>`. */
  ref: string;
  principal: 'user' | 'service';
}

/** Who does what the rules and collection do by themselves. */
export const systemActor = 'system:security-profiles';

/** Who these credentials belong to. */
export function callerOf(credentials: BackstageCredentials): Caller {
  const principal = credentials.principal as {
    type?: string;
    userEntityRef?: string;
    subject?: string;
  };
  return principal.type === 'user' && principal.userEntityRef
    ? {
        ref: principal.userEntityRef.toLocaleLowerCase('en-US'),
        principal: 'user',
      }
    : {
        ref: `service:${principal.subject ?? 'unknown'}`.toLocaleLowerCase(
          'en-US',
        ),
        principal: 'service',
      };
}
