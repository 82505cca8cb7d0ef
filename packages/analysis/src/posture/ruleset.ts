import { ClassRule, WorkloadClassName } from '../elevation/classifyWorkload';
import { canonicalDigest, toCanonical } from '../profiles/canonicalJson';
import { shortDigest } from '../words';
import { findingChecks } from './findings/catalogue';
import { Severity } from './posture';

/**
 * What entities are asked to reach. Every condition that is given must hold; the first rule that matches an environment
 * and class decides.
 *
 * @public
 */
export interface Target {
  environment?: string;
  class?: string;
  lifecycle?: string;
  tag?: string;
  level: 'baseline' | 'profiled' | 'none';
  /** `required`: own profiles have to be approved as well. A `profiled` target asks for that in any case. */
  approval?: 'required' | 'not-required';
}

/** How one finding counts. @public */
export interface FindingRule {
  enabled: boolean;
  severity: Severity;
  /** Points that it takes from 100 when it warns or fails in a counted environment. */
  weight: number;
  /** ISO day or time before which it is shown as scheduled and takes nothing. */
  from?: string;
  /** Workloads of these classes are left out of it; a guessed class, or one that only the entity claims, excepts nothing. */
  exceptClasses?: WorkloadClassName[];
}

/** The rules that a posture is judged by; its id is part of every posture. @public */
export interface Ruleset {
  /** Names the rules by their content: the same id, the same targets and the same count of every finding. */
  id: string;
  /** Asked before the built-in targets; see {@link defaultTarget}. */
  targets: Target[];
  /** By finding id; a finding without an entry counts as in {@link defaultRuleset}. */
  findings: Record<string, FindingRule>;
  /** What config says of the class of some workloads; the first that fits decides. */
  classes?: ClassRule[];
}

/** Raised when the meaning of the rules changes although their figures don't. */
const rulesVersion = 'sp-rules/1';

/**
 * A ruleset with its id.
 *
 * @param rules - every finding has an entry: its own rule, or the one of {@link defaultRuleset}
 * @public
 */
export function rulesetOf(rules: Omit<Ruleset, 'id'>): Ruleset {
  const { targets, findings, classes = [] } = rules;
  const content = { targets, findings, classes };
  const digest = canonicalDigest(toCanonical(content) ?? {});
  return { id: `${rulesVersion}-${shortDigest(digest)}`, ...content };
}

/** Classes that are asked for own profiles and approved grants. */
const demanding = new Set<WorkloadClassName>(['ai-agent', 'ebpf-collector']);

/**
 * The target where no configured one matches: `profiled` for AI agents and eBPF collectors, `baseline` for the rest.
 *
 * @public
 */
export function defaultTarget(
  workloadClass: WorkloadClassName,
): 'baseline' | 'profiled' {
  return demanding.has(workloadClass) ? 'profiled' : 'baseline';
}

/** Whether a target of `profiled` also asks for approved profiles and grants from workloads of this class. @public */
export function grantsAsked(workloadClass: WorkloadClassName): 'yes' | 'no' {
  return demanding.has(workloadClass) ? 'yes' : 'no';
}

/**
 * The rules of this version: every finding as its definition says.
 *
 * @remarks
 * Weights are points of 100. What makes an entity exposed takes 40, so one such finding alone leaves a score of 60 or
 * less; what weakens or endangers confinement, or changed after somebody agreed to it, takes 10 to 25; hygiene and what
 * nobody has agreed to yet takes 3 to 5; the state of the dataplane, which the owner can't mend, at most 8 in each finding.
 * Missing facts and missing reviewers take nothing: they are shown, not charged.
 * @public
 */
export const defaultRuleset: Ruleset = rulesetOf({
  targets: [],
  findings: Object.fromEntries(
    findingChecks.map(({ id, severity, weight, from }) => [
      id,
      {
        enabled: true,
        severity,
        weight: weight.points,
        ...(from !== undefined && { from }),
      },
    ]),
  ),
});

/** The next time after `now` at which a scheduled finding begins to count; undefined where none is. @public */
export function nextStart(ruleset: Ruleset, now: string): string | undefined {
  return Object.values(ruleset.findings)
    .flatMap(({ enabled, from }) =>
      enabled && from !== undefined && Date.parse(from) > Date.parse(now)
        ? [new Date(from).toISOString()]
        : [],
    )
    .sort()
    .at(0);
}
