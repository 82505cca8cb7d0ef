import type { ProfileUser } from '@security-profiles/backstage-plugin-security-profiles-common';

/** The users of one owner. */
export interface OwnerGroup {
  /** Undefined for entities that nobody owns. */
  ownerRef: string | undefined;
  entities: number;
  pods: number;
  users: ProfileUser[];
}

interface OwnerTotal {
  ownerRef?: string;
  entities: number;
  pods: number;
}

/**
 * Users below their owners, in the order of the server.
 *
 * @param totals - the figures of all pages, where the server gives them; else those of the users at hand count
 */
export function usersByOwner(
  users: readonly ProfileUser[],
  totals: readonly OwnerTotal[],
): OwnerGroup[] {
  const groups = new Map<string | undefined, ProfileUser[]>();
  for (const user of users) {
    const same = groups.get(user.ownerRef);
    if (same) {
      same.push(user);
    } else {
      groups.set(user.ownerRef, [user]);
    }
  }
  return [...groups].map(([ownerRef, of]) => {
    const total = totals.find(one => one.ownerRef === ownerRef);
    return {
      ownerRef,
      entities: total?.entities ?? of.length,
      pods: total?.pods ?? of.reduce((sum, { pods }) => sum + pods, 0),
      users: of,
    };
  });
}
