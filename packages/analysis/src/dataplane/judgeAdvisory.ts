import { compareCodeUnits } from '../profiles/canonicalJson';
import { advisoryConditions } from './advisoryConditions';
import { CiliumAdvisory } from './ciliumAdvisory';
import { compareVersions, versionNumbers } from './ciliumReleases';
import {
  ConditionFacts,
  DecidingSetting,
  judgeCondition,
} from './judgeCondition';
import { compareMinors, minorOf } from './minorOf';

/** A version that runs, on these nodes. */
export interface RunningVersion {
  version: string;
  kind: 'upstream' | 'vendor' | 'prerelease' | 'ci' | 'unknown';
  names: string[];
}

/** What one advisory means for one cluster. @public */
export interface AdvisoryVerdict {
  id: string;
  aliases: string[];
  severity: CiliumAdvisory['severity'];
  title: string;
  published?: string;
  url?: string;
  /**
   * `applies-if`: it does where something holds that settings don't tell; `not-affected`: the version is affected and a
   * setting keeps the cluster out of reach.
   */
  verdict: 'applies' | 'applies-if' | 'not-affected' | 'unknown';
  because: string;
  /** Settings that decide, with their values. */
  decidedBy: DecidingSetting[];
  /** First good version on the branch; absent where there is none. */
  fixedIn?: string;
  /** Versions that it is judged for. */
  versions: string[];
  nodes: number;
  /** At most 20. */
  names: string[];
}

type VersionVerdict =
  | { state: 'affected'; fixedIn?: string }
  | { state: 'not-affected' }
  | { state: 'unknown'; because: string };

const mostNames = 20;
const worstFirst = ['affected', 'unknown', 'not-affected'] as const;

/**
 * Judges one advisory for the versions of a cluster and its own settings; undefined where no version is affected or in
 * doubt.
 *
 * @remarks
 * The worst version speaks, and the lowest is not always the worst. A vendor's build may carry the fix, and a
 * pre-release sorts before the release that a range begins with: neither is affected as a fact. A setting that is not
 * met never hides an advisory.
 */
export function judgeAdvisory(
  advisory: CiliumAdvisory,
  running: readonly RunningVersion[],
  facts: ConditionFacts,
): AdvisoryVerdict | undefined {
  const judged = running.map(one => ({
    running: one,
    verdict: judgeVersion(advisory, one),
  }));
  const worst = worstFirst.find(state =>
    judged.some(({ verdict }) => verdict.state === state),
  );
  if (worst === undefined || worst === 'not-affected') {
    return undefined;
  }
  const hit = judged.filter(({ verdict }) => verdict.state === worst);
  const names = hit.flatMap(one => one.running.names).sort(compareCodeUnits);
  const common = {
    id: advisory.id,
    aliases: advisory.aliases,
    severity: advisory.severity,
    title: advisory.title,
    ...(advisory.published && { published: advisory.published }),
    ...(advisory.url && { url: advisory.url }),
    versions: hit.map(one => one.running.version),
    nodes: names.length,
    names: names.slice(0, mostNames),
  };
  const condition = advisory.condition ?? advisoryConditions[advisory.id];
  const reach = condition && judgeCondition(condition, facts);
  if (reach?.state === 'fails') {
    return {
      ...common,
      verdict: 'not-affected',
      because: `${reach.because.join(', ')}.`,
      decidedBy: reach.decidedBy,
    };
  }
  const first = hit[0].verdict;
  if (first.state === 'unknown') {
    return {
      ...common,
      verdict: 'unknown',
      because: `${first.because}.`,
      decidedBy: reach?.decidedBy ?? [],
    };
  }
  const fixes = hit.flatMap(({ verdict }) =>
    verdict.state === 'affected' && verdict.fixedIn ? [verdict.fixedIn] : [],
  );
  const fixedIn = fixes.length === hit.length ? fixes.at(-1) : undefined;
  const way = fixedIn
    ? `Fixed in ${fixedIn}.`
    : 'Not fixed on this line: upgrade to the next minor.';
  return {
    ...common,
    ...(fixedIn && { fixedIn }),
    ...reachOf(reach, advisory, way),
    decidedBy: reach?.decidedBy ?? [],
  };
}

function reachOf(
  reach: ReturnType<typeof judgeCondition> | undefined,
  { requires }: CiliumAdvisory,
  way: string,
): Pick<AdvisoryVerdict, 'verdict' | 'because'> {
  switch (reach?.state) {
    case 'unseen':
      return {
        verdict: 'applies-if',
        because: `Only if ${reach.because.join(' and ')}. ${way}`,
      };
    case 'unknown':
      return {
        verdict: 'unknown',
        because: `${reach.because.join(', ')}. ${way}`,
      };
    case 'holds':
      return {
        verdict: 'applies',
        because: `${reach.because.join(', ')}. ${way}`,
      };
    default:
      return {
        verdict: 'applies',
        because: requires
          ? `The version is affected; no setting that is read decides it: ${requires}. ${way}`
          : `The version is affected. ${way}`,
      };
  }
}

function judgeVersion(
  advisory: CiliumAdvisory,
  { version, kind }: RunningVersion,
): VersionVerdict {
  const numbers = versionNumbers(version);
  if (!numbers || kind === 'ci' || kind === 'unknown') {
    return {
      state: 'unknown',
      because: 'the version of some nodes is not known',
    };
  }
  if (advisory.ranges === 'unknown') {
    return {
      state: 'unknown',
      because: 'the advisory says in prose which versions are affected',
    };
  }
  if (kind === 'prerelease') {
    const release = numbers.join('.');
    return inRanges(advisory, release).state === 'affected'
      ? {
          state: 'unknown',
          because: `${version} is a pre-release; ${release} is affected, so it likely is`,
        }
      : { state: 'not-affected' };
  }
  const verdict = inRanges(advisory, version);
  if (kind === 'vendor' && verdict.state === 'affected') {
    return {
      state: 'unknown',
      because: `${version} is a vendor's build, which may carry the fix: ask the vendor`,
    };
  }
  return verdict;
}

function inRanges(
  { ranges, documented }: CiliumAdvisory,
  version: string,
): VersionVerdict {
  if (ranges === 'unknown') {
    return { state: 'unknown', because: 'its versions are not known' };
  }
  const minor = minorOf(version);
  for (const { introduced, fixed, lastAffected } of ranges) {
    const from = introduced === '0' ? '0.0.0' : introduced;
    if (
      compareVersions(version, from) >= 0 &&
      (fixed === undefined || compareVersions(version, fixed) < 0) &&
      (lastAffected === undefined ||
        compareVersions(version, lastAffected) <= 0)
    ) {
      // A fix on a later line is none for this one.
      return fixed !== undefined && minorOf(fixed) === minor
        ? { state: 'affected', fixedIn: fixed }
        : { state: 'affected' };
    }
  }
  const branches = ranges.flatMap(({ introduced, fixed }) =>
    [introduced, fixed].flatMap(one => (one && minorOf(one)) ?? []),
  );
  return documented === 'one-branch' &&
    minor !== undefined &&
    !branches.some(branch => compareMinors(branch, minor) === 0)
    ? {
        state: 'unknown',
        because: `only ${branches[0]} is documented, of ${minor} nothing is known`,
      }
    : { state: 'not-affected' };
}
