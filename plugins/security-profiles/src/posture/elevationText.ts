import type { Elevation } from '@security-profiles/backstage-plugin-security-profiles-common';
import type { Texts } from '../texts/useTexts';

/** An elevation in the words of Kubernetes and the kernel, as "CAP_SYS_ADMIN" or "host path /run/containerd writable". */
export function elevationText(
  texts: Texts,
  elevation: Pick<Elevation, 'id' | 'value'>,
): string {
  const { id, value } = elevation;
  if (id.startsWith('capability-')) {
    return value;
  }
  if (id.startsWith('host-path-')) {
    return texts.t('elevation.hostPath', { value });
  }
  return texts.maybe(`elevation.${id}`, { value }) ?? id;
}
