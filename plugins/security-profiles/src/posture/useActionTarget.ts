import type { NextStep } from '@security-profiles/backstage-plugin-security-profiles-common';
import { useClusterLink } from '../data/useClusterLink';

/** Where the button of a next step leads. */
export interface ActionTarget {
  href: string;
  name: string;
}

const CLUSTER_REF = /^cluster:(.+)$/;

/**
 * Where the button of a next step leads, if this version has a place for it.
 *
 * @remarks
 * `open` with a reference `cluster:<id>` leads to the page of that cluster; a reference that is
 * an https address leads there. Anything else has no button.
 */
export function useActionTarget(
  action: NextStep['action'],
  clusterNames: ReadonlyMap<string, string>,
): ActionTarget | undefined {
  const clusterLink = useClusterLink();
  if (action?.kind !== 'open' || !action.ref) {
    return undefined;
  }
  if (action.ref.startsWith('https://')) {
    return { href: action.ref, name: new URL(action.ref).hostname };
  }
  const clusterId = CLUSTER_REF.exec(action.ref)?.[1];
  const href = clusterId === undefined ? undefined : clusterLink(clusterId);
  return clusterId === undefined || href === undefined
    ? undefined
    : { href, name: clusterNames.get(clusterId) ?? clusterId };
}
