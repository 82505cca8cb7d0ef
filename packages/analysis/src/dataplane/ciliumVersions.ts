import { compareCodeUnits } from '../profiles/canonicalJson';
import { CiliumLine, ciliumLine, patchesBehind } from './ciliumLine';
import {
  ciliumDigests,
  CiliumRelease,
  compareVersions,
} from './ciliumReleases';
import { parseCiliumImage } from './parseCiliumImage';

/** What one agent pod tells of its version. @public */
export interface CiliumAgentPod {
  nodeName: string;
  /** `spec.containers[cilium-agent].image`. */
  image: string;
  /** `status.containerStatuses[cilium-agent].image`. */
  statusImage?: string;
  /** `status.containerStatuses[cilium-agent].imageID`. */
  imageId?: string;
  /** Label `helm.sh/chart` of the pod. */
  chart?: string;
  /** Phase of the pod; of two pods on one node a running one decides. */
  phase?: string;
  /** Creation time; of two equal pods on one node the newer decides. */
  createdAt?: string;
  /** `status.startTime`: settings are read when the pod starts. */
  startedAt?: string;
  ready?: 'yes' | 'no' | 'unknown';
}

/** Facts of one cluster's Cilium. @public */
export interface CiliumFacts {
  /** Nodes on which an agent can run; Windows nodes are left out by `operatingSystem`. */
  nodes: { name: string; operatingSystem?: string }[];
  agents: CiliumAgentPod[];
  /** Says nothing per node; kept for the skew between operator and agents. */
  operator?: { image: string; imageId?: string };
}

/** Versions of Cilium in one cluster. @public */
export interface CiliumVersions {
  /** Oldest first, `unknown` last. */
  versions: {
    version: string;
    nodes: number;
    /** At most 20, sorted. */
    names?: string[];
    source?: string;
  }[];
  /** Linux nodes with no agent. */
  nodesWithout: number;
  line: { name: string; state: string; until?: string };
  /** A lower bound for the node that is furthest behind; null when unknown or a vendor's. */
  patchesBehind: number | null;
}

/** Version of the agent on one node and what it comes from. @public */
export interface CiliumNodeVersion {
  version: string;
  source: 'digest' | 'tag' | 'status' | 'label' | 'none';
  kind: 'upstream' | 'vendor' | 'prerelease' | 'ci' | 'unknown';
  /** As `isovalent`, for a vendor's build. */
  vendor?: string;
}

/** Nodes that run one version, with what it comes from. @public */
export interface CiliumVersionGroup extends CiliumNodeVersion {
  /** Sorted. */
  names: string[];
  nodeNames: ReadonlySet<string>;
}

/** Most node names per version. */
const mostNames = 20;

const severity: CiliumLine['state'][] = [
  'ended',
  'last-maintained',
  'maintained',
  'vendor',
  'unknown',
];

/**
 * The versions of Cilium in a cluster, per node, and the line and patches that the oldest of them stand for.
 *
 * @remarks
 * One node's version: by digest, else by the tag that its pod was started with, else by the image in its status, else by
 * the chart label. Where nodes differ, the worst line speaks. A vendor's build has no upstream line. The wanted version
 * of the DaemonSet is never used for a node. Source: cilium, Documentation/contributing/release/organization.rst and
 * install/kubernetes/cilium.
 * @param now - ISO time; decides which releases are out
 * @public
 */
export function ciliumVersions(
  facts: CiliumFacts,
  releases: readonly CiliumRelease[],
  now: string,
): CiliumVersions {
  return summarise(
    facts.nodes,
    ciliumVersionGroups(facts.agents, releases),
    releases,
    now,
  );
}

/** Which version runs on which nodes, oldest first, `unknown` last. */
export function ciliumVersionGroups(
  agents: readonly CiliumAgentPod[],
  releases: readonly CiliumRelease[],
): CiliumVersionGroup[] {
  return groupByVersion(newestAgents(agents), ciliumDigests(releases)).sort(
    (a, b) =>
      Number(a.version === 'unknown') - Number(b.version === 'unknown') ||
      compareVersions(a.version, b.version) ||
      compareCodeUnits(a.source, b.source),
  );
}

/** The answer for a cluster from its groups. */
export function summarise(
  nodes: CiliumFacts['nodes'],
  found: readonly CiliumVersionGroup[],
  releases: readonly CiliumRelease[],
  now: string,
): CiliumVersions {
  const linux = nodes.filter(
    node => (node.operatingSystem ?? 'linux') === 'linux',
  );
  const behind = found.map(group =>
    group.kind === 'upstream' || group.kind === 'prerelease'
      ? patchesBehind(group.version, releases, now)
      : undefined,
  );
  const counted = behind.filter(count => count !== undefined);
  return {
    versions: found.map(({ version, source, names }) => ({
      version,
      nodes: names.length,
      names: names.slice(0, mostNames),
      source,
    })),
    nodesWithout: linux.filter(
      node => !found.some(({ nodeNames }) => nodeNames.has(node.name)),
    ).length,
    line: worstLine(found, releases, now),
    patchesBehind: counted.length ? Math.max(...counted) : null,
  };
}

/** The version of the agent on one node, from its pod. @public */
export function ciliumNodeVersion(
  pod: CiliumAgentPod,
  digests: ReadonlyMap<string, string>,
): CiliumNodeVersion {
  const asked = parseCiliumImage(pod.image, pod.imageId, digests);
  if (asked.version && asked.kind !== 'other-component') {
    return {
      version: asked.version,
      source: asked.source,
      kind: asked.kind,
      ...(asked.vendor && { vendor: asked.vendor }),
    };
  }
  const reported = parseCiliumImage(pod.statusImage ?? '', undefined, digests);
  if (reported.version && reported.kind !== 'other-component') {
    return {
      version: reported.version,
      source: reported.source === 'digest' ? 'digest' : 'status',
      kind: reported.kind,
      ...(reported.vendor && { vendor: reported.vendor }),
    };
  }
  const chart =
    /^cilium-v?(\d+\.\d+\.\d+)(?:-((?:pre|rc)\.\d+))?(?:[_+].*)?$/.exec(
      pod.chart ?? '',
    );
  if (chart) {
    const [, version, suffix] = chart;
    return {
      version: suffix ? `${version}-${suffix}` : version,
      source: 'label',
      kind: suffix ? 'prerelease' : 'upstream',
    };
  }
  return {
    version: 'unknown',
    source: 'none',
    kind: asked.kind === 'ci' ? 'ci' : 'unknown',
  };
}

function groupByVersion(
  byNode: ReadonlyMap<string, CiliumAgentPod>,
  digests: ReadonlyMap<string, string>,
): CiliumVersionGroup[] {
  // A cluster of 500 nodes runs a handful of images: each is read once.
  const read = new Map<
    string,
    Map<string | undefined, { pod: CiliumAgentPod; found: CiliumNodeVersion }[]>
  >();
  const groups = new Map<string, CiliumNodeVersion & { names: string[] }>();
  for (const [node, pod] of byNode) {
    let byId = read.get(pod.image);
    if (!byId) {
      byId = new Map();
      read.set(pod.image, byId);
    }
    let same = byId.get(pod.imageId);
    if (!same) {
      same = [];
      byId.set(pod.imageId, same);
    }
    let found = same.find(
      one =>
        one.pod.statusImage === pod.statusImage && one.pod.chart === pod.chart,
    )?.found;
    if (!found) {
      found = ciliumNodeVersion(pod, digests);
      same.push({ pod, found });
    }
    const key = `${found.version} ${found.source} ${found.kind} ${found.vendor}`;
    const group = groups.get(key);
    if (group) {
      group.names.push(node);
    } else {
      groups.set(key, { ...found, names: [node] });
    }
  }
  return [...groups.values()].map(group => ({
    ...group,
    names: group.names.sort(compareCodeUnits),
    nodeNames: new Set(group.names),
  }));
}

/** The agent that speaks for each node. */
export function newestAgents(
  agents: readonly CiliumAgentPod[],
): Map<string, CiliumAgentPod> {
  const byNode = new Map<string, CiliumAgentPod>();
  for (const pod of agents) {
    if (!pod.nodeName) {
      continue;
    }
    const held = byNode.get(pod.nodeName);
    if (!held || podRank(pod) > podRank(held)) {
      byNode.set(pod.nodeName, pod);
    }
  }
  return byNode;
}

function podRank(pod: CiliumAgentPod): string {
  return `${pod.phase === 'Running' ? 1 : 0} ${pod.createdAt ?? ''}`;
}

function worstLine(
  found: readonly CiliumNodeVersion[],
  releases: readonly CiliumRelease[],
  now: string,
): CiliumLine {
  const lines = found.map<CiliumLine>(({ kind, version }) => {
    if (kind === 'vendor') {
      const [major, minor] = version.split('.');
      return { name: `${major}.${minor}`, state: 'vendor' };
    }
    return kind === 'upstream' || kind === 'prerelease'
      ? ciliumLine(version, releases, now)
      : { name: 'unknown', state: 'unknown' };
  });
  lines.sort((a, b) => severity.indexOf(a.state) - severity.indexOf(b.state));
  return lines[0] ?? { name: 'unknown', state: 'unknown' };
}
