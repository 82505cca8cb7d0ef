import {
  ContainerSecuritySpec,
  DeclaredContainer,
  PodLevelSpec,
  PodSecuritySpec,
} from './podSecurity';

/**
 * All containers of a pod or pod template that run or will run, each with the pod-level settings that apply to it.
 *
 * @remarks
 * An init container with `restartPolicy: Always` is a sidecar. An ended ephemeral container is left out: it can't come
 * back. Source: Kubernetes, concepts "Sidecar Containers" and "Ephemeral Containers".
 * @public
 */
export function listContainers(pod: PodSecuritySpec): DeclaredContainer[] {
  const { initContainers, containers, ephemeralContainers, ...level } = pod;
  const declared: DeclaredContainer[] = [];
  for (const spec of initContainers ?? []) {
    declared.push(
      declare(
        spec,
        spec.restartPolicy === 'Always' ? 'sidecar' : 'init',
        level,
      ),
    );
  }
  for (const spec of containers ?? []) {
    declared.push(declare(spec, 'main', level));
  }
  for (const spec of ephemeralContainers ?? []) {
    if (!spec.ended) {
      declared.push(declare(spec, 'ephemeral', level));
    }
  }
  return declared;
}

function declare(
  spec: ContainerSecuritySpec,
  type: DeclaredContainer['type'],
  pod: PodLevelSpec,
): DeclaredContainer {
  return {
    name: spec.name,
    type,
    image: spec.image,
    ...(spec.securityContext && { securityContext: spec.securityContext }),
    ...(spec.volumeMounts && { volumeMounts: spec.volumeMounts }),
    ...(spec.apiToken && { apiToken: spec.apiToken }),
    pod,
  };
}
