/** What is kept of the DaemonSet of the agents. @public */
export interface CiliumDaemonSet {
  namespace: string;
  name: string;
  /** Image that the template wants. */
  image: string;
  strategy?: string;
  generation?: number;
  observedGeneration?: number;
  desired?: number;
  updated?: number;
  ready?: number;
}

/** How far the wanted version of the agents is rolled out. @public */
export interface CiliumRollOut {
  /** `waits`: pods are replaced only when somebody deletes them (OnDelete). */
  state: 'done' | 'rolling' | 'stuck' | 'waits' | 'unknown';
  /** Version that the template wants. */
  wanted: string;
  desired?: number;
  updated?: number;
  ready?: number;
  strategy?: string;
  /** When the newest agent was made. */
  lastChange?: string;
  /** When it will count as stuck, if nothing changes. */
  stuckAt?: string;
  because: string;
}

/** A roll-out without a new agent for so long is stuck. Agents are replaced two at a time, each within minutes. */
export const stuckAfterMilliseconds = 2 * 60 * 60_000;

/**
 * The state of the roll-out from the DaemonSet's own status.
 *
 * @param wanted - version that the template's image stands for
 * @param newestAgent - creation time of the newest agent pod
 */
export function ciliumRollOut(
  daemonSet: CiliumDaemonSet,
  wanted: string,
  newestAgent: string | undefined,
  now: string,
): CiliumRollOut {
  const { desired, updated, ready, strategy } = daemonSet;
  const common = {
    wanted,
    ...(desired !== undefined && { desired }),
    ...(updated !== undefined && { updated }),
    ...(ready !== undefined && { ready }),
    ...(strategy !== undefined && { strategy }),
    ...(newestAgent && { lastChange: newestAgent }),
  };
  if (desired === undefined || updated === undefined) {
    return {
      ...common,
      state: 'unknown',
      because: 'the DaemonSet says nothing of its roll-out',
    };
  }
  const unseen =
    daemonSet.generation !== undefined &&
    daemonSet.observedGeneration !== undefined &&
    daemonSet.observedGeneration < daemonSet.generation;
  if (updated >= desired && !unseen) {
    return (ready ?? desired) >= desired
      ? {
          ...common,
          state: 'done',
          because: `all ${desired} agents are updated`,
        }
      : unready(common, desired, ready ?? 0, newestAgent, now);
  }
  const progress = unseen
    ? 'the change has not been taken up yet'
    : `${updated} of ${desired} agents are updated`;
  if (strategy === 'OnDelete') {
    return {
      ...common,
      state: 'waits',
      because: `${progress}; the others wait until somebody deletes their pods (OnDelete)`,
    };
  }
  return stuckOrRolling(common, progress, newestAgent, now);
}

function unready(
  common: Omit<CiliumRollOut, 'state' | 'because'>,
  desired: number,
  ready: number,
  newestAgent: string | undefined,
  now: string,
): CiliumRollOut {
  return stuckOrRolling(
    common,
    `all ${desired} agents are updated, ${desired - ready} not ready`,
    newestAgent,
    now,
  );
}

function stuckOrRolling(
  common: Omit<CiliumRollOut, 'state' | 'because'>,
  progress: string,
  newestAgent: string | undefined,
  now: string,
): CiliumRollOut {
  const last = Date.parse(newestAgent ?? '');
  if (Number.isNaN(last)) {
    return {
      ...common,
      state: 'unknown',
      because: `${progress}; when the last one was is not known`,
    };
  }
  const stuckAt = last + stuckAfterMilliseconds;
  return stuckAt <= Date.parse(now)
    ? {
        ...common,
        state: 'stuck',
        because: `${progress}, and no new agent came since ${newestAgent}`,
      }
    : {
        ...common,
        state: 'rolling',
        stuckAt: new Date(stuckAt).toISOString(),
        because: progress,
      };
}
