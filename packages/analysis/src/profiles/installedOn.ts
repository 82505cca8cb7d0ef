import { compareCodeUnits } from './canonicalJson';

/** On how many of the nodes that the operator serves a profile is installed. @public */
export interface Installed {
  nodes: number;
  of: number;
  missingTotal: number;
  /** At most 20 names, sorted. */
  missing: string[];
}

/** Most names in {@link Installed}. */
const mostNames = 20;

/**
 * On which of the nodes that the operator serves a profile is installed.
 *
 * @remarks
 * Nodes with a pod of the operator's daemon are the whole; where none is known, the nodes that report a state are. The
 * profile's own `status` is no help: it goes stale without a sign. `Installed` proves that some content is there, not
 * which. Source: SPO v1.0.0, internal/pkg/manager/nodestatus/nodestatus.go.
 * @param options - `nodeStates`: state by node name, from the node status objects of this profile; `operatorNodes`:
 * nodes with a pod of the daemon
 * @public
 */
export function installedOn(options: {
  nodeStates: Record<string, string>;
  operatorNodes: string[];
}): Installed {
  const { nodeStates, operatorNodes } = options;
  const served = [
    ...new Set(operatorNodes.length ? operatorNodes : Object.keys(nodeStates)),
  ].sort(compareCodeUnits);
  const missing = served.filter(node => !isInstalled(nodeStates[node]));
  return {
    nodes: served.length - missing.length,
    of: served.length,
    missingTotal: missing.length,
    missing: missing.slice(0, mostNames),
  };
}

/** Compares without case: spelling differs between API versions. */
export function isInstalled(state: string | undefined): boolean {
  return typeof state === 'string' && state.toLowerCase() === 'installed';
}
