/**
 * The names that the Kubernetes plugin gives to what it knows of a cluster, on entities and in `authMetadata`
 * (`catalog-entity-constants` of `@backstage/plugin-kubernetes-common`).
 */
export const ANNOTATIONS = {
  apiServer: 'kubernetes.io/api-server',
  certificateAuthority: 'kubernetes.io/api-server-certificate-authority',
  authProvider: 'kubernetes.io/auth-provider',
  skipTlsVerify: 'kubernetes.io/skip-tls-verify',
  oidcTokenProvider: 'kubernetes.io/oidc-token-provider',
  awsAssumeRole: 'kubernetes.io/aws-assume-role',
  awsExternalId: 'kubernetes.io/aws-external-id',
} as const;
