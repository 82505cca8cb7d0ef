import type { IdentityApi } from '@backstage/core-plugin-api';

const STORAGE_KEY = 'security-profiles.sign-in';

/** Who the reader of this browser tab wants to be: one of the demo's people, or the guest. */
export type SignInChoice =
  | { type: 'person'; entityRef: string }
  | { type: 'guest' };

/** The choice of this browser tab, or undefined where nobody has chosen yet. */
export function readSignInChoice(storage: Storage): SignInChoice | undefined {
  const stored = storage.getItem(STORAGE_KEY);
  if (!stored) {
    return undefined;
  }
  return stored === 'guest'
    ? { type: 'guest' }
    : { type: 'person', entityRef: stored };
}

/** Keeps the choice for this browser tab, so that a reload doesn't ask again. */
export function keepSignInChoice(storage: Storage, choice: SignInChoice): void {
  storage.setItem(
    STORAGE_KEY,
    choice.type === 'guest' ? 'guest' : choice.entityRef,
  );
}

/** Forgets the choice of this browser tab. */
export function forgetSignInChoice(storage: Storage): void {
  storage.removeItem(STORAGE_KEY);
}

/** The same identity, which also forgets the choice on sign-out; else the same person would come back at once. */
export function forgettingIdentity(
  identity: IdentityApi,
  storage: Storage,
): IdentityApi {
  return {
    getBackstageIdentity: () => identity.getBackstageIdentity(),
    getCredentials: () => identity.getCredentials(),
    getProfileInfo: () => identity.getProfileInfo(),
    signOut: async () => {
      forgetSignInChoice(storage);
      await identity.signOut();
    },
  };
}
