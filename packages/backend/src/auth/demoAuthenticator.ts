import {
  AuthenticationError,
  InputError,
  NotAllowedError,
} from '@backstage/errors';
import { createProxyAuthenticator } from '@backstage/plugin-auth-node';

/** Request header that names the person: the ref of a user entity. */
export const DEMO_USER_HEADER = 'x-demo-user';

/** A person of the demo who has been recognised. */
export interface DemoSignIn {
  entityRef: string;
  displayName: string;
}

/** What the demo provider knows from its config. */
export interface DemoProviderContext {
  /** Lower-cased entity ref → name. */
  people: ReadonlyMap<string, string>;
}

/** True only where the process was started for development. */
export function isDevelopment(env: { NODE_ENV?: string }): boolean {
  return env.NODE_ENV === 'development';
}

/** True for the loopback interface's addresses, IPv4, IPv6 and IPv4 written as IPv6. */
export function isLoopback(address: string | undefined): boolean {
  if (!address) {
    return false;
  }
  return address === '::1' || /^(::ffff:)?127(\.\d{1,3}){3}$/.test(address);
}

/**
 * Signs in a person of `auth.providers.demo.users` without any proof.
 *
 * @remarks
 * That is only bearable on the machine that runs the demo, so it throws a NotAllowedError outside of development and
 * for every connection that does not come from this machine. Forwarded addresses are not looked at: a proxy in front
 * is already more than a demo. A header of our own makes browsers ask first (CORS preflight), so that pages of other
 * sites can't sign in.
 */
export const demoAuthenticator = createProxyAuthenticator<
  DemoProviderContext,
  DemoSignIn,
  undefined
>({
  defaultProfileTransform: async result => ({
    profile: { displayName: result.displayName },
  }),
  initialize({ config }) {
    const people = new Map<string, string>();
    for (const user of config.getConfigArray('users')) {
      people.set(
        user.getString('entityRef').toLocaleLowerCase('en-US'),
        user.getString('displayName'),
      );
    }
    return { people };
  },
  async authenticate({ req }, { people }) {
    if (!isDevelopment(process.env)) {
      throw new NotAllowedError(
        'The demo provider signs people in without proof, so it answers only with NODE_ENV=development. Use a real sign-in provider here.',
      );
    }
    if (!isLoopback(req.socket.remoteAddress)) {
      throw new NotAllowedError(
        'The demo provider answers only to the machine that it runs on. Open the portal there, or use a real sign-in provider.',
      );
    }
    const wanted = req.header(DEMO_USER_HEADER);
    if (!wanted) {
      throw new InputError(
        `The header ${DEMO_USER_HEADER} is missing. It names one of auth.providers.demo.users, as user:default/<name>.`,
      );
    }
    const entityRef = wanted.toLocaleLowerCase('en-US');
    const displayName = people.get(entityRef);
    if (displayName === undefined) {
      throw new AuthenticationError(
        `The person in the header ${DEMO_USER_HEADER} is none of auth.providers.demo.users. Known: ${[
          ...people.keys(),
        ].join(', ')}.`,
      );
    }
    return { result: { entityRef, displayName } };
  },
});
