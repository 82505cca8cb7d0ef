/** How {@link startEnvtest} starts. */
export interface EnvtestOptions {
  /**
   * Kinds to install; `spo`, `cilium`, `argo` and `flux` when left out. Leave some out to install them later by
   * `applyManifests`. `spo-0.10` and `spo-0.8` stand for the operator's kinds as they were then, in place of `spo`.
   */
  crds?: ('spo' | 'spo-0.10' | 'spo-0.8' | 'cilium' | 'argo' | 'flux')[];
  /** Files or folders of manifests, applied together with the kinds. */
  crdFolders?: string[];
  /** Added to kube-apiserver's own, such as `--watch-cache=false`. */
  serverArguments?: string[];
  /** What becomes of the temporary folder, with its logs; `remove` when left out. */
  afterwards?: 'remove' | 'keep';
  /** Told what takes long. */
  log?: (line: string) => void;
  /** `KUBEBUILDER_ASSETS`, `XDG_CACHE_HOME` and what Go needs; the process's own when left out. */
  env?: Record<string, string | undefined>;
}

/** Options of {@link Envtest.request}. */
export interface EnvtestRequestOptions {
  /** Whose token is sent; `admin` when left out. */
  as?: 'admin' | 'reader';
  /** `application/json`, for PATCH `application/merge-patch+json`, when left out. */
  contentType?: string;
  headers?: Record<string, string>;
  /** Whether an answer of 400 or more is thrown as an error with its `status`, or returned; `throw` when left out. */
  onError?: 'throw' | 'return';
  /** Without an answer for so long the request fails; 60,000 when left out. */
  timeoutMs?: number;
}

/** An answer of the API server. */
export interface EnvtestAnswer<Body> {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  /** As received; keeps integers that `body` rounds. */
  text: string;
  body: Body;
}

/** Which requests a fault strikes. The first fault of the list that fits a request is used. */
interface FaultTarget {
  /** A regular expression for path and query, as `^/api/v1/pods\\?.*watch=1`; every request when left out. */
  path?: string;
  method?: string;
  /** How many requests it strikes; all when left out. */
  times?: number;
}

/** What the proxy does wrong. */
export type EnvtestFault = FaultTarget &
  (
    | { fault: 'delay'; ms: number }
    /** Cuts the connection by a TCP reset, after so many bytes of the answer's body; before any when left out. */
    | { fault: 'reset'; afterBytes?: number }
    /** Takes the request and never answers. */
    | { fault: 'silence' }
    | { fault: 'status'; status: number; retryAfterSeconds?: number }
    | { fault: 'throttle'; bytesPerSecond: number }
  );

/** A proxy in front of the API server. */
export interface EnvtestProxy {
  url: string;
  /** The reader's kubeconfig for this proxy; follows {@link Envtest.rotateReaderToken}. */
  kubeconfig: string;
  /** Replaces all faults, for the requests from now on. */
  setFaults(faults: EnvtestFault[]): void;
  /** Every request so far, in order; `status` is missing until the answer began. */
  requests(): {
    method: string;
    path: string;
    fault?: EnvtestFault['fault'];
    status?: number | 'unreachable';
  }[];
  /** Cuts every open connection by a TCP reset. */
  resetConnections(): void;
  stop(): Promise<void>;
}

/** A running API server. */
export interface Envtest {
  url: string;
  /** Holds the kubeconfigs, the data, and the logs `etcd.log` and `kube-apiserver.log`. */
  folder: string;
  adminKubeconfig: string;
  /** Of the service account of docs/clusterrole.yaml, which may do what is written there and nothing else. */
  readerKubeconfig: string;
  adminToken: string;
  readerToken(): string;
  /** How long each part of the start took, in milliseconds. */
  timings: Record<string, number>;
  /** The running programs. */
  processes(): { name: string; pid: number }[];
  request<Body = any>(
    method: string,
    path: string,
    body?: unknown,
    options?: EnvtestRequestOptions,
  ): Promise<EnvtestAnswer<Body>>;
  /**
   * Applies files, folders or objects: makes missing namespaces, puts owners first and their real uids into owner
   * references, writes `status` as the status, and gives a ReplicaSet that has no template its Deployment's.
   * What only the server sets, such as uid, generation and creation time, is left to it.
   *
   * @throws Error that names what the server refused, and why
   */
  applyManifests(
    manifests: string | object | (string | object)[],
  ): Promise<{ applied: number }>;
  startServer(): Promise<void>;
  /** Asks the server to end, as an upgrade does; the data stays. */
  stopServer(): Promise<void>;
  /** Stop and start, on the same port with the same certificate and data. */
  restartServer(): Promise<void>;
  /** Ends the server by SIGKILL; the data stays. */
  killServer(): Promise<void>;
  /** Forgets every version but the newest: older continue tokens and watches are answered 410. */
  compactEtcd(): Promise<{ revision: string }>;
  /**
   * Writes an object past the API server, which takes no request of more than 3 MiB.
   * The key is `/registry/<group>/<plural>/<namespace>/<name>` for a custom kind, without the namespace for a
   * cluster-scoped one; the object needs a `metadata.uid`.
   */
  writeToEtcd(options: { key: string; object: object }): Promise<void>;
  /**
   * Gives the reader a new token, and writes it into its kubeconfigs. `revoke` makes the old one invalid and waits
   * until it is, up to ten seconds; it stays valid when left out. Lifetimes below ten minutes are honoured too, but the
   * server may go on taking a token for ten seconds after its end.
   */
  rotateReaderToken(options?: {
    previous?: 'keep' | 'revoke';
    lifetimeSeconds?: number;
  }): Promise<{ token: string }>;
  /** Several can run at once. `certificate` is the server's own when left out. */
  proxy(options?: {
    faults?: EnvtestFault[];
    certificate?: 'server' | 'unknown-authority' | 'expired';
  }): Promise<EnvtestProxy>;
  /** Ends everything and removes the folder. */
  stop(): Promise<void>;
}

/**
 * Starts a real kube-apiserver on a real etcd, in a temporary folder on free ports of the loopback.
 *
 * @throws Error where the programs are missing and can't be built, or don't come up; with the end of their log
 */
export function startEnvtest(options?: EnvtestOptions): Promise<Envtest>;
