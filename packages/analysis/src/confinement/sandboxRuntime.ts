import { PodLevelSpec } from './podSecurity';

/** The RuntimeClass of a pod. @public */
export interface ContainerRuntime {
  class: string;
  /** As the RuntimeClass object says; absent when that object is not known. */
  handler?: string;
}

const sandboxHandler = /^(gvisor|runsc|kata.*)$/i;

/**
 * The runtime that a pod asks for, and whether that runtime puts a sandbox between container and kernel.
 *
 * @remarks
 * By the handler of the RuntimeClass (gVisor: `gvisor`, `runsc`; Kata: `kata…`), by the name of the class where the
 * handler is not known; any other class without a known handler may bring a sandbox or not. Source: Kubernetes, "Runtime Class"; gVisor and Kata Containers, installation guides.
 * @public
 */
export function runtimeOf(
  pod: PodLevelSpec,
  handlers: Record<string, string> | undefined,
): { runtime?: ContainerRuntime; sandboxed: 'yes' | 'no' | 'unknown' } {
  const name = pod.runtimeClassName;
  if (!name) {
    return { sandboxed: 'no' };
  }
  const handler =
    handlers && Object.hasOwn(handlers, name) ? handlers[name] : undefined;
  const runtime = { class: name, ...(handler && { handler }) };
  if (sandboxHandler.test(handler ?? name)) {
    return { runtime, sandboxed: 'yes' };
  }
  return { runtime, sandboxed: handler === undefined ? 'unknown' : 'no' };
}
