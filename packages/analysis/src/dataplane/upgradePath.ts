import { newestPatch } from './ciliumLine';
import {
  CiliumRelease,
  compareVersions,
  stableReleases,
} from './ciliumReleases';
import { KernelFit, KernelNode } from './kernelFit';
import { kubernetesFit } from './kubernetesFit';
import { minorOf } from './minorOf';

/** A page to read. @public */
export interface UpgradeLink {
  text: string;
  url: string;
}

/** One step of the way to a maintained line. @public */
export interface UpgradeStep {
  from: string;
  to: string;
  kind: 'patch' | 'minor';
  /** What has to be dealt with first. */
  obstacles: {
    kind: 'kernel' | 'kubernetes';
    text: string;
    nodes?: string[];
  }[];
  /** What changes for users, from the upgrade notes. */
  notes: string[];
  before: string[];
  after: string[];
  links: UpgradeLink[];
}

/** What a minor asks for on the way to it. Source: cilium, Documentation/operations/upgrade*.{rst,inc} of that version. */
const notes: Record<string, string[]> = {
  '1.18': ['The kernel has to be 5.10 or newer; it was 5.4.'],
  '1.19': [
    'fromRequires and toRequires in policies are rejected.',
    'DNS patterns that begin with **. match more.',
    'Policies select pods of the local cluster only, unless they say otherwise.',
    'Mutual authentication is off by default.',
    'The CRD of BGPv1 is gone.',
  ],
  '1.20': [
    'Rules kafka, l7 and l7proto in policies are removed.',
    'Gateway API has to be 1.6.1 or newer.',
    'CiliumNodeConfig v2alpha1 is gone.',
    'A CiliumNetworkPolicy without spec and specs is rejected.',
    'CNI specification 1.0.0.',
  ],
};

/** More links than that help nobody. */
const mostLinks = 12;

/**
 * The next safe steps: the newest patch of the line, then one minor after another to a line that is maintained and not
 * the last. Only consecutive minors are tested by the project, up and down.
 *
 * @remarks
 * Source: cilium, Documentation/operations/upgrade.rst and upgrade-warning.rst.
 * @param version - the oldest upstream version in the cluster
 */
export function upgradePath(
  version: string,
  facts: {
    nodes: readonly (KernelNode & { name: string })[];
    kubernetes?: string;
    fitOf: (node: KernelNode, version: string) => KernelFit;
    releases: readonly CiliumRelease[];
    now: string;
  },
): UpgradeStep[] {
  const { releases, now } = facts;
  const minors = stableMinors(releases, now);
  const start = minorOf(version);
  const from = start === undefined ? -1 : minors.indexOf(start);
  if (from < 0) {
    return [];
  }
  const steps: UpgradeStep[] = [];
  // The newest two are maintained for longer than until the next release.
  const goal = Math.max(from, minors.length - 2);
  let at = version;
  for (const minor of minors.slice(from, goal + 1)) {
    const to = newestPatch(`${minor}.0`, releases, now)!;
    if (compareVersions(to, at) > 0) {
      steps.push(stepTo(at, to, facts));
      at = to;
    }
  }
  return steps;
}

function stepTo(
  from: string,
  to: string,
  facts: Parameters<typeof upgradePath>[1],
): UpgradeStep {
  const minor = minorOf(to)!;
  const kind = minor === minorOf(from) ? 'patch' : 'minor';
  return {
    from,
    to,
    kind,
    obstacles: obstaclesTo(to, facts),
    notes: kind === 'minor' ? notes[minor] ?? [] : [],
    before:
      kind === 'minor'
        ? [
            'Run the pre-flight check: its DaemonSet pulls the images, its Deployment validates the policies and has to be ready 1/1.',
            'Set upgradeCompatibility to the first minor that was installed, and do not reuse values.',
            'Note the rate of policy drops, to compare.',
          ]
        : ['Note the rate of policy drops, to compare.'],
    after: [
      'Run the connectivity test.',
      'Compare policy drops and the agents that are ready.',
      'L7 proxy, Ingress and Gateway connections are cut once per node: look at their errors.',
    ],
    links: linksTo(from, to, facts),
  };
}

function obstaclesTo(
  to: string,
  { nodes, kubernetes, fitOf }: Parameters<typeof upgradePath>[1],
): UpgradeStep['obstacles'] {
  const obstacles: UpgradeStep['obstacles'] = [];
  const byReason = new Map<string, string[]>();
  for (const node of nodes) {
    const fit = fitOf(node, to);
    if (fit.state === 'unfit' || fit.state === 'known-bad') {
      const names = byReason.get(fit.because);
      if (names) {
        names.push(node.name);
      } else {
        byReason.set(fit.because, [node.name]);
      }
    }
  }
  for (const [because, names] of byReason) {
    obstacles.push({
      kind: 'kernel',
      text: `Kernel of ${names.slice(0, 5).join(', ')}${
        names.length > 5 ? ` and ${names.length - 5} more` : ''
      } first: ${because}.`,
      nodes: names,
    });
  }
  const fit = kubernetesFit(kubernetes, to);
  if (fit.state === 'untested') {
    obstacles.push({ kind: 'kubernetes', text: `${fit.because}.` });
  }
  return obstacles;
}

function linksTo(
  from: string,
  to: string,
  { releases, now }: Parameters<typeof upgradePath>[1],
): UpgradeLink[] {
  const minor = minorOf(to)!;
  const between = stableReleases(releases, now)
    .map(({ tag }) => tag.replace(/^v/, ''))
    .filter(
      version =>
        minorOf(version) === minor &&
        compareVersions(version, from) > 0 &&
        compareVersions(version, to) <= 0,
    )
    .sort(compareVersions)
    .reverse();
  return [
    ...between.slice(0, mostLinks).map(version => ({
      text: `Release notes of ${version}`,
      url: `https://github.com/cilium/cilium/releases/tag/v${version}`,
    })),
    {
      text: `Upgrade guide of ${minor}`,
      url: `https://docs.cilium.io/en/v${minor}/operations/upgrade/`,
    },
  ];
}

/** Minors with a stable release, oldest first. */
function stableMinors(
  releases: readonly CiliumRelease[],
  now: string,
): string[] {
  const minors = new Set<string>();
  for (const { tag } of [...stableReleases(releases, now)].sort((a, b) =>
    compareVersions(a.tag, b.tag),
  )) {
    const minor = minorOf(tag);
    if (minor !== undefined) {
      minors.add(minor);
    }
  }
  return [...minors];
}
