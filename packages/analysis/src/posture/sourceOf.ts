import { ProfileKind } from '../profiles/profileObject';
import { ClusterFacts } from './entityFacts';
import { Source } from './posture';

/** Resources that a posture is judged from, by plural. */
const plurals: Record<ProfileKind, string> = {
  SeccompProfile: 'seccompprofiles',
  SelinuxProfile: 'selinuxprofiles',
  RawSelinuxProfile: 'rawselinuxprofiles',
  AppArmorProfile: 'apparmorprofiles',
};

/** The plural of the objects that tell a profile's state per node. */
export const nodeStatusPlural = 'securityprofilenodestatuses';

/** A cluster's source by plural, whatever its group is written like. */
export function sourceOf(
  cluster: ClusterFacts,
  plural: string,
): Source | undefined {
  return cluster.sources.find(
    source =>
      source.resource === plural || source.resource.startsWith(`${plural}.`),
  );
}

/** Kinds of profiles of which nothing is known, with the reason; an operator that is not installed is known. */
export function unreadKinds(
  cluster: ClusterFacts,
): ReadonlyMap<ProfileKind, string> {
  const unread = new Map<ProfileKind, string>();
  for (const [kind, plural] of Object.entries(plurals) as [
    ProfileKind,
    string,
  ][]) {
    const held = cluster.profiles.some(({ profile }) => profile.kind === kind);
    const source = sourceOf(cluster, plural);
    const because = held ? undefined : whyUnread(cluster, source, plural);
    if (because !== undefined) {
      unread.set(kind, because);
    }
  }
  return unread;
}

/** Why the state of profiles per node is not known; undefined where it is. */
export function nodeStatesUnread(cluster: ClusterFacts): string | undefined {
  return whyUnread(
    cluster,
    sourceOf(cluster, nodeStatusPlural),
    nodeStatusPlural,
  );
}

/** Whether nothing of a source is held, and why. */
function whyUnread(
  cluster: ClusterFacts,
  source: Source | undefined,
  plural: string,
): string | undefined {
  if (!source) {
    return cluster.operatorInstalled === 'no'
      ? undefined
      : `${plural} of ${cluster.name} were not read`;
  }
  if (source.state === 'fresh' || source.state === 'not-installed') {
    return undefined;
  }
  if (source.state === 'stale' && (source.count ?? 0) > 0) {
    return undefined;
  }
  return `${plural} of ${cluster.name} could not be read since ${source.since}: ${source.state}`;
}

/** Whether a cluster's pods or templates are known now, were known, or never were. */
export type ClusterFreshness = 'fresh' | 'stale' | 'not-collected';

/** How fresh the facts about workloads of a cluster are, by its source `pods`. */
export function clusterFreshness(cluster: ClusterFacts): ClusterFreshness {
  const source = sourceOf(cluster, 'pods');
  if (!source) {
    return cluster.sources.some(other => other.state === 'fresh')
      ? 'fresh'
      : 'not-collected';
  }
  if (source.state === 'fresh') {
    return 'fresh';
  }
  return source.lastFresh !== undefined || source.state === 'stale'
    ? 'stale'
    : 'not-collected';
}
