import {
  type ContainerSecurityContext,
  type ContainerSecuritySpec,
  type LocalhostProfileSource,
  type PodSecurityContext,
  type PodSecuritySpec,
  type SeLinuxOptions,
  type Toleration,
  traceAnnotation,
} from '@security-profiles/analysis';
import { isKeptAnnotation } from '../../clusters/podAnnotations';
import {
  asFlag,
  asInteger,
  asRecord,
  asRecords,
  asText,
  asTextMap,
  asTexts,
  withoutUndefined,
} from './readFields';

/** Far beyond what an API server takes; a folder of manifests is not checked by one. */
const longestContainerName = 253;

/**
 * Keeps of a pod spec what security depends on. Environment variables, arguments, commands, probes and every volume
 * that is not a host path are not read at all.
 */
export function projectPodSpec(
  spec: unknown,
  options: { annotations: unknown; endedContainers?: ReadonlySet<string> },
): PodSecuritySpec {
  const pod = asRecord(spec) ?? {};
  const hostPaths = asRecords(pod.volumes).flatMap(volume => {
    const path = asText(asRecord(volume.hostPath)?.path);
    const name = asText(volume.name);
    return path !== undefined && name !== undefined ? [{ name, path }] : [];
  });
  const context = {
    tokenVolumes: new Set(
      asRecords(pod.volumes)
        .filter(holdsApiToken)
        .flatMap(volume => asText(volume.name) ?? []),
    ),
    hostPathVolumes: new Set(hostPaths.map(({ name }) => name)),
    ended: options.endedContainers ?? new Set<string>(),
  };
  const containers = (value: unknown) =>
    asRecords(value).map(container => projectContainer(container, context));
  const nonEmpty = <T>(items: T[]) => (items.length > 0 ? items : undefined);
  const annotations = Object.fromEntries(
    Object.entries(asTextMap(options.annotations)).flatMap(
      ([key, value]): [string, string][] =>
        isKeptAnnotation(key) ? [[key, keptValue(key, value)]] : [],
    ),
  );
  const nodeSelector = asTextMap(pod.nodeSelector);
  return withoutUndefined<PodSecuritySpec>({
    os: asText(asRecord(pod.os)?.name),
    hostPID: asFlag(pod.hostPID) || undefined,
    hostIPC: asFlag(pod.hostIPC) || undefined,
    hostNetwork: asFlag(pod.hostNetwork) || undefined,
    hostUsers: asFlag(pod.hostUsers),
    runtimeClassName: asText(pod.runtimeClassName),
    serviceAccountName: asText(pod.serviceAccountName),
    automountServiceAccountToken: asFlag(pod.automountServiceAccountToken),
    nodeSelector:
      Object.keys(nodeSelector).length > 0 ? nodeSelector : undefined,
    tolerations: nonEmpty(asRecords(pod.tolerations).map(projectToleration)),
    securityContext: projectPodSecurityContext(pod.securityContext),
    hostPaths: nonEmpty(hostPaths),
    annotations: Object.keys(annotations).length > 0 ? annotations : undefined,
    initContainers: nonEmpty(containers(pod.initContainers)),
    containers: containers(pod.containers),
    ephemeralContainers: nonEmpty(containers(pod.ephemeralContainers)),
  });
}

/** A token without an audience is for the API, and so is one for its own name. */
function holdsApiToken(volume: Record<string, unknown>): boolean {
  return asRecords(asRecord(volume.projected)?.sources).some(source => {
    const token = asRecord(source.serviceAccountToken);
    const audience = asText(token?.audience) ?? '';
    return (
      token !== undefined &&
      (audience === '' || /(^|\/\/)kubernetes\.default\b/.test(audience))
    );
  });
}

/** Of a recording only its name: the rest differs from pod to pod, and each would be a signature of its own. */
function keptValue(key: string, value: string): string {
  return key.startsWith(traceAnnotation) ? value.split('_')[0] : value;
}

function projectContainer(
  container: Record<string, unknown>,
  context: {
    tokenVolumes: ReadonlySet<string>;
    hostPathVolumes: ReadonlySet<string>;
    ended: ReadonlySet<string>;
  },
): ContainerSecuritySpec {
  const name = (asText(container.name) ?? '').slice(0, longestContainerName);
  const mounts = asRecords(container.volumeMounts).flatMap(mount => {
    const volume = asText(mount.name);
    return volume !== undefined && context.hostPathVolumes.has(volume)
      ? [
          withoutUndefined({
            name: volume,
            mountPath: asText(mount.mountPath) ?? '',
            readOnly: asFlag(mount.readOnly) || undefined,
          }),
        ]
      : [];
  });
  return withoutUndefined<ContainerSecuritySpec>({
    name,
    image: asText(container.image) ?? '',
    restartPolicy: asText(container.restartPolicy),
    securityContext: projectContainerSecurityContext(container.securityContext),
    volumeMounts: mounts.length > 0 ? mounts : undefined,
    // The volume's own name differs from pod to pod, and each would be a signature of its own.
    apiToken: asRecords(container.volumeMounts).some(mount =>
      context.tokenVolumes.has(asText(mount.name) ?? ''),
    )
      ? 'mounted'
      : undefined,
    ended: context.ended.has(name) || undefined,
  });
}

function projectContainerSecurityContext(
  value: unknown,
): ContainerSecurityContext | undefined {
  const context = asRecord(value);
  if (!context) {
    return undefined;
  }
  const capabilities = asRecord(context.capabilities);
  const kept = withoutUndefined<ContainerSecurityContext>({
    privileged: asFlag(context.privileged) || undefined,
    allowPrivilegeEscalation: asFlag(context.allowPrivilegeEscalation),
    runAsUser: asInteger(context.runAsUser),
    runAsNonRoot: asFlag(context.runAsNonRoot),
    procMount: asText(context.procMount),
    capabilities:
      capabilities &&
      withoutUndefined({
        add: asTexts(capabilities.add),
        drop: asTexts(capabilities.drop),
      }),
    seccompProfile: projectProfileSource(context.seccompProfile),
    appArmorProfile: projectProfileSource(context.appArmorProfile),
    seLinuxOptions: projectSeLinuxOptions(context.seLinuxOptions),
  });
  return Object.keys(kept).length > 0 ? kept : undefined;
}

function projectPodSecurityContext(
  value: unknown,
): PodSecurityContext | undefined {
  const context = asRecord(value);
  if (!context) {
    return undefined;
  }
  const sysctls = asRecords(context.sysctls).map(sysctl => ({
    name: asText(sysctl.name) ?? '',
    value: asText(sysctl.value) ?? '',
  }));
  const kept = withoutUndefined<PodSecurityContext>({
    runAsUser: asInteger(context.runAsUser),
    runAsNonRoot: asFlag(context.runAsNonRoot),
    seccompProfile: projectProfileSource(context.seccompProfile),
    appArmorProfile: projectProfileSource(context.appArmorProfile),
    seLinuxOptions: projectSeLinuxOptions(context.seLinuxOptions),
    sysctls: sysctls.length > 0 ? sysctls : undefined,
  });
  return Object.keys(kept).length > 0 ? kept : undefined;
}

function projectProfileSource(
  value: unknown,
): LocalhostProfileSource | undefined {
  const source = asRecord(value);
  const type = asText(source?.type);
  return source && type !== undefined
    ? withoutUndefined({
        type,
        localhostProfile: asText(source.localhostProfile),
      })
    : undefined;
}

function projectSeLinuxOptions(value: unknown): SeLinuxOptions | undefined {
  const options = asRecord(value);
  return options
    ? withoutUndefined<SeLinuxOptions>({
        user: asText(options.user),
        role: asText(options.role),
        type: asText(options.type),
        level: asText(options.level),
      })
    : undefined;
}

function projectToleration(value: Record<string, unknown>): Toleration {
  return withoutUndefined<Toleration>({
    key: asText(value.key),
    operator: asText(value.operator),
    value: asText(value.value),
    effect: asText(value.effect),
  });
}
