import { WorkloadClassName } from '../elevation/classifyWorkload';
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
}

/** The rules that a posture is judged by; its id is part of every posture. @public */
export interface Ruleset {
  id: string;
  /** Asked before the built-in targets; see {@link defaultTarget}. */
  targets: Target[];
  /** By finding id; a finding without an entry counts as in {@link defaultRuleset}. */
  findings: Record<string, FindingRule>;
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
 * The rules of this version.
 *
 * @remarks
 * Weights are points of 100. What makes an entity exposed takes 40, so one such finding alone leaves a score of 60 or
 * less; what weakens or endangers confinement, or changed after somebody agreed to it, takes 10 to 25; hygiene and what
 * nobody has agreed to yet takes 3 to 5; the state of the dataplane, which the owner can't mend, at most 8 in each finding.
 * Missing facts and missing reviewers take nothing: they are shown, not charged.
 * @public
 */
export const defaultRuleset: Ruleset = {
  id: 'sp-rules/1',
  targets: [],
  findings: {
    'seccomp-unconfined': counted('critical', 40),
    'profile-allows-by-default': counted('critical', 40),
    'workload-privileged': counted('critical', 40),
    'seccomp-foreign': counted('high', 25),
    'seccomp-dangling': counted('high', 20),
    'will-not-start': counted('high', 20),
    'approval-stale': counted('high', 18),
    'workload-elevated': counted('high', 20),
    'kernel-path-mounted': counted('high', 20),
    'workload-shares-host': counted('high', 15),
    'profile-beyond-runtime-default': counted('medium', 10),
    'profile-unapproved': counted('medium', 5),
    'no-eligible-reviewer': counted('medium', 0),
    'profile-not-enforcing': counted('medium', 15),
    'profile-missing-on-nodes': counted('high', 10),
    'profile-collision': counted('medium', 10),
    'mechanism-unconfined': counted('medium', 10),
    'no-new-privs-missing': counted('low', 5),
    'annotation-without-effect': counted('low', 3),
    'facts-missing': counted('medium', 0),
    'cilium-line-ended': counted('high', 8),
    'cilium-line-ending': counted('low', 2),
    'cilium-patch-behind': counted('medium', 4),
    'cilium-mixed-versions': counted('low', 2),
    'cilium-node-without-agent': counted('medium', 3),
  },
};

function counted(severity: Severity, weight: number): FindingRule {
  return { enabled: true, severity, weight };
}
