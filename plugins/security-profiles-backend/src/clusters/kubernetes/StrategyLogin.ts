import type {
  AuthenticationStrategy,
  ClusterDetails,
} from '@backstage/plugin-kubernetes-node';
import { ClusterError } from '../ClusterError';
import { ANNOTATIONS } from './annotations';
import type { Login, LoginAnswer } from './Login';

/** A strategy of the Kubernetes plugin or of a module, asked without any person's token. */
export class StrategyLogin implements Login {
  // Tokens of the clouds last a quarter of an hour at least; one that ends earlier is renewed when it is refused.
  readonly lasts = 5 * 60_000;
  private readonly create: () => Promise<AuthenticationStrategy>;
  private strategy?: Promise<AuthenticationStrategy>;

  constructor(create: () => Promise<AuthenticationStrategy>) {
    this.create = create;
  }

  async login(details: ClusterDetails, key: string): Promise<LoginAnswer> {
    this.strategy ??= this.create();
    const { strategy } = this;
    try {
      const credential = await (await strategy).getCredential(details, {});
      if (credential.type === 'anonymous') {
        throw new ClusterError(
          'unauthenticated',
          `${key}: the login ${
            details.authMetadata[ANNOTATIONS.authProvider]
          } gave no credentials`,
        );
      }
      return { credential };
    } catch (error) {
      // Some strategies keep a failure for ever, so the next question goes to a new one.
      if (this.strategy === strategy) {
        this.strategy = undefined;
      }
      throw error;
    }
  }
}
