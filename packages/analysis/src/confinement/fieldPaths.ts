import { DeclaredContainer } from './podSecurity';

/**
 * Path of a container in its object, as `spec.template.spec.containers[api]`.
 *
 * @public
 */
export function containerPath(
  container: DeclaredContainer,
  pathPrefix: string,
): string {
  return `${pathPrefix}.${containerList(container)}[${container.name}]`;
}

/** The list in the pod spec that holds the container. @public */
export function containerList(
  container: Pick<DeclaredContainer, 'type'>,
): 'initContainers' | 'containers' | 'ephemeralContainers' {
  if (container.type === 'init' || container.type === 'sidecar') {
    return 'initContainers';
  }
  return container.type === 'ephemeral' ? 'ephemeralContainers' : 'containers';
}

/**
 * Path of the pod's annotations, from the path of its spec: `spec.template.spec` gives
 * `spec.template.metadata.annotations`.
 *
 * @public
 */
export function annotationPath(pathPrefix: string, key: string): string {
  const parent = pathPrefix.replace(/\.?spec$/, '');
  return `${parent ? `${parent}.` : ''}metadata.annotations[${key}]`;
}
