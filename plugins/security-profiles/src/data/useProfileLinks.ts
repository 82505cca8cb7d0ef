import { useMemo } from 'react';
import { useRouteRef } from '@backstage/core-plugin-api';
import { profileRouteRef, profilesRouteRef } from '../routes';

/** Addresses of profiles; undefined where the app has no page of this plugin. */
export interface ProfileLinks {
  /** The page of one profile; with a tab, that tab of it. */
  profile(profileId: string, tab?: string): string | undefined;
  list: string | undefined;
}

/** The addresses of profiles, for the entity tab too, which an app may use alone. */
export function useProfileLinks(): ProfileLinks {
  let profile: ((params: { profileId: string }) => string) | undefined;
  let list: (() => string) | undefined;
  try {
    // Throws after its last hook when the route is not mounted; both have the same parent.
    // eslint-disable-next-line react-hooks/rules-of-hooks
    profile = useRouteRef(profileRouteRef);
  } catch {
    profile = undefined;
  }
  try {
    // eslint-disable-next-line react-hooks/rules-of-hooks
    list = useRouteRef(profilesRouteRef);
  } catch {
    list = undefined;
  }
  return useMemo(
    () => ({
      profile(profileId, tab) {
        const href = profile?.({ profileId });
        return href !== undefined && tab !== undefined
          ? `${href}?tab=${tab}`
          : href;
      },
      list: list?.(),
    }),
    [profile, list],
  );
}
