/** One of the operator's Deployments. @public */
export interface OperatorDeployment {
  desired: number;
  available: number;
  image?: string;
  /** Label `app.kubernetes.io/version`, as Helm sets it. */
  versionLabel?: string;
  /** Label `olm.owner`: the ClusterServiceVersion that the Operator Lifecycle Manager made it from. */
  clusterServiceVersion?: string;
}

/** The operator's DaemonSet, with one pod per node that it serves. @public */
export interface OperatorDaemon {
  desired: number;
  ready: number;
  /** Names of its containers, sorted: they tell which features run. */
  containers: string[];
}

/**
 * What is kept of the operator's settings, the object SecurityProfilesOperatorDaemon. A field that is absent has its
 * default. Fields of releases before 1.0, which have no groups, are read into the same places.
 *
 * @public
 */
export interface OperatorSettings {
  enableAppArmor?: boolean;
  enableInsecureMetricsAccess?: boolean;
  enableMemoryOptimization?: boolean;
  enableProfiling?: boolean;
  enableLogEnricher?: boolean;
  enableBpfRecorder?: boolean;
  enableJsonEnricher?: boolean;
  allowedIdentityRegexp?: string;
  allowedOidcIssuerRegexp?: string;
  disableOciArtifactSignatureVerification?: boolean;
  /** How many system calls the allow list names; absent where there is no list. */
  allowedSyscalls?: number;
  allowedSeccompActions?: string[];
  selinuxEnable?: boolean;
  enableRawSelinuxProfiles?: boolean;
  allowedSystemProfiles?: string[];
  webhookStaticConfig?: boolean;
  webhookOptions?: { name: string; failurePolicy?: string }[];
  /** `status.state`; it does not fall back when pods fail. */
  state?: string;
}

/** What is known of the Security Profiles Operator in one cluster. @public */
export interface OperatorFacts {
  namespace: string;
  manager?: OperatorDeployment;
  webhook?: OperatorDeployment;
  daemon?: OperatorDaemon;
  /** Absent where they were not read. */
  settings?: OperatorSettings;
}
