/**
 * The part of a pod or pod template that security depends on, in Kubernetes' own field names. Collection's projections
 * make it from live pods and from templates alike; nothing else of a pod reaches the core.
 */

/** A `seccompProfile` or `appArmorProfile` of a security context. @public */
export interface LocalhostProfileSource {
  type: string;
  localhostProfile?: string;
}

/** `seLinuxOptions` of a security context. @public */
export interface SeLinuxOptions {
  user?: string;
  role?: string;
  type?: string;
  level?: string;
}

/** What is kept of a container's `securityContext`. @public */
export interface ContainerSecurityContext {
  privileged?: boolean;
  allowPrivilegeEscalation?: boolean;
  runAsUser?: number;
  runAsNonRoot?: boolean;
  procMount?: string;
  capabilities?: { add?: string[]; drop?: string[] };
  seccompProfile?: LocalhostProfileSource;
  appArmorProfile?: LocalhostProfileSource;
  seLinuxOptions?: SeLinuxOptions;
}

/** What is kept of one container of a pod. @public */
export interface ContainerSecuritySpec {
  name: string;
  image: string;
  /** Only init containers have one; `Always` makes a sidecar. */
  restartPolicy?: string;
  securityContext?: ContainerSecurityContext;
  /** Mounts of host paths only. */
  volumeMounts?: { name: string; mountPath: string; readOnly?: boolean }[];
  /** A token for the API is seen mounted: in live pods, and where a pod projects one by itself. */
  apiToken?: 'mounted';
  /** Live pods only: an ended ephemeral container does not count. */
  ended?: boolean;
}

/** What is kept of a pod's `securityContext`. @public */
export interface PodSecurityContext {
  runAsUser?: number;
  runAsNonRoot?: boolean;
  seccompProfile?: LocalhostProfileSource;
  appArmorProfile?: LocalhostProfileSource;
  seLinuxOptions?: SeLinuxOptions;
  sysctls?: { name: string; value: string }[];
}

/** A toleration as in the pod spec. @public */
export interface Toleration {
  key?: string;
  operator?: string;
  value?: string;
  effect?: string;
}

/** What is kept of a pod, without its containers. @public */
export interface PodLevelSpec {
  os?: string;
  hostPID?: boolean;
  hostIPC?: boolean;
  hostNetwork?: boolean;
  hostUsers?: boolean;
  runtimeClassName?: string;
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  nodeSelector?: Record<string, string>;
  tolerations?: Toleration[];
  securityContext?: PodSecurityContext;
  /** Volumes of kind hostPath only. */
  hostPaths?: { name: string; path: string }[];
  /** Only the annotations that name a seccomp or AppArmor profile or a recording. */
  annotations?: Record<string, string>;
}

/** The security-relevant part of a pod spec or of a template's. @public */
export interface PodSecuritySpec extends PodLevelSpec {
  initContainers?: ContainerSecuritySpec[];
  containers: ContainerSecuritySpec[];
  ephemeralContainers?: ContainerSecuritySpec[];
}

/** What a workload's template says about the profiles of one container, to compare a live pod with. @public */
export interface TemplateSettings {
  securityContext?: Pick<
    ContainerSecurityContext,
    'seccompProfile' | 'appArmorProfile' | 'seLinuxOptions'
  >;
  pod: Pick<PodLevelSpec, 'securityContext' | 'annotations'>;
}

/** One container with the pod-level settings that apply to it: all that its confinement and elevations depend on. @public */
export interface DeclaredContainer {
  name: string;
  type: 'init' | 'sidecar' | 'main' | 'ephemeral';
  image: string;
  securityContext?: ContainerSecurityContext;
  volumeMounts?: { name: string; mountPath: string; readOnly?: boolean }[];
  apiToken?: 'mounted';
  pod: PodLevelSpec;
}
