import type { LoggerService } from '@backstage/backend-plugin-api';
import type { Config } from '@backstage/config';
import type { AuthenticationStrategy } from '@backstage/plugin-kubernetes-node';
import { ClusterError } from '../ClusterError';
import type { Login } from './Login';
import {
  type InClusterAccount,
  ServiceAccountLogin,
} from './ServiceAccountLogin';
import { StrategyLogin } from './StrategyLogin';

/** What is used of `@backstage/plugin-kubernetes-backend`. */
export type KubernetesBackend = Pick<
  typeof import('@backstage/plugin-kubernetes-backend'),
  'AwsIamStrategy' | 'AzureIdentityStrategy' | 'GoogleServiceAccountStrategy'
>;

/** Options of {@link KubernetesLogins}. */
export interface KubernetesLoginsOptions {
  rootConfig: Config;
  account: InClusterAccount;
  /** Strategies of modules, by the name of the login. */
  strategies: ReadonlyMap<string, AuthenticationStrategy>;
  /** Loads the package, which is not there in every portal. */
  loadKubernetesBackend: () => Promise<KubernetesBackend>;
}

const OF_A_PERSON = ['google', 'oidc', 'aks'];
const ADVICE = 'Use serviceAccount, aws, azure or googleServiceAccount.';

/** Strategies write what a cloud answered into the log; the state of the cluster's sources says enough. */
const SILENT: LoggerService = {
  error() {},
  warn() {},
  info() {},
  debug() {},
  child: () => SILENT,
};

/** The ways to log in, by the names that the Kubernetes plugin gives them (`authProvider`). */
export class KubernetesLogins {
  private readonly logins: Map<string, Login>;

  constructor(options: KubernetesLoginsOptions) {
    const { rootConfig: config } = options;
    const load = loaderOf(options.loadKubernetesBackend);
    this.logins = new Map<string, Login>([
      ['serviceAccount', new ServiceAccountLogin(options.account)],
      [
        'localKubectlProxy',
        {
          lasts: Infinity,
          login: async () => ({ credential: { type: 'anonymous' } }),
        },
      ],
      [
        'aws',
        new StrategyLogin(async () => {
          const { AwsIamStrategy } = await load('aws');
          return new AwsIamStrategy({ config });
        }),
      ],
      [
        'azure',
        new StrategyLogin(async () => {
          const { AzureIdentityStrategy } = await load('azure');
          return new AzureIdentityStrategy(SILENT);
        }),
      ],
      [
        'googleServiceAccount',
        new StrategyLogin(async () => {
          const { GoogleServiceAccountStrategy } = await load(
            'googleServiceAccount',
          );
          return new GoogleServiceAccountStrategy({ config });
        }),
      ],
    ]);
    for (const [name, strategy] of options.strategies) {
      this.logins.set(name, new StrategyLogin(async () => strategy));
    }
  }

  /** How to log in, or why a background reader can't. */
  find(authProvider: string | undefined): Login | { reason: string } {
    const login = this.logins.get(authProvider ?? '');
    if (login) {
      return login;
    }
    if (!authProvider) {
      return { reason: `It says no login (authProvider). ${ADVICE}` };
    }
    return OF_A_PERSON.includes(authProvider)
      ? {
          reason: `Its login (${authProvider}) needs a person's token, which a background reader does not have. ${ADVICE}`,
        }
      : {
          reason: `Its login (${authProvider}) is not known here. ${ADVICE} Or let a module add a strategy for it.`,
        };
  }
}

function loaderOf(load: () => Promise<KubernetesBackend>) {
  return async (authProvider: string): Promise<KubernetesBackend> => {
    try {
      return await load();
    } catch {
      throw new ClusterError(
        'unauthenticated',
        `The login ${authProvider} comes from the package @backstage/plugin-kubernetes-backend, which can't be loaded; add it to the backend's dependencies (it need not be in the backend's index.ts)`,
      );
    }
  };
}
