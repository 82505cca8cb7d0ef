import type { CollectedAgents } from '../facts/CollectedDataplane';

/**
 * One roll-out for several DaemonSets of agents: those with the image of the largest are added up, as GKE's of several
 * sizes; another image is the other half of an upgrade with two DaemonSets, whose pods speak for themselves.
 */
export function combineDaemonSets(
  all: readonly CollectedAgents[],
): CollectedAgents | undefined {
  const [largest] = [...all].sort(
    (a, b) => (b.desired ?? 0) - (a.desired ?? 0),
  );
  if (!largest) {
    return undefined;
  }
  const same = all.filter(({ image }) => image === largest.image);
  const sum = (field: 'desired' | 'updated' | 'ready') => {
    const counts = same.flatMap(one => one[field] ?? []);
    return counts.length === same.length
      ? { [field]: counts.reduce((total, count) => total + count, 0) }
      : {};
  };
  const unseen = same.find(
    ({ generation = 0, observedGeneration = generation }) =>
      observedGeneration < generation,
  );
  const { desired, updated, ready, ...rest } = unseen ?? largest;
  return { ...rest, ...sum('desired'), ...sum('updated'), ...sum('ready') };
}
