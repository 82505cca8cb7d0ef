import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ClusterDetails } from '@backstage/plugin-kubernetes-node';
import { ClusterError } from '../ClusterError';
import type { Login, LoginAnswer } from './Login';

/** The account of the pod that this backend runs in. */
export interface InClusterAccount {
  /** Where `token` and `ca.crt` are mounted. */
  folder: string;
  /** Host of the API server; undefined outside of a cluster. */
  host?: string;
  port?: string;
}

/**
 * The account that Kubernetes gives to this backend's pod (Kubernetes documentation, "Accessing the Kubernetes API from a
 * Pod").
 */
export function accountOfPod(environment: NodeJS.ProcessEnv): InClusterAccount {
  return {
    folder: '/var/run/secrets/kubernetes.io/serviceaccount',
    host: environment.KUBERNETES_SERVICE_HOST,
    port: environment.KUBERNETES_SERVICE_PORT,
  };
}

/**
 * The token of the configuration; without one, the account of this backend's own pod. That one is good for the pod's own
 * cluster, so it is sent there and nowhere else, and its files are read again, as the cluster renews the token.
 */
export class ServiceAccountLogin implements Login {
  readonly lasts = 30_000;
  private readonly account: InClusterAccount;

  constructor(account: InClusterAccount) {
    this.account = account;
  }

  async login(details: ClusterDetails, key: string): Promise<LoginAnswer> {
    const configured = details.authMetadata.serviceAccountToken;
    if (configured) {
      return bearer(configured);
    }
    const { folder, host, port } = this.account;
    if (!host) {
      throw new ClusterError(
        'unauthenticated',
        `${key}: found no serviceAccountToken, and this backend runs in no pod whose account could be used; set serviceAccountToken`,
      );
    }
    const read = async (file: string) => {
      try {
        return await readFile(join(folder, file), 'utf8');
      } catch (error) {
        const { code } = error as NodeJS.ErrnoException;
        throw new ClusterError(
          'unauthenticated',
          `${key}: found no serviceAccountToken, and the account of this pod can't be read from ${join(
            folder,
            file,
          )} (${code}); set automountServiceAccountToken: true in the pod, or serviceAccountToken`,
        );
      }
    };
    return {
      ...bearer(await read('token')),
      server: {
        url: `https://${host.includes(':') ? `[${host}]` : host}:${
          port ?? '443'
        }`,
        certificates: await read('ca.crt'),
      },
    };
  }
}

function bearer(token: string): LoginAnswer {
  return { credential: { type: 'bearer token', token: token.trim() } };
}
