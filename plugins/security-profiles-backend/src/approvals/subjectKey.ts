import { createHash } from 'node:crypto';

/** A profile by name, as the clusters of one environment share it. */
export interface ProfileName {
  kind: string;
  namespace?: string;
  name: string;
}

/**
 * Key of what is decided on. A name is one subject in all clusters of an environment: an approval binds to content, so
 * the same content is approved in each of them, and other content in none.
 */
export function subjectKey(environment: string, profile: ProfileName): string {
  return createHash('sha256')
    .update(
      JSON.stringify([
        'content',
        environment,
        profile.kind,
        profile.namespace ?? '',
        profile.name,
      ]),
    )
    .digest('hex')
    .slice(0, 32);
}
