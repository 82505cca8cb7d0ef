import { findingChecks } from './findings/catalogue';
import { FindingVerdict } from './findings/finding';
import { JudgedEntity } from './judgedEntity';
import { Finding, NextStep, ScorePart, Severity } from './posture';
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

/** Runs every enabled check of a ruleset over an entity or a part of it. */
export function judgeFindings(
  entity: JudgedEntity,
  ruleset: Ruleset,
): JudgedFindings {
  const judged: {
    finding: Finding;
    verdict: FindingVerdict;
    rule: FindingRule;
  }[] = [];
  for (const check of findingChecks) {
    const rule = ruleFor(ruleset, check.id);
    if (!rule.enabled) {
      continue;
    }
    const verdict = check.judge(entity);
    judged.push({
      verdict,
      rule,
      finding: {
        id: check.id,
        status: verdict.status,
        severity: rule.severity,
        responsible: verdict.responsible ?? check.responsible,
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
  const nextSteps: NextStep[] = [];
  const scoreParts: ScorePart[] = [];
  for (const { finding, verdict, rule } of judged) {
    if (finding.status === 'pass' || finding.status === 'not-applicable') {
      continue;
    }
    for (const step of verdict.steps) {
      nextSteps.push({
        findingId: finding.id,
        severity: finding.severity,
        ...step,
      });
    }
    // What the platform injects is its decision: shown here, charged to nobody's service.
    const charged =
      finding.status !== 'unknown' && verdict.responsible !== 'platform';
    scoreParts.push({
      findingId: finding.id,
      status: finding.status,
      points: charged ? rule.weight : 0,
    });
  }
  return {
    findings: judged.map(({ finding }) => finding),
    nextSteps,
    scoreParts,
  };
}

/** 100 minus the points of all parts, at least 0. */
export function scoreOf(parts: readonly ScorePart[]): number {
  return Math.max(
    0,
    parts.reduce((score, part) => score - part.points, 100),
  );
}

function ruleFor(ruleset: Ruleset, id: string): FindingRule {
  return Object.hasOwn(ruleset.findings, id)
    ? ruleset.findings[id]
    : defaultRuleset.findings[id];
}
