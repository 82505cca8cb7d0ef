import { dayInWords, timeInWords } from '../words';
import { WorkloadClassName } from '../elevation/classifyWorkload';
import { findingChecks } from './findings/catalogue';
import { FindingCheck, FindingVerdict } from './findings/finding';
import { nameList } from './findings/nameList';
import { JudgedContainer, JudgedEntity } from './judgedEntity';
import {
  Finding,
  FindingStatus,
  NextStep,
  ScorePart,
  Severity,
} from './posture';
import { defaultRuleset, FindingRule, Ruleset } from './ruleset';

/** Most evidence of one finding. */
const mostEvidence = 20;

const severities: Severity[] = ['critical', 'high', 'medium', 'low'];

/** Findings of an entity with their next steps, most severe first. */
export interface JudgedFindings {
  findings: Finding[];
  nextSteps: NextStep[];
  scoreParts: ScorePart[];
}

interface Judged {
  check: FindingCheck;
  finding: Finding;
  verdict: FindingVerdict;
  rule: FindingRule;
}

/**
 * Runs every enabled check of a ruleset over an entity or a part of it.
 *
 * @param now - ISO time by which it is told what counts already
 */
export function judgeFindings(
  entity: JudgedEntity,
  ruleset: Ruleset,
  now: string,
): JudgedFindings {
  const judged: Judged[] = [];
  for (const check of findingChecks) {
    const rule = ruleFor(ruleset, check.id);
    if (!rule.enabled) {
      continue;
    }
    const verdict = judgeWithExceptions(check, entity, rule);
    judged.push({
      check,
      verdict,
      rule,
      finding: {
        id: check.id,
        status: verdict.status,
        severity: rule.severity,
        responsible: verdict.responsible ?? check.responsible,
        counts: countsAt(rule, now),
        title: check.title,
        reason: verdict.reason,
        evidenceTotal: verdict.evidence.length,
        evidence: verdict.evidence.slice(0, mostEvidence),
        fixes: verdict.fixes,
      },
    });
  }
  judged.sort(
    (a, b) =>
      severities.indexOf(a.rule.severity) - severities.indexOf(b.rule.severity),
  );
  const open = judged.filter(
    ({ finding: { status } }) =>
      status !== 'pass' && status !== 'not-applicable',
  );
  const nextSteps: NextStep[] = [];
  // What does not count yet is asked for after everything that does.
  for (const scheduled of [false, true]) {
    for (const { finding, verdict } of open) {
      if ((finding.counts !== 'now') === scheduled) {
        for (const step of verdict.steps) {
          nextSteps.push({
            findingId: finding.id,
            severity: finding.severity,
            ...step,
          });
        }
      }
    }
  }
  return {
    findings: judged.map(({ finding }) => finding),
    nextSteps,
    scoreParts: open.map(scorePart),
  };
}

/** 100 minus the points of all parts, at least 0. */
export function scoreOf(parts: readonly ScorePart[]): number {
  return Math.max(
    0,
    parts.reduce((score, part) => score - part.points, 100),
  );
}

/** The score if everything that is unknown turned out bad: unknown is no pass. */
export function lowestScoreOf(parts: readonly ScorePart[]): number {
  return scoreOf(
    parts.map(part => ({ ...part, points: part.atMost ?? part.points })),
  );
}

/** Whether a finding is shown and doesn't count yet. */
export function isScheduled({ counts }: Finding): boolean {
  return counts !== undefined && counts !== 'now';
}

function countsAt(rule: FindingRule, now: string): 'now' | { from: string } {
  const from = rule.from === undefined ? NaN : Date.parse(rule.from);
  return from > Date.parse(now)
    ? { from: new Date(from).toISOString() }
    : 'now';
}

function scorePart({ check, finding, verdict, rule }: Judged): ScorePart {
  const part = { findingId: finding.id, status: finding.status };
  const { because } = check.weight;
  if (finding.counts !== undefined && finding.counts !== 'now') {
    return {
      ...part,
      points: 0,
      because: `Takes nothing yet: it counts from ${dayOrTime(
        finding.counts.from,
      )}, and then takes ${rule.weight} of 100.`,
    };
  }
  // What the platform injects is its decision: shown here, charged to nobody's service.
  if (verdict.responsible === 'platform' && finding.status !== 'unknown') {
    return {
      ...part,
      points: 0,
      because: 'Takes nothing: the platform injects these containers.',
    };
  }
  if (rule.weight === 0) {
    return {
      ...part,
      points: 0,
      because:
        check.weight.points === 0
          ? `Takes nothing: ${because}.`
          : 'Takes nothing: config gives it no weight.',
    };
  }
  if (finding.status === 'unknown') {
    return {
      ...part,
      points: 0,
      atMost: rule.weight,
      because: `Not known, so not passed: it may take up to ${rule.weight} of 100.`,
    };
  }
  return {
    ...part,
    points: rule.weight,
    because:
      rule.weight === check.weight.points
        ? `Takes ${rule.weight} of 100: ${because}.`
        : `Takes ${rule.weight} of 100, as config says: ${because}.`,
  };
}

/** A start date is a day; only another time of day is worth saying. */
function dayOrTime(time: string): string {
  return time.endsWith('T00:00:00.000Z') ? dayInWords(time) : timeInWords(time);
}

/** The verdict without the workloads of excepted classes; it says that they were left out. */
function judgeWithExceptions(
  check: FindingCheck,
  entity: JudgedEntity,
  rule: FindingRule,
): FindingVerdict {
  const classes = new Set(rule.exceptClasses ?? []);
  const excepted = entity.containers.filter(container =>
    isExcepted(container, classes),
  );
  if (excepted.length === 0) {
    return check.judge(entity);
  }
  const kept = entity.containers.filter(
    container => !isExcepted(container, classes),
  );
  const names = nameList([
    ...new Set(excepted.map(({ class: { value } }) => value)),
  ]);
  const note = `Config excepts workloads of class ${names}.`;
  if (kept.length === 0) {
    return {
      status: 'not-applicable' satisfies FindingStatus,
      reason: note,
      evidence: [],
      fixes: [],
      steps: [],
    };
  }
  const verdict = check.judge({
    ...entity,
    containers: kept,
    matchedClusters: entity.matchedClusters.filter(cluster =>
      kept.some(container => container.cluster.id === cluster.id),
    ),
  });
  return { ...verdict, reason: `${verdict.reason} ${note}` };
}

/** A guess and the entity's own word except nothing: else whoever writes its catalog file could excuse it. */
function isExcepted(
  { class: { value, confidence, saidBy } }: JudgedContainer,
  classes: ReadonlySet<WorkloadClassName>,
): boolean {
  return classes.has(value) && confidence !== 'guess' && saidBy !== 'entity';
}

function ruleFor(ruleset: Ruleset, id: string): FindingRule {
  return Object.hasOwn(ruleset.findings, id)
    ? ruleset.findings[id]
    : defaultRuleset.findings[id];
}
