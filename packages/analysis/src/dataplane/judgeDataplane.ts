import { compareCodeUnits } from '../profiles/canonicalJson';
import { daysBehind, newestPatch } from './ciliumLine';
import { ciliumDigests, compareVersions } from './ciliumReleases';
import { CiliumRollOut, ciliumRollOut } from './ciliumRollOut';
import { listSettings, readSettings } from './ciliumSettings';
import {
  CiliumAgentPod,
  CiliumVersionGroup,
  ciliumVersionGroups,
  newestAgents,
  summarise,
} from './ciliumVersions';
import {
  DataplaneFacts,
  DataplaneFeed,
  DataplanePlan,
  DataplaneVerdict,
  KernelProblem,
} from './dataplaneVerdict';
import { feedAge, oldFrom } from './feedAge';
import { AdvisoryVerdict, judgeAdvisory } from './judgeAdvisory';
import { KernelFit, KernelNode } from './kernelFit';
import { kubernetesFit } from './kubernetesFit';
import { operatorSkew } from './operatorSkew';
import { parseCiliumImage } from './parseCiliumImage';
import { rememberedFits } from './rememberedFits';
import { upgradePath } from './upgradePath';
import { vendorSupport } from './vendorSupport';
import { whyNoAgent } from './whyNoAgent';

const mostNames = 20;

const verdictOrder: AdvisoryVerdict['verdict'][] = [
  'applies',
  'applies-if',
  'unknown',
  'not-affected',
];

const severities = ['critical', 'high', 'medium', 'low', 'unknown'];

const kernelOrder: KernelFit['state'][] = [
  'unfit',
  'known-bad',
  'unknown',
  'fits',
  'not-applicable',
];

/**
 * Judges the Cilium of one cluster in which agents run: versions and line, roll-out, operator, kernels, Kubernetes,
 * settings, advisories against these settings, and the next safe steps.
 *
 * @param now - ISO time; decides which releases are out, what is late and what is stuck
 * @public
 */
export function judgeDataplane(
  facts: DataplaneFacts,
  feed: DataplaneFeed,
  now: string,
): DataplaneVerdict {
  const { releases } = feed;
  const digests = ciliumDigests(releases);
  const byNode = newestAgents(facts.agents);
  const groups = ciliumVersionGroups(facts.agents, releases);
  const versions = summarise(facts.nodes, groups, releases, now);
  const known = groups.filter(({ version }) => version !== 'unknown');
  const upstream = known.filter(
    ({ kind }) => kind === 'upstream' || kind === 'prerelease',
  );
  const oldest = known[0]?.version;
  const rollOut = rollOutOf(facts, byNode, digests, now);
  const older = agentsBefore(byNode, facts.config?.changedAt);
  const setting = readSettings(facts.config, oldest ?? '');
  const advisories = judgeAdvisories(facts, feed, groups, older.length);
  const fitOf = rememberedFits(setting);
  const kernel = judgeKernels(facts, byNode, groups, fitOf);
  const prepared =
    facts.preflight === undefined
      ? undefined
      : parseCiliumImage(facts.preflight, undefined, digests).version;
  const newest = upstream[0]
    ? newestPatch(upstream[0].version, releases, now)
    : undefined;
  const days = upstream[0]
    ? daysBehind(upstream[0].version, releases, now)
    : undefined;
  const vendor = known.find(({ kind }) => kind === 'vendor');
  const notReady = [...byNode.values()].filter(({ ready }) => ready === 'no');
  const path = upstream[0]
    ? upgradePath(upstream[0].version, {
        nodes: facts.nodes.filter(
          node => (node.operatingSystem ?? 'linux') === 'linux',
        ),
        kubernetes: facts.kubernetes,
        fitOf,
        releases,
        now,
      })
    : [];
  const underWay = rollOut?.state === 'rolling' ? 'under-way' : 'done';
  const plan =
    facts.plan &&
    judgePlan(
      facts.plan,
      known.map(({ version }) => version),
      now,
    );
  return {
    ...versions,
    ...(newest && { newest }),
    ...(days !== undefined && { daysBehind: days }),
    ...(vendor && {
      support: vendorSupport(
        vendor.vendor ?? 'other',
        vendor.version,
        facts.kubernetes,
      ),
    }),
    without: facts.nodes
      .filter(
        node =>
          (node.operatingSystem ?? 'linux') === 'linux' &&
          !byNode.has(node.name),
      )
      .slice(0, mostNames)
      .map(node => ({
        name: node.name,
        because: whyNoAgent(node, facts.placement),
      })),
    notReady: notReady.slice(0, mostNames).map(({ nodeName }) => ({
      name: nodeName,
      version:
        groups.find(({ nodeNames }) => nodeNames.has(nodeName))?.version ??
        'unknown',
    })),
    notReadyTotal: notReady.length,
    ...(rollOut && { rollOut }),
    ...(prepared !== undefined && { prepared }),
    operator: operatorSkew(
      facts.operator,
      [...new Set(known.map(({ version }) => version))],
      underWay,
    ),
    kernel,
    kubernetes: kubernetesFit(facts.kubernetes, oldest ?? ''),
    settings: facts.config
      ? listSettings(
          facts.config,
          facts.nodeConfigs,
          oldest ?? '',
          older.length,
        )
      : [],
    ...(facts.config === undefined && {
      settingsReason: facts.configReason ?? 'cilium-config has not been read',
    }),
    config: {
      state: configState(facts, older.length),
      ...(facts.config?.changedAt && { changedAt: facts.config.changedAt }),
      olderAgents: older.length,
      names: older.slice(0, mostNames),
    },
    auditMode: auditMode(setting('policy-audit-mode')),
    advisories,
    advisoryCounts: countAdvisories(advisories),
    path,
    disagreements: disagreements(byNode, digests),
    feed: {
      releases: feedAge(feed.releasesAsOf, now),
      advisories: feedAge(feed.advisoriesAsOf, now),
    },
    ...(plan && { plan }),
    ...validUntil(
      [
        rollOut?.stuckAt,
        feed.releasesAsOf && oldFrom(feed.releasesAsOf),
        feed.advisoriesAsOf && oldFrom(feed.advisoriesAsOf),
        plan?.state === 'planned' ? dayAfter(plan.date) : undefined,
        nextRelease(releases, now),
      ],
      now,
    ),
  };
}

function rollOutOf(
  { daemonSet }: DataplaneFacts,
  byNode: ReadonlyMap<string, CiliumAgentPod>,
  digests: ReadonlyMap<string, string>,
  now: string,
): CiliumRollOut | undefined {
  if (!daemonSet) {
    return undefined;
  }
  let newest: string | undefined;
  for (const { createdAt } of byNode.values()) {
    if (createdAt && (newest === undefined || createdAt > newest)) {
      newest = createdAt;
    }
  }
  return ciliumRollOut(
    daemonSet,
    parseCiliumImage(daemonSet.image, undefined, digests).version ?? 'unknown',
    newest,
    now,
  );
}

/** Names of nodes whose agent started before a time, sorted. */
function agentsBefore(
  byNode: ReadonlyMap<string, CiliumAgentPod>,
  changedAt: string | undefined,
): string[] {
  const changed = Date.parse(changedAt ?? '');
  if (Number.isNaN(changed)) {
    return [];
  }
  const names: string[] = [];
  for (const [name, { startedAt, createdAt }] of byNode) {
    if (Date.parse(startedAt ?? createdAt ?? '') < changed) {
      names.push(name);
    }
  }
  return names.sort(compareCodeUnits);
}

function configState(
  { config }: DataplaneFacts,
  olderAgents: number,
): DataplaneVerdict['config']['state'] {
  if (!config || config.changedAt === undefined) {
    return 'unknown';
  }
  return olderAgents > 0 ? 'not-live' : 'live';
}

function auditMode(value: string | undefined): DataplaneVerdict['auditMode'] {
  if (value === undefined) {
    return 'unknown';
  }
  return value === 'true' ? 'on' : 'off';
}

function judgeAdvisories(
  facts: DataplaneFacts,
  feed: DataplaneFeed,
  groups: readonly CiliumVersionGroup[],
  olderAgents: number,
): AdvisoryVerdict[] {
  const read = (version: string) => readSettings(facts.config, version);
  return feed.advisories
    .flatMap(
      advisory =>
        judgeAdvisory(advisory, groups, {
          setting: read(groups[0]?.version ?? ''),
          settings: settingsAre(facts, olderAgents),
          ...(facts.components && { components: facts.components }),
        }) ?? [],
    )
    .sort(
      (a, b) =>
        verdictOrder.indexOf(a.verdict) - verdictOrder.indexOf(b.verdict) ||
        severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
        compareCodeUnits(b.published ?? '', a.published ?? '') ||
        compareCodeUnits(a.id, b.id),
    );
}

function settingsAre(
  { config }: DataplaneFacts,
  olderAgents: number,
): 'live' | 'not-live' | 'unread' {
  if (!config) {
    return 'unread';
  }
  return olderAgents > 0 ? 'not-live' : 'live';
}

function countAdvisories(
  advisories: readonly AdvisoryVerdict[],
): DataplaneVerdict['advisoryCounts'] {
  const count = (verdict: AdvisoryVerdict['verdict']) =>
    advisories.filter(one => one.verdict === verdict).length;
  return {
    applies: count('applies'),
    maybe: count('applies-if'),
    unknown: count('unknown'),
    notAffected: count('not-affected'),
  };
}

/** Each node's kernel for the version that runs there. */
function judgeKernels(
  facts: DataplaneFacts,
  byNode: ReadonlyMap<string, CiliumAgentPod>,
  groups: readonly CiliumVersionGroup[],
  fitOf: (node: KernelNode, version: string) => KernelFit,
): DataplaneVerdict['kernel'] {
  const versionOf = new Map<string, string>();
  for (const { version, nodeNames } of groups) {
    for (const name of nodeNames) {
      versionOf.set(name, version);
    }
  }
  const problems = new Map<string, KernelProblem>();
  let worst: KernelFit['state'] = 'not-applicable';
  for (const node of facts.nodes) {
    const version = versionOf.get(node.name);
    if (version !== undefined && byNode.has(node.name)) {
      const fit = fitOf(node, version);
      if (kernelOrder.indexOf(fit.state) < kernelOrder.indexOf(worst)) {
        worst = fit.state;
      }
      if (fit.state !== 'fits' && fit.state !== 'not-applicable') {
        addProblem(problems, fit, node.name);
      }
    }
  }
  return {
    state: worst,
    problems: [...problems.values()].sort(
      (a, b) => kernelOrder.indexOf(a.state) - kernelOrder.indexOf(b.state),
    ),
  };
}

function addProblem(
  problems: Map<string, KernelProblem>,
  fit: KernelFit,
  name: string,
): void {
  const key = `${fit.state} ${fit.because}`;
  const problem = problems.get(key) ?? { ...fit, nodes: 0, names: [] };
  problem.nodes += 1;
  if (problem.names.length < mostNames) {
    problem.names.push(name);
  }
  problems.set(key, problem);
}

function disagreements(
  byNode: ReadonlyMap<string, CiliumAgentPod>,
  digests: ReadonlyMap<string, string>,
): DataplaneVerdict['disagreements'] {
  const held = new Map<
    string,
    Map<string | undefined, { tag?: string; version?: string }>
  >();
  const found = new Map<
    string,
    { tag: string; version: string; names: string[] }
  >();
  for (const [name, { image, imageId }] of byNode) {
    let byId = held.get(image);
    if (!byId) {
      byId = new Map();
      held.set(image, byId);
    }
    let read = byId.get(imageId);
    if (!read) {
      const { tagVersion, version } = parseCiliumImage(image, imageId, digests);
      read = { tag: tagVersion, version };
      byId.set(imageId, read);
    }
    if (read.tag !== undefined && read.version !== undefined) {
      const key = `${read.tag} ${read.version}`;
      const entry = found.get(key) ?? {
        tag: read.tag,
        version: read.version,
        names: [],
      };
      entry.names.push(name);
      found.set(key, entry);
    }
  }
  return [...found.values()].map(one => ({
    ...one,
    names: one.names.sort(compareCodeUnits).slice(0, mostNames),
  }));
}

function judgePlan(
  plan: DataplanePlan,
  versions: readonly string[],
  now: string,
): NonNullable<DataplaneVerdict['plan']> {
  const reached =
    versions.length > 0 &&
    versions.every(version => compareVersions(version, plan.version) >= 0);
  if (reached) {
    return { ...plan, state: 'done' };
  }
  // The planned day itself is not late.
  return { ...plan, state: plan.date < now.slice(0, 10) ? 'late' : 'planned' };
}

function dayAfter(date: string): string | undefined {
  const time = Date.parse(date);
  return Number.isNaN(time)
    ? undefined
    : new Date(time + 24 * 60 * 60_000).toISOString();
}

/** The first of several times that is still to come. */
function validUntil(
  times: (string | undefined)[],
  now: string,
): { validUntil?: string } {
  const [first] = times
    .flatMap(time => (time && time > now ? [time] : []))
    .sort();
  return first === undefined ? {} : { validUntil: first };
}

/** Releases whose day is still to come can be in the data of somebody who looks back. */
function nextRelease(
  releases: DataplaneFeed['releases'],
  now: string,
): string | undefined {
  let next: string | undefined;
  for (const { published_at: day } of releases) {
    if (day > now && (next === undefined || day < next)) {
      next = day;
    }
  }
  return next && `${next.slice(0, 10)}T00:00:00.000Z`;
}
