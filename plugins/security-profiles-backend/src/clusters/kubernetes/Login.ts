import type {
  ClusterDetails,
  KubernetesCredential,
} from '@backstage/plugin-kubernetes-node';

/** What a login gives. */
export interface LoginAnswer {
  credential: KubernetesCredential;
  /** Present where the credentials are for this server alone, whatever address the cluster was found with. */
  server?: { url: string; certificates: string };
}

/** Logs in without a person. */
export interface Login {
  /** How long an answer is used, in milliseconds, unless the server refuses it. */
  lasts: number;
  /** Rejects with a `ClusterError` whose message may be shown, or with anything else, which is never shown. */
  login(details: ClusterDetails, key: string): Promise<LoginAnswer>;
}
