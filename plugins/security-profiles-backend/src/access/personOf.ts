import type { BackstageCredentials } from '@backstage/backend-plugin-api';

/** Lower-cased ref of the person these credentials belong to; undefined for a service. */
export function personOf(
  credentials: BackstageCredentials,
): string | undefined {
  const principal = credentials.principal as {
    type?: string;
    userEntityRef?: string;
  };
  return principal.type === 'user' && principal.userEntityRef
    ? principal.userEntityRef.toLocaleLowerCase('en-US')
    : undefined;
}
